"""Where what may concern a promise is looked for: by pairs what by each code is found in more."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from test_incremental import pile

from foreigndesk.ledger.filed import Filed
from foreigndesk.ledger.keeping import keeps
from foreigndesk.ledger.link import link


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_no_keeper_is_missed(chance: random.Random) -> None:
    clusters = link(pile(chance, 60), {})
    happenings = [c for c in clusters if not c.is_promise]
    filed = Filed(happenings)
    for promise in (c for c in clusters if c.is_promise):
        assert [c for c in filed.near(promise) if keeps(promise, c)] == [
            c for c in filed.by_codes(promise) if keeps(promise, c)
        ]
