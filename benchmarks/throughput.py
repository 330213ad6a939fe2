"""`read` in one process against plain spaCy over the same articles, in turn."""

from __future__ import annotations

import os
import shutil
from typing import Any

import altair as alt

from benchmarks.asked import Asked, Found
from benchmarks.fresh import Run, run
from benchmarks.piles import FORMS, Pile
from benchmarks.tabled import chart_of, table

WHO = {"spacy": "spaCy alone", "read": "`read`"}


def measure(asked: Asked) -> Found:
    """The best of `asked.repeat` runs of both, by pile."""
    return {"piles": [_pile(asked, pile) for pile in asked.piles()]}


def _pile(asked: Asked, pile: Pile) -> Found:
    file = os.fspath(asked.folder / f"{pile.name}.texts.json")
    size = run("texts", paths=pile.paths, to=file).found
    turns: dict[str, list[Found]] = {"spacy": [], "read": []}
    for turn in range(asked.repeat):
        turns["spacy"].append(_turn(run("spacy", texts=file)))
        desk = asked.desk()
        turns["read"].append(_turn(run("read", paths=pile.paths, desk=desk)))
        shutil.rmtree(desk)
        spacy, read = turns["spacy"][-1], turns["read"][-1]
        asked.tell(
            f"throughput, {pile.name}, turn {turn + 1}: spaCy {spacy['work']:.1f} s, "
            f"read {read['work']:.1f} s"
        )
    best = {who: min(found, key=lambda t: t["work"]) for who, found in turns.items()}
    return size | {
        "pile": pile.name,
        "sentences": best["spacy"]["sentences"],
        "reports": best["read"]["reports"],
        "best": best,
        "turns": turns,
        "ratio": best["spacy"]["work"] / best["read"]["work"],
        "ratio_cpu": min(t["work_cpu"] for t in turns["spacy"])
        / min(t["work_cpu"] for t in turns["read"]),
    }


def _turn(done: Run) -> dict[str, Any]:
    return done.found | {"peak": done.peak}


def tell(found: Found) -> list[str]:
    """Tables, a pile each."""
    lines = [
        "Each in a fresh process, in turn; models are loaded before the clock starts. spaCy runs "
        "all its pipes over the cleaned text of every article; `read` starts from the files, and "
        "cleans, parses, codes, writes the desk, joins copies and links. The ratio is spaCy's "
        "time by that of `read`: over 1, `read` is the faster.",
    ]
    for pile in found["piles"]:
        lines += ["", *_told(pile)]
    return lines


def _told(pile: Found) -> list[str]:
    articles, sentences = pile["articles"], pile["sentences"]
    rows = []
    for who, name in WHO.items():
        best = pile["best"][who]
        speed = (articles / best["work"], sentences / best["work"])
        figures = [f"{best['load']:.2f}", f"{best['work']:.2f}", f"{best['work_cpu']:.2f}"]
        rows.append([name, *figures, *(f"{s:,.1f}" for s in speed), f"{best['peak'] or 0:,.0f}"])
    head = ["", "load s", "work s", "cpu s", "articles/s", "sentences/s", "peak MB"]
    density = pile["reports"] / max(sentences, 1)
    return [
        f"**{pile['pile']}**: {FORMS[pile['pile']]}. {articles:,} articles, {sentences:,} "
        f"sentences ({pile['distinct']:.0%} of them distinct), {pile['words']:,} words, "
        f"{density:.2f} reports a sentence; best of {len(pile['turns']['read'])}.",
        "",
        *table(head, rows),
        "",
        f"Ratio {pile['ratio']:.2f} by wall time, {pile['ratio_cpu']:.2f} by processor time.",
    ]


def draw(found: Found) -> Any:
    """Articles a second, by pile."""
    rows = [
        {
            "pile": pile["pile"],
            "who": WHO[who].strip("`"),
            "rate": pile["articles"] / pile["best"][who]["work"],
        }
        for pile in found["piles"]
        for who in WHO
    ]
    return (
        chart_of(rows)
        .mark_bar()
        .encode(
            x=alt.X("rate:Q", title="articles a second, one process"),
            y=alt.Y("who:N", title=None, sort=None),
            color=alt.Color("who:N", legend=None),
            row=alt.Row("pile:N", title=None, sort=None),
        )
        .properties(width=480)
    )
