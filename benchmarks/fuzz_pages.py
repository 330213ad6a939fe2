"""Mutate pages and read and clean each: no crash, no hang, read or skipped with its reason.

    python benchmarks/fuzz_pages.py --pages 20000 --seed 1
    python benchmarks/fuzz_pages.py --pages 2000 --seed 1 --of FOLDER

Takes the pages of tests/intake/pages and sample/pages (or of FOLDER, gzip undone), changes each by
one to six mutations (cut, doubled, swapped and shuffled pieces, broken tags and entities, deep
nesting, stray bytes, other encodings, endless lines), and prints how many were read and skipped,
the slowest page, and pages a second. Ends with status 1 at a crash or at a page that took longer
than `--limit` seconds; the page is then left in the current folder as fuzz-failure-N.bin.
"""

from __future__ import annotations

import argparse
import gzip
import io
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from foreigndesk.codebook.load import Codebook
from foreigndesk.errors import UnreadableError
from foreigndesk.intake.clean import Cleaner
from foreigndesk.intake.readers import reader_for
from foreigndesk.intake.source import open_source
from foreigndesk.model import Skipped
from foreigndesk.settings import Settings

ROOT = Path(__file__).parents[1]
OWN = (ROOT / "tests" / "intake" / "pages", ROOT / "sample" / "pages")
PIECES = (
    b"<div>", b"</p>", b"<table><tr>", b"<!--", b"-->", b"<script>", b"&#x110000;", b"&lt", b"\x00",
    b"\xff\xfe", b"\xe2\x80\xa8", b"<p " + b"a=1 " * 500, b"\r", b"\n\n\n", b"<![CDATA[", b"<svg>",
    b"<a href='//[::1'>", b"\xf0\x9f\x94\xa5", b"&amp;" * 200, b"By By By ",
    b"Published 99/99/9999 ",
    b"\xd8\xa7\xd8\xaa\xd8\xb5\xd9\x84 ", b"<li>" * 300, b"<blockquote>" * 50, b". " * 500,
    b"<meta charset='utf-7'>", b'<script type="application/ld+json">{"@graph":[[[[', b"\x1b[31m",
)  # fmt: skip
ENCODINGS = ("utf-16", "utf-16-le", "cp1251", "latin-1", "utf-8-sig", "utf-32", "shift_jis")

Mutation = Callable[[bytes, random.Random], bytes]


def cut(page: bytes, rng: random.Random) -> bytes:
    """Leave out a stretch."""
    a, b = sorted(rng.randrange(len(page) + 1) for _ in range(2))
    return page[:a] + page[b:]


def double(page: bytes, rng: random.Random) -> bytes:
    """Repeat a stretch, up to forty times."""
    a, b = sorted(rng.randrange(len(page) + 1) for _ in range(2))
    return page[:b] + page[a:b] * rng.choice((1, 2, 40 if b - a < 5000 else 2)) + page[b:]


def insert(page: bytes, rng: random.Random) -> bytes:
    """Put awkward pieces somewhere."""
    place = rng.randrange(len(page) + 1)
    piece = rng.choice(PIECES) * rng.choice((1, 1, 3, 30))
    return page[:place] + piece + page[place:]


def shuffle(page: bytes, rng: random.Random) -> bytes:
    """Shuffle the lines."""
    lines = page.split(b"\n")
    rng.shuffle(lines)
    return b"\n".join(lines)


def join(page: bytes, rng: random.Random) -> bytes:
    """One endless line."""
    return page.replace(b"\n", rng.choice((b" ", b"")))


def flip(page: bytes, rng: random.Random) -> bytes:
    """Change single bytes."""
    raw = bytearray(page)
    for _ in range(rng.randrange(1, 60)):
        if raw:
            raw[rng.randrange(len(raw))] = rng.randrange(256)
    return bytes(raw)


def nest(page: bytes, rng: random.Random) -> bytes:
    """Nest it deep."""
    tag = rng.choice((b"div", b"b", b"ul", b"table", b"form", b"font"))
    times = rng.choice((10, 300, 3000))
    return (b"<" + tag + b">") * times + page


def recode(page: bytes, rng: random.Random) -> bytes:
    """Write it in another encoding."""
    text = page.decode("utf-8", "replace")
    return text.encode(rng.choice(ENCODINGS), "replace")


MUTATIONS: tuple[Mutation, ...] = (cut, double, insert, insert, shuffle, join, flip, nest, recode)


def seeds(folders: tuple[Path, ...] = OWN) -> list[tuple[str, bytes]]:
    """The pages that are mutated: name and bytes."""
    files = [f for folder in folders for f in sorted(folder.iterdir())]
    pages = [(f.name.removesuffix(".gz"), f) for f in files]
    wanted = [(name, f) for name, f in pages if name.endswith((".txt", ".html"))]
    return [
        (name, gzip.decompress(f.read_bytes()) if f.suffix == ".gz" else f.read_bytes())
        for name, f in wanted
    ]


def mutated(seed: bytes, rng: random.Random) -> bytes:
    """A page after one to six mutations, of at most 2 MB."""
    for _ in range(rng.randrange(1, 7)):
        seed = rng.choice(MUTATIONS)(seed, rng)[:2_000_000]
    return seed


def outcome(name: str, page: bytes, cleaner: Cleaner) -> str:
    """ "read", or "skipped: " with the reason."""
    try:
        source = open_source(name, io.BytesIO(page), Settings())
        items = list(reader_for(source).read(source))
    except UnreadableError as error:
        return f"skipped: {error.found}"
    for item in items:
        if isinstance(item, Skipped):
            return f"skipped: {item.reason}"
        try:
            cleaner.clean(item)
        except UnreadableError as error:
            return f"skipped: {error.found}"
    return "read" if items else "skipped: nothing in it"


def main() -> int:
    """Run the fuzzer. Returns the exit status."""
    parser = argparse.ArgumentParser(description="Mutate pages; read and clean each.")
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=float, default=5.0, help="seconds of a core for one page")
    parser.add_argument("--of", type=Path, help="a folder of pages, instead of our own")
    options = parser.parse_args()
    sources = seeds((options.of,) if options.of else OWN)
    rng, cleaner = random.Random(options.seed), Cleaner(Codebook(), Settings())
    outcome(*sources[0], cleaner)  # loads the language model, which is no page's fault
    counts: Counter[str] = Counter()
    slowest, failures, began = 0.0, 0, time.perf_counter()
    for number in range(options.pages):
        name, seed = sources[number % len(sources)]
        page = mutated(seed, rng)
        start = time.process_time()
        try:
            result = outcome(name, page, cleaner)
        except Exception as error:
            result = f"crash: {type(error).__name__}: {error}"
        took = time.process_time() - start
        slowest = max(slowest, took)
        counts[result.split("(")[0][:60]] += 1
        if result.startswith("crash") or took > options.limit:
            failures += 1
            Path(f"fuzz-failure-{number}.bin").write_bytes(page)
            print(f"page {number} ({name}): {result[:200]}, {took:.2f} s", file=sys.stderr)
    total = time.perf_counter() - began
    for result, count in counts.most_common():
        print(f"{count:7,}  {result}")
    rate = options.pages / total
    print(f"slowest {slowest:.2f} s of a core; {rate:.0f} pages a second; {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
