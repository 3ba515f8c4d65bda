"""From the bytes of a file to JSON values, saying what is wrong and where if they are none."""

from __future__ import annotations

import json
import re
from typing import Any, Final, NoReturn

from quarterhour.interchange.decode import decoded, looks_like_json
from quarterhour.interchange.errors import Unreadable
from quarterhour.interchange.visit_json.places import line_and_column
from quarterhour.interchange.visit_json.record import Doubled

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
_LONE: Final = re.compile(r"[\ud800-\udfff]")


class NotJson(ValueError):
    """A text that is not JSON; ``line`` and ``column`` count from 1 within it."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        """``message`` never repeats anything of the text but punctuation."""
        super().__init__(f"not JSON: {message}")
        self.line = line
        self.column = column


def text_of(content: bytes) -> str:
    """The text of a file, a byte order mark left out.

    Raises:
        Unreadable: if it is binary, of another format, or not UTF-8.

    """
    text = decoded(content)
    if text.strip() and not looks_like_json(text):
        raise Unreadable("not recognised: not JSON, so no visit record", 1, 1)
    return text


def parse(text: str) -> tuple[Any, bool]:
    """The JSON value of a text, and whether no key stands twice in one object.

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
    if "\\ud" in text.lower() and _LONE.search(json.dumps(value, ensure_ascii=False)):
        raise NotJson("half a character: a \\ud… escape without its other half")
    return value, not doubled


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
