"""A file of X12 as it is checked: what it holds and what is wrong in it, and its claims a part at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

import msgspec
import numpy as np

from quarterhour.domain.money import Cents
from quarterhour.interchange.x12 import Defect, Summary, lists_of, stream
from quarterhour.interchange.x12.records import TakenClaim, records_of
from quarterhour.interchange.x12.segments import IDENTS
from quarterhour.policy import Policy

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
    """

    source: str | bytes
    kinds: dict[str, int]
    guides: tuple[str, ...]
    claims: int
    lines: int
    charge: Cents | None
    paid: Cents | None
    defects: tuple[Defect, ...]
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


def scanned(source: str | bytes, policy: Policy) -> ClaimFile:
    """Read a file through once and hold it against the code lists of the policy; counts and defects are kept of it.

    Raises:
        NotX12: if no X12 segment can be found.
        TooLong: if one claim or segment is longer than the reader holds.
        OSError: if the path cannot be read.

    """
    summary, defects = Summary(), []
    guides: dict[str, None] = {}
    acknowledged = False
    for chunk in stream(source, summary=summary, lists=lists_of(policy)):
        defects += chunk.defects.records()
        if chunk.kind.guide:
            guides[chunk.kind.guide] = None
        acknowledged = acknowledged or "interchanges" in chunk.tables
    charged = any(kind.startswith("837") or kind == _PAID for kind in summary.kinds)
    return ClaimFile(
        source=source,
        kinds={kind: count for kind, count in summary.kinds.items() if kind != _ENVELOPE},
        guides=tuple(guides),
        claims=summary.claims,
        lines=summary.lines,
        charge=summary.charge if charged else None,
        paid=summary.paid,
        defects=tuple(defects),
        acknowledged=acknowledged,
    )


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


def claims_in(source: str | bytes, wanted: Callable[[str], bool] | None = None) -> Iterator[list[TakenClaim]]:
    """The claims of a file, a part of bounded size at a time; defects are :func:`scanned`'s.

    ``wanted`` leaves only those of members whose identifier it takes.
    """
    for chunk in stream(source, snip=0):
        if chunk.kind.name in CLAIMS and chunk.tables:
            yield records_of(chunk.tables, wanted)
