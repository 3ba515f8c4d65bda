"""Which Medicare contractor answers for a place, and its local policies of therapy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quarterhour.policy.places import LocalPolicy
from quarterhour.workflows.asked import FORMAT, Day, according_to, cited, day_of, iso, policy_of


def mac(state_or_zip: str, *, on: Day = None, policy_folders: Sequence[str | Path] = ()) -> dict[str, Any]:
    """The contractor of a state or ZIP code (contract, section 6).

    ``status`` of a policy is what is known for the date asked; ``last_seen`` the day it was last seen so.
    ``locality`` is null: fee schedule localities are not held.

    Raises:
        UnknownName: for a state or ZIP code there is not.

    """
    policy, day = policy_of(policy_folders), day_of(on)
    place = policy.contractors.place(state_or_zip)
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
        "locality": None,
        "note": place.note,
        "sources": [cited(place.source, place.evidence)],
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
