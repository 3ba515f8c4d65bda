"""What in a file is written otherwise than the format has it, while what is meant is plain; and how it is written.

Nothing here decides what was done, for whom or for how much: capitals, points and hyphens in codes, padding of the
ISA, counts of the envelope, and letters that X12 does not carry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from quarterhour.interchange.x12.amend import Amendment
from quarterhour.interchange.x12.envelope import ISA_LENGTHS
from quarterhour.interchange.x12.reader import Chunk, Reading
from quarterhour.interchange.x12.segments import NUMBER
from quarterhour.interchange.x12.writing.pen import Pen

_COUNTED: Final = {"st-segments-wrong": ("SE", 1), "gs-transactions-wrong": ("GE", 1), "isa-groups-wrong": ("IEA", 1)}
_DIAGNOSES: Final = frozenset({"ABK", "ABF", "ABJ", "APR", "ABN", "BK", "BF", "BJ", "PR", "BN"})
_DIAGNOSIS: Final = re.compile(r"[A-Za-z0-9]{3}\.?[A-Za-z0-9]{0,4}")
_CODE: Final = re.compile(r"[A-Za-z0-9]{2}|[A-Za-z0-9]{5}")
_ZIP: Final = re.compile(r"(\d{5})-(\d{4})")
_TAX: Final = re.compile(r"(\d{2})-(\d{7})|(\d{3})-(\d{2})-(\d{4})")
_STATE: Final = re.compile(r"[A-Za-z]{2}")
_TAX_NUMBERS: Final = frozenset({"EI", "SY"})
_LONGEST_TEXT: Final = 264
_PROCEDURES: Final = {"SV1": 1, "SV2": 2, "SVC": 1}
_DIAGNOSIS_ELEMENTS: Final = 12
#: Elements that hold free text.
_TEXTS: Final = {"NM1": (3, 4, 5), "N1": (2,), "N3": (1, 2), "N4": (1,), "NTE": (2,), "PER": (2,), "SBR": (4,)}
#: What is to stand in an element, and the name of why.
Tidied = tuple[str, Amendment]
_Change = Callable[[str], str]


def tidy(reading: Reading) -> Iterator[Tidied]:
    """Every element of a file that is written otherwise than the format has it, with what should stand there."""
    for defect in reading.defects:
        if defect.name in _COUNTED:
            yield "count-of-envelope", Amendment(defect.segment, _COUNTED[defect.name][1], str(defect.numbers[-1]))
    padded = not any(defect.name == "isa-not-padded" for defect in reading.defects)
    for chunk in reading.chunks:
        if not padded:
            yield from _isa(chunk)
        for name in ("HI", *_PROCEDURES, "N4", "REF", *_TEXTS):
            yield from _of_segments(chunk, name)


def _rows(chunk: Chunk, name: str) -> Iterator[int]:
    parts = chunk.segments
    if name in NUMBER:
        yield from (row for row in parts.rows(name).tolist() if row >= parts.carried)


def _isa(chunk: Chunk) -> Iterator[Tidied]:
    """The elements of an ISA with blanks up to their lengths; one that is too long stays as it is."""
    parts = chunk.segments
    for row in _rows(chunk, "ISA"):
        for element, length in enumerate(ISA_LENGTHS.tolist(), start=1):
            text = parts.string(row, element)
            if len(text) < length:
                yield "padding-of-isa", Amendment(int(parts.number[row]), element, text.ljust(length))


def _of_segments(chunk: Chunk, name: str) -> Iterator[Tidied]:
    for row in _rows(chunk, name):
        for why, element, change in _changes(chunk, row, name):
            before = chunk.segments.string(row, element)
            after = change(before) if before else before
            if after != before:
                yield why, Amendment(int(chunk.segments.number[row]), element, after)


def _changes(chunk: Chunk, row: int, name: str) -> Iterator[tuple[str, int, _Change]]:
    """How the elements of a segment may be written otherwise."""
    sign = chr(chunk.dialect.component)
    if name == "HI":
        yield from (
            ("form-of-diagnosis", element, lambda text: _diagnosis(text, sign))
            for element in range(1, _DIAGNOSIS_ELEMENTS + 1)
        )
    elif name in _PROCEDURES:
        yield "capitals-of-codes", _PROCEDURES[name], lambda text: _procedure(text, sign)
    elif name == "REF" and chunk.segments.string(row, 1) in _TAX_NUMBERS:
        yield "form-of-tax-number", 2, lambda text: text.replace("-", "") if _TAX.fullmatch(text) else text
    if name == "N4":
        yield "capitals-of-codes", 2, lambda text: text.upper() if _STATE.fullmatch(text) else text
        yield "form-of-zip", 3, lambda text: text.replace("-", "") if _ZIP.fullmatch(text) else text
    for element in _TEXTS.get(name, ()):
        yield "letters-of-texts", element, _letters


def _diagnosis(text: str, sign: str) -> str:
    qualifier, parted, rest = text.partition(sign)
    code, more, others = rest.partition(sign)
    if qualifier.upper() not in _DIAGNOSES or not parted or not _DIAGNOSIS.fullmatch(code):
        return text
    return f"{qualifier.upper()}{sign}{code.replace('.', '').upper()}{more}{others}"


def _procedure(text: str, sign: str) -> str:
    """Code and modifiers in capitals; a description behind them stays."""
    qualifier, *codes = text.split(sign)
    return sign.join(
        [qualifier.upper(), *(code.upper() if _CODE.fullmatch(code) else code for code in codes[:5]), *codes[5:]]
    )


def _letters(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return Pen().text(text, _LONGEST_TEXT, "")
