"""NCCI pair edits: millions of short lines, taken apart by array arithmetic over their bytes.

A line has column 1, column 2, [a star for pairs older than 1996,] first day, last day or a star, modifier indicator and
rationale, parted by tabs; the Medicaid files leave the star's column out. Of the rationale only a mark is read that
tells two of them apart (length, first and last byte): a pair may have been withdrawn twice on one day, for two reasons.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.code import code_text
from quarterhour.interchange.cms_files.byte_lines import Block, Bytes, IntArray, blocks, code_numbers, day_numbers
from quarterhour.interchange.cms_files.reading import Asked, Place, Reading, quarter_in_names
from quarterhour.interchange.cms_files.sources import OfficialFile, delimited
from quarterhour.interchange.errors import BadOfficialFile
from quarterhour.policy.edits import SPAN, WITHDRAWN
from quarterhour.policy.forms import FOREVER

_INDICATORS: Final = (0, 1, WITHDRAWN)
_CODE: Final = r"[0-9A-Z][0-9]{3}[0-9A-Z]"
#: The first record, which ends the header whatever that says.
_RECORD = re.compile(
    rf"^({_CODE})\t({_CODE})\t(?:(\*?)[ ]*\t)?(\d{{8}})\t(\d{{8}}|\*|)\t([019])(\t|\s*$)", re.MULTILINE
)
_HEADER = re.compile(r"column\s*1.*column\s*2", re.IGNORECASE | re.DOTALL)
_STAR: Final = ord("*")
_HOSPITAL = re.compile(r"ccioph|hospital|outpatient|[-_]oph", re.IGNORECASE)
_PRACTITIONER = re.compile(r"ccipra|practitioner|[-_]pra[-_.]", re.IGNORECASE)
_EQUIPMENT = re.compile(r"dme|equipment", re.IGNORECASE)
_MEDICAID = re.compile(r"medicaid|mcd", re.IGNORECASE)
PART = re.compile(r"[-_]f(\d)\b", re.IGNORECASE)
_PIECE: Final = 1 << 20
#: Columns of a line with and without the star's.
_WITH_STAR: Final = 7
_WITHOUT: Final = 6


class _Parts(msgspec.Struct, frozen=True):
    """Where the columns of lines begin and end: an array a column."""

    starts: list[IntArray]
    ends: list[IntArray]


def recognised(head: str) -> bool:
    """Whether it is a table of pair edits, by its header and first record."""
    record = _RECORD.search(head)
    return bool(record and (_HEADER.search(head[: record.start()]) or head[: record.start()].strip() == ""))


def read(source: OfficialFile, head: str, asked: Asked) -> Reading:
    """Read one file, a part of a table or all of it.

    Raises:
        BadOfficialFile: for a line that is not whole or says what cannot be; names line and column.

    """
    record = _RECORD.search(head)
    if record is None:
        raise BadOfficialFile(source.where, "it has a header but no pair edits")
    width = _WITHOUT if record[3] is None else _WITH_STAR
    header = head.count("\n", 0, record.start())
    found = blocks(_pieces(source), skip=header)
    read_blocks = [_records(source, block, width) for block in found if block.starts.size]
    columns = {name: np.concatenate([one[name] for one in read_blocks]) for name in read_blocks[0]}
    lines = columns.pop("line")
    return Reading(
        source,
        f"ptp-medicaid-{_claim(source, asked)}" if _medicaid(source, width) else f"ptp-{_claim(source, asked)}",
        quarter_in_names(source, asked),
        columns,
        lines,
    )


def _pieces(source: OfficialFile) -> Iterator[bytes]:
    if source.workbook:
        yield from delimited(source.cells())
        return
    with source.open() as opened:
        while piece := opened.read(_PIECE):
            yield piece


def _claim(source: OfficialFile, asked: Asked) -> str:
    """Whose claims: as the person says, else as the names say; ``unknown`` where neither does."""
    if asked.claim:
        return asked.claim
    for name in source.names:
        if _EQUIPMENT.search(name):
            return "equipment"
        if _HOSPITAL.search(name):
            return "institutional"
        if _PRACTITIONER.search(name):
            return "professional"
    return "unknown"


def _medicaid(source: OfficialFile, width: int) -> bool:
    return width == _WITHOUT or any(_MEDICAID.search(name) for name in source.names)


def _records(source: OfficialFile, block: Block, width: int) -> dict[str, NDArray[Any]]:
    """The records of whole lines. What does not have the usual form is looked at by itself and named."""
    parts = _parted(source, block, width)
    _whole_end(source, block, parts)
    star = width == _WITH_STAR
    one, ok_one = code_numbers(block.bytes, parts.starts[0], parts.ends[0])
    two, ok_two = code_numbers(block.bytes, parts.starts[1], parts.ends[1])
    at = 3 if star else 2
    first, ok_first = day_numbers(block.bytes, parts.starts[at], parts.ends[at])
    last, ok_last = day_numbers(block.bytes, parts.starts[at + 1], parts.ends[at + 1])
    length = parts.ends[at + 1] - parts.starts[at + 1]
    begin = block.bytes[np.minimum(parts.starts[at + 1], block.bytes.size - 1)]
    open_ended = (length == 0) | ((length == 1) & (begin == _STAR))
    last = np.where(open_ended, FOREVER, last)
    indicator = block.bytes[np.minimum(parts.starts[at + 2], block.bytes.size - 1)].astype(np.int64) - ord("0")
    ok = (
        ok_one
        & ok_two
        & ok_first
        & (ok_last | open_ended)
        & (parts.ends[at + 2] - parts.starts[at + 2] == 1)
        & np.isin(indicator, _INDICATORS)
        & (one != two)
        & (last >= first)
    )
    wrong = np.flatnonzero(~ok)
    if wrong.size:
        raise _told(source, block, parts, int(wrong[0]), at)
    before = (
        (parts.ends[2] - parts.starts[2] > 0) & (block.bytes[parts.starts[2]] == _STAR) if star else np.zeros(one.size)
    )
    return {
        "key": one * SPAN + two,
        "first": first.astype(np.int32),
        "last": last.astype(np.int32),
        "indicator": indicator.astype(np.int8),
        "before_1996": before.astype(np.int8),
        "rationale": _marks(block.bytes, parts.starts[-1], parts.ends[-1]),
        "line": block.numbers.astype(np.int32),
    }


def _parted(source: OfficialFile, block: Block, width: int) -> _Parts:
    tabs = np.flatnonzero(block.bytes == ord("\t"))
    before = np.searchsorted(tabs, block.starts)
    counts = np.searchsorted(tabs, block.ends) - before
    wrong = np.flatnonzero(counts != width - 1)
    if wrong.size:
        place, found = int(wrong[0]), int(counts[wrong[0]]) + 1
        cut = "; the line is cut off" if found < width else ""
        raise Place(source, int(block.numbers[place])).bad(f"expected {width} columns, got {found}{cut}")
    inner = tabs[before[:, None] + np.arange(width - 1)].T
    return _Parts([block.starts, *(inner + 1)], [*inner, block.ends])


def _marks(content: Bytes, starts: IntArray, ends: IntArray) -> NDArray[np.int32]:
    first, last = content[np.minimum(starts, content.size - 1)], content[ends - 1]
    return ((ends - starts) << 16 | first.astype(np.int64) << 8 | last).astype(np.int32)


def _whole_end(source: OfficialFile, block: Block, parts: _Parts) -> None:
    """Refuse a last line without a line feed whose rationale, one of a dozen, no other line near it has."""
    if block.ended or block.numbers.size == 1:
        return
    content = block.bytes.tobytes()
    rationale = content[parts.starts[-1][-1] : parts.ends[-1][-1]]
    if not any(b"\t" + rationale + end in content for end in (b"\n", b"\r\n")):
        raise Place(source, int(block.numbers[-1])).bad("the file ends within this line", len(parts.starts))


def _told(source: OfficialFile, block: Block, parts: _Parts, place: int, at: int) -> BadOfficialFile:
    """The first thing that is wrong with a line."""
    line = Place(source, int(block.numbers[place]))
    cells = [
        bytes(block.bytes[start[place] : end[place]]).decode("latin-1")
        for start, end in zip(parts.starts, parts.ends, strict=True)
    ]
    try:
        one, two = line.code(cells[0], 1), line.code(cells[1], 2)
        if not cells[at].strip():
            return line.bad("has no first day; every pair edit begins on a date", at + 1)
        first, last = line.day(cells[at], at + 1), line.day(cells[at + 1], at + 2)
    except BadOfficialFile as error:
        return error
    if one == two:
        return line.bad(f"pairs {code_text(one)} with itself", 2)
    if last < first:
        days = f"{dt.date.fromordinal(last)} lies before its first, {dt.date.fromordinal(first)}"
        return line.bad(f"the last day {days}", at + 2)
    if cells[at + 2] not in {"0", "1", "9"}:
        return line.bad(f"expected a modifier indicator of 0, 1 or 9, got {cells[at + 2]!r}", at + 3)
    return line.bad("a code, date or indicator has blanks around it or another form than the other lines")
