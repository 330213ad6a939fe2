"""The precision of a pile from reports of it that were judged."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from foreigndesk.measure.accuracy import (
    NONE,
    OVERALL,
    Accuracy,
    Confusion,
    Figure,
    figures,
    in_order,
)
from foreigndesk.measure.groups import groups
from foreigndesk.measure.intervals import Bootstrap, Estimate, wilson
from foreigndesk.measure.judged import Sample, Stratum
from foreigndesk.measure.judgements import SHOULD, Judged
from foreigndesk.measure.score import Score
from foreigndesk.measure.worst import Case, shown

RIGHT = "whole reports"
Weights = Mapping[str | None, float]


def of_sample(sample: Sample, quads: Mapping[str, int], options: Bootstrap) -> Accuracy:
    """The precision of the pile that a sample was drawn from, with intervals."""
    judged = Counter(each.stratum for each in sample.judged)
    strata = [each for each in sample.strata if judged[each.name]]
    notes = list(sample.notes)
    lost = sum(each.size for each in sample.strata if not judged[each.name])
    if lost:
        notes.append(f"Reports in parts of the pile of which none is judged, left out: {lost:,}.")
    weights = {each.name: each.size / judged[each.name] for each in strata}
    rows = [_overall(sample.judged, strata, options.level)]
    rows += [
        _weighted((OVERALL, name), [(each, each.right_in(key)) for each in sample.judged],
                  weights, options.level)
        for key, name in _FIELDS.items()
    ]  # fmt: skip
    if len(strata) > 1:
        rows += [_stratum(each, sample.judged, options.level) for each in strata]
    rows += _by_group(sample.judged, quads, weights, options.level)
    return Accuracy(
        basis="sample",
        task="reports",
        texts=len({each.document for each in sample.judged}),
        options=options,
        figures=tuple(rows),
        confusion=confusion(sample.judged),
        cases=cases(sample.judged),
        notes=(*_about(sample.judged, strata, options.level), *notes),
    )


_FIELDS = {
    "type": "their types",
    "status": "their statuses",
    "actor": "their actors",
    "recipient": "their recipients",
}
assert set(_FIELDS) <= set(SHOULD)


def _overall(judged: Sequence[Judged], strata: Sequence[Stratum], level: float) -> Figure:
    right, given = _counts(judged)
    estimate = stratified([(s.size, given[s.name], right[s.name]) for s in strata], level)
    size = sum(each.size for each in strata)
    return Figure(OVERALL, RIGHT, right.total(), given.total(), None, estimate, NONE, NONE, size)


def _counts(judged: Iterable[Judged]) -> tuple[Counter[str | None], Counter[str | None]]:
    right: Counter[str | None] = Counter()
    given: Counter[str | None] = Counter()
    for each in judged:
        given[each.stratum] += 1
        right[each.stratum] += each.right
    return right, given


def stratified(
    strata: Sequence[tuple[int, int, int]], level: float, finite: bool = False
) -> Estimate:
    """The share of right ones from strata of (size, judged, right), with its interval.

    The share is that of Cochran 1977, "Sampling techniques", section 5.3: the strata's shares
    weighted by their sizes. The interval is Wilson's with the effective number of draws, the one at
    which a simple random sample would have the same variance (Franco and others 2019, "Comparative
    study of confidence intervals for proportions in complex sample surveys", Journal of Survey
    Statistics and Methodology 7); the variance is taken at shares drawn in by one right and one
    wrong report (Laplace), so that a stratum in which all are right still counts as uncertain. Of
    one stratum this is Wilson's interval itself. `finite`: for this very pile, with the correction
    for what was judged of it.
    """
    whole = sum(size for size, _, _ in strata)
    share = smooth = variance = 0.0
    for size, n, right in strata:
        weight, likely = size / whole, (right + 1) / (n + 2)
        share += weight * right / n
        smooth += weight * likely
        rest = 1 - n / size if finite else 1.0
        variance += weight**2 * rest * likely * (1 - likely) / n
    if variance <= 0:
        return Estimate(round(share, 6), round(share, 6), round(share, 6))
    low, high = wilson(share, smooth * (1 - smooth) / variance, level)
    return Estimate(round(share, 6), round(low, 6), round(high, 6))


def _weighted(
    key: tuple[str, str],
    judged: Sequence[tuple[Judged, bool]],
    weights: Weights,
    level: float,
) -> Figure:
    """The share of right ones among some of the reports, each weighing what it stands for.

    Wilson's interval with Kish's effective number of draws ("Survey sampling", 1965, 11.7).
    """
    told = [(weights[each.stratum], right) for each, right in judged]
    total, squares = sum(w for w, _ in told), sum(w * w for w, _ in told)
    share = sum(w for w, right in told if right) / total
    low, high = wilson(share, total * total / squares, level)
    estimate = Estimate(round(share, 6), round(low, 6), round(high, 6))
    right = sum(right for _, right in told)
    return Figure(*key, right, len(told), None, estimate, NONE, NONE)


def _stratum(stratum: Stratum, judged: Sequence[Judged], level: float) -> Figure:
    mine = [(each, each.right) for each in judged if each.stratum == stratum.name]
    key = ("stratum", stratum.name or "(not known)")
    return replace(_weighted(key, mine, {stratum.name: 1.0}, level), pile=stratum.size)


def _by_group(
    judged: Sequence[Judged], quads: Mapping[str, int], weights: Weights, level: float
) -> list[Figure]:
    found: dict[tuple[str, str], list[tuple[Judged, bool]]] = defaultdict(list)
    for group in groups(quads):
        for each in judged:
            for name in group.of_coded(each.coded):
                found[group.name, name].append((each, each.right))
    return [_weighted(key, found[key], weights, level) for key in in_order(found)]


def _about(judged: Sequence[Judged], strata: Sequence[Stratum], level: float) -> Iterator[str]:
    right, given = _counts(judged)
    size = sum(each.size for each in strata)
    yield f"Judged: {len(judged):,} reports of a pile of {size:,}. Precision alone can be told."
    if len(judged) > 0.05 * size:
        told = [(s.size, given[s.name], right[s.name]) for s in strata]
        own = stratified(told, level, finite=True)
        yield (
            f"Of these {size:,} reports themselves, a large part of which was judged: "
            f"{own.low:.3f} to {own.high:.3f} (finite population correction)."
        )


def of_judgements(
    judged: Sequence[Judged], quads: Mapping[str, int], options: Bootstrap
) -> Accuracy:
    """The precision of judged reports themselves, resampled by article: no sample of the pile."""
    texts: dict[str, list[Judged]] = defaultdict(list)
    for each in judged:
        texts[each.document].append(each)
    per_text = [dict(_scores(texts[name], quads)) for name in sorted(texts)]
    rows = [
        Figure(f.group, f.name, f.right, f.given, None, f.precision, NONE, NONE)
        for f in figures(per_text, options)
    ]
    return Accuracy(
        basis="judgements",
        task="reports",
        texts=len(texts),
        options=options,
        figures=tuple(rows),
        confusion=confusion(judged),
        cases=cases(judged),
        notes=(
            "Review asks about the least certain reports first, so this is no precision of the "
            "pile; for that, judge what `foreigndesk sample` draws.",
        ),
    )


def _scores(
    judged: Sequence[Judged], quads: Mapping[str, int]
) -> Iterator[tuple[tuple[str, str], Score]]:
    sums: dict[tuple[str, str], Score] = defaultdict(Score)
    for each in judged:
        sums[OVERALL, RIGHT] += Score(each.right, 1)
        for key, name in _FIELDS.items():
            sums[OVERALL, name] += Score(each.right_in(key), 1)
        for group in groups(quads):
            for name in group.of_coded(each.coded):
                sums[group.name, name] += Score(each.right, 1)
    yield from sums.items()


def confusion(judged: Iterable[Judged]) -> tuple[Confusion, ...]:
    """The types that reports should have, None for no event, against those that they have."""
    counts = Counter((_type(each), each.coded.event_type) for each in judged)
    ranked = sorted(counts, key=lambda pair: (pair[0] is None, pair[0] or "", pair[1]))
    return tuple(Confusion(gold, found, counts[gold, found]) for gold, found in ranked)


def _type(each: Judged) -> str | None:
    if each.right_in("type"):
        return each.coded.event_type
    return each.should.get("type")


def cases(judged: Iterable[Judged]) -> tuple[Case, ...]:
    """The wrong reports, the most confident first."""
    wrong = [each for each in judged if not each.right]
    wrong.sort(key=lambda each: (-each.coded.confidence, each.report_id))
    return tuple(map(_case, wrong))


def _case(each: Judged) -> Case:
    should = ", ".join(f"{name} {text}" for name, text in each.should.items())
    kind = "false" if not each.should else "type" if "type" in each.should else "details"
    return Case(
        kind=kind,
        text_id=each.report_id,
        evidence=each.coded.evidence,
        gold=should or None,
        found=shown(each.coded),
        differs=tuple(each.should) or ("no such event",),
        confidence=each.coded.confidence,
        rule=each.coded.rule or None,
    )
