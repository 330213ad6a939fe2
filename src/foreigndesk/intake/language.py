"""The language of a text."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

ENOUGH = 12
"""Letters: a shorter text has no language that one could tell."""
SAMPLE = 1200
"""Characters that are looked at; more change nothing."""


def language(text: str) -> str | None:
    """The ISO 639-1 code of the language most of `text` is in; None if it is too short to tell."""
    sample = text[:SAMPLE]
    if sum(c.isalpha() for c in sample) < ENOUGH:
        return None
    if sample.isupper():
        sample = sample.lower()
    code, _ = _identifier().classify(sample)
    return str(code)


@lru_cache(maxsize=1)
def _identifier() -> Any:  # py3langid publishes no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)
