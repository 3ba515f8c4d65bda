"""The columns of a table of visits (one row a service) and of a table of claim lines (one row a line).

Columns of the visit or claim are repeated on each of its rows. ``path`` is where the value stands in the record, ``*``
being the row of the list. Reading, writing and the reference page are made from these lists.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

import msgspec

from quarterhour.domain.claim import Claim
from quarterhour.domain.visit import Visit

#: What a cell holds. A verbatim text keeps the blanks around it, others lose them; an amount is decimal text; what is
#: several has blanks between; times are such as ``09:00-09:24``; goals are JSON, or texts with semicolons between;
#: codes are qualifier and rest, such as ``BH:11:D8:20260201``.
Kind = Literal["text", "verbatim", "date", "number", "amount", "list", "numbers", "times", "goals", "codes"]

#: What holds several values whose cells can be put one after the other, so that several columns can be one list.
JOINED: Final[frozenset[Kind]] = frozenset({"list", "numbers", "times", "codes"})
#: A column each for the modifiers of a line, as claims have them.
MODIFIERS: Final = tuple(f"modifier_{place}" for place in range(1, 5))


class Column(msgspec.Struct, frozen=True):
    """One column, and where its value stands in the record."""

    name: str
    path: str
    kind: Kind
    what: str

    @property
    def of_row(self) -> bool:
        """Whether it is of the row itself rather than of the visit or claim."""
        return "*" in self.path


class Table(msgspec.Struct, frozen=True):
    """One kind of table: its record type, the list whose elements are the rows, and the column that names a record."""

    name: str
    record: type[Visit | Claim]
    rows: str
    key: str
    word: str
    columns: tuple[Column, ...]

    @property
    def by_name(self) -> dict[str, Column]:
        """The columns by their names."""
        return {column.name: column for column in self.columns}


def _address(prefix: str, path: str, whose: str) -> Iterator[Column]:
    for part, what in (("street", "street"), ("city", "city"), ("state", "state"), ("zip", "ZIP code")):
        yield Column(f"{prefix}_{part}", f"{path}.address.{part}", "text", f"{whose} {what}")


def _patient(path: str = "patient", prefix: str = "patient", whose: str = "patient's") -> Iterator[Column]:
    if path == "patient":
        yield Column("patient_id", "patient.id", "text", "the clinic's own identifier of the patient")
    yield Column(f"{prefix}_family", f"{path}.name.family", "text", f"{whose} family name")
    yield Column(f"{prefix}_given", f"{path}.name.given", "text", f"{whose} given names")
    yield Column(f"{prefix}_birth_date", f"{path}.birth_date", "date", f"{whose} date of birth")
    yield Column(f"{prefix}_sex", f"{path}.sex", "text", "F, M or U")
    yield from _address(prefix, path, whose)


def _provider(prefix: str, path: str, *parts: str) -> Iterator[Column]:
    words = {"npi": "NPI", "name": "name", "credential": "credential such as PT or PTA", "taxonomy": "taxonomy code",
             "tax_id": "tax identification number"}  # fmt: skip
    for part in parts:
        yield Column(
            f"{prefix}_{part}", f"{path}.{part}", "text", f"{path.replace('_', ' ').split('.')[-1]}: {words[part]}"
        )


_PLAN: Final[tuple[tuple[str, Kind, str], ...]] = (
    ("established", "date", "day the plan was written"),
    ("first_treatment", "date", "first day of treatment under it"),
    ("certified_on", "date", "day of certification"),
    ("certified_through", "date", "last day certified"),
    ("order_signed_on", "date", "day a physician signed an order"),
    ("sent_to_referrer_on", "date", "day it was sent to the referring physician"),
    ("diagnoses", "list", "ICD-10-CM codes"),
    ("goals", "goals", "the goals as JSON, as in the visit record, or their texts with semicolons between"),
    ("frequency", "text", "as the plan says it"),
    ("duration", "text", "as the plan says it"),
    ("visit_number", "number", "treatment days under it, this one included"),
    ("last_progress_report_visit", "number", "the treatment day of the last progress report"),
    ("last_progress_report_on", "date", "day of the last progress report"),
)

VISITS: Final = Table(
    "visits", Visit, "services", "visit_id", "visit",
    (
        Column("visit_id", "visit_id", "text", "your own name for the visit; findings carry it"),
        Column("date_of_service", "date_of_service", "date", "decides which policy applies"),
        Column("payer", "payer", "text", "one of the payers, such as medicare-b"),
        Column("setting", "setting", "text", "such as private-practice"),
        Column("place_of_service", "place_of_service", "text", "two digits"),
        Column("state", "state", "text", "where it was furnished"),
        Column("zip", "zip", "text", "where it was furnished"),
        Column("discipline", "discipline", "text", "PT, OT or SLP"),
        *_patient(),
        Column("member_id", "patient.member_id", "text", "the payer's identifier of the patient"),
        *_provider("therapist", "therapist", "npi", "name", "credential", "taxonomy"),
        *_provider("assistant", "assistant", "npi", "name", "credential"),
        *_provider("supervisor", "supervisor", "npi", "name", "credential"),
        *_provider("referring", "referring_provider", "npi", "name", "credential"),
        *_provider("billing", "billing_provider", "npi", "name", "tax_id", "taxonomy"),
        *_address("billing", "billing_provider", "billing provider's"),
        *(Column(f"plan_{name}", f"plan_of_care.{name}", kind, f"plan of care: {what}") for name, kind, what in _PLAN),
        *_provider("plan_certified_by", "plan_of_care.certified_by", "npi", "name", "credential"),
        Column("total_treatment_minutes", "total_treatment_minutes", "number", "timed and untimed minutes together"),
        Column("total_timed_minutes", "total_timed_minutes", "number", "minutes of timed codes together"),
        Column("note_type", "note.type", "text", "such as daily"),
        Column("note_text", "note.text", "verbatim", "the note as written"),
        Column("note_signed_by", "note.signed_by", "text", "who signed"),
        Column("note_signed_on", "note.signed_on", "date", "the day of signing"),
        Column("accrued_pt_slp", "accrued.PT+SLP", "amount", "allowed this year before the visit, PT and SLP"),
        Column("accrued_ot", "accrued.OT", "amount", "allowed this year before the visit, OT"),
        Column("prior_authorization", "prior_authorization", "text", "its number"),
        Column("code", "services.*.code", "text", "procedure code"),
        Column("minutes", "services.*.minutes", "number", "minutes of the service"),
        Column("assistant_minutes", "services.*.assistant_minutes", "number", "the part an assistant furnished alone"),
        Column("times", "services.*.intervals", "times", "start and end"),
        Column("mode", "services.*.mode", "text", "one-on-one, group, concurrent or co-treatment"),
        Column("units", "services.*.units", "number", "as billed; 0 = given and not billed"),
        Column("modifiers", "services.*.modifiers", "list", "as billed, in order"),
        Column("charge", "services.*.charge", "amount", "as billed"),
        Column("diagnosis_pointers", "services.*.diagnosis_pointers", "numbers", "places of diagnoses, from 1"),
        Column("label", "services.*.label", "text", "your own name for the service"),
    ),
)  # fmt: skip

CLAIM_LINES: Final = Table(
    "claim-lines", Claim, "lines", "patient_control_number", "claim",
    (
        Column("patient_control_number", "patient_control_number", "text", "your own name for the claim"),
        Column("claim_type", "claim_type", "text", "professional or institutional"),
        Column("payer", "payer", "text", "one of the payers, such as medicare-b"),
        Column("frequency", "frequency", "text", "1 original, 7 replacement, 8 void"),
        Column("original_reference", "original_reference", "text", "the payer's number of the claim replaced"),
        Column("claim_place_of_service", "place_of_service", "text", "two digits"),
        Column("diagnoses", "diagnoses", "list", "ICD-10-CM codes, the principal one first"),
        *_patient(),
        Column("payer_name", "coverage.payer_name", "text", "name of the payer"),
        Column("payer_id", "coverage.payer_id", "text", "the payer's identifier"),
        Column("member_id", "coverage.member_id", "text", "the payer's identifier of the insured"),
        Column("relationship", "coverage.relationship", "text", "of the patient to the insured: 18 self, 01, 19, G8"),
        Column("payer_order", "coverage.order", "text", "P first, S second, T third payer"),
        Column("filing", "coverage.filing", "text", "claim filing indicator such as MB or CI"),
        Column("group", "coverage.group", "text", "group number"),
        Column("group_name", "coverage.group_name", "text", "name of the group"),
        *_patient("coverage.subscriber", "insured", "insured's"),
        *_provider("billing", "billing_provider", "npi", "name", "tax_id", "taxonomy"),
        *_address("billing", "billing_provider", "billing provider's"),
        *_provider("rendering", "rendering_provider", "npi", "name", "credential", "taxonomy"),
        *_provider("referring", "referring_provider", "npi", "name", "credential"),
        *_provider("ordering", "ordering_provider", "npi", "name", "credential"),
        *_provider("supervising", "supervising_provider", "npi", "name", "credential"),
        *_provider("facility", "service_facility", "npi", "name"),
        *_address("facility", "service_facility", "service facility's"),
        Column("bill_facility", "institutional.facility", "text", "first two places of the type of bill"),
        Column("statement_from", "institutional.statement_from", "date", "first day of the statement"),
        Column("statement_to", "institutional.statement_to", "date", "last day of the statement"),
        Column("patient_status", "institutional.patient_status", "text", "patient status code"),
        Column("stay_codes", "institutional.codes", "codes", "occurrence, condition, value codes: BH:11:D8:20260201"),
        *_provider("attending", "institutional.attending", "npi", "name"),
        Column("onset", "onset", "date", "onset of the illness"),
        Column("initial_treatment", "initial_treatment", "date", "first treatment"),
        Column("last_seen", "last_seen", "date", "last seen by the physician"),
        Column("accident", "accident", "date", "day of the accident"),
        Column("accident_state", "accident_state", "text", "state of the accident"),
        Column("related_causes", "related_causes", "list", "AA, EM, OA"),
        Column("claim_note", "note", "text", "a note to the payer"),
        Column("referral", "referral", "text", "referral number"),
        Column("prior_authorization", "prior_authorization", "text", "its number"),
        Column("medical_record", "medical_record", "text", "medical record number"),
        Column("patient_paid", "patient_paid", "amount", "what the patient has paid"),
        Column("code", "lines.*.code", "text", "procedure code"),
        Column("units", "lines.*.units", "number", "units"),
        Column("modifiers", "lines.*.modifiers", "list", "in order"),
        Column("charge", "lines.*.charge", "amount", "charge of the line"),
        Column("date_of_service", "lines.*.date_of_service", "date", "first day of the line"),
        Column("date_to", "lines.*.date_to", "date", "last day, where it is another"),
        Column("revenue_code", "lines.*.revenue_code", "text", "four digits"),
        Column("diagnosis_pointers", "lines.*.diagnosis_pointers", "numbers", "places of diagnoses, from 1"),
        Column("line_control_number", "lines.*.control_number", "text", "your own name for the line"),
        Column("place_of_service", "lines.*.place_of_service", "text", "where it is not the claim's"),
        Column("line_rendering_npi", "lines.*.rendering_provider.npi", "text", "where it is not the claim's"),
    ),
)  # fmt: skip
TABLES: Final = {table.name: table for table in (VISITS, CLAIM_LINES)}
