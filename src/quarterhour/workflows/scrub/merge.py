"""The last step: the findings of all parts in the order of the input, block by block, and what they come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from quarterhour.domain.code import code_text
from quarterhour.domain.columns import ABSENT, IntArray
from quarterhour.domain.finding import SEVERITIES
from quarterhour.engine.derive.groups import distinct
from quarterhour.engine.findings import CONFIDENCES
from quarterhour.rules.catalogue import Entry
from quarterhour.workflows.scrub.deal import FILE_SPAN
from quarterhour.workflows.scrub.kept import RECURRING, TEXTS, Done

#: Findings on so many rows of input are put in order and written at a time, whatever the parts were.
BLOCK: Final = 250_000
_COLUMNS: Final = (
    "place", "row", "rule", "severity", "confidence", "number", "code", "line_charge", "visit_charge",
)  # fmt: skip
#: The columns people get that say something of claims alone.
OF_CLAIMS: Final = ("claim_id", "loop", "place")


class Block(msgspec.Struct, frozen=True):
    """Findings in order, as ``judge`` has them: ``columns`` are integers, ``texts`` all that is text."""

    columns: dict[str, IntArray]
    texts: dict[str, pa.Array]

    @classmethod
    def empty(cls) -> Block:
        """A block of no findings."""
        texts = dict.fromkeys(TEXTS, pa.array([], pa.string()))
        return cls(
            dict.fromkeys(_COLUMNS, np.zeros(0, dtype=np.int64)),
            texts | dict.fromkeys(RECURRING, pa.array([], pa.string()).dictionary_encode()),
        )


def blocks(folder: Path, parts: Sequence[Done], rows: Sequence[int]) -> Iterator[Block]:
    """The findings of all parts; ``rows`` is how many rows every file has."""
    for begin, end in stretches(rows):
        within = [
            table
            for one in parts
            if one.findings and one.first < end and one.last >= begin
            for table in [_between(folder / f"{one.name}.arrow", begin, end)]
            if table.num_rows
        ]
        if within:
            yield _block(within)


def table_of(block: Block, paths: Sequence[str], entries: Sequence[Entry]) -> pa.Table:
    """A block as the table people get."""
    columns = block.columns
    rules = [entry.rule for entry in entries]
    row = columns["row"]
    return pa.table(
        {
            "input": worded(row // FILE_SPAN, paths),
            "row": pa.array(row % FILE_SPAN + 1),
            "visit_id": block.texts["visit_id"],
            "payer": as_met(block.texts["payer"]),
            "rule": worded(columns["rule"], [rule.code for rule in rules]),
            "name": worded(columns["rule"], [rule.name for rule in rules]),
            "severity": worded(columns["severity"], SEVERITIES),
            "confidence": worded(columns["confidence"], CONFIDENCES),
            "persona": worded(columns["rule"], [rule.persona for rule in rules]),
            "kind": worded(columns["rule"], [rule.kind for rule in rules]),
            "line": or_null(columns["number"]).cast(pa.int32()),
            "code": codes_shown(columns["code"]),
            "message": as_met(block.texts["message"]),
            "numbers": as_met(block.texts["numbers"]),
            "claim_id": block.texts["claim_id"],
            "loop": block.texts["loop"],
            "place": block.texts["at"],
        }
    )


def stretches(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Stretches of places that hold about as many rows as a block, whatever the parts were."""
    begin, held = 0, 0
    for file, count in enumerate(rows):
        at = 0
        while held + count - at >= BLOCK:
            at += BLOCK - held
            held = 0
            yield begin, file * FILE_SPAN + at
            begin = file * FILE_SPAN + at
        held += count - at
    yield begin, len(rows) * FILE_SPAN


def _between(path: Path, begin: int, end: int) -> pa.Table:
    """The findings of a part between two places. The file is let go of with them, so that no more of it is held."""
    with pa.memory_map(str(path)) as source:
        table = pa.ipc.open_file(source).read_all()
    first, last = np.searchsorted(table.column("place").chunk(0).to_numpy(), (begin, end)).tolist()
    return table.slice(first, last - first)


