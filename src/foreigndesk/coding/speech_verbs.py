"""Speech acts whose cue is a verb: whose words they are, and which complement holds them."""

from __future__ import annotations

from foreigndesk.codebook.attribution import SpeechCue, SpeechCues
from foreigndesk.coding.speech_act import QUOTES, Said
from foreigndesk.coding.tense import is_infinitive
from foreigndesk.grammar.clauses import antecedent, is_passive, surface_subject
from foreigndesk.grammar.tree import Tree

_SECOND = ("dobj", "ccomp", "acomp", "oprd", "xcomp")
_DOUBLE = QUOTES - {"'", "`"}
_CUE_WORDS = ("aux", "auxpass", "neg", "prt")


def by_verb(tree: Tree, i: int, cues: SpeechCues) -> Said | None:
    """The speech act that verb `i` reports, or None."""
    token = tree[i]
    if token.dep in ("aux", "auxpass", "amod", "compound", "prep"):
        return None
    if not cues.begins("verb", token.lemma.lower()):
        return None
    quoting: SpeechCue | None = None
    for cue in _verb_cues(tree, i, cues):
        content = _verb_content(tree, i, cue, cues)
        if content:
            return Said(
                cue, i, *_cue_range(tree, i, cue), _verb_source(tree, i, cue), tuple(content)
            )
        if quoting is None and "quote" in cue.frames:
            quoting = cue
    if quoting is None:
        return None
    return Said(quoting, i, *_cue_range(tree, i, quoting), _verb_source(tree, i, quoting), ())


def _verb_cues(tree: Tree, i: int, cues: SpeechCues) -> list[SpeechCue]:
    """The cues that verb `i` can be, with its particle first, the narrow ones first."""
    lemma = tree[i].lemma.lower()
    found: list[SpeechCue] = []
    particle = tree.child(i, "prt")
    after = particle if particle is not None else tree.child(i, "prep")
    if after is not None:
        found.extend(cues.of("verb", f"{lemma} {tree[after].text.lower()}"))
    for k in tree.children(i, *_SECOND):
        found.extend(cues.of("verb", f"{lemma} {tree[k].text.lower()}"))
    if particle is None:
        found.extend(cues.of("verb", lemma))
    agentless = is_passive(tree, i) and tree.child(i, "agent") is None
    fitting = [cue for cue in found if agentless or not cue.passive]
    return sorted(fitting, key=lambda cue: not (cue.passive or "claim" in cue.frames))


def _verb_content(tree: Tree, i: int, cue: SpeechCue, cues: SpeechCues) -> list[int]:
    """The tokens of what verb `i` says, by the frames of its cue; empty if it governs none."""
    heads: list[int] = []
    passive = is_passive(tree, i)
    seconds = [k for k in tree.children(i, *_SECOND) if _is_second(tree, i, k, cue)]
    beneath = [*seconds, *(_agents(tree, i) if passive else ())]
    for k in (*tree.children(i), *(j for s in beneath for j in tree.children(s))):
        frame = _frame(tree, k, passive)
        if tree[k].head in beneath and tree[k].head not in seconds:
            frame = _frame_by_agent(tree, i, k)
        if frame in cue.frames or (frame == "for-ing" and "for" in cue.frames):
            heads.append(k)
        elif "claim" in cue.frames and tree[k].dep in ("dobj", "nsubjpass"):
            heads.extend([k] if cues.of("noun", tree[k].lemma.lower()) else [])
    if "to" in cue.frames and not heads:
        heads.extend(k for k in tree.children(i, "advcl") if k > i and is_infinitive(tree, k))
    if "that" in cue.frames and not heads:
        return _host(tree, i)
    if heads == [k for k in heads if tree[k].dep in ("dobj", "nsubjpass")] and "obj" in cue.frames:
        heads.extend(k for k in tree.children(i, "xcomp", "oprd") if k not in heads)
    if any(tree[k].dep == "dobj" for k in heads):
        heads = [k for k in heads if tree[k].dep != "ccomp" or k > i]
    found = {j for k in heads for j in _meant(tree, k)}
    return sorted(found - {i})


def _agents(tree: Tree, i: int) -> list[int]:
    return [k for a in tree.children(i, "agent") for k in tree.children(a, "pobj")]


def _frame_by_agent(tree: Tree, i: int, k: int) -> str:
    """The frame of what was parsed beneath the agent: "accused by X of", "said by X that"."""
    if tree[k].dep == "prep" and tree.child(k, "pcomp") is not None:
        return tree[k].text.lower()
    subject = tree.child(i, "nsubjpass")
    it = subject is not None and tree[subject].text.lower() == "it"
    that = tree[min(tree.subtree(k))].text.lower() == "that"
    return "that" if it and that and tree[k].dep in ("relcl", "acl", "ccomp") else ""


def _is_second(tree: Tree, i: int, k: int, cue: SpeechCue) -> bool:
    """Whether `k` is the second word of the cue ("claim responsibility", "make clear")."""
    return f"{tree[i].lemma.lower()} {tree[k].text.lower()}" in cue.words


def _meant(tree: Tree, k: int) -> list[int]:
    """The tokens of a complement; for a relative pronoun those of what it stands for."""
    stands = antecedent(tree, k)[0]
    if stands == k:
        return tree.subtree(k)
    clauses = frozenset(tree.children(stands, "relcl"))
    return tree.subtree(_clause_meant(tree, k, stands), clauses)


