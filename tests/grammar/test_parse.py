from __future__ import annotations

import pytest

from foreigndesk.errors import ParserError
from foreigndesk.grammar.parse import bare_segments, dateline_end, parse_text, text_paragraphs
from foreigndesk.grammar.spacy_parser import SpacyParser


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("BEIRUT, March 3 (Reuters) - Israel said", " Israel said"),
        ("NAIROBI, Kenya (AP) — Rebels came", " Rebels came"),
        ("OSLO -- Norway met", " Norway met"),
        ("DOHA/CAIRO (Reuters) – Talks", " Talks"),
        ("The man - a spy - left", "The man - a spy - left"),
        ("US-led forces - the biggest - came", "US-led forces - the biggest - came"),
        ("THE HAGUE, Netherlands -- A court", " A court"),
        ("United Nations, April 13 (IANS) Under", " Under"),
        ("Amnesty International (AI) has", "Amnesty International (AI) has"),
        ("Kenya (the host) - said", "Kenya (the host) - said"),
    ],
)
def test_dateline_ends(text: str, rest: str) -> None:
    assert text[dateline_end(text) :] == rest


def test_paragraphs_are_parted_by_blank_lines() -> None:
    text = "One went.\r\n\r\nTwo came.\nThree stayed.\n \n\nFour."
    pieces = [text[s.start : s.end] for s in bare_segments(text)]
    assert pieces == ["One went.", "Two came.\nThree stayed.", "Four."]


def test_sentences_point_to_the_text(parser: SpacyParser) -> None:
    text = "Norway’s envoy left.\n\n  He “never”   returned 😀."
    for sentence in parse_text(text, parser):
        for token in sentence.tokens:
            assert (
                text[token.start : token.end].replace("’", "'").replace("“", '"').replace("”", '"')
                == token.text
            )


def test_long_paragraph_is_cut_at_sentence_ends(parser: SpacyParser) -> None:
    text = "Norway met Chile. " * 30
    sentences = parse_text(text, parser, max_line=100)
    assert len(sentences) == 30


def test_unknown_pipeline_is_named() -> None:
    with pytest.raises(ParserError, match="no_such_pipeline"):
        _ = SpacyParser("no_such_pipeline").pipeline


def test_lemmas_keep_a_lost_e(parser: SpacyParser) -> None:
    (sentence,) = parse_text("The workers staged a strike and fined them.", parser)
    assert {"stage", "fine"} <= {t.lemma for t in sentence.tokens}


def test_a_paragraph_parsed_before_is_the_same_where_it_stands(parser: SpacyParser) -> None:
    said = "Norway urged Mali to free the crew. Mali refused on Monday."
    first, second = parse_text(said, parser), parse_text(f"Oslo\n\n{said}\n\n{said}", parser)
    moved = [t for s in second[1:] for t in s.tokens]
    kept = [t for s in first for t in s.tokens]
    assert [(t.start - 6, t.text, t.tag, t.head) for t in moved[: len(kept)]] == [
        (t.start, t.text, t.tag, t.head) for t in kept
    ]
    assert [s.paragraph for s in second] == [0, 1, 1, 2, 2]
    assert said[: kept[-1].end] == said
    assert parser.parsed.get(said) is not None


def test_what_is_parsed_ahead_is_parsed_alike() -> None:
    texts = [
        f"Norway urged {name} to free the crew.\n\nIt refused {day}, an aide said. “No,” he said."
        for name in ("Mali", "the junta in Mali", "Chad and its allies")
        for day in ("Monday", "the first day of the talks")
    ]
    alone = SpacyParser()
    each = [parse_text(text, alone) for text in texts]
    ahead = SpacyParser()
    ahead.ahead(paragraph for text in reversed(texts) for paragraph in text_paragraphs(text))
    assert all(ahead.parsed.get(p.text) for t in texts for p, _, _ in text_paragraphs(t))
    assert [parse_text(text, ahead) for text in texts] == each


def test_short_forms_of_auxiliaries_have_the_lemmas_of_long_ones(parser: SpacyParser) -> None:
    (sentence,) = parse_text("They are here, I'm there and we'll go.", parser)
    assert {"are": "be", "'m": "be", "'ll": "will"}.items() <= {
        t.text: t.lemma for t in sentence.tokens
    }.items()
