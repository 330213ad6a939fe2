"""Forms of English verb phrases whose first word is the verb, for the sentence generator."""

from __future__ import annotations

from dataclasses import dataclass

_VOWELS = "aeiou"
_MODALS = frozenset({"will", "would", "could", "may", "might"})
_DOUBLING = ("sit", "cut", "put", "hit", "let", "set", "shut", "win", "run", "get", "begin")
_BE = {"present": "is", "gerund": "being"}


@dataclass(frozen=True, slots=True)
class Inflector:
    """Past, participle, gerund and third person; `irregular` maps a verb to "past participle"."""

    irregular: dict[str, str]

    def past(self, phrase: str) -> str:
        """ "send aid to X" to "sent aid to X"; a modal or "no longer" keeps its place."""
        if phrase.split()[0] == "not":
            return "did " + phrase
        return self._changed(phrase, self._past_of)

    def participle(self, phrase: str) -> str:
        """ "send aid" to "sent aid" as after "has"."""
        return self._changed(phrase, self._participle_of)

    def gerund(self, phrase: str) -> str:
        """ "send aid" to "sending aid"."""
        return self._changed(phrase, self._gerund_of)

    def present(self, phrase: str) -> str:
        """ "send aid" to "sends aid"."""
        if phrase.split()[0] == "not":
            return "does " + phrase
        return self._changed(phrase, _third_person)

    def finite_only(self, phrase: str) -> bool:
        """Whether the phrase begins with a modal or a negation and so has no other forms."""
        return phrase.split()[0] in _MODALS | {"not", "no"}

    def form(self, verb: str, tag: str) -> str:
        """A single verb in the form that a Penn tag names."""
        makers = {"VBD": self._past_of, "VBN": self._participle_of, "VBG": self._gerund_of}
        makers["VBZ"] = _third_person
        return makers.get(tag, str)(verb)

    def _changed(self, phrase: str, change: object) -> str:
        verb, *rest = phrase.split()
        if verb in _MODALS:
            return phrase
        if verb == "no":  # "no longer V"
            return " ".join([verb, rest[0], self._changed(" ".join(rest[1:]), change)])
        assert callable(change)
        return " ".join([change(verb), *rest])

    def _past_of(self, verb: str) -> str:
        return self.irregular[verb].split()[0] if verb in self.irregular else _ed(verb)

    def _participle_of(self, verb: str) -> str:
        return self.irregular[verb].split()[1] if verb in self.irregular else _ed(verb)

    def _gerund_of(self, verb: str) -> str:
        if verb in _BE.values() or verb == "be":
            return "being"
        past = self._past_of(verb)
        doubled = past.endswith("ed") and past[:-2] == verb + verb[-1]
        if doubled or verb in (
            "sit",
            "cut",
            "put",
            "hit",
            "let",
            "set",
            "shut",
            "win",
            "run",
            "rig",
        ):
            return verb + verb[-1] + "ing"
        if verb in ("get", "step", "stop", "swim", "begin", "beg"):
            return verb + verb[-1] + "ing"
        if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
            return verb[:-1] + "ing"
        return verb + "ing"


def _ed(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied"
    return verb + "ed"


def _third_person(verb: str) -> str:
    if verb in ("be", "have"):
        return {"be": "is", "have": "has"}[verb]
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
