"""How many reports are drawn from each part of a pile."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreigndesk.errors import UsageError
from foreigndesk.measure.allocation import LEAST, OTHERS, allocate, joined

SIZES = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(1, 500), min_size=1)


@given(SIZES, st.integers(4, 400), st.booleans())
def test_all_are_drawn_and_no_part_is_left_out(sizes: dict[str, int], n: int, equal: bool) -> None:
    quotas = allocate(sizes, n, equal)
    parts = joined(sizes, n)
    assert sum(parts.values()) == sum(sizes.values())
    assert quotas.keys() == parts.keys()
    assert sum(quotas.values()) == min(n, sum(sizes.values()))
    assert all(min(LEAST, parts[key]) <= quotas[key] <= parts[key] for key in parts)


def test_by_size_and_equal() -> None:
    sizes = {"a": 600, "b": 300, "c": 100}
    assert allocate(sizes, 100, equal=False) == {"a": 60, "b": 30, "c": 10}
    assert sorted(allocate(sizes, 100, equal=True).values()) == [33, 33, 34]


def test_a_small_part_is_drawn_whole_and_the_rest_goes_to_the_others() -> None:
    assert allocate({"a": 500, "b": 500, "c": 10}, 90, equal=True) == {"a": 40, "b": 40, "c": 10}


def test_too_many_parts_are_joined_the_smallest_first() -> None:
    quotas = allocate({f"{at:02}": 100 - at for at in range(50)}, 10, equal=False)
    assert set(quotas) == {"00", "01", "02", "03", OTHERS}
    with pytest.raises(UsageError, match="at least 4"):
        allocate({"a": 5, "b": 5}, 2, equal=False)


def test_the_order_of_parts_is_nothing() -> None:
    sizes = {"a": 7, "b": 7, "c": 9, "d": 1}
    turned = dict(reversed(sizes.items()))
    assert allocate(sizes, 11, equal=False) == allocate(turned, 11, equal=False)