def _clause_meant(tree: Tree, pronoun: int, stands: int) -> int:
    """What ", which X denies" speaks of: the deed told before it rather than its last noun."""
    if pronoun == 0 or tree[pronoun - 1].text != "," or tree[pronoun].text.lower() != "which":
        return stands
    verb = next((i for i in tree.ancestors(stands) if tree.is_verb(i)), stands)
    return verb if tree[verb].dep in ("pcomp", "ccomp", "xcomp", "acl") else stands


def _frame(tree: Tree, k: int, passive: bool) -> str:
    """The name of the frame in which dependant `k` of a verb stands."""
    token = tree[k]
    if token.dep in ("ccomp", "xcomp", "parataxis", "oprd"):
        if is_infinitive(tree, k):
            return "to"
        if token.dep == "ccomp" or token.dep == "parataxis":
            return "that"
        return "ing" if token.tag == "VBG" else "that" if tree.is_verb(k) else "as"
    if token.dep == "dobj":
        return "obj"
    if token.dep == "advcl" and any(tree[m].text == "that" for m in tree.children(k, "mark")):
        return "that"
    if token.dep == "nsubjpass":
        return "obj" if passive else ""
    if token.dep in ("prep", "agent", "dative"):
        word = token.text.lower()
        gerund = tree.child(k, "pcomp") is not None
        return {"to": "to-noun", "for": "for-ing" if gerund else "for"}.get(word, word)
    return ""


def _host(tree: Tree, i: int) -> list[int]:
    """The clause into which "he said" is put as an aside ("The plan, he said, will fail")."""
    token = tree[i]
    if token.dep not in ("parataxis", "ccomp", "advcl", "conj") or not tree.is_verb(token.head):
        return []
    if token.dep != "parataxis" and not _set_off(tree, i):
        return []
    inner = frozenset(tree.subtree(i))
    return [j for j in tree.subtree(token.head, inner) if j not in inner]


def _set_off(tree: Tree, i: int) -> bool:
    """Whether the words of `i` stand between commas or quotes, or end the sentence after one."""
    inner = tree.subtree(i)
    before = tree[inner[0] - 1].text if inner[0] else ""
    if not any(tree[k].text.isalnum() for k in range(inner[0])):
        return False
    return (
        tree[i].dep in ("ccomp", "advcl")
        and before in (",", *QUOTES)
        and len(inner) <= 6
        and (tree.child(i, "mark", "ccomp", "xcomp", "dobj") is None)
    )


def _verb_source(tree: Tree, i: int, cue: SpeechCue) -> tuple[int, ...] | None:
    """Whose words they are; None if nobody is named, as in a headline's bare passive."""
    if _bare_passive(tree, i, cue):
        return None
    quoted = _quoted(tree, i)
    if quoted:
        return quoted
    if is_passive(tree, i):
        for k in tree.children(i, "agent", "prep"):
            objects = tree.children(k, "pobj")
            if tree[k].text.lower() == "by" and objects:
                return tuple(h for o in objects for h in tree.conjuncts(o))
        return None
    heads = surface_subject(tree, i)
    if tree[i].dep == "parataxis":
        heads = tuple(tree.children(i, "nsubj")) or heads
    if heads and not _in_quotes(tree, i) and all(_in_quotes(tree, h) for h in heads):
        heads = tuple(k for k in tree.children(i, "dobj", "attr", "oprd", "npadvmod") if k > i)
    return tuple(h for s in heads for h in tree.conjuncts(s)) or None


def _in_quotes(tree: Tree, k: int) -> bool:
    """Whether token `k` stands within double quotation marks."""
    return sum(token.text in _DOUBLE for token in tree.tokens[:k]) % 2 == 1


def _bare_passive(tree: Tree, i: int, cue: SpeechCue) -> bool:
    """Whether a verb that must have an object has none: "Chad accused of arming rebels"."""
    if not cue.transitive or tree[i].tag not in ("VBD", "VBN") or is_passive(tree, i):
        return False
    objects = tree.child(i, "dobj", "dative", "ccomp", "xcomp")
    return objects is None and tree.child(i, "aux") is None and tree[i].dep == "ROOT"


def _quoted(tree: Tree, i: int) -> tuple[int, ...]:
    """Who is quoted "as saying": the object of the verb that "as" hangs on."""
    preposition = tree[i].head
    if tree[i].dep != "pcomp" or tree[preposition].text.lower() != "as":
        return ()
    verb = tree[preposition].head
    if tree[verb].dep in ("dobj", "nsubjpass"):
        return tuple(tree.conjuncts(verb))
    heads = tree.children(verb, "dobj", "nsubjpass")
    return tuple(h for o in heads for h in tree.conjuncts(o))


def _cue_range(tree: Tree, i: int, cue: SpeechCue) -> tuple[int, int]:
    """The verb with the auxiliaries and adverbs that stand directly before and after it."""
    words = set(tree.children(i, *_CUE_WORDS))
    words.update(k for k in tree.children(i, "advmod") if k < i)
    words.update(
        k for k in tree.children(i, "prep") if k == i + 1 and _frame(tree, k, False) in cue.frames
    )
    words.update(k for k in tree.children(i, *_SECOND) if _is_second(tree, i, k, cue))
    first = last = i
    while first - 1 in words:
        first -= 1
    while last + 1 in words:
        last += 1
    return first, last
