"""SNIP type 5: codes of outside lists, by their form, their check digit or a list; and dates against each other (7)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT
from quarterhour.interchange.x12.columns import Table
from quarterhour.interchange.x12.defects import Defects
from quarterhour.interchange.x12.frame import Frame
from quarterhour.interchange.x12.lists import Lists
from quarterhour.interchange.x12.segments import Span, last_before
from quarterhour.interchange.x12.values import Bytes, IntArray, Mask, base36, key, words

_DIGIT, _LETTER = np.zeros(256, dtype=np.bool_), np.zeros(256, dtype=np.bool_)
_DIGIT[48:58] = True
_LETTER[65:91] = True
_EITHER: Final = _DIGIT | _LETTER
#: What 80840 before an NPI adds to its Luhn sum.
_NPI_PREFIX = 24
_NPI, _TAX, _TAXONOMY = 10, 9, 10
_ICD10: Final = ("ABK", "ABF", "ABJ", "APR", "ABN")
_ICD9: Final = ("BK", "BF", "BJ", "PR", "BN")


def codes(frame: Frame, kind: str, tables: Mapping[str, Table], defects: Defects, lists: Lists) -> None:
    """Hold the codes of a block against the forms and lists they must keep to."""
    _identifiers(frame, defects)
    _addresses(frame, defects, lists)
    if kind.startswith("837"):
        _claims(frame, kind, defects, lists)
        _diagnoses(frame, defects, lists)
        _services(frame, defects)
        _dates(frame, tables, defects)
        _same_lines(frame, tables, defects)
    _reasons(frame, tables, defects, lists)


def listed(words_: NDArray[np.uint64], codes_: frozenset[str]) -> Mask:
    """Where a word is one of the codes of a list."""
    return np.isin(words_, np.array(sorted(key(code) for code in codes_), dtype=np.uint64))


def _identifiers(frame: Frame, defects: Defects) -> None:
    parts = frame.parts
    for name, qualifier, place in (("NM1", 8, 9), ("N1", 3, 4)):
        rows = frame.rows(name)
        rows = rows[parts.words(rows, qualifier) == key("XX")]
        span = parts.element(rows, place)
        defects.add("npi-check-digit", rows[~is_npi(parts.block, span) & (span[1] > span[0])], place)
    rows = frame.qualified("REF", "EI", "SY")
    start, end = parts.element(rows, 2)
    bad = ~_digits(parts.block, (start, end), _TAX)
    # A hyphen or two may stand in these where the payer's guide says so; the standard form has none.
    defects.add("tax-id-invalid", rows[bad & (end > start)], 2)
    rows = frame.rows("PRV")
    rows = rows[parts.words(rows, 2) == key("PXC")]
    start, end = parts.element(rows, 3)
    block = parts.block
    good = (end - start) == _TAXONOMY
    for place in range(_TAXONOMY):
        sign = block[start + place]
        good &= _DIGIT[sign] if place < 3 else _EITHER[sign] if place < 9 else sign == ord("X")
    good &= block[start] != ord("0")
    defects.add("taxonomy-invalid", rows[~good & (end > start)], 3)


def is_npi(block: Bytes, span: Span) -> Mask:
    """Where a span is ten digits whose last is the check digit of the rest, with the prefix 80840."""
    start, end = span
    good: Mask = (end - start) == _NPI
    total = np.full(start.size, _NPI_PREFIX, dtype=np.int64)
    for place in range(_NPI):
        sign = block[start + place]
        good &= _DIGIT[sign]
        digit = sign.astype(np.int64) - 48
        if place % 2 == 0:
            digit *= 2
            digit -= 9 * (digit > 9)
        total += digit
    good &= total % 10 == 0
    return good


def _digits(block: Bytes, span: Span, count: int) -> Mask:
    start, end = span
    good: Mask = (end - start) == count
    for place in range(count):
        good &= _DIGIT[block[start + place]]
    return good


def _addresses(frame: Frame, defects: Defects, lists: Lists) -> None:
    parts, rows = frame.parts, frame.rows("N4")
    start, end = parts.element(rows, 4)
    country = parts.words(rows, 4)
    home = (start == end) | (country == key("US"))
    state = parts.element(rows, 2)
    known = listed(words(parts.view, *state), lists.states)
    defects.add("state-unknown", rows[home & ~known & (state[1] > state[0])], 2)
    code = parts.element(rows, 3)
    good = _digits(parts.block, code, 5) | _digits(parts.block, code, 9)
    defects.add("zip-invalid", rows[home & ~good & (code[1] > code[0])], 3)
    short = home & _digits(parts.block, code, 5) & frame.loops.inside(rows, "2010AA")
    defects.add("billing-zip-short", rows[short], 3)


def _claims(frame: Frame, kind: str, defects: Defects, lists: Lists) -> None:
    parts, rows = frame.parts, frame.rows("CLM")
    place, sort, frequency = parts.components(parts.element(rows, 5), 3)
    word = words(parts.view, *place)
    filled = place[1] > place[0]
    if kind == "837P":
        defects.add("place-unknown", rows[filled & ~listed(word, lists.places)], 5, 1)
        own = frame.rows("SV1")
        start, end = parts.element(own, 5)
        defects.add("place-unknown", own[(end > start) & ~listed(words(parts.view, start, end), lists.places)], 5)
    elif kind == "837I":
        good = _digits(parts.block, place, 2) & (parts.block[place[0]] != ord("0"))
        defects.add("bill-type-unknown", rows[filled & ~good], 5, 1)
    wanted = key({"837P": "B", "837I": "A"}.get(kind, "B"))
    defects.add("component-code-unknown", rows[(sort[1] > sort[0]) & (words(parts.view, *sort) != wanted)], 5, 2)
    for number, span in enumerate((place, sort, frequency), start=1):
        defects.add("component-missing", rows[span[1] == span[0]], 5, number)
    known = listed(words(parts.view, *frequency), lists.frequencies)
    defects.add("frequency-unknown", rows[(frequency[1] > frequency[0]) & ~known], 5, 3)


def _diagnoses(frame: Frame, defects: Defects, lists: Lists) -> None:
    parts, rows = frame.parts, frame.rows("HI")
    if "codes" not in frame.spans or not rows.size:
        return
    qualifier, code, *_ = frame.spans["codes"]
    word = words(parts.view, *qualifier)
    row, element = _owners(frame, qualifier[0])
    filled = code[1] > code[0]
    ten, nine = listed(word, frozenset(_ICD10)), listed(word, frozenset(_ICD9))
    bad = filled & ((ten & ~_is_icd10(parts.block, code)) | (nine & ~_is_icd9(parts.block, code)))
    defects.add("diagnosis-invalid", row[bad], element[bad], 2)
    unusual = filled & ten & ~bad & _is_too_long(parts.block, code, lists)
    defects.add("diagnosis-length-unusual", row[unusual], element[unusual], 2)
    defects.add(
        "component-missing",
        row[~filled & (qualifier[1] > qualifier[0])],
        element[~filled & (qualifier[1] > qualifier[0])],
        2,
    )


def _owners(frame: Frame, start: IntArray) -> tuple[IntArray, IntArray]:
    """The segments some spans lie in, and the elements."""
    parts = frame.parts
    row = np.searchsorted(parts.begin, start, side="right") - 1
    return row, np.searchsorted(parts.marks, start) - parts.first[row]


def _is_icd10(block: Bytes, span: Span) -> Mask:
    start, end = span
    length = end - start
    good = (length >= 3) & (length <= 7)
    good &= (
        _LETTER[block[start]] & _DIGIT[block[start + 1]] & (block[start] != ord("U"))
        | (block[start] == ord("U")) & _DIGIT[block[start + 1]]
    )
    for place in range(2, 7):
        good &= (place >= length) | _EITHER[block[start + place]]
    return good


def _is_too_long(block: Bytes, span: Span, lists: Lists) -> Mask:
    """Codes of seven characters in chapters that are known for none."""
    start, end = span
    long = np.zeros(256, dtype=np.bool_)
    long[[ord(letter) for letter in lists.seventh_characters]] = True
    found: Mask = (end - start == 7) & ~long[block[start]] & bool(lists.seventh_characters)
    return found


def _is_icd9(block: Bytes, span: Span) -> Mask:
    start, end = span
    length = end - start
    good = (length >= 3) & (length <= 5)
    good &= _DIGIT[block[start]] | (block[start] == ord("V")) | (block[start] == ord("E"))
    for place in range(1, 5):
        good &= (place >= length) | _DIGIT[block[start + place]]
    return good


def _services(frame: Frame, defects: Defects) -> None:
    parts, rows = frame.parts, frame.parts.rows("SV1", "SV2", "SV3")
    spans = frame.spans.get("procedure")
    if spans is None or not rows.size:
        return
    qualifier, code, *modifiers, _ = spans
    block = parts.block
    row, element = _owners(frame, qualifier[0])
    filled = code[1] > code[0]
    hcpcs = words(parts.view, *qualifier) == key("HC")
    start, end = code
    good = (end - start) == 5
    good &= _EITHER[block[start]] & _EITHER[block[start + 4]]
    for place in range(1, 4):
        good &= _DIGIT[block[start + place]]
    good &= words(parts.view, *code) != key("00000")
    defects.add("procedure-invalid", row[filled & hcpcs & ~good], element[filled & hcpcs & ~good], 2)
    for place, (begin, stop) in enumerate(modifiers, start=3):
        bad = (stop > begin) & (base36(block, begin, stop, 2) == ABSENT)
        defects.add("modifier-invalid", row[bad], element[bad], place)
    revenue = frame.rows("SV2")
    start, end = parts.element(revenue, 1)
    good = _digits(block, (start, end), 4) | _digits(block, (start, end), 3)
    defects.add("revenue-code-invalid", revenue[(end > start) & ~good], 1)


def _dates(frame: Frame, tables: Mapping[str, Table], defects: Defects) -> None:
    """A service is not later than the file; a birth is not later than the service."""
    lines, claims = tables["lines"], tables["claims"]
    rows = frame.parts.rows("SV1", "SV2", "SV3")
    if rows.size != lines.rows:
        return
    made = frame.rows("BHT")
    day = frame.period(made, 4)[0]
    at = last_before(made, rows, frame.rows("ST"))
    served = lines.integers("date_of_service")
    if made.size and rows.size:
        limit = np.where(at >= 0, day[np.maximum(at, 0)], ABSENT)
        dated = frame.qualified("DTP", "472")
        dated = dated[frame.loops.inside(dated, "2400")]
        owner = frame.by_major(dated, rows)
        last = np.maximum(served, lines.integers("date_to"))
        late = (owner != ABSENT) & (limit[owner] != ABSENT) & (last[owner] > limit[owner])
        defects.add("date-of-service-later", dated[late], 3)
    subscriber, patient = claims.integers("subscriber"), claims.integers("patient")
    born_self, born_other = tables["subscribers"].integers("birth_date"), tables["patients"].integers("birth_date")
    born = np.full(claims.rows, ABSENT, dtype=np.int64)
    there = subscriber != ABSENT
    born[there] = born_self[subscriber[there]]
    other = patient != ABSENT
    born[other] = born_other[patient[other]]
    owner = lines.integers("claim")
    early = (served != ABSENT) & (owner != ABSENT)
    if born.size:
        early &= (born[owner] != ABSENT) & (served < born[owner])
    if born.size and early.any():
        wrong = np.unique(owner[early])
        defects.add("birth-later", frame.rows("CLM")[wrong], wanted="DMG02")


def _same_lines(frame: Frame, tables: Mapping[str, Table], defects: Defects) -> None:
    """Lines that say the same of one claim: code, modifiers, dates, units and charge."""
    lines = tables["lines"]
    rows = frame.parts.rows("SV1", "SV2", "SV3")
    if rows.size != lines.rows or rows.size < 2:
        return
    mark = lines.integers("claim").astype(np.uint64)
    for name in (
        "code",
        "modifier1",
        "modifier2",
        "modifier3",
        "modifier4",
        "date_of_service",
        "date_to",
        "quantity",
        "charge",
    ):
        mark = (mark ^ lines.integers(name).astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        mark ^= mark >> np.uint64(29)
    mark ^= lines["revenue_code"].view(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F)
    known = lines.integers("code") != ABSENT
    turn = np.argsort(mark, kind="stable")
    same = np.flatnonzero(mark[turn][1:] == mark[turn][:-1]) + 1
    again = np.sort(turn[same])
    defects.add("line-repeated", rows[again[known[again]]])


def _reasons(frame: Frame, tables: Mapping[str, Table], defects: Defects, lists: Lists) -> None:
    parts = frame.parts
    cas = tables.get("adjustments")
    if cas is not None and cas.rows:
        row = np.searchsorted(parts.number, cas.integers("segment"))
        reason = cas["reason"]
        bad = (reason != b"") & ~listed(np.ascontiguousarray(reason).view(np.uint64), lists.adjustment_reasons)
        defects.add("adjustment-reason-unknown", row[bad], cas.integers("element")[bad])
    remarks = tables.get("remarks")
    if remarks is not None and remarks.rows:
        row = np.searchsorted(parts.number, remarks.integers("segment"))
        bad = (remarks["list"] == b"HE") & ~_is_remark(np.ascontiguousarray(remarks["code"]))
        defects.add("remark-unknown", row[bad], remarks.integers("element")[bad])
    statuses = tables.get("statuses")
    if statuses is not None and statuses.rows:
        rows = frame.rows("STC")
        word = np.ascontiguousarray(statuses["category1"]).view(np.uint64)
        defects.add("status-category-unknown", rows[(word != 0) & ~listed(word, lists.status_categories)], 1, 1)


def _is_remark(code: NDArray[np.bytes_]) -> Mask:
    """Remark codes are M, MA or N and one to three digits."""
    signs = code.view(np.uint8).reshape(-1, 8)
    first, second = signs[:, 0], signs[:, 1]
    two = (first == ord("M")) & (second == ord("A"))
    begin = np.where(two, 2, 1)
    length = np.count_nonzero(signs, axis=1)
    good: Mask = ((first == ord("M")) | (first == ord("N"))) & (length > begin) & (length - begin <= 3)
    for place in range(1, 8):
        good &= (place < begin) | (place >= length) | _DIGIT[signs[:, place]]
    return good
