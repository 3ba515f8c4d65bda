"""Sheets of paper as PDF: texts on a grid of ten characters and six lines to the inch, lines and small labels.

Drawn with reportlab: places are given in points and Courier, which every PDF reader has, is exactly ten characters to
the inch at 12 points. (Typst, otherwise this house's choice for PDF, embeds a font in each file and is 16 times as
large to install; there is nothing here for it to set.)
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from quarterhour.domain.extras import installing
from quarterhour.interchange.errors import NotInstalled
from quarterhour.interchange.paper import Field, Form, texts

_INCH: Final = 72.0
_WIDTH, _HEIGHT = 8.5 * _INCH, 11 * _INCH
_COLUMN, _LINE = _INCH / 10, _INCH / 6
_FACE: Final = "Courier"
_SIZE: Final = 12
#: From the lower edge of a printed line to the foot of its letters.
_FOOT: Final = 2.6
#: How far, in characters, an outline stands before the first character inside it.
_EDGE: Final = 0.06
_LABEL_FACE: Final = "Helvetica"
_LABEL_SIZE: Final = 5.2
_INK: Final = (0.35, 0.35, 0.4)
_SHADE: Final = 0.92


class Cell(msgspec.Struct, frozen=True):
    """A drawn box with its label: from the upper edge of line ``top`` to the lower edge of line ``bottom``.

    It holds the columns ``left`` to ``right``. The label stands in the upper left corner, or where data begins there
    (``aside``) in the upper right one.
    """

    top: int
    bottom: int
    left: int
    right: int
    label: str = ""
    shaded: bool = False
    aside: bool = False


class Layout(msgspec.Struct, frozen=True):
    """How a form looks: the places of its boxes, their outlines, and small texts at a line and column.

    ``spacing`` is the number of lines from one service line to the next, ``left`` how many inches column 1 stands from
    the left edge.
    """

    name: str
    fields: Mapping[str, Field]
    spacing: int
    left: float
    cells: tuple[Cell, ...]
    labels: tuple[tuple[float, float, str], ...]


def pdf(forms: Iterable[Form], layout: Layout, *, plain: bool, shift: tuple[float, float]) -> bytes:
    """Filled forms as one PDF of US letter pages; the same forms give the same bytes.

    ``plain`` leaves the outlines and labels out; ``shift`` moves all to the right and down, in inches, for a printer
    that does not feed exactly.

    Raises:
        NotInstalled: if reportlab is not there.

    """
    try:
        from reportlab.pdfgen.canvas import Canvas
    except ImportError:
        raise NotInstalled(f"a PDF needs the extra pdf: {installing('pdf')}") from None
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(_WIDTH, _HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle(f"{layout.name}, data")
    canvas.setCreator("Quarterhour")
    right, down = shift
    for page in (page for form in forms for page in form.pages):
        canvas.translate((layout.left + right) * _INCH, -down * _INCH)
        if not plain:
            _cells(canvas, layout.cells)
            _labels(canvas, layout.labels)
        canvas.setFillGray(0)
        canvas.setFont(_FACE, _SIZE)
        for text in texts(page, layout.fields, layout.spacing):
            canvas.drawString((text.column - 1) * _COLUMN, _below(text.line) + _FOOT, text.text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _below(line: float) -> float:
    """The lower edge of a line, in points from the lower edge of the sheet."""
    return _HEIGHT - line * _LINE


def _cells(canvas: Any, cells: Sequence[Cell]) -> None:
    canvas.setLineWidth(0.5)
    canvas.setStrokeColorRGB(*_INK)
    canvas.setFont(_LABEL_FACE, _LABEL_SIZE)
    for cell in cells:
        x = (cell.left - 1 - _EDGE) * _COLUMN
        width = (cell.right - cell.left + 1) * _COLUMN
        y = _below(cell.bottom)
        height = (cell.bottom - cell.top + 1) * _LINE
        canvas.setFillGray(_SHADE)
        canvas.rect(x, y, width, height, stroke=1, fill=int(cell.shaded))
        canvas.setFillColorRGB(*_INK)
        above = y + height - _LABEL_SIZE - 0.4
        if cell.aside:
            canvas.drawRightString(x + width - 1.2, above, cell.label)
        else:
            canvas.drawString(x + 1.8, above, cell.label)


def _labels(canvas: Any, labels: Sequence[tuple[float, float, str]]) -> None:
    """Small texts at a line and column, on the foot of the letters there."""
    canvas.setFont(_LABEL_FACE, _LABEL_SIZE)
    canvas.setFillColorRGB(*_INK)
    for line, column, text in labels:
        canvas.drawString((column - 1) * _COLUMN, _below(line) + _FOOT, text)
