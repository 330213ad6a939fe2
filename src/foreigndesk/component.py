"""A spaCy component: `nlp.add_pipe("foreigndesk")` gives `doc._.reports`.

It reads the text of the Doc by Foreign Desk's own path (its parser, its mending of parses), so that
the reports are those of `foreigndesk code`, whatever else the pipeline does; what other components
have set in the Doc is neither read nor changed.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from foreigndesk.api.days import day_of
from foreigndesk.api.texts import reader_of
from foreigndesk.model import Report
from foreigndesk.settings import Settings, from_environment

KEY = "foreigndesk"
"""Under which a Doc keeps its reports (`user_data`) and their spans (`spans`)."""
SETTINGS, CODEBOOK = "settings.json", "codebook"


class Config(msgspec.Struct):
    """What the component is made with; all may stand in a pipeline's config.

    `published`: the publication date in EDTF of Docs that have none of their own under
    `doc.user_data["published"]`. `codebook`: a folder laid over the package's. `parser`: another
    installed spaCy pipeline to parse with. `learned`: False leaves out what only the learned model
    finds. `spans_key`: where `doc.spans` gets the coded words; None: nowhere. None leaves a
    setting as the environment has it.
    """

    published: str | None = None
    codebook: str | None = None
    parser: str | None = None
    learned: bool | None = None
    spans_key: str | None = KEY


class Packed(msgspec.Struct):
    """The component as bytes: its config, and the files of its codebook."""

    config: Config
    files: dict[str, bytes]


def reports_of(doc: Doc) -> tuple[Report, ...]:
    """The Reports of a Doc that went through the component; offsets count in `doc.text`."""
    return msgspec.json.decode(doc.user_data.get(KEY, "[]"), type=tuple[Report, ...])


class ForeignDeskComponent:
    """Codes each Doc. The reports travel with it (`to_bytes`, DocBin with `store_user_data`)."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._unpacked: TemporaryDirectory[str] | None = None

    @property
    def settings(self) -> Settings:
        """The settings of the environment, with those of the config on top."""
        found, given = from_environment(), self.config
        return replace(
            found,
            codebook=found.codebook if given.codebook is None else given.codebook,
            parser=found.parser if given.parser is None else given.parser,
            learned=found.learned if given.learned is None else int(given.learned),
        )

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with its reports. Raises UsageError for a `published` that is no date."""
        given = doc.user_data.get("published", self.config.published)
        day = day_of(given, 'doc.user_data["published"]')
        found = reader_of(self.settings).analyse(doc.text, day).reports
        doc.user_data[KEY] = msgspec.json.encode(found).decode()
        if self.config.spans_key is not None:
            name = self.config.spans_key
            doc.spans[name] = SpanGroup(doc, name=name, spans=list(_spans(doc, found)))
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The config, with the files of the codebook."""
        return msgspec.msgpack.encode(Packed(self.config, _files(self.config.codebook)))

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> ForeignDeskComponent:
        """Take over a config; its codebook is laid out in a folder that goes with the component."""
        packed = msgspec.msgpack.decode(data, type=Packed)
        self.config = packed.config
        if packed.files:
            self._unpacked = TemporaryDirectory(prefix="foreigndesk-codebook-")
            self._take(packed.files, Path(self._unpacked.name))
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the config and the files of the codebook to a folder of the pipeline's."""
        folder = Path(path)
        files = _files(self.config.codebook)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / SETTINGS).write_bytes(msgspec.json.encode(self.config))
        if files:
            _lay_out(files, folder / CODEBOOK)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> ForeignDeskComponent:
        """Take over a config; its codebook is the one in the pipeline's folder."""
        folder = Path(path)
        self.config = msgspec.json.decode((folder / SETTINGS).read_bytes(), type=Config)
        if (folder / CODEBOOK).is_dir():
            self.config.codebook = str(folder / CODEBOOK)
        return self

    def _take(self, files: dict[str, bytes], folder: Path) -> None:
        _lay_out(files, folder)
        self.config.codebook = str(folder)

    def __getstate__(self) -> dict[str, Any]:
        return {"config": self.config, "_unpacked": None}  # a worker may read, not remove


def _files(codebook: str | None) -> dict[str, bytes]:
    """The data files of a codebook's folder by their relative paths."""
    if codebook is None:
        return {}
    folder = Path(codebook)
    found = sorted(file for file in folder.glob("*/*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


def _lay_out(files: dict[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def _spans(doc: Doc, reports: Iterable[Report]) -> Iterator[Span]:
    """The coded words as spans: triggers under their event type, actors and recipients."""
    for report in reports:
        marked = [(report.trigger, report.event_type.value)]
        words: list[tuple[Any, str]] = [*marked, *((m, "ACTOR") for m in report.actor)]
        words += [(m, "RECIPIENT") for m in report.recipient]
        for each, label in words:
            span = doc.char_span(each.start, each.end, label, alignment_mode="expand")
            if span is not None:
                yield span


def _register() -> None:
    """`doc._.reports`; another package's extension of that name is left, with a warning."""
    if not Doc.has_extension("reports"):
        Doc.set_extension("reports", getter=reports_of)
    elif Doc.get_extension("reports")[2] is not reports_of:
        warnings.warn(
            "doc._.reports is another extension of yours, and stays so; read Foreign Desk's "
            "reports with foreigndesk.component.reports_of(doc).",
            stacklevel=3,
        )


@Language.factory(
    "foreigndesk",
    assigns=["doc._.reports"],
    default_config=msgspec.to_builtins(Config()),
)
def make(
    nlp: Language,
    name: str,
    published: str | None,
    codebook: str | None,
    parser: str | None,
    learned: bool | None,
    spans_key: str | None,
) -> ForeignDeskComponent:
    """The component, for spaCy's entry points; no import of ours is needed in user code."""
    _register()
    return ForeignDeskComponent(Config(published, codebook, parser, learned, spans_key))
