"""Pages, flat and HTML, to Articles."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreigndesk.codebook.load import Codebook, open_codebook
from foreigndesk.errors import UnreadableError
from foreigndesk.intake.clean import Cleaner
from foreigndesk.intake.read import read
from foreigndesk.intake.records import document
from foreigndesk.model import Article, Document, SegmentKind
from foreigndesk.settings import Settings

Make = Callable[[str], Document]
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

FLAT = """Tuesday, 5 May 2020
WorldPolitics

Envoys of two river states meet over dam

  • Ministers agree to share water data from June.

CAIRO, Egypt (AP) — Envoys of the two states met on Monday to speak about the dam on the river, \
and agreed to go on with the talks in a month.

A long dispute

The dam has been disputed for ten years, and both governments have threatened to leave the talks \
more than once. A mediator said that the mood was better now.

“We are not there yet, but nobody shouted at anybody today.”

– Amina Saleh, mediator of the river commission

By Jo Bloggs
Share on Facebook
Related posts

Minister opens bridge in the north of the country

The bridge is the longest in the region and was opened with a parade by the minister who…
Read more
Leave a Reply

Your email address will not be published. Required fields are marked *
"""


def kept(article: Article, text: str, kind: SegmentKind | None = None) -> list[str]:
    return [
        text[s.start : s.end]
        for s in article.segments
        if s.kept and (kind is None or s.kind is kind)
    ]


def test_flat_page(cleaner: Cleaner, flat: Make) -> None:
    article = cleaner.clean(flat(FLAT))
    assert article.title == "Envoys of two river states meet over dam"
    assert article.byline == "Jo Bloggs"
    assert article.language == "en"
    assert article.published.edtf is None  # the head shows the day of saving only
    assert kept(article, FLAT, SegmentKind.TITLE)[1] == "A long dispute"
    quotes = kept(article, FLAT, SegmentKind.QUOTE)
    assert len(quotes) == 1
    assert quotes[0].endswith("mediator of the river commission")
    assert "CAIRO, Egypt (AP)" in article.text
    assert "Ministers agree" in article.text
    for furniture in ("bridge", "Share", "Read more", "Reply", "email", "WorldPolitics"):
        assert furniture not in article.text


def test_hard_wrapped_lines_are_one_paragraph(cleaner: Cleaner, flat: Make) -> None:
    line = "The two governments said on Monday that they had agreed to open the\n"
    text = line * 4 + "border.\n\n" + line * 3 + "road.\n"
    paragraphs = kept(cleaner.clean(flat(text)), text, SegmentKind.PARAGRAPH)
    assert len(paragraphs) == 2
    assert paragraphs[0].endswith("border.")


def test_single_line_breaks_part_paragraphs(cleaner: Cleaner, flat: Make) -> None:
    one = (
        "The ministers met in Vienna on Monday to speak about the gas that flows through the land."
    )
    text = "\n".join([one, one.replace("Vienna", "Oslo"), one.replace("Vienna", "Rome")])
    assert len(kept(cleaner.clean(flat(text)), text)) == 3


PARAGRAPH = (
    "<p>The president of the republic travelled to the capital of its neighbour on Monday to sign"
    " a treaty on the border, which the two have disputed for years, {}.</p>"
)
HTML = (
    "<!doctype html><html><head><title>Treaty signed | The Example</title>"
    '<meta property="og:title" content="Treaty signed"><meta property="og:site_name"'
    ' content="The Example"><meta property="article:published_time" content="2021-02-03T04:05Z">'
    '</head><body><nav><a href="/">Home</a><a href="/w">World</a></nav><article><h1>Treaty'
    " signed</h1>"
    + "".join(PARAGRAPH.format(end) for end in ("an aide said", "a paper wrote", "two towns hope"))
    + "</article><div>Share on Facebook</div><script>var x = 'no';</script></body></html>"
)


def test_html_page(cleaner: Cleaner, html: Make) -> None:
    page = html(HTML)
    article = cleaner.clean(page)
    assert (article.title, article.outlet) == ("Treaty signed", "The Example")
    assert (article.published.edtf, article.published.basis) == ("2021-02-03", "metadata")
    assert len(kept(article, page.text, SegmentKind.PARAGRAPH)) == 3
    assert kept(article, page.text, SegmentKind.TITLE) == ["Treaty signed"]
    assert "Home" not in article.text
    assert "Share" not in article.text


@pytest.mark.parametrize("text", ["Home\n\nNews\n\nLog in", "•\n•\n•", "1234 5678"])
def test_no_article(cleaner: Cleaner, flat: Make, text: str) -> None:
    with pytest.raises(UnreadableError, match="no article in the page"):
        cleaner.clean(flat(text))


def test_a_bare_headline_is_an_article(cleaner: Cleaner, flat: Make) -> None:
    text = "Envoys of two states to meet in Vienna"
    assert cleaner.clean(flat(text)).text == text


def test_a_given_title_is_not_taken_from_the_body(cleaner: Cleaner) -> None:
    text = "Two envoys met on Monday!\n\nThey spoke for hours about the border of the two states."
    page = Document("x", None, "text/plain", text, title="Talks in Vienna")
    article = cleaner.clean(page)
    assert article.title == "Talks in Vienna"
    assert article.text == text


def test_other_languages_are_kept(cleaner: Cleaner, flat: Make) -> None:
    text = "Der Präsident reiste am Montag nach Wien, um mit dem Kanzler über das Gas zu sprechen."
    assert cleaner.clean(flat(text)).language == "de"


@pytest.mark.parametrize("unit", ["word ", "By A ", "x", "Share 1 ", "said. ", "… "])
def test_an_endless_line_does_not_hang(cleaner: Cleaner, flat: Make, unit: str) -> None:
    began = time.perf_counter()
    text = unit * (2_000_000 // len(unit)) + "."
    article_or_none(cleaner, flat(text))
    assert time.perf_counter() - began < 10


def test_deeply_nested_markup(cleaner: Cleaner, html: Make) -> None:
    markup = "<html><body>" + "<div>" * 20_000 + PARAGRAPH.format("deep") + "</body></html>"
    article_or_none(cleaner, html(markup))


def test_a_paragraph_of_many_elements_does_not_hang(cleaner: Cleaner, html: Make) -> None:
    began = time.perf_counter()
    markup = "<html><body><p>" + "<b>word</b> <i>word</i> said. " * 20_000 + "</body></html>"
    article_or_none(cleaner, html(markup))
    assert time.perf_counter() - began < 5


def test_tables_in_tables_do_not_hang(cleaner: Cleaner, html: Make) -> None:
    began = time.process_time()
    markup = "<html><body>" + "<table>" * 900 + PARAGRAPH.format("deep") + "</body></html>"
    article_or_none(cleaner, html(markup))
    assert time.process_time() - began < 5


def article_or_none(cleaner: Cleaner, page: Document) -> Article | None:
    try:
        return cleaner.clean(page)
    except UnreadableError:
        return None


PIECES = st.sampled_from(
    [
        "The minister said on Monday that the talks had failed, and left for home.",
        "Read more", "Related posts", "– Jo Bloggs, mediator", "“We shall go on with the talks.”",
        "👉 donate", "اتصال نموذج", "a\u00a0b", "By Jo Bloggs", "5 May 2020", "  • item one here",
        "\r\n", "\n\n", "\n", "\u2028", "\ufeff", "\t", "…",
    ]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=20), max_size=30).map("".join))
@settings(max_examples=150, deadline=None)
def test_segments_tile_any_text(text: str) -> None:
    article = article_or_none(_CLEANER, document("x", "text/plain", text))
    if article is None:
        return
    assert "".join(text[s.start : s.end] for s in article.segments) == text
    assert all(s.start < s.end for s in article.segments)
    pieces = [text[s.start : s.end] for s in article.segments if s.kept]
    assert all(piece == piece.strip() for piece in pieces)
    assert all(part in pieces for part in article.text.split("\n\n") if part.count(" ") == 13)


_CLEANER = Cleaner(Codebook(), Settings())


@pytest.mark.shared
@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed pages are not beside the checkout")
def test_seed_pages(cleaner: Cleaner, flat: Make) -> None:
    first, second = (
        flat(path.read_bytes().decode("utf-8")) for path in sorted(SEEDS.glob("*.txt"))
    )
    one, two = cleaner.clean(first), cleaner.clean(second)
    assert one.title is not None
    assert one.title.startswith("North Korea, Russia vow")
    assert one.byline == "Arsenio Toledo"
    assert two.title is not None
    assert two.title.startswith("Putin’s Pivot: ")
    assert one.published.edtf is None
    assert two.published.edtf is None
    assert len(one.text.split("\n\n")) == 17
    assert len(kept(two, second.text)) == 12
    assert two.text.rstrip().endswith("National Security Council spokesperson")
    for furniture in ("PayPal", "نموذج", "Bangladesh", "Balah", "Guinness", "Trump", "Comment"):
        assert furniture not in one.text + two.text


def test_a_record_of_short_paragraphs_is_kept_as_given(tmp_path: Path) -> None:
    text = "Peru refused a credit line.\n\nLima fell quiet on 15 August 2021.\n\nChile sent grain."
    file = tmp_path / "records.jsonl"
    file.write_text(json.dumps({"id": "a", "title": "Peru refused a credit line.", "text": text}))
    (document,) = read([file], Settings())
    assert isinstance(document, Document)
    article = Cleaner(open_codebook(), Settings()).clean(document)
    assert "Chile sent grain." in article.text
    assert article.published.edtf is None


def test_a_foreign_paragraph_names_its_language(cleaner: Cleaner, flat: Make) -> None:
    page = (
        "Minister defends closed border\n\n"
        "The border stays shut as long as the troops of the other state stand there, he said.\n\n"
        "„Die Grenze bleibt zu, solange die Truppen dort stehen und niemand weiß, wann sie gehen“,"
        " sagte der Minister.\n\n"
        "His ministry gave no date on which the crossings would open again for trade.\n"
    )
    told = [(s.language, s.kind) for s in cleaner.clean(flat(page)).segments if s.kept]
    assert told.count(("de", SegmentKind.OTHER)) == 1
    assert [code for code, kind in told if kind is not SegmentKind.OTHER] == [None] * (
        len(told) - 1
    )
