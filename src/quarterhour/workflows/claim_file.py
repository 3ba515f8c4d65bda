"""A file of X12 as it is checked: what it holds and what is wrong in it, and its claims a part at a time."""

from __future__ import annotations

import functools
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from typing import Final

import msgspec
import numpy as np

from quarterhour.domain.money import Cents
from quarterhour.interchange.x12 import Chunk, Defect, Summary, lists_of, stream
from quarterhour.interchange.x12.records import ClaimHead, TakenClaim, heads_of, records_of
from quarterhour.interchange.x12.segments import IDENTS
from quarterhour.policy import Policy
from quarterhour.workflows.claim_places import x12_place
from quarterhour.workflows.given_claims import Claims, GivenClaim

CLAIMS: Final = ("837P", "837I")
#: Segments of which claim records hold something.
_HELD: Final = frozenset(
    {
        "ISA", "GS", "ST", "BHT", "NM1", "N3", "N4", "PER", "HL", "PRV", "SBR", "PAT", "DMG", "REF", "CLM", "DTP",
        "CL1", "PWK", "AMT", "NTE", "HI", "OI", "CAS", "LX", "SV1", "SV2", "SVD", "SE", "GE", "IEA",
    }
)  # fmt: skip
_PAID: Final = "835"
_ENVELOPE: Final = "envelope"
_ACKNOWLEDGED: Final = "ta1"


class ClaimFile(msgspec.Struct, frozen=True):
    """What was counted in a file, and its defects. ``source`` is its path, or its bytes where it has none.

    ``kinds`` has the claims of every kind of transaction, in the order of their first; ``kind`` is the first of them.
    ``levels`` has how many defects of every level there are, also where ``defects`` are but the first.
    """

    source: str | bytes
    kinds: dict[str, int]
    guides: tuple[str, ...]
    claims: int
    lines: int
    charge: Cents | None
    paid: Cents | None
    defects: tuple[Defect, ...]
    levels: dict[str, int]
    segments: int
    acknowledged: bool = False

    @property
    def kind(self) -> str | None:
        """The kind as reports have it: ``837p``, ``837i``, ``835``, ``277ca``, ``999``, ``ta1``; None for none."""
        if not self.kinds:
            return _ACKNOWLEDGED if self.acknowledged else None
        return next(iter(self.kinds)).lower()

    @property
    def has_claims(self) -> bool:
        """Whether there are claims in it for the rules to judge."""
        return any(self.kinds.get(kind) for kind in CLAIMS)


class Scan:
    """Adds up what a file holds while it is read; of its defects the first ``most`` are kept, and all are counted."""

    def __init__(self, source: str | bytes, policy: Policy, most: int | None = None) -> None:
        """Hold the file against the code lists of the policy."""
        self._source, self._lists, self._most = source, lists_of(policy), most
        self._summary = Summary()
        self._defects: list[Defect] = []
        self._levels: Counter[str] = Counter()
        self._guides: dict[str, None] = {}
        self._acknowledged = False

    def chunks(self) -> Iterator[Chunk]:
        """The file part by part, each taken into account before it is given.

        Raises:
            NotX12: if no X12 segment can be found.
            TooLong: if one claim or segment is longer than the reader holds.
            OSError: if the path cannot be read.

        """
        for chunk in stream(self._source, summary=self._summary, lists=self._lists):
            defects = chunk.defects.records()
            self._levels.update(defect.level for defect in defects)
            room = None if self._most is None else max(0, self._most - len(self._defects))
            self._defects += defects[:room]
            if chunk.kind.guide:
                self._guides[chunk.kind.guide] = None
            self._acknowledged = self._acknowledged or "interchanges" in chunk.tables
            yield chunk

    def found(self) -> ClaimFile:
        """What was found so far."""
        summary = self._summary
        charged = any(kind.startswith("837") or kind == _PAID for kind in summary.kinds)
        return ClaimFile(
            source=self._source,
            kinds={kind: count for kind, count in summary.kinds.items() if kind != _ENVELOPE},
            guides=tuple(self._guides),
            claims=summary.claims,
            lines=summary.lines,
            charge=summary.charge if charged else None,
            paid=summary.paid,
            defects=tuple(self._defects),
            levels=dict(self._levels),
            segments=summary.segments,
            acknowledged=self._acknowledged,
        )


def scanned(source: str | bytes, policy: Policy) -> ClaimFile:
    """Read a file through once and hold it against the code lists of the policy; counts and defects are kept of it.

    Raises:
        NotX12: if no X12 segment can be found.
        TooLong: if one claim or segment is longer than the reader holds.
        OSError: if the path cannot be read.

    """
    scan = Scan(source, policy)
    for _ in scan.chunks():
        pass
    return scan.found()


def unread_segments(source: str | bytes) -> dict[str, int]:
    """The segments of claims that no claim record holds anything of, by their id, with their number."""
    found: Counter[str] = Counter()
    for chunk in stream(source, snip=0):
        if chunk.kind.name in CLAIMS:
            numbers = chunk.segments.ident[chunk.segments.carried :]
            for number, count in zip(*np.unique(numbers, return_counts=True), strict=True):
                if IDENTS[int(number)] not in _HELD:
                    found[IDENTS[int(number)]] += int(count)
    return dict(sorted(found.items()))


def claims_in(source: str | bytes) -> Iterator[list[TakenClaim]]:
    """The claims of a file, a part of bounded size at a time; defects are :func:`scanned`'s."""
    for chunk in stream(source, snip=0):
        yield taken_of(chunk)


def taken_of(chunk: Chunk) -> list[TakenClaim]:
    """The claims of a part of a file; none of a transaction that holds none."""
    return records_of(chunk.tables) if chunk.kind.name in CLAIMS and chunk.tables else []


def heads_in(source: str | bytes) -> Iterator[tuple[list[ClaimHead], Callable[[Collection[int]], list[TakenClaim]]]]:
    """The heads of the claims of a file, a part at a time, and what makes the claims of some of them (by segment)."""
    for chunk in stream(source, snip=0):
        if chunk.kind.name in CLAIMS and chunk.tables:
            yield heads_of(chunk.tables), functools.partial(records_of, chunk.tables)


def given_of(taken: TakenClaim) -> GivenClaim:
    """A claim with its place, the segment of its CLM."""
    return GivenClaim(taken.segment, taken.claim, x12_place(taken), left_out=tuple(why for _, why in taken.left_out))


def claims_of_x12(file: ClaimFile) -> Claims:
    """The claims of a file of X12, read from it anew whenever they are asked for."""

    def given() -> Iterator[GivenClaim]:
        return (given_of(one) for part in claims_in(file.source) for one in part)

    size = len(file.source) if isinstance(file.source, bytes) else os.stat(file.source).st_size  # noqa: PTH116
    return Claims(size, given)
