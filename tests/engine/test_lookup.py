"""What is asked once for a stretch of days is what asking for every day would have said."""

import numpy as np
import pytest

from quarterhour.engine.derive.lookup import stretches

TURNS = np.array([10, 14, 20, 31])


def on(thing, day):
    """What a thing is on a day: something that changes on the turns alone."""
    return 100 * thing + np.searchsorted(TURNS, day, side="right")


@pytest.mark.parametrize("days", [(12,), (12, 13), (9, 10, 13, 14), (3, 40), (20, 19, 31, 30, 20), (50, 60)])
@pytest.mark.parametrize("count", [1, 3])
def test_each_thing_is_asked_once_a_stretch(days, count):
    days = np.array(days)
    asked = stretches(count, TURNS, days)
    answers = on(asked.things, asked.days)
    subject = np.repeat(np.arange(days.size), count)
    thing = np.tile(np.arange(count), days.size)
    assert answers[asked.cells(thing, subject)].tolist() == on(thing, days[subject]).tolist()
    assert asked.things.size <= count * (np.unique(np.searchsorted(TURNS, days, side="right")).size + TURNS.size)


def test_days_between_two_turns_are_asked_once():
    asked = stretches(2, TURNS, np.array([14, 15, 19]))
    assert asked.things.tolist() == [0, 1]


def test_nothing_is_asked_for_nobody():
    asked = stretches(0, TURNS, np.zeros(0, dtype=np.int64))
    assert asked.things.size == asked.days.size == 0
