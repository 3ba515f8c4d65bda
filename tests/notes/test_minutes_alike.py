"""Two services in one notation, whatever the one and however plain the name: every name is drawn with every notation.
Wordings made for this test.
"""

from __future__ import annotations

import pytest

from quarterhour.notes import read
from quarterhour.notes.page.alike import written_alike

_NAMES = (
    ("Therapeutic activities", "97530", "exercise", "97110"),
    ("TA", "97530", "TE", "97110"),
    ("97530", "97530", "97110", "97110"),
    ("Self-care", "97535", "manual therapy", "97140"),
    ("gait training", "97116", "neuro re-ed", "97112"),
    ("Ther act", "97530", "ther ex", "97110"),
)
_NOTATIONS = (
    "{A}: 26; {B}: 14. Total timed 40.",
    "{A} 26 / {B} 14 / tot 40",
    "26 {A}, 14 {B}, 40 timed",
    "Minutes by code - {A}: 26, {B}: 14",
    "{A}=26 {B}=14",
    "{A} x26, {B} x14",
    "{A} (26'), {B} (14')",
    "26 on {A}, 14 on {B}, 40 minutes timed.",
    "Code  Min\n{A}  26\n{B}  14",
    "{A} | 2 u | 26 | GP\n{B} | 1 u | 14 | GP",
    "{A} - 26 min - 2 units\n{B} - 14 min - 1 unit",
    "{A}: 9:00-9:26 / {B}: 9:26-9:40",
    "0900-0926 {A}\n0926-0940 {B}",
    "{A} 26 + {B} 14 = 40",
    "Timed: 26 {A} + 14 {B}",
    "Time spent: {A} - twenty-six; {B} - fourteen.",
    "[26] {A} [14] {B}  40 total",
    "{A}~26min, {B}~14min",
    "26m {A}, 14m {B}",
    "{A} 2u 26, {B} 1u 14, timed 40",
    "{A}-GP-26 min, {B}-GP-14 min",
    "{A} for 26, {B} for 14 minutes. Timed 40.",
    "26 min were spent on {A}; 14 min on {B}.",
    "{A}, twenty-six. {B}, fourteen. Forty timed.",
    "{A}: 26 mins (09:00-09:26); {B}: 14 mins (09:26-09:40)",
    "{A} 26 and {B} 14, all one to one, 40 in all.",
    "{A} ....... 26\n{B} ....... 14\n----\n40",
    "[x] {A} 26 min  [ ] ultrasound __ min  [x] {B} 14 min",
    "{A}  Units: 2  Minutes: 26\n{B}  Units: 1  Minutes: 14",
    "{A} 1:1 26'; {B} 1:1 14'",
    "Tx: {A} x 26, {B} x 14. tot 40",
    "{A}/26 crates, stairs. {B}/14 rows, bridges",
    "{A} - 26\n{B} - 14\nTimed 40",
    "{A} (26) crates and stairs; {B} (14) rows. Timed 40",
    "{A} 26 min crates, lifting floor to shelf; {B} 14 min rows 3x10.",
    "{A} lasted 26 minutes and {B} 14 minutes.",
    "{A} was 26 minutes. {B} was 14. Timed 40.",
    "Time: {A} 26, {B} 14",
    "Mins {A} 26 {B} 14 tot 40",
    "26' {A} | 14' {B} | 40' total",
    "{A}: 26 min. (2 units)\n{B}: 14 min. (1 unit)",
    "{A} 26min/2u {B} 14min/1u",
    "{A} 26 MIN X 2 UNITS; {B} 14 MIN X 1 UNIT",
    "Service        Min   Units\n{A}   26   2\n{B}   14   1\nTotal  40   3",
    "{A}      26 min   crates\n{B}      14 min   rows\n         40 min   timed",
    "{A} 26 of 40 min, {B} 14 of 40 min",
    "40 timed minutes ({A} 26, {B} 14)",
    "40 timed minutes, 26 {A} and 14 {B}.",
    "Timed minutes 40 = {A} 26 + {B} 14",
    "{A} - 26 minutes direct\n{B} - 14 minutes direct",
    "{A}, 26 min: crates. {B}, 14 min: rows.",
    "O: {A} twenty-six minutes, crates. {B} fourteen minutes, rows.",
    "{A} (26 min, 9:00-9:26): crates\n{B} (14 min, 9:26-9:40): rows",
)


@pytest.mark.covers("D3")
@pytest.mark.parametrize("notation", _NOTATIONS)
@pytest.mark.parametrize("names", _NAMES, ids=[first for first, *_ in _NAMES])
def test_both_have_their_minutes(notation: str, names: tuple[str, str, str, str]) -> None:
    """26 minutes of the one, 14 of the other."""
    first, code, second, other = names
    told = read(notation.format(A=first, B=second)).as_dict()["services"]
    performed = sorted((service["code"], service["minutes"]) for service in told if service["status"] == "performed")
    assert performed == sorted([(code, 26), (other, 14)])


@pytest.mark.parametrize(
    "low, word",
    [
        ("therapeutic activities 26 min: crates; exercise 3 x 10", "exercise"),
        ("therapeutic activities 26: crates. exercise 14 reps", "exercise"),
        ("gait training 26 min. home exercise daily", "exercise"),
        ("therapeutic activities (26).\n\n\n\nexercise (14)", "exercise"),
    ],
)
def test_counts_are_written_otherwise(low: str, word: str) -> None:
    """A dose, a count or a figure far off makes no service of a plain word."""
    end = low.index(" ", low.index(" ") + 1)
    start = low.index(word)
    assert not written_alike(low, start, start + len(word), [(0, end)])


@pytest.mark.parametrize(
    "text",
    [
        "TA 26 min: crates; exercise 3 x 10 rows.",
        "TA 26 min. HEP reviewed, same 5 ex 2x/d 10 min.",
        "TA 26 min: ten functional tasks, 3 transfers.",
    ],
)
def test_plain_words_with_counts_are_no_services(text: str) -> None:
    """Only the named service has minutes."""
    told = [service["code"] for service in read(text).as_dict()["services"] if service["minutes"] is not None]
    assert told == ["97530"]
