"""Notes along a course: how much of one stands in an earlier one, and what every one of them says alike."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT
from quarterhour.domain.reading import Reading, Span
from quarterhour.engine.derive.batch import Batch
from quarterhour.engine.derive.treatment_days import TreatmentDays
from quarterhour.policy import Policy

IntArray = NDArray[np.int64]
#: So many words side by side are a run; shorter ones recur by chance, longer ones hide a word changed here and there.
_RUN: Final = 5
_Words = tuple[str, ...]
#: A treatment day, and the runs of its notes.
_DayRuns = tuple[int, frozenset[_Words]]


class ByDay(msgspec.Struct, frozen=True):
    """Of every treatment day, as ``CourseFacts`` has them."""

    same_response: IntArray
    same_levels: IntArray


class ByVisit(msgspec.Struct, frozen=True):
    """Of every visit of the courses, as ``CourseFacts`` has them."""

    note_words: IntArray
    note_share: IntArray
    note_day: IntArray
    response_start: IntArray
    response_end: IntArray
    improving_start: IntArray
    improving_end: IntArray


class NotesInARow(msgspec.Struct, frozen=True):
    """What notes say along courses."""

    by_day: ByDay
    by_visit: ByVisit


def notes_in_a_row(
    batch: Batch, course: TreatmentDays, readings: Sequence[Reading | None], policy: Policy
) -> NotesInARow:
    """Lay every note beside those of the treatment days before."""
    texts = batch.visits["note.text"][course.visits]
    back = int(policy.parameter("own/course:note_repeat_days").values[-1].value)
    words, share, day = _shares(texts, batch, course, back)
    read: list[Reading | None] = [None] * course.visits.size
    if any(reading is not None for reading in readings):
        read = [readings[visit] for visit in course.visits.tolist()]
    responses, levels, response_at, improving_at = _told(read, texts, batch, policy)
    return NotesInARow(
        ByDay(
            course.ended_run(*_of_days(responses, course)),
            course.run(*_of_days(levels, course)),
        ),
        ByVisit(words, share, day, *response_at, *improving_at),
    )


def _shares(texts: IntArray, batch: Batch, course: TreatmentDays, back: int) -> tuple[IntArray, IntArray, IntArray]:
    """Of every note its words, and how much of it stands in the earlier day's notes it is most like: the percent of its
    runs, and that day.

    Only the runs of so many days ``back`` are kept while walking along a course, so a year costs as many comparisons as
    it has notes, times those days.
    """
    found = np.full((3, texts.size), ABSENT)
    noted = np.flatnonzero(texts != ABSENT)
    earlier: deque[_DayRuns] = deque(maxlen=back)
    today: set[_Words] = set()
    begins = np.cumsum(course.begins)[course.day_of]
    last = ABSENT
    for place in noted.tolist():
        day = int(course.day_of[place])
        if day != last:
            if last != ABSENT and begins[place] == begins[course.starts[last]]:
                earlier.append((int(course.day[last]), frozenset(today)))
            else:
                earlier.clear()
            today, last = set(), day
        words = (batch.text(int(texts[place])) or "").casefold().split()
        runs = frozenset(zip(*(words[nth:] for nth in range(_RUN)), strict=False))
        found[0, place] = len(words)
        if earlier and runs:
            # Of days that are as like, the latest.
            shared, found[2, place] = max((len(runs & before), on) for on, before in earlier)
            found[1, place] = 100 * shared // len(runs)
        today |= runs
    return found[0], found[1], found[2]


def _told(
    read: Sequence[Reading | None], texts: IntArray, batch: Batch, policy: Policy
) -> tuple[list[object], list[object], IntArray, IntArray]:
    """Of every note the words of the response and the levels of help (None: none), and where it says the response and
    that it goes better.
    """
    improving, standing = (
        tuple(policy.parameter(f"own/course:{name}").values[-1].value) for name in ("improving_words", "standing_words")
    )
    responses: list[object] = [None] * len(read)
    levels: list[object] = [None] * len(read)
    places = np.full((2, 2, len(read)), ABSENT)
    for place, reading in enumerate(read):
        if reading is None:
            continue
        text = batch.text(int(texts[place])) or ""
        spans = reading.evidence_of("patient_response")
        if spans:
            responses[place] = tuple(sorted({" ".join(_words(text, span).split()) for span in spans}))
            places[0, :, place] = spans[0].start, spans[0].end
        levels[place] = frozenset(one.level for one in reading.assistance) or None
        better = _better(reading, text, improving, standing)
        if better is not None:
            places[1, :, place] = better.start, better.end
    return responses, levels, places[0], places[1]


def _better(reading: Reading, text: str, improving: Iterable[str], standing: Iterable[str]) -> Span | None:
    """Where the note says without a number that it goes better; nothing where it compares by numbers as well."""
    element = reading.elements.get("progress")
    if element is None or element.grade != "partial":
        return None
    for span in element.evidence:
        words = _words(text, span)
        if any(one in words for one in improving) and not any(one in words for one in standing):
            return span
    return None


def _words(text: str, span: Span) -> str:
    return text[span.start : span.end].casefold()


def _of_days(said: Sequence[object], course: TreatmentDays) -> tuple[IntArray, NDArray[np.bool_]]:
    """For every day a number for what its notes say, and whether they say anything."""
    numbers: dict[object, int] = {}
    found = np.full(course.day.size, ABSENT)
    if not any(said):
        return found, found != ABSENT
    starts = course.starts.tolist()
    for day in range(found.size):
        of_day = frozenset(one for one in said[starts[day] : starts[day + 1]] if one is not None)
        if of_day:
            found[day] = numbers.setdefault(of_day, len(numbers))
    return found, found != ABSENT
