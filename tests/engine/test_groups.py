"""Grouping by keys and marking off different values, against what sorting says, in order and out of it."""

import numpy as np
import pytest

from quarterhour.engine.derive.groups import _SLOTS, distinct, group, numbered, runs

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


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize("spans", [(3,), (20, 700, FAR)])
def test_every_row_has_the_number_of_its_group(rows, spans):
    keys = drawn(rows, *spans)
    whole = list(zip(*(key.tolist() for key in keys), strict=True))
    ranked = sorted(set(whole))
    assert numbered(*keys).tolist() == [ranked.index(one) for one in whole]


@pytest.mark.parametrize("rows", ROWS)
def test_rows_in_order_are_grouped_where_they_stand(rows):
    key = np.sort(drawn(rows, 20)[0])
    found = runs(key)
    assert found.order.tolist() == list(range(rows))
    assert [key[begin] for begin in found.starts[:-1]] == sorted(set(key.tolist()))
    assert found.starts[-1] == rows


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


@pytest.mark.parametrize("different", [1, 38, 400, 2 * _SLOTS])
def test_different_values_far_apart_that_recur(different):
    """Few of them each have a slot to themselves; many do not, and are sorted."""
    random = np.random.default_rng(different)
    some = np.append(random.integers(-FAR, FAR, size=different), FAR << 20)
    values = np.append(some, random.choice(some, size=_SLOTS))
    found, places = distinct(values)
    assert found.tolist() == sorted(set(values.tolist()))
    assert found[places].tolist() == values.tolist()
