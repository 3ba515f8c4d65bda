"""What a visit is among its patient's others: the same once more, how long after the last report, what had accrued."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT
from quarterhour.engine.derive.accrued import accrued_earlier
from quarterhour.engine.derive.batch import Batch, translate
from quarterhour.engine.derive.groups import group
from quarterhour.rules.facts import NOTE_TYPES, HistoryFacts, LineFacts, VisitFacts

IntArray = NDArray[np.int64]
#: What a treatment day is in the count of progress reports: of unknown kind, one of treatment, one with a report, and
#: one with an evaluation, which begins the count and is its first day.
_UNKNOWN, _TREATMENT, _REPORT, _EVALUATION = range(4)
_KIND_OF: Final = {
    "daily": _TREATMENT,
    "progress": _REPORT,
    "evaluation": _EVALUATION,
    "re-evaluation": _REPORT,
    "discharge": _REPORT,
}


def history_facts(batch: Batch, visits: VisitFacts, lines: LineFacts) -> HistoryFacts:
    """Fill the history table."""
    report_days, same_as = np.full((2, batch.count), ABSENT)
    if batch.count > 1 and visits.patient_given.any():
        rows = np.flatnonzero(visits.patient_given)
        report_days[rows] = _report_days(batch, visits, rows)
        later, earlier = _repeats(batch, visits, lines, rows)
        same_as[later] = earlier
    return HistoryFacts(report_days, same_as, *accrued_earlier(batch, visits))


def _report_days(batch: Batch, visits: VisitFacts, rows: IntArray) -> IntArray:
    """Treatment days since the last report, of patients' visits in a discipline (Pub. 100-02, ch. 15, s. 220.3 D).

    An evaluation begins the count with its own day; a report ends a period, and the next begins with the treatment day
    after it. A day with a visit that does not say what its note is may have had a report, so the count is lost there.
    """
    kind = _kinds(batch)[rows]
    days = group(visits.patient[rows], visits.discipline[rows], visits.day[rows])
    ordered = kind[days.order]
    most = np.maximum.reduceat(ordered, days.starts[:-1])
    least = np.minimum.reduceat(ordered, days.starts[:-1])
    of_day = np.where((least == _UNKNOWN) & (most == _TREATMENT), _UNKNOWN, most)
    first = rows[days.first]
    begins = np.ones(days.count, dtype=np.bool_)
    begins[1:] = (visits.patient[first][1:] != visits.patient[first][:-1]) | (
        visits.discipline[first][1:] != visits.discipline[first][:-1]
    )
    place = np.arange(days.count)
    turns = begins | (of_day != _TREATMENT)
    last = np.maximum.accumulate(np.where(turns, place, 0))
    count = place - last + (of_day[last] == _EVALUATION)
    known = of_day[last] >= _REPORT
    found = np.empty(rows.size, dtype=np.int64)
    found[days.order] = np.where(known, count, ABSENT)[days.of]
    return found


def _kinds(batch: Batch) -> IntArray:
    """For every visit what its note's type says of the day."""
    numbers = {name: _KIND_OF[name] for name in NOTE_TYPES}
    return translate(
        batch.visits["note.type"], lambda text: numbers.get(text, _UNKNOWN), batch.columns.texts.values, absent=_UNKNOWN
    )


def _repeats(batch: Batch, visits: VisitFacts, lines: LineFacts, rows: IntArray) -> tuple[IntArray, IntArray]:
    """Visits with the very lines of an earlier one of the patient, day, discipline and payer, and that earlier one.

    Only visits that meet another one that day are looked at line by line, and those are few.
    """
    rows = rows[visits.billed_lines[rows] > 0]
    if not rows.size:
        return rows, rows
    days = group(
        visits.patient[rows], visits.day[rows], visits.discipline[rows], batch.payers[rows], visits.lines[rows]
    )
    several = np.flatnonzero(days.starts[1:] - days.starts[:-1] > 1)
    begins, ends = days.starts[several].tolist(), days.starts[several + 1].tolist()
    later, earlier = [], []
    for begin, end in zip(begins, ends, strict=True):
        seen: dict[tuple[tuple[int, ...], ...], int] = {}
        for row in rows[days.order[begin:end]].tolist():
            first = seen.setdefault(_signature(batch, lines, row), row)
            if first != row:
                later.append(row)
                earlier.append(first)
    return np.array(later, dtype=np.int64), np.array(earlier, dtype=np.int64)


def _signature(batch: Batch, lines: LineFacts, visit: int) -> tuple[tuple[int, ...], ...]:
    """What a visit's lines say, whatever their order: code, minutes, units, modifiers and times."""
    table = batch.services.children["intervals"]
    begin, end = int(batch.services.offsets[visit]), int(batch.services.offsets[visit + 1])
    columns = (lines.code, lines.minutes, lines.units, lines.modifiers)
    found = list(zip(*(column[begin:end].tolist() for column in columns), strict=True))
    if lines.intervals[begin:end].any():
        for place, line in enumerate(range(begin, end)):
            times = slice(int(table.offsets[line]), int(table.offsets[line + 1]))
            found[place] += *map(int, table.columns["0"][times]), *map(int, table.columns["1"][times])
    return tuple(sorted(found))
