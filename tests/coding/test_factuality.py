"""Factuality: every cue's own sentences, statuses in context, event nouns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreigndesk.codebook.factuality import KIND, Cue, load_cues, load_nouns
from foreigndesk.codebook.load import open_codebook
from foreigndesk.coding.attribution import AttributionReader
from foreigndesk.coding.factuality import Fact, FactualityReader, predicates
from foreigndesk.coding.status import ACTUAL, Commitment, affirm, deny
from foreigndesk.grammar.parse import parse_text
from foreigndesk.grammar.spacy_parser import SpacyParser
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import Factuality, Sentence, Status, Token

CODEBOOK = open_codebook()
CUES = CODEBOOK.entries(KIND, Cue)
FACTS = FactualityReader(CODEBOOK)
ACTS = AttributionReader(CODEBOOK)


@pytest.fixture(scope="module")
def reader() -> FactualityReader:
    return FACTS


def facts(text: str, parser: SpacyParser, reader: FactualityReader) -> list[tuple[str, Fact]]:
    """Every word of the text with its fact."""
    trees = [Tree(sentence) for sentence in parse_text(text, parser)]
    return [(token.text, reader.read(tree, token.i)) for tree in trees for token in tree.tokens]


def fact(text: str, word: str, parser: SpacyParser, reader: FactualityReader) -> Fact:
    return next(found for text_, found in facts(text, parser, reader) if text_ == word)


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.id)
def test_cue_says_and_not(cue: Cue, parser: SpacyParser, reader: FactualityReader) -> None:
    found = fact(cue.says, cue.word, parser, reader)
    assert cue.id in [step.cue for step in found.path]
    assert found.value is cue.value
    assert cue.status is None or found.status is cue.status
    touched = [w for w, f in facts(cue.not_, parser, reader) if cue.id in [s.cue for s in f.path]]
    assert touched == []


STATUSES = [
    ("The premier vowed to visit Lima.", "vowed", Status.OCCURRED),
    ("The premier vowed to visit Lima.", "visit", Status.PLANNED),
    ("The premier will not visit Lima.", "visit", Status.DENIED),
    ("Peru cannot pay.", "pay", Status.DENIED),
    ("If the king goes, it would be his first trip to Lima.", "goes", Status.CONDITIONAL),
    ("If the king goes, the guards will follow.", "follow", Status.CONDITIONAL),
    ("Chad accused Sudan of arming rebels.", "accused", Status.OCCURRED),
    ("Chad accused Sudan of arming rebels.", "arming", Status.POSSIBLE),
    ("The general denied that he had shelled towns.", "shelled", Status.DENIED),
    ("Sudan refused to arm rebels.", "arm", Status.DENIED),
    ("Sudan failed to arm rebels.", "arm", Status.DENIED),
    ("Sudan did not fail to arm rebels.", "arm", Status.OCCURRED),
    ("The navy may have sunk the boat.", "sunk", Status.POSSIBLE),
    ("Chad urged Sudan to free the crew.", "free", Status.REQUESTED),
    ("Chad asked Sudan to agree to meet.", "meet", Status.REQUESTED),
    ("The troops left without firing.", "firing", Status.DENIED),
    ("The khan embarks on a visit to Lima.", "visit", Status.OCCURRED),
    ("The rivals held talks.", "talks", Status.OCCURRED),
    ("The rivals did not hold talks.", "talks", Status.DENIED),
    ("The rivals will hold talks.", "talks", Status.PLANNED),
    ("The khan plans a visit.", "visit", Status.PLANNED),
    ("The khan continues to deny the theft.", "deny", Status.ONGOING),
    ("The army is shelling the town.", "shelling", Status.ONGOING),
    ("The mayor reportedly met rebels.", "met", Status.OCCURRED),
    ("No envoy attended the talks.", "attended", Status.DENIED),
    ("Should the king go, the guards will follow.", "go", Status.CONDITIONAL),
    ("Should the king go, the guards will follow.", "follow", Status.CONDITIONAL),
    ("No talks were held in Lima.", "talks", Status.DENIED),
    ("Chad called for an end to the blockade.", "blockade", Status.ONGOING),
    ("Chad urged Sudan to stop bombing the camp.", "bombing", Status.ONGOING),
    ("Peru stopped sending grain to Chile.", "sending", Status.DENIED),
    ("The envoy's offer to host talks was refused.", "offer", Status.OCCURRED),
    ("Chad warned Sudan not to shell the town.", "shell", Status.POSSIBLE),
    ("Chad agreed not to shell the town.", "shell", Status.DENIED),
    ("Chile is likely to sign the pact.", "sign", Status.POSSIBLE),
    ("Peru to be punished by Chile", "punished", Status.PLANNED),
    ("The fleet no longer supports the king.", "supports", Status.DENIED),
    ("The summit to be held in Lima will end soon.", "held", Status.PLANNED),
    ("Mora was the first envoy to resign.", "resign", Status.OCCURRED),
    ("The clerk is too ill to travel.", "travel", Status.DENIED),
    ("The guards will stay until the king leaves.", "leaves", Status.CONDITIONAL),
    ("The guards will stay until the king leaves.", "stay", Status.PLANNED),
    ("The mayor rejected accusations that he took bribes.", "took", Status.DENIED),
    ("A bid to oust the mayor failed.", "oust", Status.DENIED),
    ("A planned visit was cancelled.", "visit", Status.DENIED),
    ("Oslo said tanks were moving north.", "moving", Status.ONGOING),
    ("Police suspect the clerk of selling visas.", "selling", Status.POSSIBLE),
    ("The mayor quit rather than face trial.", "face", Status.DENIED),
    ("Hardly anyone voted.", "voted", Status.POSSIBLE),
    ("The bank all but collapsed.", "collapsed", Status.DENIED),
    ("The judge escaped being shot.", "shot", Status.DENIED),
    ("The militia will fight as long as troops stay.", "fight", Status.CONDITIONAL),
]


@pytest.mark.parametrize(("text", "word", "status"), STATUSES)
def test_status_in_context(
    text: str, word: str, status: Status, parser: SpacyParser, reader: FactualityReader
) -> None:
    assert fact(text, word, parser, reader).status is status


def test_hedges_are_words_as_they_stand(parser: SpacyParser, reader: FactualityReader) -> None:
    found = fact("The mayor Reportedly told envoys that he fled.", "fled", parser, reader)
    assert found.hedges == ("Reportedly",)
    assert found.value is Factuality.PROBABLE


def test_an_embedding_word_can_hedge(parser: SpacyParser, reader: FactualityReader) -> None:
    assert fact("Chile is likely to sign the pact.", "sign", parser, reader).hedges == ("likely",)
    assert fact("Chile agreed to sign the pact.", "sign", parser, reader).hedges == ()


def test_factives_hold_under_doubt(parser: SpacyParser, reader: FactualityReader) -> None:
    found = fact("The king may regret that he signed the treaty.", "signed", parser, reader)
    assert (found.value, found.status) == (Factuality.CERTAIN, Status.OCCURRED)


def test_predicates_hold_verbs_and_event_nouns(
    parser: SpacyParser, reader: FactualityReader
) -> None:
    tree = Tree(parse_text("The nation has ordered an evacuation.", parser)[0])
    found = predicates(tree, reader)
    assert [p.lemma for p in found] == ["order", "evacuation"]
    assert [p.tense for p in found] == ["PRESENT", None]
    assert found[1].factuality is Factuality.POSSIBLE


@pytest.mark.parametrize("entry", load_nouns(CODEBOOK), ids=lambda entry: entry.id)
def test_event_nouns_say_and_not(entry, parser: SpacyParser, reader: FactualityReader) -> None:
    def nouns(text: str) -> list[str]:
        trees = [Tree(s) for s in parse_text(text, parser)]
        return [
            p.lemma
            for t in trees
            for p in predicates(t, reader)
            if p.tense is None and t.tokens[0].lemma != p.lemma
        ]

    assert entry.word in nouns(entry.says)
    assert nouns(entry.not_) == []


def test_every_cue_can_be_found() -> None:
    cues = load_cues(CODEBOOK)
    assert all(cue in cues.of(cue.pos, word) for cue in CUES for word in cue.words)


@given(st.builds(Commitment, st.integers(0, 3), st.booleans(), st.sampled_from(sorted(Status))))
def test_denying_turns_the_polarity_and_affirming_is_final(commitment: Commitment) -> None:
    assert deny(commitment).positive is not commitment.positive
    assert affirm(affirm(commitment)) == affirm(commitment)
    assert deny(deny(ACTUAL)) == ACTUAL


WORDS = st.sampled_from(
    [("he", "PRP"), ("denied", "VBD"), ("that", "IN"), ("plans", "NNS"), ("to", "TO"),
     ("not", "RB"), ("if", "IN"), ("attack", "VB"), ("said", "VBD"), ("no", "DT"),
     (":", ":"), ("will", "MD")]
)  # fmt: skip
DEPS = st.sampled_from(
    ["nsubj", "dobj", "ccomp", "xcomp", "advcl", "conj", "prep", "pobj", "pcomp", "aux", "neg",
     "acl", "relcl", "mark", "advmod", "parataxis", "acomp", "compound", "agent", "prt"]
)  # fmt: skip


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """Any tree of up to ten tokens, however odd its labels, cycles of heads included."""
    size = draw(st.integers(1, 10))
    tokens, start = [], 0
    for i in range(size):
        word, tag = draw(WORDS)
        head = draw(st.integers(0, size - 1))
        dep = "ROOT" if head == i else draw(DEPS)
        tokens.append(Token(i, start, start + len(word), word, word, tag, dep, head))
        start += len(word) + 1
    return Tree(Sentence(0, start - 1, tuple(tokens)))


@given(trees())
def test_any_tree_can_be_read(tree: Tree) -> None:
    assert all(isinstance(FACTS.read(tree, i).value, Factuality) for i in range(len(tree)))
    text = " ".join(token.text for token in tree.tokens)
    for act in ACTS.read([tree], text):
        assert all(0 <= r.start < r.end <= len(text) for r in act.content)
