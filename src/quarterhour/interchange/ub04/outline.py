"""Our own drawing of the UB-04: plain outlines and short labels of ours. It is not the official form."""

from __future__ import annotations

from typing import Final

from quarterhour.interchange.drawing import Cell, Layout
from quarterhour.interchange.ub04.layout import (
    CONDITIONS,
    DIAGNOSES,
    FIELDS,
    FORM,
    LEFT,
    LINES_A_PAGE,
    PAYERS,
    SPACING,
)

NOTICE: Final = "Data of a UB-04 (CMS-1450). Drawn by Quarterhour: not the official form, not for sending on paper."
_FIRST, _SUMS = 19, 41

_UPPER: Final = (
    Cell(1, 5, 1, 25, "1  billing provider"),
    Cell(1, 5, 26, 49, "2  pay-to"),
    Cell(2, 2, 50, 77, "3a"),
    Cell(3, 3, 50, 77, "3b"),
    Cell(2, 3, 78, 82, "4  bill"),
    Cell(4, 5, 50, 61, "5  tax number"),
    Cell(4, 5, 62, 75, "6  statement from, to"),
    Cell(4, 5, 76, 82, "7"),
    Cell(6, 7, 1, 31, "8  patient"),
    Cell(6, 6, 32, 82, "9  address"),
    Cell(7, 7, 32, 63, "b", aside=True),
    Cell(7, 7, 64, 67, "c", aside=True),
    Cell(7, 7, 68, 78, "d", aside=True),
    Cell(7, 7, 79, 82, "e"),
    Cell(8, 9, 1, 8, "10  birth date"),
    Cell(8, 9, 9, 11, "11  sex"),
    Cell(8, 9, 12, 18, "12  admitted"),
    Cell(8, 9, 19, 20, "13"),
    Cell(8, 9, 21, 23, "14"),
    Cell(8, 9, 24, 26, "15"),
    Cell(8, 9, 27, 29, "16"),
    Cell(8, 9, 30, 32, "17"),
    *(Cell(8, 9, 33 + 3 * place, 35 + 3 * place, str(fl)) for place, fl in enumerate(CONDITIONS)),
    Cell(8, 9, 66, 69, "29"),
    Cell(8, 9, 70, 82, "30"),
    *(Cell(10, 12, 1 + 10 * place, 10 + 10 * place, f"{31 + place}  occurrence, date") for place in range(4)),
    Cell(10, 12, 41, 57, "35  span: code, from, to"),
    Cell(10, 12, 58, 74, "36  span: code, from, to"),
    Cell(10, 12, 75, 82, "37"),
    Cell(13, 17, 1, 42, "38", aside=True),
    Cell(13, 17, 43, 56, "39  value code, amount"),
    Cell(13, 17, 57, 69, "40  value code, amount"),
    Cell(13, 17, 70, 82, "41  value code, amount"),
)  # fmt: skip
#: First and last column of each part of a service line, and its label.
_PARTS: Final = (
    (1, 5, "42  revenue"), (6, 30, "43  what that is"), (31, 45, "44  procedure code, modifiers"),
    (46, 52, "45  date"), (53, 59, "46  units"), (60, 69, "47  charge"), (70, 79, "48  not covered"), (80, 82, "49"),
)  # fmt: skip
_PAYER_PARTS: Final = (
    (42, 43, ((1, 23, "50  payer"), (24, 38, "51  payer's identifier"), (39, 40, "52"), (41, 43, "53"),
              (44, 53, "54  paid"), (54, 64, "55  due"))),
    (46, 47, ((1, 26, "58  insured's name"), (27, 29, "59"), (30, 49, "60  insured's identifier"),
              (50, 64, "61  group name"), (65, 82, "62  group number"))),
    (50, 51, ((1, 31, "63  authorisation"), (32, 57, "64  payer's claim number"), (58, 82, "65  employer"))),
)  # fmt: skip
_LOWER: Final = (
    Cell(42, 42, 65, 82, "56"),
    Cell(43, 45, 65, 82, "57"),
    *(Cell(54 + place // 9, 54 + place // 9, 2 + 8 * (place % 9), 9 + 8 * (place % 9),
           "67" if place == 0 else DIAGNOSES[place - 1], aside=True) for place in range(18)),
    Cell(54, 55, 74, 82, "68"),
    Cell(54, 55, 1, 1),
    Cell(56, 56, 1, 12, "69"),
    Cell(56, 56, 13, 39, "70"),
    Cell(56, 56, 40, 47, "71"),
    Cell(56, 56, 48, 73, "72"),
    Cell(56, 56, 74, 82, "73"),
    Cell(57, 60, 1, 45, "74"),
    Cell(57, 60, 46, 50, "75"),
    *(Cell(line, line + 1, 51, 82, label) for line, label in
      ((57, "76  attending, NPI"), (59, "77  operating, NPI"), (61, "78  other, NPI"), (63, "79  other, NPI"))),
    Cell(61, 64, 1, 25, "80", aside=True),
    *(Cell(61 + place, 61 + place, 26, 50, f"81{row}", aside=True) for place, row in enumerate("abcd")),
)  # fmt: skip


def _cells() -> tuple[Cell, ...]:
    """All boxes of the form."""
    heads = tuple(Cell(18, 18, left, right, label) for left, right, label in _PARTS)
    rows = tuple(
        Cell(line, line, left, right, shaded=bool((line - _FIRST) % 2))
        for line in range(_FIRST, _FIRST + LINES_A_PAGE)
        for left, right, _ in _PARTS
    )
    sums = tuple(Cell(_SUMS, _SUMS, left, right) for left, right, _ in _PARTS)
    payers = tuple(
        cell
        for head, first, parts in _PAYER_PARTS
        for left, right, label in parts
        for cell in (
            Cell(head, head, left, right, label),
            *(Cell(first + place, first + place, left, right) for place in range(len(PAYERS))),
        )
    )
    return (*_UPPER, *heads, *rows, *sums, *payers, *_LOWER)


_LABELS: Final = (
    (41.0, 12.0, "page"), (41.0, 20.0, "of"), (41.0, 35.0, "date of the bill, sum"), (66.0, 1.0, NOTICE),
)  # fmt: skip
LAYOUT: Final = Layout(FORM, FIELDS, SPACING, LEFT, _cells(), _LABELS)
