"""Any text can be read: no error, and every span lies inside the text and holds the exact words."""

from __future__ import annotations

import gc
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.notes.variants import make_note

from quarterhour.domain.reading import Reading
from quarterhour.notes import read

_ODD = "İıßﬁ\u2028\u0000\u200b\U0001f600é–—’“•½²\t\r\n|:;,.()[]/\\-+*%#'\"0123456789"
_PIECES = (
    "S:",
    "O:",
    "P:",
    "97530",
    "97110 x 15",
    "min",
    "15 min",
    "0930-0945",
    "9:30a",
    "to",
    "x",
    "3/10",
    "09/14/2026",
    "goal",
    "CGA",
    "no",
    "today",
    "last visit",
    "\r\n",
    "||",
    "...",
    "|",
    "\n\n",
    "Timed",
    "Total",
    "GG0170E 03",
    "twenty-",
    "five",
    "(",
    ")",
    "Electronically signed",
    "PT",
    "home:",
    "Goal:",
    "by 10/1",
    "->",
)


_RUN = 5  # as a form is filled with dots, blanks or lines


def check(text: str) -> None:
    """Read ``text`` and look at every span, as found and as told."""
    found = read(text)
    check_spans(found.as_reading(), text)
    assert [one["text"] for one in found.as_dict()["activities"]] == [text[a.start : a.end] for a in found.activities]


def check_spans(found: Reading, text: str) -> None:
    """Every span lies in the text, and every word quoted stands exactly there."""
    spans = [(one.start, one.end) for part in (found.sections, found.services, found.activities) for one in part]
    spans += [(one.start, one.end) for one in found.assistance]
    spans += [(one.start, one.end) for one in found.times.evidence]
    spans += [(one.start, one.end) for element in found.elements.values() for one in element.evidence]
    size = len(text)
    for start, end in spans:
        assert 0 <= start < end <= size
    for activity in found.activities:
        assert activity.text == text[activity.start : activity.end]
    for service in found.services:
        assert service.label in text[service.start : service.end]


def mutate(text: str, rng: random.Random) -> str:
    """One to thirty seeded changes: cut, double, swap, insert odd letters, telling pieces or a row of one sign."""
    for _ in range(rng.randint(1, 30)):
        place, other = sorted((rng.randrange(len(text) + 1), rng.randrange(len(text) + 1)))
        kind = rng.randrange(5) if rng.randrange(40) else _RUN
        if kind == 0:
            text = text[:place] + text[min(other, place + 40) :]
        elif kind == 1:
            text = text[:place] + text[place : place + 30] + text[place:]
        elif kind == 2:
            text = text[:place] + rng.choice(_ODD) + text[place:]
        elif kind == 3:
            text = text[:place] + rng.choice(_PIECES) + text[place:]
        elif kind == _RUN:
            text = text[:place] + rng.choice(_ODD + " ") * rng.randint(20, 400) + text[place:]
        else:
            text = text[:place] + text[place : place + 20][::-1] + text[place + 20 :]
    return text


def test_mutated_notes_never_raise() -> None:
    rng = random.Random(20260914)
    stop = time.monotonic() + 5.0
    seed = 0
    while time.monotonic() < stop or seed < 200:
        text, _ = make_note(seed)
        check(mutate(text, rng))
        seed += 1


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    check(text)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=40).map(" ".join))
def test_telling_pieces_in_any_order(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        "\ud800 gait training 15 min",
        "| service | min |\n| gait training | ²27 |",
        "min | code | mod\n15 | G0283 | IFC",
        "",
        " ",
        "\n",
        "\r\n\r\n",
        "İ",
        "S:",
        "97530",
        "min",
        ":" * 50,
        "(" * 200,
        "1 " * 400,
        "a" * 5000,
    ],
)
def test_empty_and_degenerate_texts(text: str) -> None:
    check(text)


def test_a_code_told_again_behind_its_minutes_is_within_its_service() -> None:
    check("m    3/5         5/6      4/2\nmin 97140                 15      97140                 15          15\n")


#: Four times the text may take so many times as long, and so many seconds more, which no clock is exact about.
GROWTH, INEXACT, TRIES = 6.0, 0.03, 4


@pytest.mark.parametrize("stop", [" ", "\n"])
@pytest.mark.parametrize(
    "piece",
    [
        "verbal cue to",
        "97530 15 min",
        "ther ex for for",
        "9:00-9:30",
        "1/2",
        "twenty five",
        "goal by 10/1 walk 20 ft",
        "SBA CGA",
        "[x] min A",
        "TE 1 hr,",
        "TA 15 min, TE 10 min, min A with lifting crate.",
        "Ther ex 15 min, mod A for transfers from 9:00-9:15.",
        "Addendum: TE should read 15 min.",
        "Timed 38. Total 45. TE .. 25 .. TA [13]",
        "timed total min of",
        "1 + 2 + 3 =",
        "one client, no other patient, just he and I",
        "25/97530 20 min each",
        "TA (26), exercise: 14 +",
    ],
)
def test_the_time_a_note_takes_grows_as_its_length(piece: str, stop: str) -> None:
    """Were every service, figure or clock range compared with every other, four times the text would take sixteen."""
    _assert_grows_as_its_length("", piece + stop, "")


@pytest.mark.parametrize(
    "head, piece, tail",
    [
        ("A: he ", "knee ", "the wedge takes a load; the wedge is red"),
        ("DOS 06/18/2026 ", "speech treatment twenty-three minutes ", ""),
    ],
)
def test_one_long_sentence_takes_as_long_as_its_length(head: str, piece: str, tail: str) -> None:
    """What may stand anywhere before a word or a day is not looked for from every place."""
    _assert_grows_as_its_length(head, piece, tail)


def _assert_grows_as_its_length(head: str, piece: str, tail: str) -> None:
    def seconds(size: int) -> float:
        text = head + piece * (size // len(piece)) + tail
        taken = []
        gc.disable()  # a round over all that other tests left behind takes longer than the note
        try:
            for _ in range(3):
                start = time.process_time()
                check(text)
                taken.append(time.process_time() - start)
        finally:
            gc.enable()
        return min(taken)

    # Beside other work a measurement may be off; what grows as the square is too long at every one.
    assert any(seconds(40_000) < GROWTH * seconds(10_000) + INEXACT for _ in range(TRIES))
