"""What changes from one day to another, or from one version of the imported tables to another."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np

from quarterhour.domain.code import code_number
from quarterhour.policy import Policy, load
from quarterhour.policy.edits import CLAIM_TYPES, EditTable, Release
from quarterhour.policy.errors import NotKnown
from quarterhour.policy.tables import BUILT_IN, CURRENT, store_folder, version
from quarterhour.workflows import value_changes as values
from quarterhour.workflows.asked import FORMAT, Day, code_of, day_of, held_version, iso, today
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.pair_changes import Change, Codes, between_days, between_versions

_ID: Final = re.compile(r"[0-9a-f]{4,16}")
_SEPARATORS: Final = re.compile(r"[\s,;]+")


class Side(msgspec.Struct, frozen=True):
    """One of the two that are compared."""

    policy: Policy
    day: dt.date
    version: str | None


def policy_diff(
    one: str | dt.date,
    other: str | dt.date,
    *,
    codes: Sequence[str] = (),
    every_code: bool = False,
    on: Day = None,
    store: Path | None = None,
    policy_folders: Sequence[str | Path] = (),
) -> dict[str, Any]:
    """What changes between two days (ISO, ``today``, ``next-quarter``) or two versions, in words.

    A version is an id, ``built-in`` or ``current``.
    ``codes`` are those somebody bills: of pairs those with one of them count. None named: the therapy codes that are
    known, of pairs those of two of them; ``every_code``: all. ``on`` is the day versions are compared for.

    Raises:
        BadRequest: for a day and a version, two days in the wrong order, or no day at all.
        NoSuchVersion: for a version the store does not have.

    """
    folders = [Path(folder) for folder in policy_folders]
    first, second = _sides(one, other, on, store, folders)
    named = [code_of(code) for code in codes]
    wanted = named or list(second.policy.codes)
    filtered = None if every_code else Codes(np.array([code_number(code) for code in wanted]), both=not named)
    if first.version == second.version:
        changes = [*between_days(second.policy, first.day, second.day, filtered), *_of_days(first, second, wanted)]
    else:
        changes = [*between_versions(first.policy, second.policy, filtered), *_of_versions(first, second, wanted)]
    return {
        "format": FORMAT,
        "from": _side_row(first),
        "to": _side_row(second),
        "codes": named,
        "changes": [_row(change) for change in changes],
        "not_known": list(_not_known(first, second)),
        "summary": dict(Counter(change.area for change in changes)),
    }


def codes_in(text: str) -> list[str]:
    """The codes of a file of one's own: parted by blanks, commas or lines; ``#`` begins a remark.

    Raises:
        BadRequest: for anything else.

    """
    lines = (line.partition("#")[0] for line in text.splitlines())
    return [code_of(word) for line in lines for word in _SEPARATORS.split(line) if word]


def _sides(
    one: str | dt.date, other: str | dt.date, on: Day, store: Path | None, folders: list[Path]
) -> tuple[Side, Side]:
    days = [_day(text) for text in (one, other)]
    if days[0] and days[1]:
        if days[0] >= days[1]:
            raise BadRequest(f"the first day must lie before the second; {days[0]} does not lie before {days[1]}")
        held = version(store) if store else held_version()
        policy = load(folders, held)
        name = held.id if held else BUILT_IN
        return Side(policy, days[0], name), Side(policy, days[1], name)
    if days[0] or days[1]:
        raise BadRequest("expected two days, or two versions, not one of each")
    day = day_of(on)
    ids = [str(text) for text in (one, other)]
    strange = next((text for text in ids if text not in {BUILT_IN, CURRENT} and not _ID.fullmatch(text)), None)
    if strange:
        raise BadRequest(f"expected a day such as 2026-10-01, today, next-quarter, or a version, got {strange!r}")
    sides = []
    for text in ids:
        held = version(store_folder(store), text)
        sides.append(Side(load(folders, held), day, held.id if held else BUILT_IN))
    return sides[0], sides[1]


def _day(text: str | dt.date) -> dt.date | None:
    """A day, None for what is not one."""
    if isinstance(text, dt.date):
        return text
    if text == "today":
        return today()
    if text == "next-quarter":
        return _next_quarter(today())
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _next_quarter(day: dt.date) -> dt.date:
    quarter = (day.month - 1) // 3
    return dt.date(day.year + 1, 1, 1) if quarter == 3 else dt.date(day.year, 3 * quarter + 4, 1)


def _of_days(first: Side, second: Side, wanted: list[str]) -> Iterator[Change]:
    one, other = (first.policy, first.day), (second.policy, second.day)
    yield from values.codes(one, other, wanted)
    yield from values.limits(one, other, wanted)
    yield from values.amounts(one, other, wanted)
    yield from values.parameters(one, other)
    yield from values.modifiers(one, other)
    yield from values.payers(one, other)
    yield from values.local_policies(one, other)
    yield from values.diagnoses(one, other)


def _of_versions(first: Side, second: Side, wanted: list[str]) -> Iterator[Change]:
    """Between versions only what is imported can differ; limits and amounts are those of the day asked for."""
    one, other = (first.policy, first.day), (second.policy, second.day)
    yield from values.limits(one, other, wanted)
    yield from values.amounts(one, other, wanted)
    yield from values.diagnoses(one, other)


def _not_known(first: Side, second: Side) -> Iterator[str]:
    """What cannot be compared, or only as of an earlier release."""
    for claim in dict.fromkeys((*first.policy.pairs.releases, *second.policy.pairs.releases)):
        yield from _pairs_not_known(first, second, claim)
    for claim in dict.fromkeys((*first.policy.unlikely.releases, *second.policy.unlikely.releases)):
        yield from _limits_not_known(first, second, claim)
    for side in (first, second):
        try:
            side.policy.fees.release("relative_values", side.day)
        except NotKnown:
            yield f"relative values of {side.day}"


def _pairs_not_known(first: Side, second: Side, claim: EditTable) -> Iterator[str]:
    edits = f"pair edits of {claim} claims"
    release = second.policy.pairs.releases.get(claim)
    if release and first.version == second.version and first.day < release.covers_from:
        yield f"{edits} before {release.covers_from}"
    if (claim in first.policy.pairs.whole) != (claim in second.policy.pairs.whole):
        lacking = "the built-in therapy pairs" if claim in CLAIM_TYPES else "none"
        yield f"{edits}: one side has the official table, the other {lacking}"
    if release:
        yield from _latest(edits, release, second.day)


def _limits_not_known(first: Side, second: Side, claim: EditTable) -> Iterator[str]:
    limits = f"most units (MUE) of {claim} claims"
    both = [side.policy.unlikely.releases.get(claim) for side in (first, second)]
    if not all(both):
        yield f"{limits}: one side has the official table, the other none"
        return
    begins = max(releases[0].covers_from for releases in both if releases)
    if min(first.day, second.day) < begins:
        yield f"{limits} before {begins}"
    yield from _latest(limits, second.policy.unlikely.release_on(claim, second.day), second.day)


def _latest(what: str, release: Release, day: dt.date) -> Iterator[str]:
    if release.is_older_than(day):
        yield f"{what} after {release.through or release.as_of}: the latest release held is {release.release}"


def _side_row(side: Side) -> dict[str, Any]:
    return {"day": side.day.isoformat(), "version": side.version, "hash": side.policy.digest}


def _row(change: Change) -> dict[str, Any]:
    row = msgspec.structs.asdict(change)
    return row | {"codes": list(change.codes), "on": iso(change.on)}
