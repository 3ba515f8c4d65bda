"""The two policies visits are judged by: a version of the imported tables each, and how far the visits are moved."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from quarterhour.policy import Policy, load
from quarterhour.policy.tables import BUILT_IN, CURRENT, Version, store_folder, version, version_ids
from quarterhour.workflows.errors import BadRequest

#: Weeks of a quarter and of a year. Whole weeks leave weekdays and the days between visits as they are.
_WEEKS: Final = {"q": 13, "y": 52}
_WEEK: Final = 7
_SHIFT: Final = re.compile(r"([+-]?\d{1,2})\s*([qy])", re.IGNORECASE)
_ID: Final = re.compile(r"[0-9a-f]{4,16}")


class Side(msgspec.Struct, frozen=True):
    """What the visits are judged by. ``version`` is the id of the imported tables, or ``built-in``."""

    named: str
    version: str
    policy: Policy


def side_of(named: str, store: Path | None, folders: Sequence[str | Path]) -> Side:
    """The policy somebody names: a version, ``built-in``, ``current``, or the day on which it was the newest held.

    Raises:
        BadRequest: for a text that is none of these.
        NoSuchVersion: for a version the store does not have.
        SpoiltStore: if the store cannot be read.

    """
    held = _held(named.strip(), store_folder(store))
    return Side(named, held.id if held else BUILT_IN, load([Path(folder) for folder in folders], held))


def shift_of(text: str | None) -> int:
    """Days of a shift such as ``1q``, ``-1q`` or ``2y``: a quarter is 13 weeks, a year 52.

    Raises:
        BadRequest: for anything else.

    """
    if text is None:
        return 0
    match = _SHIFT.fullmatch(text.strip())
    if match is None:
        msg = f"expected a shift by quarters or years such as 1q, -2q or 1y, got {text!r}"
        raise BadRequest(msg)
    return int(match[1]) * _WEEKS[match[2].lower()] * _WEEK


def _held(named: str, store: Path) -> Version | None:
    if named in {BUILT_IN, CURRENT}:
        return version(store, named)
    try:
        return _known_on(dt.date.fromisoformat(named), store)
    except ValueError:
        pass
    if not _ID.fullmatch(named):
        msg = f"expected a version as policy list names it, {BUILT_IN}, {CURRENT}, or a day, got {named!r}"
        raise BadRequest(msg)
    return version(store, named)


def _known_on(day: dt.date, store: Path) -> Version | None:
    """The latest version of which every edition had been imported by that day; None before the first."""
    for one in version_ids(store):
        held = version(store, one)
        if held and all(edition.imported_on <= day for edition in held.editions):
            return held
    return None
