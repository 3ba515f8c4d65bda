"""From the bytes of a file to JSON values, saying what is wrong and where if they are none."""

from __future__ import annotations

import json
import re
from typing import Any, Final, NoReturn

import msgspec

from quarterhour.interchange.decode import decoded, looks_like_json
from quarterhour.interchange.errors import Unreadable
from quarterhour.interchange.visit_json.places import line_and_column
from quarterhour.interchange.visit_json.record import Doubled
from quarterhour.interchange.visit_json.words import HALF_A_CHARACTER, kind_of

#: The reader's words for a slip, and ours.
_SLIPS: Final = {
    "Expecting ',' delimiter": "expected a comma or the closing bracket",
    "Expecting ':' delimiter": "expected a colon after the key",
    "Expecting property name enclosed in double quotes": "expected a key between double quotes",
    "Expecting value": "expected a value",
    "Unterminated string starting at": "the text that begins here has no closing quote",
    "Invalid control character at": "a line break or control character inside a text",
    "Invalid \\escape": "an unknown escape after a backslash",
    "Invalid \\uXXXX escape": "expected four hexadecimal digits after \\u",
    "Extra data": "more after the end of the JSON value",
    "Illegal trailing comma before end of object": "a comma before the closing }",
    "Illegal trailing comma before end of array": "a comma before the closing ]",
}
#: An escape in a JSON text; that of a character beyond 65,535 is a pair.
_ESCAPE: Final = re.compile(r"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|(u[dD][89a-fA-F]..)|.)", re.DOTALL)


class NotJson(ValueError):
    """A text that is not JSON; ``line`` and ``column`` count from 1 within it."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        """``message`` never repeats anything of the text but punctuation."""
        super().__init__(f"not JSON: {message}")
        self.line = line
        self.column = column


class Document(msgspec.Struct, frozen=True):
    """A JSON document of a file: the line it begins in, its text and value.

    ``certain`` says that no key stands twice in it, and that no text holds half a character.
    """

    line: int
    text: str
    value: Any
    certain: bool


def text_of(content: bytes) -> str:
    """The text of a file, a byte order mark left out.

    Raises:
        Unreadable: if it is binary, of another format, or not UTF-8.

    """
    text = decoded(content)
    if text.strip() and not looks_like_json(text):
        raise Unreadable(f"not recognised: {_instead(text)}", 1, 1)
    return text


def _instead(text: str) -> str:
    """What a text is that is neither an object nor a list."""
    try:
        return f"expected a visit record, got {kind_of(json.loads(text))}"
    except (ValueError, RecursionError):
        return "not JSON, so no visit record"


def parse(text: str, *, halves: bool = False) -> tuple[Any, bool]:
    """The JSON value of a text, and whether no key stands twice in one object and no text holds half a character.

    ``halves`` says that half a character is not told here but by who reads the value.

    Raises:
        NotJson: saying what is wrong and where.

    """
    doubled = False

    def of_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal doubled
        plain = dict(pairs)
        if len(plain) == len(pairs):
            return plain
        doubled = True
        return Doubled(pairs)

    try:
        value = json.loads(text, object_pairs_hook=of_pairs, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise _told(text, error) from None
    except RecursionError:
        raise NotJson("nested too deep") from None
    except _Constant as constant:
        offset = text.find(constant.name)
        raise NotJson(f"{constant.name} is not a JSON number", *line_and_column(text, max(offset, 0))) from None
    except ValueError:
        raise NotJson("a number of thousands of digits") from None
    half = next((one for one in _ESCAPE.finditer(text) if one[1]), None) if "\\ud" in text.lower() else None
    if half is not None and not halves:
        raise NotJson(HALF_A_CHARACTER, *line_and_column(text, half.start()))
    return value, not doubled and half is None


def documents_of(text: str, *, lines: bool, halves: bool = False) -> tuple[list[Document], list[tuple[int, NotJson]]]:
    """The JSON documents of a text, and the lines that hold none.

    A text is one document, or one a line where ``lines`` says so or most of its lines look like it. ``halves`` as in
    :func:`parse`.

    Raises:
        Unreadable: if it is neither.

    """
    try:
        value, certain = parse(text, halves=halves)
    except NotJson as error:
        rows = [(number, row) for number, row in enumerate(text.split("\n"), 1) if row.strip()]
        if not (lines or _by_line([row for _, row in rows])):
            raise Unreadable(str(error), error.line, error.column) from error
    else:
        return [Document(1, text, value, certain)], []
    documents, failures = [], []
    for number, row in rows:
        try:
            value, certain = parse(row, halves=halves)
        except NotJson as error:
            failures.append((number, error))
        else:
            documents.append(Document(number, row, value, certain))
    return documents, failures


def _by_line(rows: list[str]) -> bool:
    """Whether a text that is not one JSON document looks like one object a line."""
    whole = sum(row.strip().startswith("{") and row.strip().endswith("}") for row in rows)
    return len(rows) > 1 and whole * 2 >= len(rows)


class _Constant(Exception):
    """Carries a word that is no number out of the reader."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def _no_constant(name: str) -> NoReturn:
    raise _Constant(name)


def _told(text: str, error: json.JSONDecodeError) -> NotJson:
    said = _SLIPS.get(error.msg, error.msg)
    at = error.pos
    before = text[:at].rstrip()
    rest = text[at : at + 1]
    if before.endswith(",") and rest in {"}", "]"}:
        said = f"a comma before the closing {rest}"
        at = len(before) - 1
    elif rest == "'":
        said = "a single quote; keys and texts stand between double quotes"
    elif not rest or not text[at:].strip():
        said = "it ends too early; a bracket or a quote is not closed"
    return NotJson(said, *line_and_column(text, at))
