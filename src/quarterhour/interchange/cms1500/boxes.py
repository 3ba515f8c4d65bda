"""A claim as the boxes of a CMS-1500 (02/12): what stands in which item, by the NUCC's and Medicare's instructions.

Names are family name, comma, given name; addresses have no commas and points; diagnosis codes no points; dates are
``MM DD YYYY`` but ``MM DD YY`` on service lines. For Medicare as first payer items 4, 7 and 11a-c stay empty and item
11 says NONE; as second payer they hold the first payer's insured (Medicare Claims Processing Manual ch. 26 s. 10.2).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from quarterhour.domain.claim import Claim, Line
from quarterhour.domain.coverage import Coverage
from quarterhour.domain.visit import Patient, Provider
from quarterhour.interchange.cms1500.layout import DIAGNOSES, FIELDS, FORM, LINES_A_PAGE
from quarterhour.interchange.paper import (
    CannotPrint,
    Form,
    Page,
    Pencil,
    address_of,
    day_text,
    money_text,
    name_of,
    place_line,
    provider_names,
    second_line,
)

NONE: Final = "NONE"
ON_FILE: Final = "SIGNATURE ON FILE"
CONTINUED: Final = "CONTINUED"
#: The qualifier of a taxonomy code in 17a, 24I, 32b and 33b.
TAXONOMY: Final = "ZZ"
#: Item 1 by claim filing indicator; any other is a group health plan where there is a group, else "other".
KINDS: Final = {"MB": "medicare", "MA": "medicare", "MC": "medicaid", "CH": "tricare", "VA": "champva"}
RELATIONSHIPS: Final = {"18": "self", "01": "spouse", "19": "child"}
CAUSES: Final = (("10a", "EM"), ("10b", "AA"), ("10c", "OA"))
_SSN: Final = re.compile(r"[0-9]{3}-[0-9]{2}-[0-9]{4}")
_MODIFIERS, _POINTERS = 4, 4


def boxes(claim: Claim) -> Form:
    """The filled form: a page for every six lines, item 28 saying CONTINUED on all but the last.

    Raises:
        CannotPrint: for an institutional claim, or one with more of something than the form has places for.

    """
    if claim.claim_type != "professional":
        raise CannotPrint("1", "an institutional claim goes on the UB-04")
    if len(claim.diagnoses) > len(DIAGNOSES):
        raise CannotPrint("21", f"at most {len(DIAGNOSES)} diagnoses; divide the claim")
    if not claim.lines:
        raise CannotPrint("24", "a claim has at least one line")
    pencil = Pencil(FIELDS)
    same = pencil.filled(_insurance(claim) | _condition(claim) | _providers(claim))
    groups = [claim.lines[begin : begin + LINES_A_PAGE] for begin in range(0, len(claim.lines), LINES_A_PAGE)]
    pages = []
    for number, group in enumerate(groups, start=1):
        last = number == len(groups)
        sums = _sums(claim) if last else {"28": CONTINUED}
        rows = tuple(pencil.filled(_row(claim, line, f"24 line {at}")) for at, line in enumerate(group, start=1))
        pages.append(Page(same | pencil.filled(sums), rows))
    return Form(FORM, tuple(pages), tuple(pencil.changes))


def is_medicare(coverage: Coverage | None) -> bool:
    """Whether Medicare's own instructions apply."""
    return coverage is not None and KINDS.get(coverage.filing) == "medicare"


def _insurance(claim: Claim) -> dict[str, str | None]:
    """Items 1 to 9 and 11 and the carrier's address."""
    coverage, patient = claim.coverage, claim.patient
    if coverage is None:
        raise CannotPrint("1a", "the coverage is not given: payer and the member's identifier")
    if patient is None:
        raise CannotPrint("2", "the patient is not given")
    payer_street, _, _, _ = address_of(coverage.payer_address)
    street, city, state, code = address_of(patient.address)
    found: dict[str, str | None] = {
        "carrier.name": coverage.payer_name,
        "carrier.street": payer_street,
        "carrier.street2": second_line(coverage.payer_address),
        "carrier.place": place_line(coverage.payer_address),
        "1": KINDS.get(coverage.filing, "group health plan" if coverage.group else "other"),
        "1a": coverage.member_id,
        "2": name_of(patient),
        "3": day_text(patient.birth_date),
        "3.sex": _sex(patient),
        "5": street,
        "5.city": city,
        "5.state": state,
        "5.zip": code,
        "5.phone": (patient.address or {}).get("phone"),
    }
    other = claim.others[0] if claim.others else None
    if is_medicare(coverage):
        if other is None or coverage.order == "P":
            return found | {"11": NONE}
        return found | _insured(other.coverage, patient) | {"11": other.coverage.group or other.coverage.member_id}
    found |= _insured(coverage, patient) | {"11": coverage.group, "11d": "yes" if other else "no"}
    if other is not None:
        own = other.coverage
        found |= {
            "9": name_of(patient if own.relationship == "18" else own.subscriber),
            "9a": own.group or own.member_id,
            "9d": own.payer_name,
        }
    return found


