"""A claim as the form locators of a UB-04: what stands in which, by the Medicare Claims Processing Manual ch. 25.

Dates are ``MMDDYY``, the birth date ``MMDDYYYY``; the type of bill has a zero in front. The payers stand in the order
in which they pay, in rows A, B and C.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Sequence
from typing import Final

from quarterhour.domain.claim import Claim, Institutional, Line
from quarterhour.domain.coverage import Coverage, OtherCoverage
from quarterhour.domain.money import Cents
from quarterhour.domain.visit import Provider
from quarterhour.interchange.paper import (
    CannotPrint,
    Form,
    Page,
    Pencil,
    address_of,
    money_text,
    name_of,
    place_line,
    provider_names,
    second_line,
)
from quarterhour.interchange.ub04.layout import (
    CONDITIONS,
    DIAGNOSES,
    FIELDS,
    FORM,
    LINES_A_PAGE,
    OCCURRENCES,
    PAYERS,
    SPANS,
    VALUES,
)

#: The revenue code of the line of sums.
SUM: Final = "0001"
#: The qualifier of a taxonomy code in form locator 81.
TAXONOMY: Final = "B3"
ORDER: Final = "PST"
#: The boxes of each kind of code, by its qualifier in :class:`Institutional`.
CODES: Final = {"BG": tuple(map(str, CONDITIONS)), "BH": OCCURRENCES, "BI": SPANS, "BE": VALUES}
#: Words of ours for the revenue codes of therapy, by their first three places.
_REVENUE: Final = {"042": "Physical therapy", "043": "Occupational therapy", "044": "Speech therapy"}
_REMARK: Final = 24
_REMARKS: Final = 4
_MODIFIERS: Final = 4


def locators(claim: Claim, created: dt.date | None = None) -> Form:
    """The filled form: a page for every 22 lines, the sum on the last. ``created`` is the date of the bill.

    Raises:
        CannotPrint: for a professional claim, or one with more of something than the form has places for.

    """
    stay = claim.institutional
    if claim.claim_type != "institutional" or stay is None:
        raise CannotPrint(
            "4", "only an institutional claim with its type of bill and statement dates goes on the UB-04"
        )
    if not claim.lines:
        raise CannotPrint("42", "a claim has at least one line")
    pencil = Pencil(FIELDS)
    same = pencil.filled(_head(claim, stay) | _codes(stay) | _payers(claim) | _diagnoses(claim) | _foot(claim, stay))
    groups = [claim.lines[begin : begin + LINES_A_PAGE] for begin in range(0, len(claim.lines), LINES_A_PAGE)]
    pages = []
    for number, group in enumerate(groups, start=1):
        sums = {
            "42.sum": SUM,
            "43.page": str(number),
            "43.pages": str(len(groups)),
            "45.created": short(created),
            "47.sum": money_text(claim.charge) if number == len(groups) else "",
        }
        pages.append(Page(same | pencil.filled(sums), tuple(pencil.filled(_row(line)) for line in group)))
    return Form(FORM, tuple(pages), tuple(pencil.changes))


def short(day: dt.date | None) -> str:
    """``MMDDYY``."""
    return f"{day:%m%d%y}" if day else ""


def ordered(claim: Claim) -> list[tuple[Coverage, OtherCoverage | None]]:
    """All payers of a claim in the order in which they pay; the one the form goes to has nothing beside it.

    Raises:
        CannotPrint: if none is known, or there are more than the form has rows.

    """
    if claim.coverage is None:
        raise CannotPrint("50A", "the coverage is not given: payer and the member's identifier")
    every: list[tuple[Coverage, OtherCoverage | None]] = [(claim.coverage, None)]
    every += [(other.coverage, other) for other in claim.others]
    if len(every) > len(PAYERS):
        raise CannotPrint("50", f"at most {len(PAYERS)} payers")
    return sorted(every, key=lambda pair: ORDER.find(pair[0].order) % (len(ORDER) + 1))


def _head(claim: Claim, stay: Institutional) -> dict[str, str | None]:
    patient, billing = claim.patient, claim.billing_provider
    if patient is None:
        raise CannotPrint("8b", "the patient is not given")
    if billing is None:
        raise CannotPrint("1", "the billing provider is not given")
    payer = claim.coverage.payer_address if claim.coverage else None
    street, city, state, code = address_of(patient.address)
    return {
        "1.name": billing.name,
        "1.street": address_of(billing.address)[0],
        "1.place": place_line(billing.address),
        "1.phone": (billing.address or {}).get("phone"),
        "3a": claim.patient_control_number,
        "3b": claim.medical_record,
        "4": f"0{stay.facility}{claim.frequency}",
        "5": billing.tax_id,
        "6.from": short(stay.statement_from),
        "6.to": short(stay.statement_to),
        "8a": patient.id,
        "8b": name_of(patient),
        "9a": street,
        "9b": city,
        "9c": state,
        "9d": code,
        "10": f"{patient.birth_date:%m%d%Y}" if patient.birth_date else None,
        "11": patient.sex,
        "12": short(stay.admitted.date()) if stay.admitted else None,
        "13": f"{stay.admitted:%H}" if stay.admitted else None,
        "14": stay.admission_type,
        "15": stay.admission_source,
        "17": stay.patient_status,
        "29": claim.accident_state,
        "38.name": claim.coverage.payer_name if claim.coverage else None,
        "38.street": address_of(payer)[0],
        "38.street2": second_line(payer),
        "38.place": place_line(payer),
    }


def _codes(stay: Institutional) -> dict[str, str | None]:
    """Condition, occurrence, span and value codes, each kind in its own form locators in the order given."""
    found: dict[str, str | None] = {}
    for qualifier, boxes in CODES.items():
        own = [rest.split(":") for kind, rest in stay.codes if kind == qualifier]
        if len(own) > len(boxes):
            raise CannotPrint(boxes[0], f"at most {len(boxes)} codes of this kind")
        for box, parts in zip(boxes, own, strict=False):
            found[box] = parts[0]
            found |= _beside(box, qualifier, parts)
    unknown = [kind for kind, _ in stay.codes if kind not in CODES]
    if unknown:
        raise CannotPrint("18", f"no form locator for a code of the kind {unknown[0]}")
    return found


def _beside(box: str, qualifier: str, parts: Sequence[str]) -> dict[str, str | None]:
    """The date, days or amount that stand beside a code."""
    if qualifier == "BH":
        return {f"{box}.on": _turned(parts[-1])}
    if qualifier == "BI":
        first, _, last = parts[-1].partition("-")
        return {f"{box}.from": _turned(first), f"{box}.to": _turned(last)}
    if qualifier == "BE":
        return {f"{box}.amount": money_text(Cents.parse(parts[-1]))}
    return {}


def _turned(day: str) -> str:
    """``MMDDYY`` of ``CCYYMMDD``."""
    return day[4:] + day[2:4]


def _payers(claim: Claim) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    billing = claim.billing_provider
    for letter, (coverage, other) in zip(PAYERS, ordered(claim), strict=False):
        himself = coverage.relationship == "18"
        who = claim.patient if himself else coverage.subscriber
        if who is None:
            raise CannotPrint(f"58{letter}", "the patient is not the insured, who is not given")
        found |= {
            f"50{letter}": coverage.payer_name,
            f"51{letter}": coverage.payer_id,
            f"52{letter}": other.release if other else claim.release,
            f"53{letter}": other.benefits_assigned if other else claim.benefits_assigned,
            f"54{letter}": money_text(other.paid) if other and other.paid is not None else None,
            f"58{letter}": name_of(who),
            f"59{letter}": coverage.relationship,
            f"60{letter}": coverage.member_id,
            f"61{letter}": coverage.group_name,
            f"62{letter}": coverage.group,
            f"63{letter}": (claim.prior_authorization or claim.referral) if other is None else None,
            f"64{letter}": other.claim_number if other else claim.original_reference,
        }
    found["56"] = billing.npi if billing else None
    return found


def _diagnoses(claim: Claim) -> dict[str, str | None]:
    if len(claim.diagnoses) > len(DIAGNOSES) + 1:
        raise CannotPrint("67", f"at most {len(DIAGNOSES) + 1} diagnoses")
    boxes = ["67", *(f"67{letter}" for letter in DIAGNOSES)]
    found: dict[str, str | None] = {
        box: code.replace(".", "") for box, code in zip(boxes, claim.diagnoses, strict=False)
    }
    return found | {"66": "0" if claim.diagnoses else None}


def _foot(claim: Claim, stay: Institutional) -> dict[str, str | None]:
    """Providers, remarks and taxonomy."""
    others = [(role, who) for role, who in (("82", claim.rendering_provider), ("DN", claim.referring_provider)) if who]
    found = _provider("76", "", stay.attending)
    for box, (role, who) in zip(("78", "79"), others, strict=False):
        found |= _provider(box, role, who)
    rows = textwrap.wrap(" ".join((claim.note or "").split()), _REMARK)
    if len(rows) > _REMARKS:
        raise CannotPrint("80", f"the note has more than {_REMARKS} lines of {_REMARK} characters; shorten it")
    found |= {f"80.{number}": row for number, row in enumerate(rows, start=1)}
    taxonomy = claim.billing_provider.taxonomy if claim.billing_provider else None
    return found | {"81a.qualifier": TAXONOMY if taxonomy else None, "81a.code": taxonomy}


def _provider(box: str, role: str, who: Provider | None) -> dict[str, str | None]:
    if who is None:
        return {}
    family, given = provider_names(who)
    return {f"{box}.role": role, f"{box}.npi": who.npi, f"{box}.family": family, f"{box}.given": given}


def _row(line: Line) -> dict[str, str | None]:
    if len(line.modifiers) > _MODIFIERS:
        raise CannotPrint("44", f"at most {_MODIFIERS} modifiers")
    return {
        "42": line.revenue_code,
        "43": _REVENUE.get((line.revenue_code or "")[:3]),
        "44": line.code + "".join(line.modifiers),
        "45": short(line.date_of_service),
        "46": str(line.units),
        "47": money_text(line.charge) if line.charge is not None else None,
    }
