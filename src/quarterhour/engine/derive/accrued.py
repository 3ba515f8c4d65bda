"""What had accrued toward a yearly threshold, by what the patient's earlier visits of the year say."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT, EPOCH
from quarterhour.engine.derive.batch import Batch
from quarterhour.engine.derive.groups import group
from quarterhour.rules.facts import OCCUPATIONAL, VisitFacts

IntArray = NDArray[np.int64]
#: More cents than accrue in a year: what parts one patient's amounts from the next one's in a running maximum.
_APART: Final = 1 << 40


def accrued_earlier(batch: Batch, visits: VisitFacts) -> tuple[IntArray, IntArray]:
    """The greatest amount said on an earlier day of the year, and that day, where it is more than the visit says.

    Cents and ordinals, ABSENT where nothing is said, or no more than the visit says. Physical therapy and
    speech-language pathology accrue to one threshold, occupational therapy to its own, each patient and calendar year
    anew (Pub. 100-04, ch. 5, s. 10.3), and every visit may say both amounts. Days count, not visits: which of two
    visits of a day came first is not known.
    """
    amounts, on = np.full((2, batch.count), ABSENT)
    counts = (batch.term("kx_threshold") == 1) & visits.patient_given
    asking = counts & (visits.discipline > 0)
    if batch.count == 1 or not asking.any():
        return amounts, on
    occupational = visits.discipline == OCCUPATIONAL
    for column, mine in (("accrued.pt_slp", ~occupational), ("accrued.ot", occupational)):
        said = batch.visits[column]
        rows = np.flatnonzero(counts & ((said != ABSENT) | (asking & mine)))
        if (asking & mine).any() and (said[rows] != ABSENT).any():
            most, day = _most_before(visits.patient[rows], visits.day[rows], said[rows])
            # ABSENT is less than any amount, so a visit that says nothing takes whatever was said.
            wanted = (asking & mine)[rows] & (most > visits.accrued[rows])
            amounts[rows[wanted]], on[rows[wanted]] = most[wanted], day[wanted]
    return amounts, on


def _most_before(patient: IntArray, day: IntArray, said: IntArray) -> tuple[IntArray, IntArray]:
    """For every row the most said of its patient on earlier days of the year, and the first day on which it was."""
    days = group(patient, _years(day), day)
    first = days.first
    of_year = np.zeros(days.count, dtype=np.int64)
    of_year[1:] = np.cumsum(
        (patient[first][1:] != patient[first][:-1]) | (_years(day)[first][1:] != _years(day)[first][:-1])
    )
    of_day = of_year * _APART + 1 + np.maximum.reduceat(said[days.order], days.starts[:-1])
    running = np.maximum.accumulate(of_day)
    # Where the running maximum rises it is that day's own; the day before it is what counts for a visit.
    raised = np.concatenate(([True], running[1:] > running[:-1]))
    risen = np.maximum.accumulate(np.where(raised, np.arange(days.count), 0))
    before = np.maximum(np.arange(days.count) - 1, 0)
    within = np.concatenate(([False], of_year[1:] == of_year[:-1])) & (running[before] > of_year[before] * _APART)
    found = np.empty((2, patient.size), dtype=np.int64)
    found[0, days.order] = np.where(within, running[before] - of_year[before] * _APART - 1, ABSENT)[days.of]
    found[1, days.order] = np.where(within, day[first][risen[before]], ABSENT)[days.of]
    return found[0], found[1]


def _years(days: IntArray) -> IntArray:
    """The calendar years of ordinals."""
    years: IntArray = (days - EPOCH).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
    return years
