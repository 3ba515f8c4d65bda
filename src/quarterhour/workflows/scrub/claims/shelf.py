"""The claims of files in the work folder of a scrub, dealt by patient."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from quarterhour.domain.columns import IntArray
from quarterhour.workflows.claim_shelf import packed, unpacked
from quarterhour.workflows.given_claims import GivenClaim
from quarterhour.workflows.scrub.deal import part_of, read_part, write_parts
from quarterhour.workflows.scrub.rows import PLACE

#: The column that holds claims, some of a part together.
_CLAIMS: Final = "quarterhour.claims"


def lay_down(path: Path, claims: Sequence[GivenClaim], begin: int, parts: int) -> None:
    """Write claims of one file to a file, by the part of their patients; ``begin`` is the file's place among all."""
    of_part: dict[int, list[GivenClaim]] = {}
    for part, one in zip(_parts(claims, begin, parts).tolist(), claims, strict=True):
        of_part.setdefault(part, []).append(one)
    numbers = np.array(list(of_part), dtype=np.int64)
    table = pa.table(
        {
            PLACE: pa.array(np.full(numbers.size, begin)),
            _CLAIMS: pa.array([packed(held) for held in of_part.values()], pa.binary()),
        }
    )
    write_parts(path, table, numbers, parts)


def taken(paths: Iterable[Path], part: int) -> Iterator[tuple[int, GivenClaim]]:
    """The claims of a part in their order, each with the place of its file among all; ``paths`` are in order."""
    for path in paths:
        table = read_part(path, part)
        for begin, held in zip(table.column(PLACE).to_pylist(), table.column(_CLAIMS).to_pylist(), strict=True):
            for one in unpacked(held):
                yield begin, one


def _parts(claims: Sequence[GivenClaim], begin: int, parts: int) -> IntArray:
    """The part of every claim: by patient, as rules know them, else by member, else any."""
    keys = [_key(one) or str(begin + one.order) for one in claims]
    return part_of(keys, parts)


def _key(given: GivenClaim) -> str:
    patient, coverage = given.claim.patient, given.claim.coverage
    own = (patient.id or "") if patient else ""
    return own or (coverage.member_id if coverage else "") or (patient.member_id if patient else None) or ""
