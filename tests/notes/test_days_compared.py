"""Which day a note is of, and whether a figure of another day is set beside today's or only told."""

from __future__ import annotations

import pytest
from tests.notes.grades import grade_of

from quarterhour.notes import read

_HEAD = "DOS 12/02/2026\nTherapeutic exercise 20 min: rows 3x10.\n"


@pytest.mark.covers("D8")
@pytest.mark.parametrize(
    "sentence, grade",
    [
        ("Boot alone in 50 s; not possible 11/07.", "present"),
        ("Pegs in place 12 of 12, 7 of 12 on 2026/11/08.", "present"),
        ("Non-words caught 8/16 on 2026-11-12.", "present"),
        ("Rail let go 6/14 steps on 11/20.", "present"),
        ("Triceps is four plus out of five and it was three plus a month ago.", "present"),
        ("Upper body dressing was min A last wk, now supv.", "present"),
        ("Three flights today, one in Sept.", "present"),
        ("Nine of ten pegs today, four of ten on the third.", "present"),
        ("On the twelfth he did one flight, and three today.", "present"),
        ("Eleven cues; fifteen on 11/07.", "present"),
        ("9/12 cups moved with no spill at all on the tray (last visit 4/12).", "present"),
        ("He can now tie both shoes, which he was unable to do three weeks ago.", "present"),
        ("S: She can now reach the top shelf, but could not at eval.", "present"),
        ("Sitting straighter.", "partial"),
        ("Three flights today, on the second try he slowed.", "absent"),
        ("Could not come two weeks ago.", "absent"),
        ("She can now rest.", "absent"),
        ("Small setback.", "partial"),
        ("Has lost ground.", "partial"),
        ("Strength has declined since the cold.", "partial"),
        ("Feels looser.", "absent"),
        ("Exercise declined, knees ache.", "absent"),
        ("Declined the curb.", "absent"),
        ("Land treadmill on 11/18 lasted 6 min.", "absent"),
        ("6-minute walk 402 m on 11/03, not repeated.", "absent"),
        ("Total treatment 40 min unchanged.", "absent"),
    ],
)
def test_progress_needs_a_figure_set_against_another(sentence: str, grade: str) -> None:
    assert grade_of("progress", _HEAD + sentence) == grade


@pytest.mark.covers("D2")
@pytest.mark.parametrize(
    "head",
    [
        "Client  Moss, Karin (11/30/1961)     Chart 55-2140     Seen 12/02/2026",
        "Moss, Karin  2/3/1988   PT daily  12/02/2026",
        "Right knee replacement 05/05/2019. Visit of 12/02/2026",
        "DOS 2026/12/02",
        "2026-12-02   PT",
    ],
)
def test_a_date_of_long_ago_is_not_the_visit(head: str) -> None:
    text = f"{head}\nTherapeutic exercise 20 min: rows 3x10.\nStairs on 11/07 with a rail. Curbs 12/09."
    statuses = {text[item.start : item.end].lower()[:5]: item.status for item in read(text).activities}
    assert (statuses["stair"], statuses["curbs"]) == ("prior_visit", "planned")
