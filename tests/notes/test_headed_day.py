"""The day at the head of what was done."""

import datetime as dt

import pytest

from quarterhour.notes import read

_WORK = "Therapeutic activities 24 min: lifting 10 lb crate floor to waist x 8, min A."


@pytest.mark.parametrize(
    "head, day",
    [
        ("Objective (05/20/2026):", dt.date(2026, 5, 20)),
        ("O 5/20/26:", dt.date(2026, 5, 20)),
        ("Treatment 05/20/2026 -", dt.date(2026, 5, 20)),
        ("Objective:", None),
        ("Objective (05/20):", None),
        ("Vitals 05/20/2026:", None),
    ],
)
def test_only_the_head_of_what_was_done_tells_its_day(head, day):
    text = f"DOS: 06/18/2026\n{head} {_WORK}\nA: going well"
    told = read(text).headed_day
    assert (told and told.day) == day
    assert told is None or text[told.start : told.end] in head


def test_what_was_carried_over_keeps_its_own_day():
    carried = f"--- carried forward from 05/20/2026 ---\nO 5/20/26: {_WORK}\n--- end of carried text ---"
    text = f"DOS: 06/18/2026\n{carried}\nO: {_WORK}"
    assert read(text).headed_day is None
