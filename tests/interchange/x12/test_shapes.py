"""Files in the shapes that come, drawn by seeds: counted right, told of, written back, in parts of any size."""

import pytest
from tests.interchange.x12.shapes import drawn

from quarterhour.interchange.x12 import read, write

#: Changes after which the kinds of transaction that were meant cannot be told for certain.
UNCERTAIN = {"cut off", "hole", "no ST"}
SEEDS = 60


def judge(seed):
    made = drawn(seed)
    reading = read(made.data)
    found = {name: int(getattr(reading.summary, name) or 0) for name in made.facts}
    assert found == made.facts, made.done
    assert made.wanted <= set(reading.summary.defects), made.done
    assert write(reading) == made.data
    if not UNCERTAIN & set(made.done):
        assert set(reading.summary.kinds) == made.kinds, made.done
    part = read(made.data, size=700, snip=0)
    assert write(part) == made.data
    assert {name: int(getattr(part.summary, name) or 0) for name in made.facts} == made.facts, made.done


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, SEEDS, 20))
def test_drawn_files_are_counted_and_told_of(first):
    for seed in range(first, first + 20):
        judge(seed)


@pytest.mark.parametrize("seed", [136, 214, 2636, 4260, 4974])
def test_shapes_that_were_once_read_wrongly(seed):
    judge(seed)


def test_a_shape_is_drawn_again_from_its_seed():
    assert drawn(7) == drawn(7)
