"""Whether an NCCI edit stands between two codes on a date, since when, and what can bypass it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quarterhour.domain.claim import ClaimType
from quarterhour.policy import Policy
from quarterhour.policy.edits import CLAIM_TYPES, EDIT_TABLES, EditTable, PairInterval
from quarterhour.policy.errors import NotKnown
from quarterhour.policy.forms import FORMS
from quarterhour.policy.payers import WORDS
from quarterhour.workflows.asked import FORMAT, Day, according_to, cited, code_of, day_of, iso, policy_of
from quarterhour.workflows.errors import BadRequest

#: The indicator of an edit that a modifier may bypass (NCCI manual, ch. 1 s. E).
_BYPASSABLE = "1"


def pair(
    one: str,
    other: str,
    *,
    on: Day = None,
    claim: str = "professional",
    tables: str = "medicare",
    policy_folders: Sequence[str | Path] = (),
) -> dict[str, Any]:
    """The status of a pair of codes (contract, section 6).

    ``edit`` is true or false where the tables say so, null where they say nothing (``known`` is false then and
    ``reason`` says why). ``history`` is in the order of time; a null ``from`` is a start before the record begins.
    ``tables`` says whose are asked, Medicare's or Medicaid's, of which none is built in.

    Raises:
        BadRequest: for a malformed code, one code twice, or a claim type or tables there are not.

    """
    first, second = code_of(one), code_of(other)
    if first == second:
        raise BadRequest("a pair is two different codes; how often one code may stand is an unlikely-units edit")
    if claim not in CLAIM_TYPES:
        msg = f"expected a claim of {' or '.join(CLAIM_TYPES)}, got {claim!r}"
        raise BadRequest(msg)
    if tables not in WORDS["edit_tables"]:
        msg = f"expected the tables of {' or '.join(WORDS['edit_tables'])}, got {tables!r}"
        raise BadRequest(msg)
    policy, day = policy_of(policy_folders), day_of(on)
    table = EDIT_TABLES[WORDS["edit_tables"].index(tables) * len(CLAIM_TYPES) + (claim == "institutional")]
    return {
        "format": FORMAT,
        "codes": [first, second],
        "on": day.isoformat(),
        "claim": claim,
        "tables": tables,
        **(_said if table in policy.pairs.releases else _not_held)(policy, first, second, table, day),
        "payer_notes": [
            {
                "payer": note.payer,
                "from": iso(note.first),
                "text": note.text,
                **according_to(note.source, note.evidence),
            }
            for note in policy.payers.pair_notes(first, second)
            if note.first <= day
        ],
    }


def _said(policy: Policy, first: str, second: str, of: EditTable, day: dt.date) -> dict[str, Any]:
    """What a table that is held says of a pair."""
    history = policy.pairs.intervals(first, second, of)
    in_force = next((i for i in history if (not i.first or i.first <= day) and (not i.last or day <= i.last)), None)
    known_from = policy.pairs.known_from(first, second, of)
    known = known_from is not None and known_from <= day
    as_of = policy.pairs.as_of(first, second, of)
    edit = (in_force is not None) if known else None
    shown = in_force if edit else None
    release = policy.pairs.releases[of]
    return {
        "known": known,
        "edit": edit,
        "reason": _reason(
            shown, known_from, day, None if policy.pairs.holds_for(first, second, of, day) else as_of, of
        ),
        "column1": shown.column1 if shown else None,
        "column2": shown.column2 if shown else None,
        "indicator": shown.indicator if shown else None,
        "bypass": _bypass(policy, day) if shown and shown.indicator == _BYPASSABLE else [],
        "modifier_on": _modifier_on(policy, _claim(of), day) if shown and shown.indicator == _BYPASSABLE else None,
        "history": [_interval(interval) for interval in history],
        "as_of": as_of.isoformat(),
        "release": release.release,
        "sources": [cited(release.source, release.evidence)],
    }


def _not_held(_policy: Policy, _first: str, _second: str, of: EditTable, _day: dt.date) -> dict[str, Any]:
    """What is said of a pair where the table was not imported."""
    nothing = dict.fromkeys(("edit", "column1", "column2", "indicator", "modifier_on", "as_of", "release"))
    why = f"not imported: {FORMS[f'ptp-{of}'].title}; `quarterhour policy import` takes the file CMS publishes"
    return {"known": False, **nothing, "reason": why, "bypass": [], "history": [], "sources": []}


def _claim(of: EditTable) -> ClaimType:
    return CLAIM_TYPES[EDIT_TABLES.index(of) % len(CLAIM_TYPES)]


def _reason(shown: PairInterval | None, since: dt.date | None, day: dt.date, older: dt.date | None, claim: str) -> str:
    """In words; ``older`` is the day of the table where that may have changed since."""
    if since is None:
        return (
            "the tables do not speak of this pair; they hold therapy codes with each other, and 97530 with every code"
        )
    if day < since:
        return f"the tables begin on {since}; what held on {day} is not known"
    later = f", answered from the table of {older}" if older else ""
    if shown is None:
        return f"no edit on {claim} claims on {day}{later}"
    bypass = {"0": "nothing bypasses it", _BYPASSABLE: "a modifier bypasses it where the services were distinct"}
    return f"{shown.column2} is denied beside {shown.column1}{later}; {bypass.get(shown.indicator, '')}"


def _bypass(policy: Policy, day: dt.date) -> list[str]:
    """The modifiers that bypass an edit, those that say distinct services first; none where that is not known."""
    try:
        every = policy.parameter("cms/ncci:pair_bypass").on(day).value
        distinct = policy.parameter("cms/ncci:distinct_modifiers").on(day).value
    except NotKnown:
        return []
    return [*distinct, *(modifier for modifier in every if modifier not in distinct)]


def _modifier_on(policy: Policy, claim: str, day: dt.date) -> str | None:
    """Which line takes the modifier: either of the two, or that of column 2."""
    try:
        either = policy.parameter(f"cms/ncci:column_either_side_{claim}").on(day).value
    except NotKnown:
        return None
    return "either" if either else "column2"


def _interval(interval: PairInterval) -> dict[str, Any]:
    return {
        "from": iso(interval.first),
        "to": iso(interval.last),
        "indicator": interval.indicator,
        "column1": interval.column1,
        "column2": interval.column2,
        "evidence": interval.evidence,
    }
