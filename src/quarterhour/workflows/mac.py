"""Which Medicare contractor answers for a place, and its local policies of therapy."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from quarterhour.policy import NotKnown, Policy
from quarterhour.policy.localities import Locality
from quarterhour.policy.places import LocalPolicy, Place
from quarterhour.workflows.asked import FORMAT, Day, according_to, cited, day_of, iso, policy_of, text_of
from quarterhour.workflows.errors import BadRequest

_LOCALITY: Final = re.compile(r"\d{5}-\d{2}")


def mac(
    place: str, *, carrier: bool = False, on: Day = None, policy_folders: Sequence[str | Path] = ()
) -> dict[str, Any]:
    """The contractor of a place (contract, section 6): a state, a ZIP code, or a payment locality such as ``04412-11``.

    ``carrier``: the text is the Part B number of a contractor, which looks like a ZIP code. ``status`` of a policy is
    what is known for the date asked; ``last_seen`` the day it was last seen so. ``locality`` is the two digits of the
    payment locality; null for a state or a number, whose ``localities`` are listed.

    Raises:
        BadRequest: for what is no text (a ZIP code is one, since it may begin with 0), and for a ZIP code that the CMS
            file does not have.
        UnknownName: for a place there is not.
        NotKnown: for a date before the contractor's start, or before the localities are known.

    """
    policy, day = policy_of(policy_folders), day_of(on)
    asked = text_of(place, "a state, a ZIP code or a locality").strip()
    locality = policy.localities.named(asked) if _LOCALITY.fullmatch(asked) else None
    listed = policy.localities.of_carrier(asked) if carrier else []
    named = locality or (listed[0] if listed else None)
    found = policy.contractors.place(named.states[0] if named else asked)
    known = policy.localities.known_from
    since = max(known, found.first or known)
    if day < since:
        what = f"the contractor of {asked.upper()} with its localities"
        raise NotKnown(what, day, since)
    by_zip = policy.localities.of_zip(asked, day) if found.zip else None
    if found.zip and by_zip is None:
        msg = f"ZIP code {found.zip} is not in the CMS file of ZIP codes for {day}; name the state instead, such as TX"
        raise BadRequest(msg)
    return _answer(policy, day, found, by_zip.locality if by_zip else locality, listed) | {
        "locality_shared": bool(by_zip and by_zip.shared),
        "localities_as_of": iso(by_zip.as_of if by_zip else policy.localities.as_of),
        "sources": [
            cited(found.source, found.evidence),
            *([cited(by_zip.source, by_zip.evidence, by_zip.as_of)] if by_zip else []),
        ],
    }


def _answer(
    policy: Policy, day: dt.date, place: Place, locality: Locality | None, listed: Sequence[Locality]
) -> dict[str, Any]:
    places = policy.localities
    return {
        "format": FORMAT,
        "on": day.isoformat(),
        "state": place.state,
        "area": place.area,
        "zip": place.zip,
        "contractor": place.contractor_name,
        "jurisdiction": place.jurisdiction,
        "part_b": list(place.part_b),
        "policies": [_policy(one, day) for one in place.policies],
        "carrier": locality.carrier if locality else None,
        "locality": locality.number if locality else None,
        "locality_name": locality.name if locality else None,
        "localities": [
            {"carrier": one.carrier, "locality": one.number, "name": one.name}
            for one in ([locality] if locality else listed or places.of_state(place.state))
        ],
        "note": place.note,
    }


def _policy(policy: LocalPolicy, day: dt.date) -> dict[str, Any]:
    return {
        "id": policy.id,
        "title": policy.title,
        "kind": policy.kind,
        "disciplines": list(policy.disciplines),
        "status": policy.status_on(day),
        "from": iso(policy.first),
        "to": iso(policy.last),
        "last_seen": policy.last_seen,
        "note": policy.note,
        **according_to(policy.source, policy.evidence),
    }
