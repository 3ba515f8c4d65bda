"""Claims on their way to a part: each whole, with its place, as bytes in the work folder.

A claim that was read need not be one that could be written: what stands in a file is kept as it stands, and would not
pass the checks of a claim in JSON. So claims are pickled; what is read back can make the parts of a claim and no more.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from quarterhour.domain.columns import IntArray
from quarterhour.workflows.given_claims import GivenClaim
from quarterhour.workflows.scrub.deal import part_of, read_part, write_parts
from quarterhour.workflows.scrub.rows import PLACE

#: The column that holds claims, some of a part together.
_CLAIMS: Final = "quarterhour.claims"
_PROTOCOL: Final = 5
#: Whose types a claim is made of.
_OURS: Final = (
    "quarterhour.domain.",
    "quarterhour.workflows.given_claims",
    "quarterhour.workflows.claim_places",
    "quarterhour.workflows.fhir_input",
)
_DAYS: Final = frozenset({"date", "datetime"})


class _Reader(pickle.Unpickler):
    """Makes the parts of claims and nothing else, whoever wrote into the work folder."""

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        """A type of ours, or a day.

        Raises:
            UnpicklingError: for anything else.

        """
        own = module_name.startswith(_OURS) and "." not in global_name
        if own or (module_name == "datetime" and global_name in _DAYS):
            found = super().find_class(module_name, global_name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError("the work folder holds something else than claims")


def lay_down(path: Path, claims: Sequence[GivenClaim], begin: int, parts: int) -> None:
    """Write claims of one file to a file, by the part of their patients; ``begin`` is the file's place among all."""
    of_part: dict[int, list[GivenClaim]] = {}
    for part, one in zip(_parts(claims, begin, parts).tolist(), claims, strict=True):
        of_part.setdefault(part, []).append(one)
    numbers = np.array(list(of_part), dtype=np.int64)
    table = pa.table(
        {
            PLACE: pa.array(np.full(numbers.size, begin)),
            _CLAIMS: pa.array([pickle.dumps(held, _PROTOCOL) for held in of_part.values()], pa.binary()),
        }
    )
    write_parts(path, table, numbers, parts)


def taken(paths: Iterable[Path], part: int) -> Iterator[tuple[int, GivenClaim]]:
    """The claims of a part in their order, each with the place of its file among all; ``paths`` are in order."""
    for path in paths:
        table = read_part(path, part)
        for begin, held in zip(table.column(PLACE).to_pylist(), table.column(_CLAIMS).to_pylist(), strict=True):
            for one in _Reader(io.BytesIO(held)).load():
                yield begin, one


def _parts(claims: Sequence[GivenClaim], begin: int, parts: int) -> IntArray:
    """The part of every claim: by patient, as rules know them, else by member, else any."""
    keys = [_key(one) or str(begin + one.order) for one in claims]
    return part_of(keys, parts)


def _key(given: GivenClaim) -> str:
    patient, coverage = given.claim.patient, given.claim.coverage
    own = (patient.id or "") if patient else ""
    return own or (coverage.member_id if coverage else "") or (patient.member_id if patient else None) or ""
