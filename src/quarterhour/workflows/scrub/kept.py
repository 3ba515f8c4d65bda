"""What a judged part leaves in the work folder, and how it is taken up again: one part at a time.

    NAME.arrow   its findings, in the order of places, with their texts as lists of different ones
    NAME.npy     visits that rules could not judge which another part may name too
    NAME.sums    what it came to, as JSON
    NAME.json    what the run needs to know of it; written last, so that what has one is done

A run holds of a part no more than :class:`Done`, or memory would grow with the number of parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeVar

import msgspec
import numpy as np
import pyarrow as pa

from quarterhour.domain.columns import IntArray
from quarterhour.workflows.scrub.deal import Dealt
from quarterhour.workflows.scrub.steps import drafted, write_array, write_whole

#: Columns of findings that are text; those of claims are not there for visits that come by themselves.
TEXTS: Final = ("visit_id", "claim_id", "loop", "at")
#: Columns of texts that recur, each with its different ones as a list.
RECURRING: Final = ("message", "numbers", "payer", "provider")


class Sums(msgspec.Struct):
    """What was judged, of all or of one payer or provider; the charge is in cents, of the lines that have one."""

    visits: int = 0
    lines: int = 0
    charge: int = 0


class Unjudged(msgspec.Struct, frozen=True):
    """Visits a rule could not judge, and why; ``shared`` where another part may name the same visits again."""

    rule: str
    reason: str
    visits: int
    shared: bool = False


class Done(msgspec.Struct, frozen=True):
    """What a run needs to know of a part that is done.

    Its findings lie between the places ``first`` and ``last``; ``spans`` is how many runs of rows there are of visits
    with times of day, ``read`` what became of the piece where a part is one.
    """

    name: str
    findings: int
    lines: int
    first: int = 0
    last: int = 0
    spans: int = 0
    read: Dealt | None = None


class Judged(msgspec.Struct, frozen=True):
    """What a part came to, beside its findings."""

    sums: Sums
    payers: dict[str, Sums]
    providers: dict[str, Sums]
    without_charge: int
    unjudged: list[Unjudged]
    slips: list[tuple[int, str, str]]
    slip_count: int


_Kind = TypeVar("_Kind", bound=Judged)
#: A place and what could not be judged there, by its place in :attr:`Judged.unjudged`.
_NAMED: Final = np.dtype([("place", "i8"), ("which", "i4")])


def done_file(folder: Path, name: str) -> Path:
    """The file that says that the part of that name is done."""
    return folder / f"{name}.json"


def keep(
    folder: Path, name: str, judged: Judged, findings: dict[str, IntArray | pa.Array], shared: Sequence[IntArray] = ()
) -> Done:
    """Write what a part left. ``shared`` are the places of every one of ``unjudged`` that is shared, in their order."""
    _write_findings(folder / f"{name}.arrow", findings)
    if shared:
        which = [place for place, one in enumerate(judged.unjudged) if one.shared]
        write_array(folder / f"{name}.npy", _named(which, shared))
    write_whole(_sums_file(folder, name), msgspec.json.encode(judged))
    place = findings["place"]
    between = (int(place[0]), int(place[-1])) if len(place) else (0, 0)
    return Done(name, len(place), judged.sums.lines, *between)


def _sums_file(folder: Path, name: str) -> Path:
    return folder / f"{name}.sums"


def _named(which: Sequence[int], shared: Sequence[IntArray]) -> np.ndarray[tuple[int], np.dtype[np.void]]:
    rows = np.zeros(sum(places.size for places in shared), dtype=_NAMED)
    rows["place"] = np.concatenate(shared)
    rows["which"] = np.repeat(which, [places.size for places in shared])
    return rows[np.argsort(rows["place"], kind="stable")]


def taken_up(folder: Path, parts: Iterable[Done], kind: type[_Kind]) -> Iterator[_Kind]:
    """What parts left, one after the other; ``kind`` is ``Judged``, or what has more of the same."""
    for one in parts:
        yield msgspec.json.decode(_sums_file(folder, one.name).read_bytes(), type=kind)


def named_between(folder: Path, part: Done, begin: int, end: int) -> tuple[IntArray, IntArray]:
    """The places from ``begin`` to before ``end`` that a part names as shared, rising, and what it says of each."""
    path = folder / f"{part.name}.npy"
    if not path.exists():
        return (np.zeros(0, dtype=np.int64),) * 2
    rows = np.load(path, mmap_mode="r")
    first, last = np.searchsorted(rows["place"], (begin, end)).tolist()
    return rows["place"][first:last].copy(), rows["which"][first:last].astype(np.int64)


def _write_findings(path: Path, columns: dict[str, IntArray | pa.Array]) -> None:
    """Write the columns of findings so that they are there whole or not at all."""
    table = pa.table(
        {name: values if isinstance(values, pa.Array) else pa.array(values) for name, values in columns.items()}
    )
    with drafted(path) as draft, pa.OSFile(str(draft), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)


def pointed(texts: Sequence[str], places: IntArray) -> pa.DictionaryArray:
    """Places in ``texts`` as a column of text, with its different texts as a list."""
    coded = pa.array(texts, pa.string()).dictionary_encode()
    return pa.DictionaryArray.from_arrays(coded.indices.take(pa.array(places)), coded.dictionary)
