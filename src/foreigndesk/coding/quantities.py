"""Numbers in a report's sentence: people dead, injured, arrested, and amounts as they stand."""

from __future__ import annotations

from foreigndesk.grammar.clauses import arguments
from foreigndesk.grammar.tree import Tree
from foreigndesk.model import Quantities, Span

KINDS = ("dead", "injured", "arrested")
_UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}


def number(words: list[str]) -> int | None:
    """The whole number that `words` spell ("1,200", "twenty - five", "two million"), or None."""
    total, current, seen = 0.0, 0.0, False
    for word in words:
        plain = word.lower().replace(",", "")
        if plain in _UNITS:
            current, seen = current + _UNITS[plain], True
        elif plain in _SCALES:
            total, current, seen = total + (current or 1) * _SCALES[plain], 0, True
        elif plain.replace(".", "", 1).isdigit():
            current, seen = current + float(plain), True
        elif plain not in ("-", "and", "a", "$"):
            return None
    return int(total + current) if seen else None


def quantities(tree: Tree, classes: dict[str, frozenset[str]], text: str) -> Quantities:
    """The numbers of a sentence. `classes` holds the verbs and nouns of `dead`, `injured`, ...."""
    found: dict[str, int] = {}
    taken: set[int] = set()
    lemmas = [token.lemma.lower() for token in tree.tokens]
    for kind in KINDS:
        words = classes.get(kind, ())
        for i, lemma in enumerate(lemmas):
            if lemma in words:
                for head in _counted(tree, i):
                    value = _count(tree, head)
                    if value is not None and kind not in found:
                        found[kind] = value
                        taken.update(_number_tokens(tree, head))
    return Quantities(
        found.get("dead"), found.get("injured"), found.get("arrested"), _amounts(tree, taken, text)
    )


def _counted(tree: Tree, i: int) -> list[int]:
    """Whose number a casualty word gives: its object, passive subject, or itself ("12 dead")."""
    token = tree[i]
    if tree.is_verb(i):
        return list(arguments(tree, i).object)
    if token.tag.startswith("JJ") and token.dep in ("acomp", "oprd", "attr"):
        verb = token.head
        return tree.children(verb, "nsubj", "dobj")
    heads = [i] if tree.children(i, "nummod") else []
    return heads or [k for k in (token.head,) if token.dep in ("amod", "acl")]


def _number_tokens(tree: Tree, head: int) -> list[int]:
    if tree[head].tag == "CD":
        return tree.subtree(head, frozenset(k for k in tree.children(head) if tree[k].tag != "CD"))
    return [n for k in tree.children(head, "nummod") for n in _number_tokens(tree, k)]


def _count(tree: Tree, head: int) -> int | None:
    return number([tree[i].text for i in _number_tokens(tree, head)])


def _amounts(tree: Tree, taken: set[int], text: str) -> tuple[Span, ...]:
    """Other counted things and sums of money: "1,000 containers", "$300 million"."""
    spans: list[Span] = []
    for i, token in enumerate(tree.tokens):
        if token.tag != "CD" or i in taken or token.dep != "nummod":
            continue
        head = token.head
        if head < i or not tree[head].tag.startswith("NN") or tree[head].tag.startswith("NNP"):
            continue
        spans.append(tree.span(i, head, text))
        taken.update(range(i, head + 1))
    for i, token in enumerate(tree.tokens):
        if token.tag == "$" and i + 1 < len(tree) and tree[i + 1].tag == "CD":
            last = i + 1
            while last + 1 < len(tree) and tree[last + 1].tag == "CD":
                last += 1
            spans.append(tree.span(i, last, text))
    return tuple(sorted(spans, key=lambda s: (s.start, s.end)))
