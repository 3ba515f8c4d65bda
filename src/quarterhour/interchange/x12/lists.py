"""Code lists that a file is held against, out of the policy data; a caller may give others.

A list that is graded memory may have grown since: a code it does not have is told as a warning and not as an error.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from quarterhour.policy import Policy, load

_UNVERIFIED: Final = "memory"
#: The lists that are parameters of ``claims/lists``, and the sort of defect each of them decides.
_DECIDES: Final = {
    "states": "state-unknown",
    "frequencies": "frequency-unknown",
    "adjustment_reasons": "adjustment-reason-unknown",
    "status_categories": "status-category-unknown",
    "seventh_characters": "diagnosis-length-unusual",
}


@dataclass(frozen=True, slots=True)
class Lists:
    """Codes that may stand in a place; an empty list is not looked up in.

    ``lowered`` are sorts of defects that are no more than warnings, because the list they rest on is from memory.
    """

    states: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    frequencies: frozenset[str] = frozenset()
    adjustment_reasons: frozenset[str] = frozenset()
    status_categories: frozenset[str] = frozenset()
    #: First letters of the ICD-10-CM chapters that have codes of seven characters.
    seventh_characters: frozenset[str] = frozenset()
    lowered: frozenset[str] = frozenset()


def lists_of(policy: Policy) -> Lists:
    """The lists of a policy, as last published."""
    latest = {name: policy.parameter(f"claims/lists:{name}").values[-1] for name in _DECIDES}
    return Lists(
        **{name: frozenset(_every(value.value)) for name, value in latest.items()},
        places=frozenset(policy.places_of_service),
        lowered=frozenset(_DECIDES[name] for name, value in latest.items() if value.evidence == _UNVERIFIED),
    )


@functools.cache
def own_lists() -> Lists:
    """The lists of the built-in policy."""
    return lists_of(load())


def _every(codes: Iterable[str]) -> set[str]:
    return {one for code in codes for one in _span(code)}


def _span(code: str) -> set[str]:
    """``B1..B23`` as all codes from the first to the last; any other as itself."""
    first, dots, last = code.partition("..")
    if not dots:
        return {code}
    letters = first.rstrip("0123456789")
    low, high = int(first[len(letters) :]), int(last[len(letters) :])
    return {f"{letters}{number}" for number in range(low, high + 1)}
