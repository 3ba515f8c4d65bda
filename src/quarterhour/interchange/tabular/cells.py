"""One cell of a table -> a plain value as a record has it in JSON, and back."""

from __future__ import annotations

import datetime as dt
import decimal
import re
from typing import Any, Final

import msgspec

from quarterhour.domain.json import dumps
from quarterhour.interchange.tabular.columns import Kind
from quarterhour.interchange.tabular.mapping import Source

_AMOUNT: Final = re.compile(r"\$? ?([0-9]{1,3}(?:,[0-9]{3})*|[0-9]+)((?:\.[0-9]{1,2})?)")
_NUMBER: Final = re.compile(r"-?[0-9]{1,9}")
#: A cell that begins so is a formula to a spreadsheet; it is written with an apostrophe in front.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
#: What stands between the two halves of a value that has them.
_PARTED: Final[dict[Kind, str]] = {"times": "-", "codes": ":"}
_PAIR: Final = 2


class BadCell(ValueError):
    """A cell that cannot be read as what the column holds; the message repeats nothing private."""


def plain_value(value: Any, source: Source) -> Any:
    """The value of a cell that is not empty. What does not have the form of its kind stays as it is.

    The record's own reader then says what is wrong with it.

    Raises:
        BadCell: where the mapping says how the cell is written and it is not.

    """
    if isinstance(value, str) and source.values is not None:
        if value not in source.values:
            raise BadCell(f"a word that the mapping does not have; it has {', '.join(source.values)}")
        value = source.values[value]
    kind = source.column.kind
    if kind in {"text", "verbatim"} and isinstance(value, str):
        return value
    if kind == "date":
        return _date(value, source.date)
    if kind == "goals" and isinstance(value, str):
        return _goals(value, source.split or ";")
    if isinstance(value, list | tuple):
        return [_plain(one, kind) for one in value]
    if kind in {"list", "numbers", "times", "codes"} and isinstance(value, str):
        parts = [part.strip() for part in value.split(source.split)]
        return [_plain(part, kind) for part in parts if part]
    return _plain(value, kind)


def _plain(value: Any, kind: Kind) -> Any:
    if isinstance(value, decimal.Decimal):
        return format(value, "f")
    if not isinstance(value, str):
        return value
    if kind in {"number", "numbers"} and _NUMBER.fullmatch(value):
        return int(value)
    if kind == "amount" and (match := _AMOUNT.fullmatch(value)):
        return match[1].replace(",", "") + match[2]
    parted = value.split(_PARTED[kind], 1) if kind in _PARTED else []
    return parted if len(parted) == _PAIR else value


def _date(value: Any, form: str | None) -> Any:
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if form is None or not isinstance(value, str):
        return value
    try:
        return dt.datetime.strptime(value, form).date().isoformat()  # noqa: DTZ007  (a date has no time zone)
    except ValueError:
        raise BadCell(f"expected a date of the form {form}") from None


def _goals(text: str, split: str) -> Any:
    """Goals as the visit record has them, out of JSON or of their texts."""
    if not text.startswith("["):
        return [{"text": goal} for part in text.split(split) if (goal := part.strip())]
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        raise BadCell("expected the goals as JSON, as in the visit record, or their texts with ; between") from None


def cell_text(value: Any, kind: Kind) -> str:
    """A plain value as it stands in a cell of text."""
    if value is None:
        return ""
    if kind == "goals":
        return dumps(value)
    if kind == "times":
        return " ".join("-".join(pair) for pair in value)
    if kind == "codes":
        return " ".join(":".join(pair) for pair in value)
    if kind in {"list", "numbers"}:
        return " ".join(map(str, value))
    return str(value)


def guarded(text: str) -> str:
    """A cell that no spreadsheet runs as a formula; :func:`unguarded` takes the apostrophe off again."""
    return "'" + text if text.lstrip("'").startswith(_FORMULA) else text


def unguarded(text: str) -> str:
    """The cell without the apostrophe that :func:`guarded` sets."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_FORMULA) else text
