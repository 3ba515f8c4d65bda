"""Remedies of form applied to a copy of a file, with a ledger of every change. What is claimed stays as it was."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np

from quarterhour.domain.money import Cents
from quarterhour.interchange.errors import Unreadable
from quarterhour.interchange.visit_json.places import elements
from quarterhour.interchange.visit_json.text import NotJson, parse
from quarterhour.interchange.x12 import Amendment, Reading, amend, lists_of, read
from quarterhour.interchange.x12.tidy import tidy
from quarterhour.interchange.x12.writing.pen import amount
from quarterhour.policy import Policy
from quarterhour.workflows.errors import BadRequest

_FORMAT: Final = "format"
_REPEATED: Final = "MOD115"
_TOTAL: Final = "CLM201"
_WRAPPED: Final = "lines-wrapped"
#: The components of a procedure (SV101, SV202) that are its modifiers.
_MODIFIERS: Final = slice(2, 6)


class Fixed(msgspec.Struct, frozen=True):
    """The bytes of the copy, and the changes: ``rule``, ``before``, ``after`` and ``place`` of each."""

    data: bytes
    ledger: list[dict[str, Any]]


def fixed(path: Path, report: Mapping[str, Any], policy: Policy) -> Fixed:
    """The file of a report (of that file alone) with its remedies of form applied.

    Raises:
        BadRequest: for a file that is neither X12 nor visit records (JSON).

    """
    (one,) = report["inputs"]
    wanted = [finding for finding in report["findings"] if finding["remedy"]["kind"] == _FORMAT]
    if "kinds" in one:
        if one.get("not_judged"):
            # The sum is of the lines that were judged; a total right by all of them would be made wrong.
            wanted = [finding for finding in wanted if finding["rule"] != _TOTAL]
        return _of_x12(read(path.read_bytes(), lists=lists_of(policy)), wanted)
    if one["kind"] != "visit" or one["defects"]:
        raise BadRequest(f"{path}: --fix writes X12 and visit records (JSON) that can be read whole")
    return _of_visits(path.read_bytes(), [finding for finding in wanted if finding["rule"] == _REPEATED])


def _of_x12(reading: Reading, findings: list[dict[str, Any]]) -> Fixed:
    """The changes of an element one after the other, each seeing the one before, and made at once."""
    ledger: list[dict[str, Any]] = []
    wanted: dict[tuple[int, int], str] = {}
    for why, amendment in tidy(reading):
        wanted[amendment.segment, amendment.element] = amendment.text
        ledger.append({"rule": f"x12/{why}", "segment": amendment.segment, "element": amendment.element})
    for finding in findings:
        if (change := _AMENDS.get(finding["rule"])) is not None:
            _put(reading, finding, change, wanted, ledger)
    amendments = [Amendment(segment, element, text) for (segment, element), text in wanted.items()]
    data, made = amend(reading, amendments)
    return Fixed(data, [*_unwrapped(reading), *_ledger(ledger, made)])


def _unwrapped(reading: Reading) -> Iterator[dict[str, Any]]:
    """Interchanges that stood in lines which end inside segments: a copy is always written without these."""
    for defect in reading.defects:
        if defect.name == _WRAPPED:
            place = {"segment": defect.segment, "offset": defect.offset, "element": defect.element}
            yield {"rule": f"x12/{_WRAPPED}", "before": "lines that end inside segments", "after": "", "place": place}


def _put(
    reading: Reading, finding: dict[str, Any], change: Callable[[str, str, dict[str, Any]], str],
    wanted: dict[tuple[int, int], str], ledger: list[dict[str, Any]],
) -> None:  # fmt: skip
    """Change the element a finding is about."""
    segment, element = finding["where"]["segment"], int(finding["where"]["element"].partition("-")[0][-2:])
    for chunk in reading.chunks:
        parts = chunk.segments
        row = parts.carried + int(np.searchsorted(parts.number[parts.carried : len(parts)], segment))
        if row < len(parts) and int(parts.number[row]) == segment:
            before = wanted.get((segment, element), parts.string(row, element))
            wanted[segment, element] = change(before, chr(chunk.dialect.component), finding["numbers"])
            ledger.append({"rule": finding["rule"], "segment": segment, "element": element})
            return


def _once(text: str, sign: str, _numbers: dict[str, Any]) -> str:
    """A procedure with modifiers that stand twice standing once; what stands behind the modifiers keeps its place."""
    parts = text.split(sign)
    kept = list(dict.fromkeys(filter(None, parts[_MODIFIERS])))
    behind = parts[_MODIFIERS.stop :]
    free = [""] * (_MODIFIERS.stop - _MODIFIERS.start - len(kept)) if behind else []
    return sign.join([*parts[: _MODIFIERS.start], *kept, *free, *behind])


def _sum(_text: str, _sign: str, numbers: dict[str, Any]) -> str:
    return amount(Cents.parse(str(numbers["sum"])))


_AMENDS: Final[dict[str, Callable[[str, str, dict[str, Any]], str]]] = {_REPEATED: _once, _TOTAL: _sum}


def _ledger(wanted: list[dict[str, Any]], made: list[Any]) -> Iterator[dict[str, Any]]:
    """Every change that was made, with the rules behind it."""
    rules: dict[tuple[int, str], list[str]] = {}
    for one in wanted:
        rules.setdefault((one["segment"], f"{one['element']:02d}"), []).append(one["rule"])
    for change in made:
        why = rules[change.segment, change.element[-2:]]
        yield {
            "rule": " ".join(dict.fromkeys(why)),
            "before": change.before,
            "after": change.after,
            "place": {"segment": change.segment, "offset": change.offset, "element": change.element},
        }


def _of_visits(content: bytes, findings: list[dict[str, Any]]) -> Fixed:
    """Visit records with modifiers that stand twice standing once; every other byte stays as it stood."""
    if not findings:
        return Fixed(content, [])
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    text = content[len(mark) :].decode()
    records = [record for begin, own in _documents(text) for record in _records(begin, own)]
    about = [(records[finding["where"]["visit"] - 1], finding["line"] - 1, finding) for finding in findings]
    lists: dict[int, list[str]] = {}
    for record, number, _ in about:
        lists.setdefault(record.begin, []).append(record.modifiers(number))
    texts = {record.begin: record.text for record, _, _ in about}
    spans = {begin: elements(texts[begin], pointers) for begin, pointers in lists.items()}
    ledger: list[dict[str, Any]] = []
    cuts: set[tuple[int, int]] = set()
    for record, number, finding in about:
        before = list(record.value["services"][number]["modifiers"])
        own = spans[record.begin][record.modifiers(number)]
        cuts |= {
            (record.begin + own[at - 1][1], record.begin + own[at][1])
            for at, modifier in enumerate(before)
            if modifier in before[:at]
        }
        place = {"visit": finding["where"]["visit"], "pointer": f"{finding['where']['pointer']}/modifiers"}
        ledger.append({"rule": _REPEATED, "before": before, "after": list(dict.fromkeys(before)), "place": place})
    return Fixed(mark + _without(text, cuts).encode(), ledger)


def _without(text: str, cuts: Iterable[tuple[int, int]]) -> str:
    """The text without some stretches of it, none of which overlap."""
    kept, at = [], 0
    for start, end in sorted(cuts):
        kept.append(text[at:start])
        at = end
    return "".join([*kept, text[at:]])


def _documents(text: str) -> Iterator[tuple[int, str]]:
    """The JSON documents of a text, one or one a line, each with the offset it begins at."""
    try:
        parse(text)
    except NotJson:
        begin = 0
        for row in text.split("\n"):
            if row.strip():
                yield begin, row
            begin += len(row) + 1
    else:
        yield 0, text


class _Record(msgspec.Struct, frozen=True):
    """A visit record in its document: where that begins in the file, its text, and the pointer of the record in it."""

    begin: int
    text: str
    pointer: str
    value: Any

    def modifiers(self, service: int) -> str:
        """The pointer of the modifiers of a service, which count from 0."""
        return f"{self.pointer}/services/{service}/modifiers"


def _records(begin: int, text: str) -> Iterator[_Record]:
    """The records of a document: one, a list, or those under ``visits``."""
    try:
        document, _ = parse(text)
    except NotJson as error:
        raise Unreadable(str(error)) from error
    held = isinstance(document, dict) and "visits" in document
    several = document["visits"] if held else document
    if not isinstance(several, list):
        yield _Record(begin, text, "", document)
        return
    for number, value in enumerate(several):
        yield _Record(begin, text, f"{'/visits' if held else ''}/{number}", value)
