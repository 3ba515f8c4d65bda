"""What makes an import refuse a file that reads well by itself: it is another than its name says, or not all of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.claim import ClaimType
from quarterhour.domain.code import code_number, code_text
from quarterhour.interchange.cms_files import Reading
from quarterhour.interchange.errors import BadOfficialFile
from quarterhour.policy import Policy
from quarterhour.policy.edits import CLAIM_TYPES, SPAN
from quarterhour.policy.forms import FORMS
from quarterhour.policy.keeping import NewEdition
from quarterhour.policy.tables import Edition, Version
from quarterhour.workflows.errors import BadRequest

CLAIMS: Final = (*CLAIM_TYPES, "equipment")
_UNKNOWN: Final = "unknown"
_PAIRS: Final[dict[str, ClaimType]] = {"ptp-professional": "professional", "ptp-institutional": "institutional"}
_BY_CODE: Final = {"mue-professional", "mue-institutional", "pprrvu"}
#: A table that has fewer of the therapy codes than this is not that table, or not all of it.
_ENOUGH: Final = 0.5
_SHOWN: Final = 6


def named(reading: Reading, policy: Policy, *, asked: str | None) -> Reading:
    """A pair table with the claim type its indicators speak for, where the names do not say or say another.

    A few therapy pairs have another indicator for practitioners than for hospitals; those decide.

    Raises:
        BadOfficialFile: where nothing says it, or the name says another than the indicators.

    """
    practitioners = _agreement(reading, policy, "professional", "institutional")
    hospitals = _agreement(reading, policy, "institutional", "professional")
    likely, sure = "professional" if practitioners > hospitals else "institutional", practitioners != hospitals
    told = reading.table.rpartition("-")[2]
    if told == _UNKNOWN:
        if not sure:
            raise BadOfficialFile(
                reading.source.where,
                "neither the file nor its name says whether it is the table of practitioners or of hospitals",
                f"say it with --claim {'|'.join(CLAIMS)}",
            )
        return msgspec.structs.replace(reading, table=reading.table.removesuffix(_UNKNOWN) + likely)
    if reading.table == f"ptp-{told}" and told in CLAIM_TYPES and sure and likely != told and asked is None:
        raise BadOfficialFile(
            reading.source.where,
            f"its name says {told} claims, but its indicators are those of {likely} claims",
            f"look at which file it is; --claim {told} takes it as named",
        )
    return reading


def _agreement(reading: Reading, policy: Policy, claim: ClaimType, other: ClaimType) -> int:
    """How many pairs have the indicator of one claim type where the built-in facts of the other have another."""
    keys, indicators = _built_in(policy, claim)
    theirs = dict(zip(*(column.tolist() for column in _built_in(policy, other)), strict=True))
    here = reading.columns["key"]
    hits = 0
    for key, indicator in zip(keys.tolist(), indicators.tolist(), strict=True):
        if theirs.get(key, indicator) != indicator:
            last = int(np.searchsorted(here, key, side="right")) - 1
            hits += bool(here[last] == key and reading.columns["indicator"][last] == indicator)
    return hits


def _built_in(policy: Policy, claim: ClaimType) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Keys and indicators of the built-in pair edits of a claim type."""
    begin, end = policy.pairs.starts[CLAIM_TYPES.index(claim) :][:2]
    return np.array(policy.pairs.keys[begin:end]), np.array(policy.pairs.indicators[begin:end])


def complete(reading: Reading, policy: Policy) -> None:
    """Refuse a table that lacks what the built-in facts say is in it: official tables keep what has ended.

    Raises:
        BadOfficialFile: naming the codes.

    """
    if reading.table in _PAIRS:
        ours = np.unique(_built_in(policy, _PAIRS[reading.table])[0] // SPAN)
        missing = np.setdiff1d(ours, reading.columns["key"] // SPAN)
        few, remedy = missing.size > 0, "a part (f1, f2, ...) is missing: give all parts in one command"
    elif reading.table in _BY_CODE:
        ours = np.array([code_number(code) for code in policy.codes], dtype=np.int64)
        missing = np.setdiff1d(ours, reading.columns["code"])
        few, remedy = missing.size > _ENOUGH * ours.size, "the file is not whole: download it again"
    else:
        return
    if few:
        codes = ", ".join(code_text(int(code)) for code in missing[:_SHOWN])
        more = f" and {missing.size - _SHOWN} more" if missing.size > _SHOWN else ""
        raise BadOfficialFile(
            reading.source.where, f"it has no record of {codes}{more}, which are in every release", remedy
        )


def counted(readings: Sequence[Reading], records: int) -> None:
    """Refuse a table that has another number of records than was announced.

    Raises:
        BadOfficialFile: with both numbers.
        BadRequest: for several tables.

    """
    if len(readings) > 1:
        raise BadRequest(f"a number of records is that of one table; these are {len(readings)}")
    if readings[0].rows != records:
        raise BadOfficialFile(readings[0].source.where, f"has {readings[0].rows:,} records, {records:,} were announced")


def in_order(new: Sequence[NewEdition], parent: Version | None, *, allow_gaps: bool, allow_older: bool) -> None:
    """Refuse an older release in the place of a newer, and releases between which one is missing.

    Only a table that tells history is replaced by another release; of the others each speaks for its own days.

    Raises:
        BadOfficialFile: for either.

    """
    for edition in new:
        held = parent.of(edition.table) if parent else ()
        where = edition.origins[0].file
        if FORMS[edition.table].tells_history:
            newer = [one for one in held if one.first > edition.first]
            if newer and not allow_older:
                raise BadOfficialFile(
                    where,
                    f"is release {edition.release}, and {newer[0].release} is already in force",
                    "take it nonetheless with --allow-older",
                )
        elif not allow_gaps:
            others = [(one.first, one.through) for one in held if _beside(one, edition)]
            others += [(one.first, one.through) for one in new if _beside(one, edition)]
            _no_gap(where, edition, others)


def _beside(one: Edition | NewEdition, edition: NewEdition) -> bool:
    """Whether it is another release of the same table."""
    return one.table == edition.table and one.variant == edition.variant and one.first != edition.first


def _no_gap(where: str, edition: NewEdition, others: Sequence[tuple[dt.date, dt.date | None]]) -> None:
    one_day = dt.timedelta(days=1)
    before = max((through for first, through in others if first < edition.first and through), default=None)
    after = min((first for first, _ in others if first > edition.first), default=None)
    gap = None
    if before and before + one_day < edition.first:
        gap = before + one_day, edition.first - one_day
    elif after and edition.through and edition.through + one_day < after:
        gap = edition.through + one_day, after - one_day
    if gap:
        raise BadOfficialFile(
            where,
            f"is release {edition.release} of {edition.table}; the release of {gap[0]} to {gap[1]} is missing",
            "import that one first or together with it, or answer its days from the one before with --allow-gaps",
        )
