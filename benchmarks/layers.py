"""Sentences a second of parse and coding in one process, with the layers apart."""

from __future__ import annotations

from benchmarks.asked import Asked, Found
from benchmarks.fresh import run
from benchmarks.tabled import table

REACH = 3 * 205
"""Three times what a dictionary coder codes in a second on such a machine."""


def measure(asked: Asked) -> Found:
    """Parse and coding of the first pile, with the learned model and by rules alone."""
    given = {"paths": asked.piles()[0].paths, "repeat": asked.repeat}
    found = run("coding", **given, profile=asked.profile).found
    asked.tell(f"coding: {found['sentences'] / found['whole']:,.0f} sentences/s")
    rules = run("coding", **given, learned=0).found
    asked.tell(f"coding by rules: {rules['sentences'] / rules['whole']:,.0f} sentences/s")
    return {"learned": found, "rules": rules}


def tell(found: Found) -> list[str]:
    """The table, and how the layers compare with the parse."""
    rows = []
    for name, key in (("with the learned model", "learned"), ("by rules alone", "rules")):
        one = found[key]
        spent = [f"{one[part]:.2f}" for part in ("whole", "parse", "rules", "learned")]
        rate = f"{one['sentences'] / one['whole']:,.0f}"
        rows.append([name, *spent, rate, f"{one['reports']:,}"])
    one = found["learned"]
    head = ["", "all, cpu s", "parse", "rules", "learned model", "sentences/s", "reports"]
    when = sum(one["layers"].get(f"code: {part}", 0.0) for part in ("times", "places"))
    coding = one["rules"] + one["learned"]
    lines = [
        f"{one['articles']:,} cleaned articles, {one['sentences']:,} sentences (plain spaCy's "
        "count, without titles), parsed and coded as a worker does it; seconds of the processor "
        "of the best turn. All is that of a turn in which the layers were not watched; watching "
        "costs a little.",
        "",
        *table(head, rows),
        "",
        f"Coding takes {coding / one['parse']:.2f} of the parse's time, by rules alone "
        f"{found['rules']['rules'] / found['rules']['parse']:.2f}; times and places take "
        f"{when / one['parse']:.3f} of it. The goal is {REACH} sentences/s.",
    ]
    if one.get("profile"):
        lines += ["", "```", one["profile"].strip(), "```"]
    return lines