def _block(within: Sequence[pa.Table]) -> Block:
    columns = {name: np.concatenate([one.column(name).to_numpy() for one in within]) for name in _COLUMNS}
    texts = {name: _joined(name, within) for name in (*TEXTS, *RECURRING)}
    order = _order(columns, texts["message"])
    return Block(
        {name: values[order] for name, values in columns.items()},
        {name: values.take(pa.array(order)) for name, values in texts.items()},
    )


def _joined(name: str, within: Sequence[pa.Table]) -> pa.Array:
    """A column of text of all of them; nulls where one has no such column."""
    if name not in RECURRING:
        there = [one.column(name) if name in one.column_names else _nulls(one.num_rows) for one in within]
        return pa.concat_arrays([chunk for column in there for chunk in column.chunks])
    chunks = [_used(chunk) for one in within for chunk in one.column(name).chunks]
    return pa.concat_arrays(pa.chunked_array(chunks).unify_dictionaries().chunks)


def _nulls(rows: int) -> pa.ChunkedArray:
    return pa.chunked_array([pa.nulls(rows, pa.string())])


def _used(column: pa.DictionaryArray) -> pa.DictionaryArray:
    """A column without those of its different texts that none of its rows has."""
    if len(column.dictionary) <= len(column):
        return column
    used, places = distinct(column.indices.to_numpy().astype(np.int64))
    return pa.DictionaryArray.from_arrays(pa.array(places, pa.int32()), column.dictionary.take(pa.array(used)))


def _order(columns: dict[str, IntArray], messages: pa.DictionaryArray) -> IntArray:
    """By place; within a visit findings that join two patients go where ``engine.findings`` has them."""
    order = np.argsort(columns["place"], kind="stable")
    keys = [columns[name][order] for name in ("place", "severity", "number", "rule")]
    # Parts hold their findings in order, so only visits with findings from two parts can be out of it.
    later = (keys[0][1:] == keys[0][:-1]) & _out_of_order(keys)
    for place in np.unique(keys[0][1:][later]).tolist():
        first, last = np.searchsorted(keys[0], (place, place + 1)).tolist()
        mine = order[first:last]
        order[first:last] = sorted(
            mine.tolist(),
            key=lambda row: (
                -int(columns["severity"][row]),
                max(0, int(columns["number"][row])),
                int(columns["rule"][row]),
                messages[row].as_py(),
            ),
        )
    return order


def _out_of_order(keys: Sequence[IntArray]) -> NDArray[np.bool_]:
    """For every row but the first whether it belongs before the one in front of it, or may."""
    _, severity, number, rule = keys
    rises = severity[1:] > severity[:-1]
    same = severity[1:] == severity[:-1]
    number_falls = number[1:] < number[:-1]
    rule_falls = (number[1:] == number[:-1]) & (rule[1:] <= rule[:-1])
    found: NDArray[np.bool_] = rises | (same & (number_falls | rule_falls))
    return found


def as_met(column: pa.DictionaryArray) -> pa.DictionaryArray:
    """A column whose different texts are listed as they are met in its rows, those that are not left out."""
    met = column.indices.dictionary_encode()
    return pa.DictionaryArray.from_arrays(met.indices, column.dictionary.take(met.dictionary))


def worded(places: IntArray, texts: Sequence[str]) -> pa.DictionaryArray:
    """Places in ``texts`` as a column of text; only texts that occur are kept, in the order in which they do."""
    coded = pa.array(places).dictionary_encode()
    shown: dict[str, int] = {}
    ranks = [shown.setdefault(texts[place], len(shown)) for place in coded.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(
        pa.array(ranks, pa.int32()).take(coded.indices), pa.array(list(shown), pa.string())
    )


def codes_shown(numbers: IntArray) -> pa.DictionaryArray:
    """Code numbers as a column of codes, ABSENT as null."""
    coded = or_null(numbers).dictionary_encode()
    texts = [code_text(number) for number in coded.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(coded.indices, pa.array(texts, pa.string()))


def or_null(numbers: IntArray) -> pa.Array:
    """A column of integers, ABSENT as null."""
    return pa.array(numbers, mask=numbers == ABSENT)
