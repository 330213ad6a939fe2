"""A spaCy component: `nlp.add_pipe("foreigndesk")` gives `doc._.reports`.

It reads the text of the Doc by Foreign Desk's own path (its parser, its mending of parses), so that
the reports are those of `foreigndesk code`, whatever else the pipeline does.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from spacy.language import Language
from spacy.tokens import Doc

from foreigndesk.model import Report

if TYPE_CHECKING:
    from foreigndesk.pipeline import Reader

KEY = "foreigndesk"


def reports_of(doc: Doc) -> tuple[Report, ...]:
    """The Reports of a Doc that went through the component; offsets count in `doc.text`."""
    return msgspec.json.decode(doc.user_data.get(KEY, "[]"), type=tuple[Report, ...])


class ForeignDeskComponent:
    """Codes each Doc. The reports travel with it (`to_bytes`, DocBin with `store_user_data`).

    `published` is the publication date in EDTF where a Doc has none of its own under
    `doc.user_data["published"]`; `codebook` a folder laid over the package's.
    """

    def __init__(self, published: str | None = None, codebook: str | None = None) -> None:
        self.published = published
        self.codebook = codebook

    @cached_property
    def _reader(self) -> Reader:
        from foreigndesk.pipeline import Reader
        from foreigndesk.settings import Settings

        return Reader(Settings(codebook=self.codebook))

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with its reports."""
        published = doc.user_data.get("published", self.published)
        found = self._reader.analyse(doc.text, published).reports
        doc.user_data[KEY] = msgspec.json.encode(found).decode()
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The settings; the codebook folder itself is not packed."""
        return msgspec.json.encode({"published": self.published, "codebook": self.codebook})

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> ForeignDeskComponent:
        """Take over settings."""
        given = msgspec.json.decode(data)
        self.published, self.codebook = given["published"], given["codebook"]
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the settings to a file of the pipeline's folder."""
        Path(path).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> ForeignDeskComponent:
        """Take over settings from a file."""
        return self.from_bytes(Path(path).read_bytes())


@Language.factory("foreigndesk", default_config={"published": None, "codebook": None})
def make(
    nlp: Language, name: str, published: str | None, codebook: str | None
) -> ForeignDeskComponent:
    """The component, for spaCy's entry points; no import of ours is needed in user code."""
    if not Doc.has_extension("reports"):
        Doc.set_extension("reports", getter=reports_of)
    return ForeignDeskComponent(published, codebook)
