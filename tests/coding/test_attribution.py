"""Attribution: every cue's own sentences, nesting, quotations over sentences and lines."""

from __future__ import annotations

import pytest

from foreigndesk.codebook.attribution import KIND, SpeechCue
from foreigndesk.codebook.load import open_codebook
from foreigndesk.coding.attribution import (
    AttributionReader,
    SpeechAct,
    attribution_spans,
    attributions_for,
)
from foreigndesk.grammar.parse import parse_text
from foreigndesk.grammar.spacy_parser import SpacyParser
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import Stance

CODEBOOK = open_codebook()
CUES = CODEBOOK.entries(KIND, SpeechCue)


class Reading:
    """The speech acts of a text, with what a test asks of them."""

    def __init__(self, text: str, parser: SpacyParser, reader: AttributionReader) -> None:
        self.text = text
        self.trees = [Tree(sentence) for sentence in parse_text(text, parser)]
        self.acts = reader.read(self.trees, text)
        self.spans = attribution_spans(self.acts, self.trees, text)

    def speaker(self, act: SpeechAct) -> str:
        span = self.spans[self.acts.index(act)].speaker
        return span.text if span else ""

    def of(self, words: str) -> list[tuple[str, Stance]]:
        """Speakers and stances of the acts of speech around `words`, outermost first."""
        start = self.text.index(words)
        found = attributions_for(self.acts, 0, start, start + len(words))
        return [(self.speaker(act), act.stance) for act in found]

    def content(self, act: SpeechAct) -> list[str]:
        return [self.text[r.start : r.end] for r in act.content]


@pytest.fixture(scope="module")
def read(parser: SpacyParser):
    reader = AttributionReader(CODEBOOK)
    return lambda text: Reading(text, parser, reader)


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.id)
def test_cue_says_and_not(cue: SpeechCue, read) -> None:
    reading = read(cue.says)
    other = cue.pos in ("source", "light")
    acts = [act for act in reading.acts if other or act.rule == cue.id]
    held = [act for act in acts if any(cue.word in part for part in reading.content(act))]
    assert other or [act.stance for act in held] == [cue.stance]
    assert held[0].speech is cue.speech
    assert cue.speaker in reading.speaker(held[0])
    assert bool(cue.speaker) is bool(held[0].source)
    assert [act for act in read(cue.not_).acts if act.rule == cue.id] == []


def test_a_denied_accusation_holds_both(read) -> None:
    reading = read("Oslo denied accusations by Lima and Quito about arms transfers.")
    assert reading.of("transfers") == [
        ("Oslo", Stance.DENIES),
        ("Lima and Quito", Stance.ALLEGES),
    ]


def test_passive_accusation_names_the_agent(read) -> None:
    reading = read("Norway was accused by Peru of smuggling gold.")
    assert reading.of("smuggling") == [("Peru", Stance.ALLEGES)]


def test_speech_within_speech_is_outermost_first(read) -> None:
    reading = read("Fiji said that Tonga claimed that Samoa stole a boat.")
    assert reading.of("stole") == [("Fiji", Stance.ASSERTS), ("Tonga", Stance.ALLEGES)]


def test_inverted_quotation_goes_on_in_the_next_sentence(read) -> None:
    text = (
        "“The truce is holding in every town,” said Anna Berg, a mediator. "
        "“The next step is to bring all prisoners home.”"
    )
    reading = read(text)
    assert reading.of("bring") == [("Anna Berg, a mediator", Stance.ASSERTS)]
    assert reading.of("holding") == reading.of("bring")


def test_quotation_with_the_speaker_on_the_next_line(read) -> None:
    text = "“Nobody here counts the ships. Everybody counts the crews.”\n\n– Anna Berg, envoy"
    reading = read(text)
    assert reading.of("ships") == reading.of("crews") == [("Anna Berg, envoy", Stance.ASSERTS)]


def test_an_aside_takes_the_clause_around_it(read) -> None:
    reading = read("The boat, Anna Berg said, sank near Suva.")
    assert reading.of("sank") == [("Anna Berg", Stance.ASSERTS)]


def test_a_denial_of_it_reaches_what_was_said_before(read) -> None:
    reading = read("Ukraine said that soldiers shelled the port, but Moscow denied it.")
    assert sorted(reading.of("shelled")) == [
        ("Moscow", Stance.DENIES),
        ("Ukraine", Stance.ASSERTS),
    ]


def test_a_speaker_ends_before_the_clause_that_quotes_him(read) -> None:
    reading = read("The minister, who denied taking bribes, resigned.")
    assert reading.of("taking") == [("The minister", Stance.DENIES)]


def test_claiming_a_deed_is_no_doubt_of_it(read) -> None:
    assert read("The bombing was claimed by rebels.").of("bombing") == []


def test_happenings_that_show_are_no_speakers(read) -> None:
    assert read("The visit underscores an alliance.").of("alliance") == []
    assert read("The minister underscores an alliance.").of("alliance") != []


def test_opinions_are_spans_but_no_speech(read) -> None:
    reading = read("Fiji condemned the raid.")
    assert [span.speaker.text for span in reading.spans if span.speaker] == ["Fiji"]
    assert reading.of("raid") == []


def test_contents_lie_in_the_text_and_apart(read) -> None:
    reading = read("“A deal is near,” said Fiji, adding that “talks go on”. Tonga denied it.")
    assert reading.acts
    for act in reading.acts:
        ends = [0, *(n for part in act.content for n in (part.start, part.end)), len(reading.text)]
        assert ends == sorted(ends)


@pytest.mark.parametrize(
    ("text", "word", "speaker"),
    [
        ("Explosion kills seven in Karachi - police", "kills", "police"),
        ("Rebels shot down a jet - Syrian state media", "jet", "state media"),
        ("Sudan rejects UN force: Bashir aide", "rejects", "Bashir aide"),
        ("Sarkozy: France will not abandon Lebanon", "abandon", "Sarkozy"),
        ("The strike was illegal in the view of the court.", "illegal", "the court"),
        ("The rebels were said by officials to have fled.", "fled", "officials"),
        ("It was announced by the palace that the king had died.", "died", "the palace"),
        ("Oslo quoted a source as saying that Mali had agreed.", "agreed", "a source"),
        ('The chief was defiant: "We will fight until they leave our land."', "land", "The chief"),
        ("Chad accused of arming rebels", "arming", ""),
    ],
)
def test_who_says_so(text: str, word: str, speaker: str, read) -> None:
    assert [who for who, _ in read(text).of(word)][-1] == speaker


def test_a_quotation_goes_on_in_the_next_paragraph(read) -> None:
    reading = read('"They left," said Omar.\n\n"Nobody in the world is doing anything for us."')
    assert [who for who, _ in reading.of("Nobody")] == ["Omar"]


def test_plain_words_behind_a_dash_are_no_source(read) -> None:
    assert read("The harvest was poor - a bitter blow").acts == ()
