"""Claims for the forms, all fictional, and what a PDF shows where."""

import datetime as dt
import io
from collections.abc import Iterable

import msgspec
import pypdfium2

from quarterhour.domain.claim import Attachment, Claim, Institutional, Line
from quarterhour.domain.coverage import Coverage, OtherCoverage
from quarterhour.domain.money import Cents
from quarterhour.domain.visit import Patient, PersonName, Provider

ADDRESS = {"street": "100 Main Street", "city": "Dallas", "state": "TX", "zip": "75201-0001"}
ELSEWHERE = {"street": "7 Elm Street, Apt. 2", "city": "Fort Worth", "state": "TX", "zip": "76102"}
BILLING = Provider(
    npi="1234567893", name="First Therapy Group", tax_id="12-3456789", taxonomy="261QP2000X",
    address=ADDRESS | {"phone": "555 5550100"},
)  # fmt: skip
THERAPIST = Provider(npi="1234567919", taxonomy="225100000X")
REFERRING = Provider(npi="1234567935", name="Roe, Rita")
JANE = Patient(
    name=PersonName(family="Doe", given="Jane"), birth_date=dt.date(1950, 5, 6), sex="F", address=ELSEWHERE,
    member_id="1EG4TE5MK73",
)  # fmt: skip
RUTH = Patient(name=PersonName(family="Roe", given="Ruth"), birth_date=dt.date(1980, 1, 2), sex="F", address=ADDRESS)
ROBIN = Patient(name=PersonName(family="Roe", given="Robin"), birth_date=dt.date(2010, 1, 2), sex="M", address=ADDRESS)
PAYER_PLACE = {"street": "PO Box 1", "city": "Dallas", "state": "TX", "zip": "75266"}
MEDICARE = Coverage(
    payer_name="Example MAC", payer_id="04412", member_id="1EG4TE5MK73", filing="MB", payer_address=PAYER_PLACE
)
PLAN = Coverage(
    payer_name="Example Plan", payer_id="EX01", member_id="M100", relationship="19", subscriber=RUTH, group="G1",
    group_name="Mill Workers", payer_address=PAYER_PLACE,
)  # fmt: skip
LINES = (
    Line(code="97530", units=2, modifiers=("GP", "KX"), charge=Cents(15050), date_of_service=dt.date(2026, 2, 3),
         diagnosis_pointers=(1, 2)),
    Line(code="97110", units=1, modifiers=("GP",), charge=Cents(10000), date_of_service=dt.date(2026, 2, 5),
         diagnosis_pointers=(3,)),
)  # fmt: skip


def lines(number: int, **changes: object) -> tuple[Line, ...]:
    return tuple(msgspec.structs.replace(LINES[at % 2], **changes) for at in range(number))


def professional(**changes: object) -> Claim:
    """Medicare as first payer, two lines."""
    base = {
        "patient_control_number": "C1", "claim_type": "professional", "payer": "", "lines": LINES,
        "place_of_service": "11", "diagnoses": ("M25.561", "M62.81", "R26.89"), "billing_provider": BILLING,
        "rendering_provider": THERAPIST, "referring_provider": REFERRING, "patient": JANE, "coverage": MEDICARE,
        "onset": dt.date(2026, 1, 5), "prior_authorization": "AUTH1",
    }  # fmt: skip
    return Claim(**(base | changes))


def dependent() -> Claim:
    """A child, a plan, another payer, a replacement after a car accident."""
    other = Coverage(payer_name="Other Plan", payer_id="99999", member_id="X9", order="S", relationship="18")
    return professional(
        patient=ROBIN, coverage=PLAN, others=(OtherCoverage(coverage=other),), frequency="7",
        original_reference="ICN77", related_causes=("AA",), accident_state="TX", accident=dt.date(2026, 1, 5),
        service_facility=Provider(npi="1234567828", name="Annex", address=ADDRESS), note="Fell at home",
        attachments=(Attachment(report="OZ", how="FX", control_number="A1"),), patient_paid=Cents(500),
    )  # fmt: skip


def medicare_second() -> Claim:
    """An employer's plan of the spouse pays first, Medicare second."""
    first = msgspec.structs.replace(PLAN, relationship="01", subscriber=RUTH, payer_address=None, group_name=None)
    return professional(
        coverage=msgspec.structs.replace(MEDICARE, order="S"), others=(OtherCoverage(coverage=first),),
    )  # fmt: skip


def institutional(number: int = 2) -> Claim:
    """An outpatient rehabilitation facility, with codes of every kind."""
    stay = Institutional(
        facility="74", statement_from=dt.date(2026, 2, 1), statement_to=dt.date(2026, 2, 28), patient_status="30",
        admission_type="3", admission_source="1", attending=REFERRING,
        admitted=dt.datetime(2026, 2, 1, 9),  # noqa: DTZ001  (the hour of the place)
        codes=(("BG", "A1"), ("BH", "11:D8:20260105"), ("BH", "35:D8:20260106"), ("BI", "74:RD8:20260110-20260112"),
               ("BE", "50:::7"), ("BE", "A2:::125.50")),
    )  # fmt: skip
    second = Coverage(payer_name="Other Plan", payer_id="99999", member_id="X9", order="S")
    return professional(
        claim_type="institutional", place_of_service=None, institutional=stay, onset=None, medical_record="MR1",
        lines=lines(number, revenue_code="0420", diagnosis_pointers=()),
        others=(OtherCoverage(coverage=second, paid=Cents(1000), claim_number="OC1"),),
        note="Therapy after a fall at home, plan revised",
        rendering_provider=Provider(npi="1234567919", name="Fox, Al"),
    )  # fmt: skip


def sheets(data: bytes, left: float) -> list[str]:
    """What each page of a PDF shows, character by character on its grid: a line for each printed line.

    ``left`` is how many inches column 1 stands from the left edge.
    """
    return [_sheet(page, left) for page in pypdfium2.PdfDocument(io.BytesIO(data))]


def _sheet(page: pypdfium2.PdfPage, left: float) -> str:
    text = page.get_textpage()
    rows = [[" "] * 85 for _ in range(66)]
    for at in range(text.count_chars()):
        sign = text.get_text_range(at, 1)
        if sign.strip():
            x0, y0, x1, y1 = text.get_charbox(at, loose=True)
            rows[int((792 - (y0 + y1) / 2) // 12)][int(((x0 + x1) / 2 - left * 72) // 7.2)] = sign
    return "\n".join("".join(row).rstrip() for row in rows).rstrip() + "\n"


def overlapping(fields: Iterable) -> list[tuple[str, str]]:
    """Boxes that would print over each other."""
    taken: dict[tuple[int, int], str] = {}
    clashes = []
    for field in fields:
        columns = [column for _, column in field.choices] or range(field.column, field.column + field.width)
        for column in columns:
            other = taken.setdefault((field.line, column), field.box)
            if other != field.box:
                clashes.append((other, field.box))
    return clashes
