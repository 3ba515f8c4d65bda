"""The claims of files in the work folder of a scrub, dealt by patient."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from quarterhour.workflows.claim_shelf import packed, part_of, unpacked
from quarterhour.workflows.given_claims import GivenClaim
from quarterhour.workflows.scrub.deal import read_part, write_parts
from quarterhour.workflows.scrub.rows import PLACE

#: The column that holds claims, some of a part together.
_CLAIMS: Final = "quarterhour.claims"
#: So many of them, since what they share is looked for among all that lie together.
_TOGETHER: Final = 200


def lay_down(path: Path, claims: Sequence[GivenClaim], begin: int, parts: int) -> None:
    """Write claims of one file to a file, by the part of their patients; ``begin`` is the file's place among all."""
    of_part: dict[int, list[GivenClaim]] = {}
    for one in claims:
        of_part.setdefault(part_of(one, parts), []).append(one)
    laid = [
        (part, packed(held[first : first + _TOGETHER]))
        for part, held in of_part.items()
        for first in range(0, len(held), _TOGETHER)
    ]
    table = pa.table(
        {
            PLACE: pa.array([begin] * len(laid), pa.int64()),
            _CLAIMS: pa.array([content for _, content in laid], pa.binary()),
        }
    )
    write_parts(path, table, np.array([part for part, _ in laid], dtype=np.int64), parts)


def taken(paths: Iterable[Path], part: int) -> Iterator[tuple[int, GivenClaim]]:
    """The claims of a part in their order, each with the place of its file among all; ``paths`` are in order."""
    for path in paths:
        table = read_part(path, part)
        for begin, held in zip(table.column(PLACE).to_pylist(), table.column(_CLAIMS).to_pylist(), strict=True):
            for one in unpacked(held):
                yield begin, one
