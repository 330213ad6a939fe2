"""Typed entries of the codebook about reference: the words by which texts speak of actors again."""

from __future__ import annotations

from foreigndesk.codebook.load import Codebook, Entry


class ReferenceWords(Entry, frozen=True, kw_only=True):
    """A closed class of words in lower case; `id` names the mechanism that reads them.

    `number` ("one", "many") and `gender` ("f", "m", "n") hold for pronouns, None if open.
    """

    words: tuple[str, ...]
    number: str | None = None
    gender: str | None = None


def reference_words(codebook: Codebook) -> dict[str, ReferenceWords]:
    """The classes of words by id."""
    return {entry.id: entry for entry in codebook.entries("reference", ReferenceWords)}
