"""Remittances as ExplanationOfBenefit, and what of them stands in none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec
import numpy as np

from quarterhour.domain.settlement import Settled
from quarterhour.interchange.x12 import Chunk, stream
from quarterhour.interchange.x12.segments import IDENTS
from quarterhour.interchange.x12.settlements import settlements_of
from quarterhour.interchange.x12.values import unkey

REMITTANCE: Final = "835"
_ALL: Final = frozenset[str]()
#: Segments an explanation holds something of; those of some qualifiers only with these.
_HELD: Final[dict[str, frozenset[str]]] = {
    **dict.fromkeys(("ISA", "GS", "ST", "BPR", "TRN", "LX", "CLP", "CAS", "SVC", "LQ", "SE", "GE", "IEA"), _ALL),
    "N1": frozenset({"PR", "PE"}),
    "NM1": frozenset({"QC", "IL", "82", "74"}),
    "DTM": frozenset({"405", "472", "150", "151"}),
    "REF": frozenset({"6R", "EA", "1L", "G1"}),
    "AMT": frozenset({"B6"}),
    "MOA": _ALL,
    "MIA": _ALL,
}


class Explained(msgspec.Struct, frozen=True):
    """The bundle as JSON text, how many claims it explains, and what was left out with its number."""

    data: bytes
    claims: int
    left_out: Counter[str]


def explained(source: Path | bytes) -> Explained:
    """The remittances of a file as a bundle of ExplanationOfBenefit.

    Raises:
        NotX12: if no X12 segment can be found.
        OSError: if the file cannot be read.

    """
    from quarterhour.interchange.fhir.writer import write_explanations
    from quarterhour.interchange.fhir.writing.pen import text_of

    left: Counter[str] = Counter()
    every = list(_settled(source, left))
    text = text_of(write_explanations(every)) + "\n"
    return Explained(text.encode(), len(every), left)


def _settled(source: Path | bytes, left: Counter[str]) -> Iterator[Settled]:
    for chunk in stream(source, snip=0):
        if chunk.kind.name != REMITTANCE:
            left[f"transactions that are no remittance: {chunk.kind.name}"] += chunk.tables["transactions"].rows
            continue
        taken, without = settlements_of(chunk.tables)
        left.update(without)
        left.update(_unread(chunk))
        for one in taken:
            left.update(one.left_out)
            yield one.settled


def _unread(chunk: Chunk) -> Counter[str]:
    """Segments of which no explanation holds anything, with their qualifier where that decides it."""
    parts, found = chunk.segments, Counter[str]()
    for number in np.unique(parts.ident[parts.carried :]).tolist():
        rows = np.flatnonzero(parts.ident == number)
        rows = rows[rows >= parts.carried]
        name = IDENTS[number]
        held = _HELD.get(name)
        if held is None:
            found[f"segments {name}"] += rows.size
        elif held:
            signs, counts = np.unique(parts.words(rows, 1), return_counts=True)
            for sign, count in zip(signs.tolist(), counts.tolist(), strict=True):
                if unkey(sign) not in held:
                    found[f"segments {name}*{unkey(sign)}"] += count
    return found
