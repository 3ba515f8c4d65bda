"""Days on which one therapist bills more one-on-one minutes, over all patients, than a day or a day's work holds.

That is no rule over visits, because a visit is judged the same whoever else is in the input: it is told of the input as
a whole, and what another file holds can only add to it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from quarterhour.domain.columns import to_columns
from quarterhour.domain.plural import counted
from quarterhour.domain.visit import Visit
from quarterhour.engine.derive.therapist_days import TherapistDays
from quarterhour.engine.derive.therapist_days import therapist_days as summed
from quarterhour.engine.run import judge_columns
from quarterhour.policy import Policy
from quarterhour.policy.errors import NotKnown
from quarterhour.workflows.asked import FORMAT, Day, cited, day_of, iso, policy_of
from quarterhour.workflows.inputs import Input, of_paths, of_values
from quarterhour.workflows.report import defect_row
from quarterhour.workflows.tables import mapping_of

_PAYER: Final = "medicare-b"
_LONG: Final = "own/reports:long_therapist_day"
_HOUR: Final = 60
#: What a day of the clock holds. On a Sunday clocks may be set back, and then it is an hour longer.
_CLOCK: Final = 24 * _HOUR
_SUNDAY: Final = 6


def therapist_days(
    visits: Any, *, payer: str | None = None, today: Day = None, policy_folders: Sequence[str | Path] = ()
) -> dict[str, Any]:
    """The days in visit records that are Python values; ``payer`` is that of records which name none.

    Raises:
        BadRequest: for a path instead of records.
        UnknownName: for a payer there are no terms of.

    """
    inputs = [of_values(visits, payer_needed=payer is None)]
    return _answer(inputs, payer, day_of(today), policy_of(policy_folders))


def therapist_days_paths(
    paths: Iterable[str | Path],
    *,
    payer: str | None = None,
    today: Day = None,
    policy_folders: Sequence[str | Path] = (),
    mapping: str | Path | None = None,
) -> dict[str, Any]:
    """The days in the visit records of files and folders, as of :func:`therapist_days`.

    ``mapping`` says which column of a table is which. Claims say no minutes and are told as not counted.
    """
    policy = policy_of(policy_folders)
    inputs, _ = of_paths(paths, policy, payer_needed=payer is None, mapping=mapping_of(mapping))
    return _answer(inputs, payer, day_of(today), policy)


def _answer(inputs: Sequence[Input], payer: str | None, today: dt.date, policy: Policy) -> dict[str, Any]:
    visits = [one.visit for given in inputs for one in given.reading.visits]
    left_out = Counter({"claims say no minutes": sum(len(list(one.given.given())) for one in inputs if one.given)})
    days: list[dict[str, Any]] = []
    counted_days = 0
    if visits:
        laid_out, judgement = judge_columns(to_columns(Visit, visits), policy, payer or _PAYER, today, [])
        found = summed(laid_out, judgement.facts, policy)
        counted_days = int(found.day.size)
        days = _told(found, visits, policy)
        left_out += _left_out(found)
    return {
        "format": FORMAT,
        "days": days,
        "therapist_days": counted_days,
        "visits": len(visits),
        "not_counted": [{"reason": reason, "count": count} for reason, count in left_out.items() if count],
        "errors": [{"path": given.path, **defect_row(defect)} for given in inputs for defect in given.reading.defects],
    }


def _left_out(found: TherapistDays) -> Counter[str]:
    return Counter(
        {
            "visits whose therapist has no NPI in due form": int(found.unnamed.size),
            "visits recorded twice": int(found.repeated.size),
            "timed one-on-one lines without minutes": int(found.without_minutes.sum()),
            "timed one-on-one lines with CQ or CO that do not say the assistant's minutes": int(found.marked.sum()),
        }
    )


def _told(found: TherapistDays, visits: Sequence[Visit], policy: Policy) -> list[dict[str, Any]]:
    """The days that are too long, worst first, then by therapist and day."""
    rows = []
    for place in range(found.day.size):
        day, minutes = dt.date.fromordinal(int(found.day[place])), int(found.minutes[place])
        severity, most = _severity(minutes, day, policy, shared=bool(found.billing[place]))
        if severity is not None:
            mine = [visits[at] for at in np.flatnonzero(found.visit == place).tolist()]
            rows.append(_row(found, place, severity, most, mine, policy))
    return sorted(rows, key=lambda row: (row["severity"], -row["minutes"], row["therapist"], row["on"]))


def _severity(minutes: int, day: dt.date, policy: Policy, *, shared: bool) -> tuple[str | None, int]:
    """How bad so many minutes are, and the most there may be; a number that may be a clinic's proves nothing."""
    clock = _CLOCK + (_HOUR if day.weekday() == _SUNDAY else 0)
    if minutes > clock and not shared:
        return "error", clock
    try:
        most = int(policy.parameter(_LONG).on(day).value)
    except NotKnown:
        most = clock
    return ("warning" if minutes > most else None), most


def _row(
    found: TherapistDays,
    place: int,
    severity: str,
    most: int,
    visits: Sequence[Visit],
    policy: Policy,
) -> dict[str, Any]:
    day, minutes = dt.date.fromordinal(int(found.day[place])), int(found.minutes[place])
    patients, shared = int(found.patients[place]), bool(found.billing[place])
    holds = "the day has" if severity == "error" else "a long day of work has"
    message = f"{minutes} one-on-one minutes of timed services with {counted(patients, 'patient')}; {holds} {most}"
    value = policy.parameter(_LONG).on(day) if severity == "warning" else None
    return {
        "therapist": str(int(found.therapist[place])),
        "on": iso(day),
        "severity": severity,
        "minutes": minutes,
        "most": most,
        "patients": patients,
        "may_be_several": shared,
        "message": message,
        "remedy": _remedy(shared=shared),
        "visits": [visit.visit_id for visit in visits],
        "sources": [cited(value.source, value.evidence, value.first)] if value else [],
    }


def _remedy(*, shared: bool) -> str:
    asked = "Who treated whom, and for how many minutes with one patient alone?"
    return f"Is this the therapist's own number? It bills as well. {asked}" if shared else asked
