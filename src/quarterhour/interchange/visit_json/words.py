"""What is wrong with one value of a visit record, in words.

A wrong value is never repeated, whatever its member: where columns are shifted or a field was pasted into another, a
name, a member id or a date of birth stands where a code or a number of minutes should. Its *shape* is told instead ("a
text of 9 letters", "a text of the form ##/##/####"), with the place it stands in. Keys are shown, and of values
what can be nothing else than what is wanted: a time of day, and the word of a closed list that comes nearest.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
import typing
from collections.abc import Callable, Iterable
from typing import Any, Final

from quarterhour.domain.clock import Clock
from quarterhour.domain.money import Cents
from quarterhour.domain.plural import counted
from quarterhour.domain.visit import Count, Minutes, Modifier, PlaceOfService, Pointer, ProcedureCode, State, Units

#: One half of a pair of UTF-16 that stands alone: no character, and nothing that can be written.
HALF: Final = re.compile(r"[\ud800-\udfff]")
HALF_A_CHARACTER: Final = "half a character: a \\ud… escape without its other half"
_KEY: Final = re.compile(r"[\w$@.:#~+-]{1,40}")
#: A key with so many digits may be somebody's number: the first row of a table without a head.
_NUMBERED: Final = re.compile(r"(?:\D*\d){5}")
#: A text of digits and marks between them, short enough to be a date, a number or an identifier.
_FIGURES: Final = re.compile(r"[+-]?\d+(?:[./:-]\d+)*")
_LONGEST: Final = 12
_CLOCK: Final = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
#: An amount as much of Europe writes it, and what a spreadsheet shows for a formula that has no value.
_COMMA: Final = re.compile(r"[$€]? ?\d{1,3}(?:[. ]?\d{3})*,\d{2}")
_SPREADSHEET_ERROR: Final = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|#)")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
#: Dates that say something of a person rather than of a service.
_PRIVATE: Final = frozenset({"birth_date"})
#: Closed lists whose wrong word may not be repeated.
_PRIVATE_WORDS: Final = frozenset({"sex"})
_KINDS: Final[tuple[tuple[tuple[type, ...], str], ...]] = (
    ((type(None),), "null"),
    ((str,), "a text"),
    ((int, float), "a number"),
    ((list, tuple), "a list"),
    ((dict,), "an object"),
)


def wrong(wanted: Any, value: object, key: str) -> str:
    """The sentence for a value of the member ``key`` that is not what the record type wants there."""
    for known, sentence in _SENTENCES:
        if wanted == known:
            return sentence(value, key)
    if typing.get_origin(wanted) is typing.Literal:
        return _one_of(typing.get_args(wanted), value, key)
    return f"expected {_expected(wanted)}, got {kind_of(value)}"


def kind_of(value: object) -> str:
    """What sort of JSON value it is, without showing it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value == "":
        return "an empty text"
    return next((name for kinds, name in _KINDS if isinstance(value, kinds)), f"a {type(value).__name__}")


def shape_of(value: object) -> str:
    """What a wrong value looks like, without any of it: its kind, its length, and the marks among its digits."""
    if isinstance(value, float):
        return "a number with a fraction"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"a number of {counted(len(str(abs(value))), 'digit')}"
    if not isinstance(value, str) or not value:
        return kind_of(value)
    plain = value.isdigit() or value.isalpha()
    if not plain and len(value) <= _LONGEST and _FIGURES.fullmatch(value):
        return f"a text of the form {re.sub('[0-9]', '#', value)}"
    of = "character" if not plain else "digit" if value.isdigit() else "letter"
    return f"a text of {counted(len(value), of)}"


def quoted(key: str) -> str:
    """A key between quotes; of one that does not look like a key, which may be anybody's words, only the length."""
    return f'"{key}"' if _is_key(key) else f"of {len(key)} characters"


def shown_pointer(pointer: str) -> str:
    """A JSON pointer as it may be shown: without what does not look like a key."""
    return "/".join(part if not part or part.isdigit() or _is_key(part) else "…" for part in pointer.split("/"))


