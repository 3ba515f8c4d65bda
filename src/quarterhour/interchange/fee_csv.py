"""A payer's own fee schedule as a table of comma-separated values.

Columns, by name and in any order: ``code`` and ``amount`` (of one unit, such as 31.50), and if wanted ``modifier`` (the
row holds for lines with it), ``from`` and ``to`` (dates of service, both included) and ``units``: ``each`` (every unit
at the amount; also where the cell is empty), ``once`` (the amount a day, however many units) or ``then NN`` (every
further unit at NN percent).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from quarterhour.domain.code import code_number, modifier_number
from quarterhour.domain.errors import DomainError
from quarterhour.domain.money import Cents
from quarterhour.domain.period import Period
from quarterhour.interchange.decode import decoded
from quarterhour.interchange.errors import Unreadable

_NEEDED: Final = ("code", "amount")
_COLUMNS: Final = (*_NEEDED, "modifier", "from", "to", "units")
_THEN: Final = re.compile(r"then (\d{1,3})")
_WHOLE: Final = 100


class FeeRow(msgspec.Struct, frozen=True):
    """An amount; each unit after the first of a line is ``further_percent`` of it. ``line`` is its line in the file."""

    code: str
    modifier: str | None
    amount: Cents
    period: Period
    further_percent: int
    line: int


def read(path: Path) -> list[FeeRow]:
    """The rows of a file, in order.

    Raises:
        Unreadable: naming line and column, for a column there is not, a row that does not fit, or two rows that
            answer for one code, modifier and day.

    """
    try:
        text = decoded(path.read_bytes())
    except OSError as error:
        msg = f"{path}: cannot be read: {error.strerror or type(error).__name__}"
        raise Unreadable(msg) from None
    reader = csv.reader(io.StringIO(text, newline=""))
    heads = [head.strip().lower() for head in next(reader, [])]
    _heads(heads, path)
    rows = [_row(heads, cells, reader.line_num, path) for cells in reader if any(cell.strip() for cell in cells)]
    _apart(rows, path)
    return rows


def _heads(heads: list[str], path: Path) -> None:
    strange = [head for head in heads if head not in _COLUMNS]
    lacking = [head for head in _NEEDED if head not in heads]
    if strange or lacking or len(set(heads)) < len(heads):
        msg = f"{path}: expected the columns {', '.join(_NEEDED)} and if wanted {', '.join(_COLUMNS[2:])}, got {heads}"
        raise Unreadable(msg, 1)


def _row(heads: list[str], cells: list[str], line: int, path: Path) -> FeeRow:
    if len(cells) != len(heads):
        msg = f"{path}, line {line}: {len(cells)} cells under {len(heads)} columns"
        raise Unreadable(msg, line)
    cell = {head: text.strip() for head, text in zip(heads, cells, strict=True)}
    try:
        code, modifier = cell["code"].upper(), cell.get("modifier", "").upper() or None
        code_number(code)
        if modifier:
            modifier_number(modifier)
        amount = Cents.parse(cell["amount"].lstrip("$"))
        if amount < 0:
            raise ValueError("an amount is not negative")  # noqa: TRY301 - told with its line below
        period = Period(_date(cell.get("from")), _date(cell.get("to")))
        return FeeRow(code, modifier, amount, period, _further(cell.get("units", "")), line)
    except (DomainError, ValueError) as error:
        msg = f"{path}, line {line}: {error}"
        raise Unreadable(msg, line) from None


def _date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _further(text: str) -> int:
    words = " ".join(text.lower().split())
    match = _THEN.fullmatch(words)
    if match and int(match[1]) <= _WHOLE:
        return int(match[1])
    known = {"": _WHOLE, "each": _WHOLE, "once": 0}
    if words not in known:
        msg = f"units: expected each, once or then NN (percent), got {text!r}"
        raise ValueError(msg)
    return known[words]


def _apart(rows: Iterable[FeeRow], path: Path) -> None:
    """Refuse two rows that answer for one code, modifier and day."""
    seen: dict[tuple[str, str | None], list[FeeRow]] = {}
    for row in rows:
        others = seen.setdefault((row.code, row.modifier), [])
        twice = next((other for other in others if other.period.overlaps(row.period)), None)
        if twice:
            msg = f"{path}, line {row.line}: {row.code} has an amount for these days on line {twice.line} already"
            raise Unreadable(msg, row.line)
        others.append(row)
