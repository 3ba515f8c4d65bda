"""How often a day: home practice that closes a list, against a habit of life; months, days and figures beside a task;
and what was held in a hand or in mind, which is no refusal.
"""

from __future__ import annotations

import pytest

from quarterhour.notes import read

pytestmark = pytest.mark.covers("D2")

_HEAD = "Patient: R. Moss   PT   06/01/2026\nTherapeutic exercise 15 min: stationary bike.\n"


def _statuses(text: str) -> dict[str, str]:
    return {text[item.start : item.end].lower(): item.status for item in read(text).activities}


def _status(text: str, words: str) -> str:
    found = [status for told, status in _statuses(text).items() if words in told]
    assert found, (words, _statuses(text))
    return found[0]


@pytest.mark.parametrize(
    "sentence",
    [
        "Sent off with the page: wall slides, heel raises, 10 minutes every morning.",
        "Leaves with a card: wall slides, heel raises, calf raises, 2 sets of 10 twice daily.",
        "Discharged with the sheet: wall slides, heel raises, three times a day.",
        "Wall slides, heel raises, two sets each evening.",
        "Wall slides 10x, heel raises 10x, 2x/day.",
        "Wall slides, heel raises, one set of ten every day.",
    ],
)
def test_a_daily_dose_belongs_to_its_whole_list(sentence: str) -> None:
    text = _HEAD + sentence
    assert _status(text, "wall slides") == "home_program"
    assert _status(text, "heel raises") == "home_program"
    assert _status(text, "bike") == "performed"


@pytest.mark.parametrize(
    "sentence",
    [
        "Wall slides 2x10 as he does every morning.",
        "Wall slides 3x10 for the shelf she reaches every day.",
        "Wall slides x 8, told she should do them twice daily.",
        "Wall slides 2x10, then 12 minutes of walking as he does each evening.",
        "Wall slides 15 min, pulleys, twice daily.",
    ],
)
def test_a_habit_or_the_dose_of_another_item_is_no_home_program(sentence: str) -> None:
    assert _status(_HEAD + sentence, "wall slides") == "performed"


def test_minutes_of_a_service_are_not_taken_home_by_the_dose_of_its_last_item() -> None:
    services = read("PT 06/01/2026\nTher ex 15 min, wall slides, twice daily.").services
    assert [(service.minutes, service.status) for service in services] == [(15, "performed")]


@pytest.mark.parametrize(
    "sentence, status",
    [
        ("Wall slides gave way twice in May at 15 reps.", "prior_visit"),
        ("Wall slides in Feb lasted 2 min.", "prior_visit"),
        ("Wall slides x 10, knee may give way.", "performed"),
        ("Pulleys 64% (40% in Feb)   wall slides 2x10.", "performed"),
    ],
)
def test_a_month_is_of_the_task_it_stands_with(sentence: str, status: str) -> None:
    assert _status(_HEAD + sentence, "wall slides") == status


def test_what_was_done_before_a_missed_visit_is_prior() -> None:
    text = "CANCELLATION   08/06/2026   PT\nIntended: ladder task. On 08/04 wall slides went well. Curbs on 08/11."
    assert _status(text, "ladder") == "planned"
    assert _status(text, "wall slides") == "prior_visit"
    assert _status(text, "curbs") == "planned"


@pytest.mark.parametrize(
    "sentence, status",
    [
        ("Wall slides 5/8 tries.", "performed"),
        ("Retelling with wall slides 5/8 pictures.", "performed"),
        ("Wall slides on 5/8 steps were hard.", "prior_visit"),
        ("5/8 wall slides.", "prior_visit"),
    ],
)
def test_a_fraction_of_what_was_counted_is_no_day(sentence: str, status: str) -> None:
    assert _status(_HEAD + sentence, "wall slides") == status


@pytest.mark.parametrize(
    "sentence",
    [
        "Word list and wall slides held during a phone call.",
        "Ramp walking with a tray held level.",
        "Wall slides with a cup held in the left hand.",
        "Wall slides, hymnal held at chest height.",
        "Wall slides, end range held 10 seconds.",
    ],
)
def test_what_is_held_in_a_hand_or_in_mind_is_done(sentence: str) -> None:
    text = _HEAD + sentence
    assert set(_statuses(text).values()) == {"performed"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Wall slides held at this time.",
        "Wall slides held for now.",
        "Wall slides held in favor of rest.",
        "Wall slides held by MD order.",
        "Wall slides held with pain 7/10.",
    ],
)
def test_what_is_held_back_is_not(sentence: str) -> None:
    assert _status(_HEAD + sentence, "wall slides") == "negated"
