"""Our own drawing of the CMS-1500: plain outlines and short labels of ours. It is not the official form."""

from __future__ import annotations

from typing import Final

from quarterhour.interchange.cms1500.layout import DIAGNOSES, FIELDS, FORM, LEFT, LINES_A_PAGE, SPACING
from quarterhour.interchange.drawing import Cell, Layout

NOTICE: Final = "Data of a CMS-1500 (02/12). Drawn by Quarterhour: not the official form, not for sending on paper."

_UPPER: Final = (
    Cell(8, 9, 1, 49, "1  kind of coverage"),
    Cell(8, 9, 50, 79, "1a  insured's identifier"),
    Cell(10, 11, 1, 29, "2  patient's name"),
    Cell(10, 11, 30, 49, "3  birth date, sex"),
    Cell(10, 11, 50, 79, "4  insured's name"),
    Cell(12, 13, 1, 29, "5  patient's street"),
    Cell(12, 13, 30, 49, "6  patient is the insured's"),
    Cell(12, 13, 50, 79, "7  insured's street"),
    Cell(14, 15, 1, 25, "city"),
    Cell(14, 15, 26, 29, "state"),
    Cell(14, 17, 30, 49, "8  reserved"),
    Cell(14, 15, 50, 73, "city"),
    Cell(14, 15, 74, 79, "state"),
    Cell(16, 17, 1, 14, "ZIP"),
    Cell(16, 17, 15, 29, "telephone"),
    Cell(16, 17, 50, 64, "ZIP"),
    Cell(16, 17, 65, 79, "telephone"),
    Cell(18, 19, 1, 29, "9  other insured's name"),
    Cell(18, 19, 30, 49, "10  condition related to"),
    Cell(18, 19, 50, 79, "11  insured's policy, group or FECA number"),
    Cell(20, 21, 1, 29, "9a  other insured's policy or group"),
    Cell(20, 21, 30, 49, "10a  employment"),
    Cell(20, 21, 50, 79, "11a  insured's birth date, sex"),
    Cell(22, 23, 1, 29, "9b  reserved"),
    Cell(22, 23, 30, 49, "10b  car accident"),
    Cell(22, 23, 50, 79, "11b  other claim identifier"),
    Cell(24, 25, 1, 29, "9c  reserved"),
    Cell(24, 25, 30, 49, "10c  other accident"),
    Cell(24, 25, 50, 79, "11c  plan or program"),
    Cell(26, 27, 1, 29, "9d  other plan or program"),
    Cell(26, 27, 30, 49, "10d  claim codes"),
    Cell(26, 27, 50, 79, "11d  another health plan?"),
    Cell(28, 31, 1, 49, "12  patient's or authorised person's signature, date"),
    Cell(28, 31, 50, 79, "13  insured's or authorised person's signature"),
    Cell(32, 33, 1, 29, "14  date of illness or injury, qualifier"),
    Cell(32, 33, 30, 49, "15  other date, qualifier"),
    Cell(32, 33, 50, 79, "16  unable to work from, to"),
    Cell(34, 35, 1, 28, "17  referring, ordering or supervising provider"),
    Cell(34, 34, 29, 49, "17a"),
    Cell(35, 35, 29, 49, "17b"),
    Cell(34, 35, 50, 79, "18  in hospital from, to"),
    Cell(36, 37, 1, 49, "19  additional information"),
    Cell(36, 37, 50, 79, "20  outside laboratory, charge"),
    Cell(38, 41, 1, 49, "21  diagnoses, version"),
    Cell(38, 39, 50, 61, "22  resubmission"),
    Cell(38, 39, 62, 79, "original reference"),
    Cell(40, 41, 50, 79, "23  prior authorisation"),
)
#: First and last column of each part of item 24, and its label.
_PARTS: Final = (
    (1, 18, "24A  dates of service"), (19, 21, "B  place"), (22, 24, "C  emg"), (25, 44, "D  procedure, modifiers"),
    (45, 49, "E  pointer"), (50, 58, "F  charge"), (59, 62, "G  units"), (63, 64, "H"), (65, 67, "I  id"),
    (68, 79, "J  rendering provider"),
)  # fmt: skip
_LOWER: Final = (
    Cell(56, 57, 1, 22, "25  tax identification number"),
    Cell(56, 57, 23, 37, "26  patient's account number"),
    Cell(56, 57, 38, 49, "27  accepts assignment"),
    Cell(56, 57, 50, 61, "28  total charge"),
    Cell(56, 57, 62, 70, "29  paid"),
    Cell(56, 57, 71, 79, "30  reserved"),
    Cell(58, 62, 1, 22, "31  signature of provider, date"),
    Cell(58, 61, 23, 49, "32  where furnished"),
    Cell(62, 62, 23, 34, "a"),
    Cell(62, 62, 35, 49, "b"),
    Cell(58, 61, 50, 79, "33  billing provider, telephone"),
    Cell(62, 62, 50, 60, "a"),
    Cell(62, 62, 61, 79, "b"),
)


def _cells() -> tuple[Cell, ...]:
    """All boxes of the form."""
    heads = tuple(Cell(42, 43, left, right, label) for left, right, label in _PARTS)
    rows = []
    for number in range(LINES_A_PAGE):
        line = 44 + number * SPACING
        rows.append(Cell(line, line, 1, 79, shaded=True))
        rows += [Cell(line + 1, line + 1, left, right) for left, right, _ in _PARTS]
    return (*_UPPER, *heads, *rows, *_LOWER)


def _labels() -> tuple[tuple[float, float, str], ...]:
    """The words beside the places of marks, the letters of item 21, and the notice."""
    marks = [
        (field.line - 0.72, float(column), word.replace("group health plan", "group").replace(" black lung", ""))
        for field in FIELDS.values()
        for word, column in field.choices
    ]
    letters = [(float(FIELDS[f"21{one}"].line), FIELDS[f"21{one}"].column - 1.4, one) for one in DIAGNOSES]
    return (*marks, *letters, (64.0, 1.0, NOTICE))


LAYOUT: Final = Layout(FORM, FIELDS, SPACING, LEFT, _cells(), _labels())
