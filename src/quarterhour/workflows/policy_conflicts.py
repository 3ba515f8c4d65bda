"""Where imported tables and built-in facts say different things of the same day. The import wins; both are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from quarterhour.domain.claim import ClaimType
from quarterhour.domain.code import code_number, code_text
from quarterhour.policy import Policy, load
from quarterhour.policy.edits import CLAIM_TYPES, SPAN, WITHDRAWN, PairInterval
from quarterhour.policy.errors import NotKnown
from quarterhour.policy.fee_schedule import INDEX_PLACES, VALUE_PLACES, CostIndices, RelativeValue, unscaled
from quarterhour.policy.forms import FOREVER
from quarterhour.policy.tables import Columns, Version, open_edition

_FACTORS: Final = {
    "": "cms/conversion_factor:conversion_factor",
    "not-qualifying": "cms/conversion_factor:conversion_factor",
    "qualifying": "cms/conversion_factor:conversion_factor_qualifying",
}


def conflicts(built_in: Policy, held: Version) -> list[dict[str, Any]]:
    """What differs: ``table``, ``codes``, ``what`` in words, and how each of the two says it.

    Only days both speak of are compared: an edit that ended after the built-in release is a change, not a conflict.
    """
    return [
        *_pairs(built_in, held),
        *_unlikely(built_in, held),
        *_factors(built_in, held),
        *_relative_values(built_in, held),
        *_cost_indices(built_in, held),
    ]


def _row(table: str, codes: list[str], what: str, built_in: str | None, imported: str | None) -> dict[str, Any]:
    return {"table": table, "codes": codes, "what": what, "built_in": built_in, "imported": imported}


def _pairs(policy: Policy, held: Version) -> Iterator[dict[str, Any]]:
    for claim in CLAIM_TYPES:
        table = f"ptp-{claim}"
        for edition in held.of(table):
            columns = open_edition(held, edition)
            for one, two in _built_in_pairs(policy, claim):
                yield from _pair(policy, claim, columns, one, two)
            for one, two in _only_imported(policy, claim, columns):
                edit = _imported_intervals(columns, one, two, policy.pairs.releases[claim].as_of)
                yield _row(table, [one, two], "an edit the built-in facts do not have", None, _words(edit))


def _built_in_pairs(policy: Policy, claim: ClaimType) -> list[tuple[str, str]]:
    begin, end = policy.pairs.starts[CLAIM_TYPES.index(claim) :][:2]
    keys = dict.fromkeys(policy.pairs.keys[begin:end])
    return [(code_text(key // SPAN), code_text(key % SPAN)) for key in keys]


def _pair(policy: Policy, claim: ClaimType, columns: Columns, one: str, two: str) -> Iterator[dict[str, Any]]:
    as_of = policy.pairs.as_of(one, two, claim)
    begins = policy.pairs.releases[claim].covers_from
    ours = [edit for edit in policy.pairs.intervals(one, two, claim) if edit.column1 == one]
    theirs = [
        edit for edit in _imported_intervals(columns, one, two, as_of) if edit.last is None or edit.last >= begins
    ]
    if _said(ours, begins) != _said(theirs, begins) and not _same_but_for_unknown_starts(ours, theirs):
        yield _row(f"ptp-{claim}", [one, two], _difference(ours, theirs), _words(ours), _words(theirs))


def _said(edits: list[PairInterval], begins: dt.date) -> list[tuple[dt.date | None, dt.date | None, str]]:
    return [(edit.first if edit.first and edit.first > begins else None, edit.last, edit.indicator) for edit in edits]


def _same_but_for_unknown_starts(ours: list[PairInterval], theirs: list[PairInterval]) -> bool:
    """Whether the built-in facts only lack first days."""
    return len(ours) == len(theirs) and all(
        (one.last, one.indicator) == (other.last, other.indicator) and one.first in {None, other.first}
        for one, other in zip(ours, theirs, strict=True)
    )


def _difference(ours: list[PairInterval], theirs: list[PairInterval]) -> str:
    if not theirs:
        return "an edit only the built-in facts have"
    for name, what in (("indicator", "the indicator differs"), ("last", "the last day differs")):
        if [getattr(edit, name) for edit in ours] != [getattr(edit, name) for edit in theirs]:
            return what if len(ours) == len(theirs) else "the days in force differ"
    return "the first day differs"


def _imported_intervals(columns: Columns, one: str, two: str, as_of: dt.date) -> list[PairInterval]:
    """The edits of a pair in an imported table as of an earlier day: what ended later was in force then."""
    key = code_number(one) * SPAN + code_number(two)
    begin, end = np.searchsorted(columns["key"], [key, key + 1])
    found = []
    for row in range(int(begin), int(end)):
        first, last, indicator = (int(columns[name][row]) for name in ("first", "last", "indicator"))
        if indicator == WITHDRAWN or first > as_of.toordinal():
            continue
        over = last != FOREVER and last <= as_of.toordinal()
        found.append(
            PairInterval(
                one,
                two,
                str(indicator),
                dt.date.fromordinal(first),
                dt.date.fromordinal(last) if over else None,
                "primary",
            )
        )
    return found


def _only_imported(policy: Policy, claim: ClaimType, columns: Columns) -> list[tuple[str, str]]:
    """Pairs the built-in facts speak of and have no edit for, which the import had in force when they were taken."""
    release = policy.pairs.releases[claim]
    listed = np.array(sorted(policy.pairs.listed_numbers))
    against_any = np.array([code_number(code) for code in sorted(policy.pairs.against_any)])
    one, two = columns["key"] // SPAN, columns["key"] % SPAN
    asked = (np.isin(one, listed) & np.isin(two, listed)) | np.isin(one, against_any) | np.isin(two, against_any)
    asked &= (columns["indicator"] != WITHDRAWN) & (columns["first"] <= release.as_of.toordinal())
    asked &= columns["last"] >= release.covers_from.toordinal()
    begin, end = policy.pairs.starts[CLAIM_TYPES.index(claim) :][:2]
    extra = np.setdiff1d(columns["key"][asked], np.array(policy.pairs.keys[begin:end]))
    return [(code_text(key // SPAN), code_text(key % SPAN)) for key in extra.tolist()]


def _unlikely(policy: Policy, held: Version) -> Iterator[dict[str, Any]]:
    for claim in CLAIM_TYPES:
        release = policy.unlikely.releases[claim][0]
        for edition in held.of(f"mue-{claim}"):
            if not (edition.first <= release.as_of and (edition.through is None or release.as_of <= edition.through)):
                continue
            columns = open_edition(held, edition)
            theirs = dict(zip(columns["code"].tolist(), columns["units"].tolist(), strict=True))
            for code in policy.codes:
                limit = policy.unlikely.limit(code_number(code), claim, release.as_of)
                units = theirs.get(code_number(code))
                if limit and limit.units != units:
                    imported = None if units is None else f"{units} units"
                    yield _row(edition.table, [code], "the most units differ", f"{limit.units} units", imported)


def _factors(policy: Policy, held: Version) -> Iterator[dict[str, Any]]:
    for edition in held.of("pprrvu"):
        factors = open_edition(held, edition)["conversion_factor"]
        factor = int(factors.max()) if factors.size else 0
        try:
            ours = str(policy.parameter(_FACTORS[edition.variant]).on(edition.first).value)
        except NotKnown:
            continue
        theirs = f"{factor // 10_000}.{factor % 10_000:04d}"
        if factor and ours != theirs:
            what = f"the conversion factor of {edition.first} differs"
            yield _row("pprrvu", [], what, ours, theirs)


def _relative_values(policy: Policy, held: Version) -> Iterator[dict[str, Any]]:
    imported = load(held=held).fees
    for first in sorted({edition.first for edition in held.of("pprrvu")}):
        for code in policy.codes:
            try:
                ours, theirs = policy.fees.values(code, first), imported.values(code, first)
            except NotKnown:
                continue
            if _amounts(ours) != _amounts(theirs):
                yield _row("pprrvu", [code], f"the relative values of {first} differ", _amounts(ours), _amounts(theirs))


def _amounts(held: RelativeValue) -> str:
    parts = (held.work, held.office, held.facility, held.malpractice)
    shown = " / ".join("NA" if part is None else unscaled(part, VALUE_PLACES) for part in parts)
    return f"{shown}, status {held.status}, multiple procedures {held.multiple}"


def _cost_indices(policy: Policy, held: Version) -> Iterator[dict[str, Any]]:
    imported = load(held=held).fees
    for first in sorted({edition.first for edition in held.of("gpci")}):
        for place in policy.localities:
            try:
                ours, theirs = (fees.indices(place.carrier, place.number, first) for fees in (policy.fees, imported))
            except NotKnown:
                continue
            if _indices(ours) != _indices(theirs):
                what = f"the cost indices of locality {place.carrier}-{place.number} of {first} differ"
                yield _row("gpci", [], what, _indices(ours), _indices(theirs))


def _indices(held: CostIndices) -> str:
    return " / ".join(unscaled(part, INDEX_PLACES) for part in (held.work, held.expense, held.malpractice))


def _words(edits: list[PairInterval]) -> str | None:
    """Edits as people read them."""
    return (
        "; ".join(
            f"{edit.first or 'start not known'} to {edit.last or 'still in force'}, indicator {edit.indicator}"
            for edit in edits
        )
        or None
    )
