"""A naive coder to be scored beside: keyword verbs, first country acts, second receives."""

from __future__ import annotations

import re
from collections.abc import Sequence

from foreigndesk.codebook.actors import Actor
from foreigndesk.codebook.load import open_codebook
from foreigndesk.measure.found import Coded, Party
from foreigndesk.measure.gold import GoldText

KEYWORDS = {
    "AGREE": "agree promise pledge accept approve offer decide vow undertake consent settle",
    "CONSULT": "meet visit talk discuss negotiate host confer consult travel phone receive",
    "SUPPORT": "support praise back welcome endorse recognise thank sign apologise defend laud",
    "CONCEDE": "concede yield ease relax comply accede reinstate legalise pardon relent bow",
    "COOPERATE": "cooperate share trade buy sell extradite join exchange train collaborate swap",
    "AID": "aid donate supply deliver fund finance arm help airlift shelter rescue give",
    "RETREAT": "withdraw release free retreat surrender resign disarm lift return demobilise quit",
    "REQUEST": "urge ask demand call appeal request press invite plead beg want seek",
    "ACCUSE": "accuse condemn criticise blame denounce sue allege investigate deplore slam blast",
    "REJECT": "reject refuse deny decline dismiss veto rebuff oppose ignore defy snub spurn",
    "THREATEN": "threaten warn menace caution",
    "PROTEST": "protest demonstrate march rally riot boycott strike picket",
    "SANCTION": "expel recall suspend sentence convict cancel sever downgrade cut halt stop end",
    "MOBILIZE": "deploy mobilise scramble mass recruit test-fire patrol reinforce station alert",
    "COERCE": "arrest detain seize ban censor block deport confiscate besiege occupy hack sanction",
    "ASSAULT": "attack kill bomb shell shoot assault abduct torture beat raid strike fire",
}


def _forms(verb: str) -> str:
    stem = re.escape(verb[:-1] if verb.endswith("e") else verb)
    return rf"{stem}(?:e|s|es|ed|d|ing|{verb[-1]}ed|{verb[-1]}ing)?"


_VERBS = re.compile(
    r"\b(?:"
    + "|".join(
        f"(?P<{kind}>{'|'.join(_forms(verb) for verb in verbs.split())})"
        for kind, verbs in KEYWORDS.items()
    )
    + r")\b"
)


def code_all(texts: Sequence[GoldText]) -> list[tuple[Coded, ...]]:
    """For each text one event for every keyword, between the first two countries named."""
    table = _countries()
    pattern = "|".join(sorted(map(re.escape, table), key=lambda name: (-len(name), name)))
    names = re.compile(rf"\b(?:{pattern})\b")
    return [tuple(_code(text.text, names, table)) for text in texts]


def _code(text: str, names: re.Pattern[str], table: dict[str, str]) -> list[Coded]:
    found = list(dict.fromkeys(table[name.group()] for name in names.finditer(text)))
    sides = [(Party(code, None),) for code in found[:2]] + [(), ()]
    return [
        Coded(
            event_type=str(verb.lastgroup),
            event_mode=None,
            actor=sides[0],
            recipient=sides[1],
            symmetric=False,
            trigger=verb.group(),
            start=verb.start(),
            end=verb.end(),
            status="occurred",
            attribution=(),
            date=None,
            place=None,
            confidence=0.5,
        )
        for verb in _VERBS.finditer(text)
    ]


def _countries() -> dict[str, str]:
    """Names, adjectives, demonyms and seats of states, each with the state's code."""
    table: dict[str, str] = {}
    for actor in open_codebook(None).entries("actors", Actor):
        if actor.kind == "state" and actor.code:
            names = (actor.name, *actor.names, *actor.adjectives, *actor.demonyms, *actor.seats)
            table.update({name: actor.code for name in names if name[:1].isupper()})
    return table
