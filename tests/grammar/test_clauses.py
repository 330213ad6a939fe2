from __future__ import annotations

from collections.abc import Callable

import pytest

from foreigndesk.grammar.clauses import arguments, light_verb
from foreigndesk.grammar.repair import repaired
from foreigndesk.grammar.tree import Tree

# parse; predicate; subject; object; prepositions
CASES = {
    "active": (
        "Mali/Mali/NNP/nsubj/1 attacked/attack/VBD/ROOT/1 Chad/Chad/NNP/dobj/1",
        1, [0], [2], [],
    ),
    "passive with agent": (
        "Chad/Chad/NNP/nsubjpass/2 was/be/VBD/auxpass/2 attacked/attack/VBN/ROOT/2 "
        "by/by/IN/agent/2 Mali/Mali/NNP/pobj/3",
        2, [4], [0], [("by", 4)],
    ),
    "passive with two objects": (
        "Chad/Chad/NNP/nsubjpass/2 was/be/VBD/auxpass/2 granted/grant/VBN/ROOT/2 "
        "aid/aid/NN/dobj/2",
        2, [], [3], [],
    ),
    "object control": (
        "Mali/Mali/NNP/nsubj/1 urged/urge/VBD/ROOT/1 Chad/Chad/NNP/dobj/1 to/to/TO/aux/4 "
        "leave/leave/VB/xcomp/1",
        4, [2], [], [],
    ),
    "subject control": (
        "Mali/Mali/NNP/nsubj/1 agreed/agree/VBD/ROOT/1 to/to/TO/aux/3 leave/leave/VB/xcomp/1",
        3, [0], [], [],
    ),
    "coordination": (
        "Mali/Mali/NNP/nsubj/1 met/meet/VBD/ROOT/1 Chad/Chad/NNP/dobj/1 and/and/CC/cc/1 "
        "left/leave/VBD/conj/1",
        4, [0], [], [],
    ),
    "relative clause": (
        "troops/troop/NNS/ROOT/0 that/that/WDT/nsubj/2 crossed/cross/VBD/relcl/0 "
        "rivers/river/NNS/dobj/2",
        2, [0], [3], [],
    ),
    "relative object": (
        "deal/deal/NN/ROOT/0 they/they/PRP/nsubj/2 signed/sign/VBD/relcl/0",
        2, [1], [0], [],
    ),
    "participle": (
        "arms/arm/NNS/ROOT/0 sent/send/VBN/acl/0 to/to/IN/prep/1 Chad/Chad/NNP/pobj/2",
        1, [], [0], [("to", 3)],
    ),
    "gerund of the accused": (
        "Mali/Mali/NNP/nsubj/1 accused/accuse/VBD/ROOT/1 Chad/Chad/NNP/dobj/1 of/of/IN/prep/1 "
        "arming/arm/VBG/pcomp/3 rebels/rebel/NNS/dobj/4",
        4, [2], [5], [],
    ),
    "noun of possessor": (
        "Mali/Mali/NNP/poss/2 's/'s/POS/case/0 visit/visit/NN/ROOT/2 to/to/IN/prep/2 "
        "Chad/Chad/NNP/pobj/3",
        2, [0], [], [("to", 4)],
    ),
    "noun by agent": (
        "arrest/arrest/NN/ROOT/0 of/of/IN/prep/0 monks/monk/NNS/pobj/1 by/by/IN/prep/0 "
        "police/police/NNS/pobj/3",
        0, [4], [2], [("of", 2), ("by", 4)],
    ),
    "headline of two": (
        "Iran/Iran/NNP/npadvmod/3 ,/,/,/punct/3 Iraq/Iraq/NNP/nsubj/3 sign/sign/VBP/ROOT/3 "
        "deal/deal/NN/dobj/3",
        3, [0, 2], [4], [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_arguments(name: str, tree: Callable[[str], Tree]) -> None:
    parse, predicate, subject, objects, prepositions = CASES[name]
    found = arguments(tree(parse), predicate)
    assert (list(found.subject), list(found.object)) == (subject, objects)
    assert list(found.preps) == prepositions


def test_light_verb_of_object_and_passive_subject(tree: Callable[[str], Tree]) -> None:
    held = tree("They/they/PRP/nsubj/1 held/hold/VBD/ROOT/1 talks/talk/NNS/dobj/1")
    begun = tree("Talks/talk/NNS/nsubjpass/2 were/be/VBD/auxpass/2 held/hold/VBN/ROOT/2")
    assert (light_verb(held, 2), light_verb(begun, 0)) == (1, 2)


def test_finite_verb_is_not_coordinated_with_an_infinitive(tree: Callable[[str], Tree]) -> None:
    wrong = tree(
        "He/he/PRP/nsubj/1 told/tell/VBD/ROOT/1 them/they/PRP/dobj/1 to/to/TO/aux/4 "
        "go/go/VB/xcomp/1 and/and/CC/cc/4 ordered/order/VBD/conj/4 war/war/NN/dobj/6"
    )
    assert repaired(wrong.tokens)[6].head == 1


def test_name_before_a_verb_is_its_subject(tree: Callable[[str], Tree]) -> None:
    wrong = tree("Smith/Smith/NNP/compound/1 embarks/embark/VBZ/ROOT/1")
    assert repaired(wrong.tokens)[0].dep == "nsubj"


def test_second_subject_behind_a_verb_is_its_object(tree: Callable[[str], Tree]) -> None:
    wrong = tree("Kim/Kim/NNP/nsubj/1 welcomes/welcome/VBZ/ROOT/1 Lee/Lee/NNP/nsubj/1")
    assert [t.dep for t in repaired(wrong.tokens)] == ["nsubj", "ROOT", "dobj"]
