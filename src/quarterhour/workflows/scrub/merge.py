"""The last step: the findings of all parts in the order of the input, block by block, and what they come to."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeVar

import msgspec
import numpy as np
import pyarrow as pa

from quarterhour.domain.code import code_text
from quarterhour.domain.columns import ABSENT, IntArray
from quarterhour.domain.finding import SEVERITIES
from quarterhour.engine.findings import CONFIDENCES
from quarterhour.rules.catalogue import Entry
from quarterhour.workflows.scrub.deal import FILE_SPAN
from quarterhour.workflows.scrub.judge import Judged, Words

#: Findings on so many rows of input are put in order and written at a time, whatever the parts were.
BLOCK: Final = 250_000
_COLUMNS: Final = (
    "place", "row", "rule", "severity", "confidence", "number", "code", "said", "payer", "provider", "line_charge",
    "visit_charge",
)  # fmt: skip
#: Columns that are text; those of claims are null in findings about visits that come by themselves.
TEXTS: Final = ("visit_id", "claim_id", "loop", "at")
#: The columns people get that say something of claims alone.
OF_CLAIMS: Final = ("claim_id", "loop", "place")
_Text = TypeVar("_Text", bound=Hashable)


class Block(msgspec.Struct, frozen=True):
    """Findings in order. ``columns`` are the integers of ``judge``, ``texts`` are those of ``TEXTS``."""

    columns: dict[str, IntArray]
    texts: dict[str, pa.Array]
    words: Words

    @classmethod
    def empty(cls) -> Block:
        """A block of no findings."""
        none = np.zeros(0, dtype=np.int64)
        return cls(
            dict.fromkeys(_COLUMNS, none), dict.fromkeys(TEXTS, pa.array([], pa.string())), Words([], [], [], [])
        )


class Found(msgspec.Struct, frozen=True):
    """The findings of a part where they lie on disk, and where its texts stand among those of all parts."""

    table: pa.Table
    places: IntArray
    said: IntArray
    payer: IntArray
    provider: IntArray


def blocks(parts: Sequence[tuple[Path, Judged]], rows: Sequence[int]) -> Iterator[Block]:
    """The findings of all parts; ``rows`` is how many rows every file has."""
    words = Words([], [], [], [])
    found = _gathered(parts, words)
    for begin, end in _stretches(rows):
        block = _block(found, begin, end, words)
        if block is not None:
            yield block


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
            "payer": worded(columns["payer"], block.words.payers),
            "rule": worded(columns["rule"], [rule.code for rule in rules]),
            "name": worded(columns["rule"], [rule.name for rule in rules]),
            "severity": worded(columns["severity"], SEVERITIES),
            "confidence": worded(columns["confidence"], CONFIDENCES),
            "persona": worded(columns["rule"], [rule.persona for rule in rules]),
            "kind": worded(columns["rule"], [rule.kind for rule in rules]),
            "line": or_null(columns["number"]).cast(pa.int32()),
            "code": codes_shown(columns["code"]),
            "message": worded(columns["said"], block.words.messages),
            "numbers": worded(columns["said"], block.words.numbers),
            "claim_id": block.texts["claim_id"],
            "loop": block.texts["loop"],
            "place": block.texts["at"],
        }
    )


def _gathered(parts: Sequence[tuple[Path, Judged]], words: Words) -> list[Found]:
    """Open the parts and number their texts anew, the same text by the same number in all of them."""
    said: dict[tuple[str, str], int] = {}
    payers: dict[str, int] = {}
    providers: dict[str, int] = {}
    found = []
    for path, judged in parts:
        if not judged.findings:
            continue
        own = judged.words
        with pa.memory_map(str(path)) as source:
            table = pa.ipc.open_file(source).read_all()
        found.append(
            Found(
                table,
                table.column("place").combine_chunks().to_numpy(),
                _numbered(zip(own.messages, own.numbers, strict=True), said),
                _numbered(own.payers, payers),
                _numbered(own.providers, providers),
            )
        )
    words.messages.extend(message for message, _ in said)
    words.numbers.extend(numbers for _, numbers in said)
    words.payers.extend(payers)
    words.providers.extend(providers)
    return found


def _numbered(texts: Iterable[_Text], known: dict[_Text, int]) -> IntArray:
    return np.array([known.setdefault(text, len(known)) for text in texts], dtype=np.int64)


def _stretches(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
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


def _block(found: Sequence[Found], begin: int, end: int, words: Words) -> Block | None:
    slices: list[dict[str, IntArray]] = []
    texts: dict[str, list[pa.Array]] = {name: [] for name in TEXTS}
    for part in found:
        first, last = np.searchsorted(part.places, (begin, end)).tolist()
        if first == last:
            continue
        within = part.table.slice(first, last - first)
        numbers = {name: within.column(name).to_numpy() for name in _COLUMNS}
        for name in ("said", "payer", "provider"):
            numbers[name] = getattr(part, name)[numbers[name]]
        slices.append(numbers)
        for name, chunks in texts.items():
            there = name in within.column_names
            chunks.extend(within.column(name).chunks if there else [pa.nulls(last - first, pa.string())])
    if not slices:
        return None
    columns = {name: np.concatenate([one[name] for one in slices]) for name in slices[0]}
    order = _order(columns, words)
    return Block(
        {name: values[order] for name, values in columns.items()},
        {name: pa.concat_arrays(chunks).take(pa.array(order)) for name, chunks in texts.items()},
        words,
    )


def _order(columns: dict[str, IntArray], words: Words) -> IntArray:
    """By place; within a visit findings that join two patients go where ``engine.findings`` has them."""
    order = np.argsort(columns["place"], kind="stable")
    keys = [columns[name][order] for name in ("place", "severity", "number", "rule")]
    # Parts hold their findings in order, so only visits with findings from two parts can be out of it.
    later = (keys[0][1:] == keys[0][:-1]) & _before(keys)
    for place in np.unique(keys[0][1:][later]).tolist():
        first, last = np.searchsorted(keys[0], (place, place + 1)).tolist()
        mine = order[first:last]
        order[first:last] = sorted(
            mine.tolist(),
            key=lambda row: (
                -int(columns["severity"][row]),
                max(0, int(columns["number"][row])),
                int(columns["rule"][row]),
                words.messages[int(columns["said"][row])],
            ),
        )
    return order


def _before(keys: Sequence[IntArray]) -> IntArray:
    """For every row but the first whether it belongs before the one in front of it, or may."""
    _, severity, number, rule = keys
    rises = severity[1:] > severity[:-1]
    same = severity[1:] == severity[:-1]
    number_falls = number[1:] < number[:-1]
    rule_falls = (number[1:] == number[:-1]) & (rule[1:] <= rule[:-1])
    found: IntArray = rises | (same & (number_falls | rule_falls))
    return found


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
