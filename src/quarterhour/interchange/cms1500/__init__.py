"""The CMS-1500 (02/12): a professional claim on paper, as data and as PDF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quarterhour.domain.claim import Claim
from quarterhour.interchange import paper
from quarterhour.interchange.cms1500.boxes import boxes
from quarterhour.interchange.cms1500.reading import claim_of
from quarterhour.interchange.paper import CannotPrint, Change, Form

__all__ = ["CannotPrint", "Change", "Form", "boxes", "claim_of", "not_carried", "write_forms", "write_pdf"]


def not_carried(claim: Claim) -> tuple[str, ...]:
    """What of a claim its form does not carry, as paths such as ``lines[0].control_number``."""
    return paper.not_carried(claim, claim_of(boxes(claim)))


def write_pdf(claims: Iterable[Claim], *, plain: bool = False, shift: tuple[float, float] = (0.0, 0.0)) -> bytes:
    """The forms of claims as one PDF; ``plain`` prints the data alone, for the genuine form in the printer.

    ``shift`` moves all to the right and down, in inches.

    Raises:
        CannotPrint: for a claim that does not go on the form.
        NotInstalled: if the extra pdf is not installed.

    """
    return write_forms([boxes(claim) for claim in claims], plain=plain, shift=shift)


def write_forms(forms: Sequence[Form], *, plain: bool = False, shift: tuple[float, float] = (0.0, 0.0)) -> bytes:
    """As :func:`write_pdf`, of forms that are filled already."""
    from quarterhour.interchange.cms1500.outline import LAYOUT
    from quarterhour.interchange.drawing import pdf

    return pdf(forms, LAYOUT, plain=plain, shift=shift)
