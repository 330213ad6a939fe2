"""Judgements on reports: what they say, where judges agree, and the lines that `review` takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from foreigndesk.measure.found import Coded, parties
from foreigndesk.measure.known import Known

SHOULD = ("type", "mode", "status", "actor", "recipient")
"""What a wrong report may be put right in, in the columns should_be_type and so on."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A report that was judged. `right`: all of it; `should`: what it should say instead.

    A wrong report without `should` is wrong as a whole. `stratum` is the part of the pile it was
    drawn from, None where there are no parts; `document` the article it stands in.
    """

    report_id: str
    document: str
    coded: Coded
    right: bool
    should: Mapping[str, str] = field(default_factory=dict)
    stratum: str | None = None
    judge: str | None = None

    def right_in(self, name: str) -> bool:
        """Whether the report is right in one of `SHOULD`."""
        return self.right or (bool(self.should) and name not in self.should)


def agreed(found: Mapping[str, list[Judged]]) -> tuple[list[Judged], list[str]]:
    """One judgement for each report on which its judges agree; notes on the others."""
    kept, notes = [], []
    split = 0
    repeated = 0
    pairs: list[tuple[bool, bool]] = []
    for _, given in sorted(found.items()):
        repeated += len(given) - len({each.judge for each in given})
        judges = {each.judge: each for each in given}
        verdicts = [judges[name].right for name in sorted(judges, key=str)]
        if len(verdicts) > 1:
            pairs.append((verdicts[0], verdicts[1]))
        if len(set(verdicts)) > 1:
            split += 1
        else:
            kept.append(given[0])
    if repeated:
        notes.append(f"Judged twice alike: {repeated:,}; each counts once.")
    if pairs:
        alike = sum(one == other for one, other in pairs)
        notes.append(
            f"{len(pairs):,} reports have two judges, who agree on {alike:,} (Cohen's kappa "
            f"{kappa(pairs):.2f}); the {split:,} on which they differ are left out."
        )
    return kept, notes


def kappa(pairs: Sequence[tuple[bool, bool]]) -> float:
    """Agreement beyond chance of two judges, at most 1 (Cohen 1960); 1 where both never vary."""
    n = len(pairs)
    seen = sum(one == other for one, other in pairs) / n
    first, second = (sum(pair[at] for pair in pairs) / n for at in (0, 1))
    chance = first * second + (1 - first) * (1 - second)
    return 1.0 if chance == 1 else (seen - chance) / (1 - chance)


def review_lines(judged: Iterable[Judged], known: Known) -> Iterator[dict[str, str]]:
    """The judgements as `foreigndesk review --from` takes them, one a line.

    What review has no verdict for is left out: corrections of a status, of a mode alone, and of an
    actor without a code.
    """
    for each in sorted(judged, key=lambda each: each.report_id):
        by = {"by": each.judge} if each.judge else {}
        for verdict, value in _verdicts(each, known):
            given = {"value": value} if value else {}
            yield {"subject": each.report_id, "verdict": verdict, **given, **by}


def _verdicts(each: Judged, known: Known) -> Iterator[tuple[str, str | None]]:
    if each.right or not each.should:
        yield "right" if each.right else "wrong", None
    if "type" in each.should:
        yield "type", " ".join(each.should[key] for key in ("type", "mode") if key in each.should)
    for side in ("actor", "recipient"):
        words = each.should.get(side, "").partition(";")[0].strip()
        if words:
            name = parties(words)[0].names[0]
            code = parties(words)[0].code or known.party(name).partition(" ")[0]
            if code in known.codes:
                yield "actor", f"{side} {code} {name}"
