"""Coding against parsing: how long the coders take beside the parser over the same texts.

    python benchmarks/coding_vs_parse.py [PATH ...] [--repeat N] [--profile ROWS]

The texts are the articles found in the files (the sample's pages where none are named). The
parser is the pipeline's own, alone; coding is everything behind it: actors, frames, factuality,
attribution, times, places, Reports. Both are timed on the CPU of this one process, turn about,
and the best turn of each counts. `--profile` lists the functions that coding spends most in.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import time

from pages import Page, english, options, parsed

from foreigndesk.coding.reading import journalism
from foreigndesk.coding.reports import reports
from foreigndesk.model import Sentence
from foreigndesk.pipeline import Reader, reference
from foreigndesk.settings import Settings


def main() -> None:
    """Time both and print the table."""
    asked = _asked()
    reader = Reader(Settings())
    pages = english(reader, asked.paths)
    reader.analyse("Norway urged Mali to free the crew.")
    characters = sum(len(article.text) for _, article in pages)
    print(f"{len(pages)} articles, {characters:,} characters")
    parsing, coding = [], []
    sentences: list[list[Sentence]] = []
    for _ in range(asked.repeat):
        began = time.process_time()
        sentences = [parsed(reader, page) for page in pages]
        between = time.process_time()
        found = sum(_coded(reader, *pair) for pair in zip(pages, sentences, strict=True))
        parsing.append(between - began)
        coding.append(time.process_time() - between)
        share = coding[-1] / parsing[-1]
        print(
            f"parse {parsing[-1]:6.2f} s  code {coding[-1]:6.2f} s  {share:5.2f}  {found} reports"
        )
    print(f"coding takes {min(coding) / min(parsing):.2f} of the parse's time (best of each)")
    if asked.profile:
        _profile(reader, pages, sentences, asked.profile)


def _asked() -> argparse.Namespace:
    parser = options(__doc__)
    parser.add_argument("--profile", type=int, default=0, metavar="ROWS")
    return parser.parse_args()


def _coded(reader: Reader, page: Page, sentences: list[Sentence]) -> int:
    """How many Reports the article holds."""
    text, article = page
    pieces = journalism(article.segments)
    reading = reader.coder.read(text, sentences, reference(article), pieces)
    return len(reports(reader.coder, reading))


def _profile(reader: Reader, pages: list[Page], sentences: list[list[Sentence]], rows: int) -> None:
    profile = cProfile.Profile()
    profile.enable()
    for pair in zip(pages, sentences, strict=True):
        _coded(reader, *pair)
    profile.disable()
    pstats.Stats(profile).sort_stats("tottime").print_stats(rows)


if __name__ == "__main__":
    main()
