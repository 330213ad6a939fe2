"""Times and places against parsing: how long the two layers take beside the parser.

    python benchmarks/when_where_vs_parse.py [PATH ...] [--repeat N]

The texts are the articles found in the files (the sample's pages where none are named). Parser and
layers are timed on the CPU of this one process, turn about; the best turn of each counts.
"""

from __future__ import annotations

import time

from pages import Page, english, options, parsed

from foreigndesk.coding.reading import journalism
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings


def main() -> None:
    """Time parser, times and places, and print the shares."""
    asked = options(__doc__).parse_args()
    reader = Reader(Settings())
    pages = english(reader, asked.paths)
    reader.analyse("Norway's envoy met rebels in Mali on Friday.", "2024-07-19")
    turns = [_turn(reader, pages) for _ in range(asked.repeat)]
    parse, times, places = (min(turn[n] for turn in turns) for n in range(3))
    print(f"{len(pages)} articles, {sum(len(text) for text, _ in pages):,} characters")
    print(f"parse {parse:.2f} s, times {times:.3f} s, places {places:.3f} s")
    print(f"times and places take {(times + places) / parse:.3f} of the parse's time")


def _turn(reader: Reader, pages: list[Page]) -> tuple[float, float, float]:
    """Seconds of CPU for the parser, the times and the places of all pages."""
    spent = [0.0, 0.0, 0.0]
    for text, article in pages:
        at = [time.process_time()]
        sentences = parsed(reader, (text, article))
        at.append(time.process_time())
        for start, end in journalism(article.segments):
            reader.coder.times.read(text[start:end], article.published.edtf)
        at.append(time.process_time())
        reader.coder.places.read(sentences, text)
        at.append(time.process_time())
        spent = [old + at[n + 1] - at[n] for n, old in enumerate(spent)]
    return spent[0], spent[1], spent[2]


if __name__ == "__main__":
    main()