def _is_key(text: str) -> bool:
    return bool(_KEY.fullmatch(text)) and not _NUMBERED.match(text)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like it, if one is like it at all."""
    folded = {one.lower().replace("_", ""): one for one in known}
    plain = re.sub(r"[\s_-]+", "", word.lower())
    found = difflib.get_close_matches(plain, folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else None


def _code(value: object, _key: str) -> str:
    said = f"expected a procedure code such as 97530 or G0283, got {shape_of(value)}"
    return said + _quotes_or_capitals(value, "code", r"[0-9A-Za-z]\d{3}[0-9A-Za-z]")


def _modifier(value: object, _key: str) -> str:
    said = f"expected a modifier such as GP or 59, got {shape_of(value)}"
    return said + _quotes_or_capitals(value, "modifier", r"[0-9A-Za-z]{2}")


def _quotes_or_capitals(value: object, what: str, form: str) -> str:
    """What to change where a value is of that form but for how it is written; without the value."""
    if isinstance(value, int) and not isinstance(value, bool) and re.fullmatch(form, str(value)):
        return f"; a {what} is a text, between quotes"
    if isinstance(value, str) and re.fullmatch(form, value.strip()):
        return "; it has blanks around it" if value != value.strip() else "; its letters must be capitals"
    return ""


def _place_of_service(value: object, _key: str) -> str:
    return f'expected a place of service of two digits such as "11", got {shape_of(value)}'


def _state(value: object, _key: str) -> str:
    return f'expected a state of two capital letters such as "TX", got {kind_of(value)}'


def _date(value: object, key: str) -> str:
    if key in _PRIVATE:
        return f'expected a date such as "2026-03-04", got {kind_of(value)} that is none'
    if isinstance(value, str) and _DATE.fullmatch(value):
        return 'expected a date such as "2026-03-04", got a day that is not in the calendar'
    return f'expected a date such as "2026-03-04", got {shape_of(value)}'


def _counted(what: str, most: int) -> Callable[[object, str], str]:
    """The sentence for a whole number of something that has a largest value."""

    def sentence(value: object, key: str) -> str:
        if isinstance(value, int | float) and not isinstance(value, bool) and value < 0:
            return f"{_named(key)} cannot be negative"
        if isinstance(value, bool) or not isinstance(value, int):
            return f"expected a whole number of {what}, got {shape_of(value)}"
        return f"{_named(key)} cannot be more than {most}, got {shape_of(value)}"

    return sentence


def _pointer(value: object, _key: str) -> str:
    return f"expected a diagnosis pointer from 1 to 12, got {shape_of(value)}"


def _clock(value: object, _key: str) -> str:
    # Nothing but a time of day looks like one, so it may be shown.
    clock = isinstance(value, str) and _CLOCK.fullmatch(value)
    got = f'"{value}"' if clock else shape_of(value)
    return f'expected a time of day such as "09:05", got {got}'


def _amount(value: object, _key: str) -> str:
    if isinstance(value, str) and value:
        return f'expected an amount such as "34.61", got {_no_amount(value)}'
    got = "a number" if isinstance(value, int | float) and not isinstance(value, bool) else kind_of(value)
    return f'expected an amount as a text such as "34.61", got {got}'


def _no_amount(text: str) -> str:
    """What sort of text stands for an amount, without its figures."""
    if _COMMA.fullmatch(text.strip()):
        return "one with a comma before the cents, where a point belongs"
    if _SPREADSHEET_ERROR.match(text.strip()):
        return "the error of a spreadsheet's formula"
    return "a text that is none"


def _one_of(words: tuple[Any, ...], value: object, key: str) -> str:
    listed = ", ".join(map(str, words))
    if key in _PRIVATE_WORDS or not isinstance(value, str):
        return f"expected one of {listed}; got {kind_of(value)}"
    near = nearest(value, map(str, words))
    hint = f'; did you mean "{near}"?' if near else ""
    return f"expected one of {listed}; got {shape_of(value)}{hint}"


def _expected(wanted: Any) -> str:
    plain = typing.get_args(wanted)[0] if typing.get_origin(wanted) is typing.Annotated else wanted
    if plain is str:
        return "a text"
    if plain in {int, float}:
        return "a number"
    if plain is bool:
        return "true or false"
    return "an object of texts" if typing.get_origin(plain) is dict else "another kind of value"


def _named(key: str) -> str:
    return key.replace("_", " ")


_SENTENCES: Final[tuple[tuple[Any, Callable[[object, str], str]], ...]] = (
    (ProcedureCode, _code),
    (Modifier, _modifier),
    (PlaceOfService, _place_of_service),
    (State, _state),
    (dt.date, _date),
    (Minutes, _counted("minutes", 1440)),
    (Units, _counted("units", 999)),
    (Count, _counted("times", 100_000)),
    (Pointer, _pointer),
    (Clock, _clock),
    (Cents, _amount),
)
