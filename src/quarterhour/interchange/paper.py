"""Paper claim forms as data: boxes filled with texts, and the places of the boxes on a grid of lines and columns.

Claim forms are printed ten characters to the inch and six lines to the inch, so a place is a line and a column, both
counted from 1, and a box holds so many characters. Texts stand in the boxes as they are printed but for capitals.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from quarterhour.domain.json import to_builtins
from quarterhour.domain.visit import Patient, Provider
from quarterhour.interchange.errors import InterchangeError, Unreadable
from quarterhour.interchange.parties import second_street, split_name, street, zip_code

_CATEGORY: Final = 3  # places of a diagnosis code before its point


class CannotPrint(InterchangeError):
    """A claim that the form has no place for. ``box`` is the number of the box; no person is named."""

    def __init__(self, box: str, reason: str) -> None:
        """``reason`` says what to do about it."""
        super().__init__(f"box {box}: {reason}")
        self.box = box
        self.reason = reason


class Change(msgspec.Struct, frozen=True):
    """A text that could not stand in its box as it was."""

    place: str
    reason: str
    before: str
    after: str


class Page(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One sheet: the boxes that are filled, and the boxes of each service line."""

    boxes: dict[str, str]
    lines: tuple[dict[str, str], ...] = ()


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A filled form of one or more sheets, and every text that had to be changed to stand in it."""

    form: str
    pages: tuple[Page, ...]
    changes: tuple[Change, ...] = ()


class Field(msgspec.Struct, frozen=True):
    """The place of a box: ``width`` characters from ``column`` on ``line``.

    ``choices`` are the columns at which an X stands for each word the box can hold. ``before`` is a place (line,
    column, width) on which a text too long for the box begins. A ``row`` box is repeated for every service line. What
    an ``exact`` box holds is a code or identifier and never changed: cut, it would be another one. The last ``tail``
    words of a text that is cut stay whole: a state and ZIP code after a long city.
    """

    box: str
    what: str
    line: int
    column: int
    width: int = 1
    right: bool = False
    choices: tuple[tuple[str, int], ...] = ()
    before: tuple[int, int, int] | None = None
    row: bool = False
    exact: bool = False
    tail: int = 0

    @property
    def most(self) -> int:
        """How many characters it holds."""
        return self.width + (self.before[2] if self.before else 0)


class Text(msgspec.Struct, frozen=True):
    """What is printed where."""

    line: int
    column: int
    text: str


class Pencil:
    """Fills boxes: a text too long is cut, letters the form lacks are replaced, and each change is noted.

    Raises:
        CannotPrint: for a code or identifier that does not fit.

    """

    def __init__(self, fields: Mapping[str, Field]) -> None:
        """``fields`` by box."""
        self.fields = fields
        self.changes: list[Change] = []

    def filled(self, values: Mapping[str, str | None]) -> dict[str, str]:
        """The boxes that are not empty, each with its text as it can stand there."""
        fitted = {box: self._fitted(box, value) for box, value in values.items() if value}
        return {box: text for box, text in fitted.items() if text}

    def _fitted(self, box: str, value: str) -> str:
        field = self.fields[box]
        if field.choices:
            return value
        text = plain(value).strip()
        if field.exact and (text != value or len(text) > field.most):
            raise CannotPrint(box, f"at most {field.most} letters and digits; a code or number is never cut or changed")
        reason = "letters the form does not have"
        if len(text) > field.most:
            text, reason = _cut(text, field), f"longer than {field.most} characters"
        if text != value:
            change = Change(box, reason, value, text)
            if change not in self.changes:
                self.changes.append(change)
        return text


def _cut(text: str, field: Field) -> str:
    head, *tail = text.rsplit(" ", field.tail) if field.tail else [text]
    kept = "".join(f" {word}" for word in tail)
    return head[: max(field.most - len(kept), 0)].rstrip(" ,") + kept[-field.most :]


def plain(value: str) -> str:
    """A text in the letters a claim form is printed in: accents taken off, a blank for each other sign."""
    folded = unicodedata.normalize("NFKD", value)
    letters = "".join(sign for sign in folded if not unicodedata.combining(sign))
    return "".join(sign if " " <= sign <= "~" else " " for sign in letters)


def texts(page: Page, fields: Mapping[str, Field], spacing: int) -> Iterator[Text]:
    """What a sheet prints, in capitals; ``spacing`` is the number of lines from one service line to the next."""
    for box, value in page.boxes.items():
        yield from _printed(fields[box], value, 0)
    for number, line in enumerate(page.lines):
        for box, value in line.items():
            yield from _printed(fields[box], value, number * spacing)


def _printed(field: Field, value: str, below: int) -> Iterator[Text]:
    line = field.line + below
    if field.choices:
        yield Text(line, dict(field.choices)[value], "X")
        return
    text = value.upper()
    if len(text) > field.width and field.before:
        first, column, width = field.before
        cut = text.rfind(" ", 0, width + 1)
        cut = cut if cut > 0 and len(text) - cut - 1 <= field.width else len(text) - field.width
        yield Text(first + below, column, text[:cut].rstrip())
        text = text[cut:].lstrip()
    yield Text(line, field.column + (field.width - len(text) if field.right else 0), text)


def read_form(data: bytes) -> Form:
    """A filled form out of its JSON.

    Raises:
        Unreadable: if it is none.

    """
    try:
        return msgspec.json.decode(data, type=Form)
    except msgspec.DecodeError:
        raise Unreadable("expected a filled form: form, and pages with boxes and lines of texts") from None


def checked(page: Page, fields: Mapping[str, Field]) -> None:
    """Refuse boxes that the form does not have.

    Raises:
        CannotPrint: naming the box, and the words it can hold where it holds a mark.

    """
    for box, value in [*page.boxes.items(), *(pair for line in page.lines for pair in line.items())]:
        if box not in fields:
            raise CannotPrint(box, "the form has no such box")
        words = [word for word, _ in fields[box].choices]
        if words and value not in words:
            raise CannotPrint(box, f"expected one of {', '.join(words)}")


def name_of(who: Patient | None) -> str:
    """A person's name as the forms have it: family name, comma, given names, without points."""
    if who is None or who.name is None:
        return ""
    parts = (_bare(part).replace(",", " ").strip() for part in (who.name.family, who.name.given))
    return ", ".join(part for part in parts if part)


