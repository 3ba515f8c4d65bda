"""What the minutes of a note support in units, beside what it writes itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quarterhour.domain.reading import PERFORMED, Reading
from quarterhour.engine.derive.settled import settled
from quarterhour.policy import Policy
from quarterhour.policy.errors import PolicyError
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.units import units


def note_units(
    reading: Reading, text: str, policy: Policy, payer: str, day: dt.date, folders: Sequence[str | Path] = ()
) -> dict[str, Any] | None:
    """Units of the services done today by the payer's method, and those the note writes; None where a timed service
    has no minutes, none is timed, or the day is before the first value of the method.

    ``alternatives`` is how many other ways of giving the units to the codes are as good.
    """
    cards = [
        (told, policy.codes.card(told.code))
        for told in settled(reading, text, policy).services
        if told.status == PERFORMED and told.code
    ]
    timed = [(card.code, told.minutes) for told, card in cards if card and card.timed]
    if not timed or any(minutes is None for _, minutes in timed):
        return None
    try:
        answer = units(timed, payer=payer, discipline=reading.discipline, on=day, policy_folders=folders)
    except (BadRequest, PolicyError):
        return None
    return {
        "payer": payer,
        **{key: answer[key] for key in ("method", "on", "total_timed_minutes", "total_units")},
        "services": [{key: one[key] for key in ("code", "minutes", "units")} for one in answer["services"]],
        "alternatives": len(answer["alternatives"]),
        "written": [
            {"code": told.code, "units": told.units, "start": told.start, "end": told.end}
            for told in reading.units_told
        ],
    }
