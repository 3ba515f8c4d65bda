"""The UB-04 (CMS-1450): an institutional claim on paper, as data and as PDF."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from quarterhour.domain.claim import Claim
from quarterhour.interchange import paper
from quarterhour.interchange.paper import CannotPrint, Change, Form
from quarterhour.interchange.ub04.locators import locators
from quarterhour.interchange.ub04.reading import claim_of

__all__ = ["CannotPrint", "Change", "Form", "claim_of", "locators", "not_carried", "write_forms", "write_pdf"]


def not_carried(claim: Claim) -> tuple[str, ...]:
    """What of a claim its form does not carry, as paths such as ``lines[0].control_number``."""
    return paper.not_carried(claim, claim_of(locators(claim)))


def write_pdf(
    claims: Iterable[Claim], *, created: dt.date | None = None, plain: bool = False,
    shift: tuple[float, float] = (0.0, 0.0),
) -> bytes:  # fmt: skip
    """The forms of claims as one PDF; ``plain`` prints the data alone, for the genuine form in the printer.

    ``created`` is the date of the bill; ``shift`` moves all to the right and down, in inches.

    Raises:
        CannotPrint: for a claim that does not go on the form.
        NotInstalled: if the extra pdf is not installed.

    """
    return write_forms([locators(claim, created) for claim in claims], plain=plain, shift=shift)


def write_forms(forms: Sequence[Form], *, plain: bool = False, shift: tuple[float, float] = (0.0, 0.0)) -> bytes:
    """As :func:`write_pdf`, of forms that are filled already."""
    from quarterhour.interchange.drawing import pdf
    from quarterhour.interchange.ub04.outline import LAYOUT

    return pdf(forms, LAYOUT, plain=plain, shift=shift)
