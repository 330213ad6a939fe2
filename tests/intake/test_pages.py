"""Pages of many kinds, each line marked as article or furniture (see pages/README.md)."""

from __future__ import annotations

import importlib.util
import random
import time
from pathlib import Path
from types import ModuleType

import pytest

from foreigndesk.intake.clean import Cleaner
from tests.intake.marked_pages import MarkedPage, marked_pages

FUZZER = Path(__file__).parents[2] / "benchmarks" / "fuzz_pages.py"
KNOWN = {
    "f02-partisan-blog.txt": "one short paragraph behind a form at the end does not outweigh it",
    "g08-ad-heavy.txt": "paragraphs behind two boxes of other stories do not outweigh them",
    "n08-live.txt": "the first subhead of a live page stands before the body's first paragraph",
    "n09-hindi-box.txt": "a last short paragraph behind a pointer in another script is lost",
    "n10-ap-archive.txt": "a short hard-wrapped text without a blank line is not joined",
}
"""Pages that are not read as they should be, and why."""


def _case(page: MarkedPage) -> object:
    reason = KNOWN.get(page.name)
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    return pytest.param(page, id=page.name, marks=marks)


@pytest.mark.parametrize("page", [_case(page) for page in marked_pages()])
def test_page(cleaner: Cleaner, page: MarkedPage) -> None:
    assert page.faults(cleaner) == []


def test_mutated_pages_are_read_or_skipped(cleaner: Cleaner) -> None:
    fuzzer = _fuzzer()
    rng, seeds = random.Random(3), fuzzer.seeds()
    fuzzer.outcome(*seeds[0], cleaner)
    results = []
    for number in range(150):
        name, seed = seeds[number % len(seeds)]
        began = time.perf_counter()
        results.append(fuzzer.outcome(name, fuzzer.mutated(seed, rng), cleaner))
        assert time.perf_counter() - began < 5
    assert all(r == "read" or len(r) > len("skipped: ") for r in results)
    assert results.count("read") > 75


def _fuzzer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz_pages", FUZZER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