def _insured(coverage: Coverage, patient: Patient) -> dict[str, str | None]:
    """Items 4, 6, 7 and 11a and c."""
    himself = coverage.relationship == "18"
    who = patient if himself else coverage.subscriber
    if who is None:
        raise CannotPrint("4", "the patient is not the insured, who is not given")
    street, city, state, code = address_of(who.address)
    return {
        "4": name_of(who),
        "6": RELATIONSHIPS.get(coverage.relationship, "other"),
        "7": street,
        "7.city": city,
        "7.state": state,
        "7.zip": code,
        "7.phone": (who.address or {}).get("phone"),
        "11a": day_text(who.birth_date),
        "11a.sex": _sex(who),
        "11c": coverage.group_name or coverage.payer_name,
    }


def _sex(who: Patient) -> str | None:
    return who.sex if who.sex in {"M", "F"} else None


def _condition(claim: Claim) -> dict[str, str | None]:
    """Items 10 and 12 to 23, the providers of 17 left out."""
    other_date = next(
        (
            (code, day)
            for code, day in (("439", claim.accident), ("454", claim.initial_treatment), ("304", claim.last_seen))
            if day is not None
        ),
        None,
    )
    reports = [f"PWK{one.report}{one.how}{one.control_number or ''}" for one in claim.attachments]
    found: dict[str, str | None] = {box: "yes" if cause in claim.related_causes else "no" for box, cause in CAUSES}
    found |= {
        "10b.state": claim.accident_state,
        "12": ON_FILE if claim.release == "Y" else None,
        "13": ON_FILE if claim.benefits_assigned == "Y" else None,
        "14": day_text(claim.onset),
        "14.qualifier": "431" if claim.onset else None,
        "15.qualifier": other_date[0] if other_date else None,
        "15": day_text(other_date[1]) if other_date else None,
        "19": "   ".join([*([claim.note] if claim.note else []), *reports]),
        "21.indicator": "0" if claim.diagnoses else None,
        "22": claim.frequency if claim.frequency != "1" else None,
        "22.reference": claim.original_reference,
        "23": claim.prior_authorization or claim.referral,
    }
    for letter, code in zip(DIAGNOSES, claim.diagnoses, strict=False):
        found[f"21{letter}"] = code.replace(".", "")
    return found


def _providers(claim: Claim) -> dict[str, str | None]:
    """Items 17, 25 to 27 and 31 to 33."""
    found: dict[str, str | None] = {}
    for role, who in (
        ("DN", claim.referring_provider), ("DK", claim.ordering_provider), ("DQ", claim.supervising_provider),
    ):  # fmt: skip
        if who is not None:
            found |= {
                "17.qualifier": role,
                "17": ", ".join(part for part in provider_names(who) if part),
                "17a.qualifier": TAXONOMY if who.taxonomy else None,
                "17a": who.taxonomy,
                "17b": who.npi,
            }
            break
    billing = claim.billing_provider
    if billing is None:
        raise CannotPrint("33", "the billing provider is not given")
    tax = billing.tax_id or ""
    found |= {
        "25": tax.replace("-", ""),
        "25.kind": ("ssn" if _SSN.fullmatch(tax) else "ein") if tax else None,
        "26": claim.patient_control_number,
        "27": {"A": "yes", "C": "no"}.get(claim.assignment),
        "31": ON_FILE if claim.provider_signature == "Y" else None,
    }
    return found | _party("32", claim.service_facility) | _party("33", billing)


def _party(box: str, who: Provider | None) -> dict[str, str | None]:
    if who is None:
        return {}
    street, _, _, _ = address_of(who.address)
    found = {
        f"{box}.name": (who.name or "").replace(".", ""),
        f"{box}.street": street,
        f"{box}.place": place_line(who.address),
        f"{box}a": who.npi,
        f"{box}b": TAXONOMY + who.taxonomy if who.taxonomy else None,
    }
    return found | ({"33.phone": (who.address or {}).get("phone")} if box == "33" else {})


def _sums(claim: Claim) -> dict[str, str | None]:
    """Items 28 and 29. Medicare wants only what the patient paid, others what other payers paid as well."""
    amounts = [claim.patient_paid]
    if not is_medicare(claim.coverage):
        amounts += [other.paid for other in claim.others]
    given = [amount for amount in amounts if amount is not None]
    return {"28": money_text(claim.charge), "29": money_text(sum(given)) if given else None}


def _row(claim: Claim, line: Line, place: str) -> dict[str, str | None]:
    """The boxes of one service line."""
    if len(line.modifiers) > _MODIFIERS:
        raise CannotPrint(place, f"at most {_MODIFIERS} modifiers")
    rendering = line.rendering_provider or claim.rendering_provider
    taxonomy = rendering.taxonomy if rendering else None
    return {
        "24I.shaded": TAXONOMY if taxonomy else None,
        "24J.shaded": taxonomy,
        "24A.from": day_text(line.date_of_service, short=True),
        "24A.to": day_text(line.date_to or line.date_of_service, short=True),
        "24B": line.place_of_service or claim.place_of_service,
        "24D": line.code,
        "24D.modifiers": " ".join(line.modifiers),
        "24E": _letters(line.diagnosis_pointers, claim, place),
        "24F": money_text(line.charge) if line.charge is not None else None,
        "24G": str(line.units),
        "24J": rendering.npi if rendering else None,
    }


def _letters(pointers: Sequence[int], claim: Claim, place: str) -> str:
    if len(pointers) > _POINTERS:
        raise CannotPrint(place, f"at most {_POINTERS} diagnosis pointers")
    if any(pointer > len(claim.diagnoses) for pointer in pointers):
        raise CannotPrint(place, "points to a diagnosis the claim does not have")
    return "".join(DIAGNOSES[pointer - 1] for pointer in pointers)
