"""The language of a text, by py3langid (Lui and Baldwin 2012, langid.py).

Names make a short English line look like many languages: another one is told only where it is
clearly likelier than English.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

ENOUGH = 12
"""Letters: a shorter text has no language that one could tell."""
SAMPLE = 1200
"""Characters that are looked at; more change nothing."""
SHORT = 80
"""Characters of a text so short that names may decide."""
LEAD, LEAD_SHORT, LEAD_LEAST = 0.6, 1.0, 20.0
"""By how much, in log likelihood a character (and for all together), another language must lead."""
ENGLISH = "en"
PLAIN = re.compile(r"\b(?:the|of|and|that|was|were|has|have|with|said)\b", re.IGNORECASE)
"""Words that only English has, in this number: no need to ask further."""


def language(text: str) -> str | None:
    """The ISO 639-1 code of the language most of `text` is in; None if it is too short to tell."""
    sample = text[:SAMPLE]
    if sum(c.isalpha() for c in sample) < ENOUGH:
        return None
    if sample.isupper():
        sample = sample.lower()
    ranks = _identifier().rank(sample)
    code, best = ranks[0]
    lead = best - dict(ranks)[ENGLISH]
    least = (LEAD_SHORT if len(sample) < SHORT else LEAD) * len(sample)
    return str(code) if lead >= max(least, LEAD_LEAST) else ENGLISH


def other_language(paragraph: str) -> str | None:
    """The language of a paragraph of an English article, if another, as of a quoted poem."""
    if len(PLAIN.findall(paragraph[:SAMPLE])) >= 2:
        return None
    found = language(paragraph)
    return None if found == ENGLISH else found


@lru_cache(maxsize=1)
def _identifier() -> Any:  # py3langid publishes no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)
