"""Pages whose lines are marked as article or furniture: see pages/README.md."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from foreigndesk.errors import UnreadableError
from foreigndesk.intake.clean import Cleaner
from foreigndesk.intake.records import document
from foreigndesk.model import Article

FOLDER = Path(__file__).parent / "pages"
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class MarkedPage:
    """A page, and what is expected of it: lines kept and dropped, title, facts by name."""

    name: str
    source: str
    kept: tuple[str, ...]
    dropped: tuple[str, ...]
    title: str | None
    facts: dict[str, str]

    def faults(self, cleaner: Cleaner) -> list[str]:
        """What the cleaner gets wrong, a line for each fault."""
        media = "text/html" if self.name.endswith(".html") else "text/plain"
        try:
            article = cleaner.clean(document(self.name, media, self.source))
        except UnreadableError:
            return [] if "none" in self.facts else ["no article found"]
        if "none" in self.facts:
            return ["an article found where there is none"]
        text = " ".join(article.text.split())
        faults = [f"lost: {line}" for line in self.kept if line not in text]
        faults += [f"kept: {line}" for line in self.dropped if self._stands(line, article)]
        if self.title and article.title != self.title:
            faults.append(f"title: {article.title}")
        return faults + self._wrong(article)

    def _stands(self, line: str, article: Article) -> bool:
        blocks = [" ".join(b.split()) for b in re.split(r"\n+", article.text)]
        if len(line.split()) < 4:
            return line in blocks and line not in self.kept
        return any(line in b for b in blocks) and not any(line in k for k in self.kept)

    def _wrong(self, article: Article) -> list[str]:
        read = {
            "byline": article.byline,
            "outlet": article.outlet,
            "published": article.published.edtf or "null",
            "republished": article.republished_from,
        }
        wanted = {name: value for name, value in self.facts.items() if name in read}
        return [f"{n}: {read[n]}, not {v}" for n, v in wanted.items() if read[n] != v]


def marked_page(path: Path) -> MarkedPage:
    """A page read from its file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    facts = dict((*line[1:].split(" ", 1), "")[:2] for line in lines if line.startswith("@"))
    body = [(line[:1], line[2:]) for line in lines if not line.startswith("@")]
    said = [(mark, " ".join(unescape(TAG.sub(" ", text)).split())) for mark, text in body]
    return MarkedPage(
        name=path.name,
        source="\n".join(text for _, text in body) + "\n",
        kept=tuple(text for mark, text in said if mark == "+" and text),
        dropped=tuple(text for mark, text in said if mark == "-" and text),
        title=next((text for mark, text in said if mark == "="), None),
        facts=facts,
    )


def marked_pages() -> list[MarkedPage]:
    """All pages, by name."""
    return [marked_page(path) for path in sorted(FOLDER.glob("[a-z][0-9]*"))]