def provider_names(who: Provider) -> tuple[str, str]:
    """Family and given name of a person who is named in one text, without points."""
    return split_name(_bare(who.name or "").strip(" ,"))


def _bare(text: str) -> str:
    """A text as forms have it, without points and number signs."""
    return text.translate({ord("."): None, ord("#"): None}).strip()


def second_line(where: Mapping[str, str] | None) -> str:
    """The second line of the street."""
    return second_street(where or {})


def address_of(where: Mapping[str, str] | None) -> tuple[str, str, str, str]:
    """Street, city, state and ZIP code of an address, empty where not given; no commas and points, as forms want it."""
    known = where or {}
    line, city = (_bare(part.replace(",", "")) for part in (street(known), known.get("city", "")))
    return line, city, known.get("state", ""), zip_code(known)


def place_line(where: Mapping[str, str] | None) -> str:
    """City, state and ZIP code in one line."""
    _, city, state, code = address_of(where)
    return " ".join(part for part in (city, state, code) if part)


def address_from(first: str, line: str) -> dict[str, str] | None:
    """The address of a street and a line of city, state and ZIP code."""
    *city, state, code = ["", "", *line.split()]
    found = {"street": first, "city": " ".join(city).strip(), "state": state, "zip": code}
    return {key: value for key, value in found.items() if value} or None


def day_text(day: dt.date | None, *, short: bool = False) -> str:
    """``MM DD YYYY``, or ``MM DD YY``: a space where the form has its lines."""
    if day is None:
        return ""
    year = f"{day.year % 100:02d}" if short else f"{day.year:04d}"
    return f"{day.month:02d} {day.day:02d} {year}"


def day_from(text: str | None) -> dt.date | None:
    """The day of ``MM DD YYYY``, ``MM DD YY``, or either without spaces; two places of a year are after 2000."""
    if not text:
        return None
    digits = text.replace(" ", "")
    year = int(digits[4:])
    return dt.date(year + 2000 if len(digits) == len("MMDDYY") else year, int(digits[:2]), int(digits[2:4]))


def money_text(cents: int) -> str:
    """Dollars, a space where the form has its line, and cents."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100} {abs(cents) % 100:02d}"


def money_from(text: str) -> int:
    """The cents of dollars, a space and cents."""
    return int(text.replace(" ", ""))


def dotted(code: str) -> str:
    """A diagnosis code with its point, which forms leave out."""
    return f"{code[:_CATEGORY]}.{code[_CATEGORY:]}" if len(code) > _CATEGORY else code


def not_carried(record: msgspec.Struct, read: msgspec.Struct | None) -> tuple[str, ...]:
    """Where a claim or visit differs from what was read back of it, as paths such as ``lines[0].control_number``.

    Capitals and punctuation are no difference: a form has neither.
    """
    before, after = to_builtins(record), to_builtins(read)
    return tuple(_differences(before, after, ""))


def _differences(before: Any, after: Any, path: str) -> Iterator[str]:
    if isinstance(before, dict):
        known = after if isinstance(after, dict) else {}
        for key, value in before.items():
            yield from _differences(value, known.get(key), f"{path}.{key}" if path else key)
    elif isinstance(before, list | tuple):
        known_list = after if isinstance(after, list | tuple) else ()
        for place, value in enumerate(before):
            other = known_list[place] if place < len(known_list) else None
            yield from _differences(value, other, f"{path}[{place}]")
    elif before != after and not (isinstance(before, str) and isinstance(after, str) and _same(before, after)):
        yield path


def _same(one: str, other: str) -> bool:
    """Whether two texts are the same but for capitals, punctuation, and which name of a person stands first."""
    words, others = (re.findall(r"[A-Z0-9]+", plain(text).upper()) for text in (one, other))
    return "".join(words) == "".join(others) or sorted(words) == sorted(others)
