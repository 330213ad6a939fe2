"""How well Reports are linked: the gold of gold/linking against the ledger's Events.

The gold is short articles, one after the other, in plain text files:

    ## name of an affair
    @ 2022-03-08 Outlet
    The title => happening TYPE
    A sentence. => happening TYPE|OTHER; another TYPE?

A mark says which happening the sentence speaks of and as what it may be coded; "?" stands for a
promise of it. Happenings are named within their affair. All articles are coded and linked
together. A mention is scored if a report of its type was coded in its sentence, and so the figures
are of linking, not of coding; `coded` is the share of mentions that were.

B-cubed: Bagga and Baldwin 1998; pairwise: precision and recall over pairs of mentions.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation import floors
from evaluation.gold import HALVES, HERE
from foreigndesk.intake.syndication import stories
from foreigndesk.ledger.desk import ArticleRecord
from foreigndesk.ledger.link import link
from foreigndesk.model import Document, Report, Status
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings

GOLD = HERE / "gold" / "linking"
FLOORS = GOLD / "floors.json"
_SAYS = "Score the linking of reports on Foreign Desk's own gold. Run it from the repository root."
_HEAD = re.compile(r"@ (\d{4}-\d{2}-\d{2}) (.+)")
_TO_COME = (Status.PLANNED, Status.REQUESTED, Status.POSSIBLE, Status.CONDITIONAL)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a sentence speaks of: `happening` is named with its affair, `types` are PLOVER's."""

    happening: str
    types: frozenset[str]
    to_come: bool


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article of the gold: its sentences, the title first, each with its marks."""

    affair: str
    day: str
    outlet: str
    sentences: tuple[tuple[str, tuple[Mark, ...]], ...]

    @property
    def half(self) -> str:
        """The half of its affair, by a hash of the name: `dev` is looked at, `test` only scored."""
        return HALVES[hashlib.sha256(self.affair.encode()).digest()[0] % 2]

    @property
    def document(self) -> Document:
        """The article as a Document."""
        title, *rest = (text for text, _ in self.sentences)
        text = title if not rest else f"{title}\n\n{' '.join(rest)}\n"
        name = hashlib.sha256(f"{self.day} {self.outlet} {text}".encode()).hexdigest()[:16]
        return Document(
            id=name,
            path=f"{name}.txt",
            media_type="text/plain",
            text=text,
            title=title if rest else None,
            outlet=self.outlet,
            published=self.day,
        )


@dataclass(frozen=True, slots=True)
class Mention:
    """One mark of one sentence, with the report that was coded for it, if any."""

    article: GoldArticle
    sentence: str
    mark: Mark
    report: Report | None


def read_gold(folder: Path = GOLD) -> list[GoldArticle]:
    """All articles of the gold. Raises ValueError with file and line for a mark without a type."""
    return [a for path in sorted(folder.glob("*.txt")) for a in _articles(path)]


def _articles(path: Path) -> list[GoldArticle]:
    found: list[GoldArticle] = []
    affair = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("## "):
            affair = line[3:].strip()
        elif head := _HEAD.fullmatch(line):
            found.append(GoldArticle(affair, head[1], head[2], ()))
        elif line.strip() and not line.startswith("#"):
            last = found[-1]
            sentence = _sentence(line, affair, f"{path.name}, line {number}")
            sentences = (*last.sentences, sentence)
            found[-1] = GoldArticle(last.affair, last.day, last.outlet, sentences)
    return found


def _sentence(line: str, affair: str, where: str) -> tuple[str, tuple[Mark, ...]]:
    text, _, marks = line.partition(" => ")
    found = []
    for mark in filter(None, marks.split("; ")):
        name, _, types = mark.strip().partition(" ")
        if not types:
            raise ValueError(f"{where}: found {mark!r}, expected a happening and its type")
        found.append(
            Mark(f"{affair}/{name}", frozenset(types.rstrip("?").split("|")), types[-1] == "?")
        )
    return text.strip(), tuple(found)


def code(articles: Iterable[GoldArticle], reader: Reader | None = None) -> list[ArticleRecord]:
    """The articles as Foreign Desk reads them."""
    reader = reader or Reader(Settings())
    found = [reader.record(article.document) for article in articles]
    return [record for record in found if isinstance(record, ArticleRecord)]


def mentions(articles: Iterable[GoldArticle], records: Iterable[ArticleRecord]) -> list[Mention]:
    """Every mark with its report: one in its sentence, of its type, not taken by another mark."""
    by_document = {record.article.document_id: record for record in records}
    found = []
    for article in articles:
        record = by_document.get(article.document.id)
        taken: set[str] = set()
        for sentence, marks in article.sentences:
            for mark in marks:
                report = _report(record, sentence, mark, taken)
                taken |= {report.report_id} if report else set()
                found.append(Mention(article, sentence, mark, report))
    return found


def _report(
    record: ArticleRecord | None, sentence: str, mark: Mark, taken: set[str]
) -> Report | None:
    for report in record.reports if record else ():
        to_come = report.status in _TO_COME
        fits = report.event_type.value in mark.types and to_come == mark.to_come
        if fits and report.report_id not in taken and report.evidence.text.strip() in sentence:
            return report
    return None


def events_of(records: Sequence[ArticleRecord]) -> dict[str, str]:
    """By report id the id of its event."""
    found = stories([record.article for record in records])
    story_of = {document: s.story_id for s in found for document in s.articles}
    clusters = link([r for record in records for r in record.reports], story_of)
    return {m.report_id: c.event_id for c in clusters for m in c.members}


def b_cubed(
    gold: Mapping[str, Hashable], predicted: Mapping[str, Hashable]
) -> tuple[float, float, float]:
    """Precision, recall and F1, 0 to 1, over the items of `gold`."""
    together, expected = _groups(gold, predicted), _groups(gold, gold)
    precision = recall = 0.0
    for item in gold:
        mine, theirs = together[predicted.get(item, item)], expected[gold[item]]
        hit = len(mine & theirs)
        precision += hit / len(mine)
        recall += hit / len(theirs)
    return _f1(precision / len(gold), recall / len(gold)) if gold else (1.0, 1.0, 1.0)


def pairwise(
    gold: Mapping[str, Hashable], predicted: Mapping[str, Hashable]
) -> tuple[float, float, float]:
    """Precision, recall and F1, 0 to 1, over pairs of items that are together."""
    ours, theirs = _pairs(_groups(gold, predicted)), _pairs(_groups(gold, gold))
    hit = len(ours & theirs)
    return _f1(hit / len(ours) if ours else 1.0, hit / len(theirs) if theirs else 1.0)


def _groups(items: Iterable[str], of: Mapping[str, Hashable]) -> dict[Hashable, set[str]]:
    groups: dict[Hashable, set[str]] = defaultdict(set)
    for item in items:
        groups[of.get(item, item)].add(item)
    return groups


def _pairs(groups: Mapping[Hashable, set[str]]) -> set[tuple[str, str]]:
    return {(a, b) for group in groups.values() for a in group for b in group if a < b}


def _f1(precision: float, recall: float) -> tuple[float, float, float]:
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def figures(found: Sequence[Mention], event_of: Mapping[str, str], half: str) -> dict[str, float]:
    """`bcubed.p`, `bcubed.r`, `bcubed.f1`, `pairs...` and `coded` of one half, each 0 to 1."""
    chosen = [m for m in found if m.article.half == half]
    gold = {m.report.report_id: m.mark.happening for m in chosen if m.report}
    result: dict[str, float] = {}
    for name, measure in (("bcubed", b_cubed), ("pairs", pairwise)):
        result |= zip(
            (f"{name}.p", f"{name}.r", f"{name}.f1"), measure(gold, event_of), strict=True
        )
    result["coded"] = len(gold) / len(chosen) if chosen else 1.0
    return result


def measure() -> tuple[dict[str, float], list[str]]:
    """The figures of both halves (`dev.bcubed.f1` and so on), and what went wrong in `dev`."""
    articles = read_gold()
    records = code(articles)
    found, event_of = mentions(articles, records), events_of(records)
    shown = {
        f"{half}.{name}": value
        for half in HALVES
        for name, value in figures(found, event_of, half).items()
    }
    return shown, _wrong(found, event_of)


def main() -> int:
    """Print the figures and what went wrong in `dev`; 1 if a figure is under its floor."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.linking", description=_SAYS)
    parser.add_argument("--update", action="store_true", help="raise the floors")
    update: bool = parser.parse_args().update
    shown, wrong = measure()
    print("\n".join(f"{name:16} {value:.3f}" for name, value in shown.items()))
    print("\n".join(wrong))
    if update:
        floors.write(floors.raised(shown, floors.read(FLOORS)), FLOORS)
    low = floors.below(shown, floors.read(FLOORS))
    print("".join(f"{line}\n" for line in low), file=sys.stderr, end="")
    return 1 if low else 0


def _wrong(found: Iterable[Mention], event_of: Mapping[str, str]) -> list[str]:
    """What went wrong in the development half: split or mixed happenings with their sentences."""
    told: dict[str, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for mention in found:
        if mention.article.half == HALVES[0] and mention.report:
            event = event_of.get(mention.report.report_id, "none")
            told[mention.mark.happening][event].append(mention)
    homes = defaultdict(set)
    for happening, events in told.items():
        for event in events:
            homes[event].add(happening)
    lines = []
    for happening, events in told.items():
        if len(events) > 1 or any(len(homes[event]) > 1 for event in events):
            lines.append(happening)
            for event, members in events.items():
                lines += [f"  {event[:6]} {m.article.day} {m.sentence}" for m in members]
    return lines


if __name__ == "__main__":
    sys.exit(main())
