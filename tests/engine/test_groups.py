"""Grouping by keys and marking off different values, against what sorting says, in order and out of it."""

import numpy as np
import pytest

from quarterhour.engine.derive.groups import distinct, group

FAR = 36**5
ROWS = (0, 1, 2, 47, 48, 49, 500)


def drawn(rows, *spans, seed=1):
    random = np.random.default_rng(seed)
    return [random.integers(-1, span, size=rows) for span in spans]


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize("spans", [(3,), (5, 2), (20, 700, FAR), (FAR, FAR, 1 << 20, 3)])
@pytest.mark.parametrize("in_order", [False, True])
def test_groups_are_those_of_a_stable_sort(rows, spans, in_order):
    if not rows:
        return
    keys = drawn(rows, *spans)
    if in_order:
        keys = [key[np.lexsort(keys[::-1])] for key in keys]
    whole = list(zip(*(key.tolist() for key in keys), strict=True))
    found = group(*keys)
    assert found.order.tolist() == sorted(range(rows), key=whole.__getitem__)
    members = [found.order[a:b].tolist() for a, b in zip(found.starts[:-1], found.starts[1:], strict=True)]
    assert [whole[rows[0]] for rows in members] == sorted(set(whole))
    assert all(len({whole[row] for row in rows}) == 1 for rows in members)


def test_groups_of_some_rows_of_a_table():
    key = np.array([4, 2, 4, 2, 9])
    rows = np.array([3, 0, 2])
    assert group(key[rows]).over(rows).order.tolist() == [3, 0, 2]
    assert group(key[rows]).over(rows).starts.tolist() == [0, 1, 3]


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize("span", [1, 2, 40, 5_000, FAR])
def test_different_values_and_their_places(rows, span):
    (values,) = drawn(rows, span, seed=rows)
    found, places = distinct(values)
    assert found.tolist() == sorted(set(values.tolist()))
    assert found[places].tolist() == values.tolist()


def test_different_values_of_which_the_least_is_above_zero():
    found, places = distinct(np.array([730_000, 730_002, 730_000]))
    assert (found.tolist(), places.tolist()) == ([730_000, 730_002], [0, 1, 0])
