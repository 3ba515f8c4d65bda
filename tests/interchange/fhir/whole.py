"""A visit and a claim in which every member is set, and visits as they come: what round trips are tried on."""

import datetime as dt

import msgspec

from quarterhour.domain.claim import Attachment, Claim, Institutional, Line
from quarterhour.domain.clock import Clock
from quarterhour.domain.coverage import Adjustment, Coverage, LinePaid, OtherCoverage
from quarterhour.domain.money import Cents
from quarterhour.domain.people import Patient, PersonName, Provider
from quarterhour.domain.visit import Accrued, Goal, Note, PlanOfCare, Service, Visit

DAY = dt.date(2026, 3, 4)
WRITTEN = dt.date(2026, 3, 9)
ADDRESS = {"street": "1 Sample Way", "street2": "Suite 2", "city": "Dallas", "state": "TX", "zip": "75201"}
PATIENT = Patient(
    id="P-1", name=PersonName(family="Lindqvist", given="Harald"), birth_date=dt.date(1952, 11, 30), sex="M",
    member_id="1EG4TE5MK02", address={"line1": "22 Example Lane", "city": "Dallas", "state": "TX", "zip": "75201"},
)  # fmt: skip


def provider(npi, name, **more):
    return Provider(npi=npi, name=name, **more)


THERAPIST = provider("1234567893", "Lena Whitcomb", credential="DPT", taxonomy="225100000X", address=ADDRESS)
ASSISTANT = provider("1234567919", "Tobias Okonjo", credential="PTA", taxonomy="225200000X")
SUPERVISOR = provider("1234567935", "Ines Calloway", credential="PT")
PHYSICIAN = provider("1234567968", "Helena Marchetti", credential="MD", tax_id="001234599")
CERTIFIER = provider("1234567968", "Pavel Osterhaus", credential="DO", taxonomy="208100000X")
CLINIC = provider(
    "1234567828", "Linden Street Therapy", credential="PT", taxonomy="261QP2000X", tax_id="001234567",
    address=ADDRESS | {"country": "US", "address2": "Suite 4"},
)  # fmt: skip
COVERAGE = Coverage(
    payer_name="Sample Medicare contractor", payer_id="04412", member_id="1EG4TE5MK02", relationship="G8", order="P",
    filing="MB", group="G-7", group_name="Sample group", insurance_type="12",
    subscriber=Patient(id="S-1", name=PersonName(family="Lindqvist", given="Maren")), payer_address=ADDRESS,
)  # fmt: skip
ADJUSTMENTS = (
    Adjustment(group="CO", reason="45", amount=Cents(1250), quantity=1),
    Adjustment(group="PR", reason="2", amount=Cents(700)),
)
OTHER = OtherCoverage(
    coverage=Coverage(
        payer_name="Sample supplement", payer_id="99001", member_id="Z-9", relationship="01", order="S",
        subscriber=Patient(id="S-2", name=PersonName(family="Lindqvist", given="Signe")),
    ),
    paid=Cents(2500), adjustments=ADJUSTMENTS, claim_number="ICN-1", benefits_assigned="N", release="I",
    lines=(LinePaid(line=1, paid=Cents(2500), paid_on=dt.date(2026, 4, 1), units=1, adjustments=ADJUSTMENTS),),
)  # fmt: skip
GOAL = Goal(
    id="G1", text="Climbs one flight of stairs with a rail", measure="5xSTS", baseline=19.0, target=12.0, current=15.5,
    unit="s", due=dt.date(2026, 4, 1),
)  # fmt: skip
PLAN = PlanOfCare(
    established=dt.date(2026, 2, 2), first_treatment=dt.date(2026, 2, 3), certified_on=dt.date(2026, 2, 10),
    certified_by=CERTIFIER, certified_through=dt.date(2026, 5, 2), order_signed_on=dt.date(2026, 1, 30),
    sent_to_referrer_on=dt.date(2026, 2, 4), diagnoses=("M25.561", "R26.89"), frequency="2 per week",
    duration="8 weeks", visit_number=7, last_progress_report_visit=1, last_progress_report_on=dt.date(2026, 2, 2),
    goals=(GOAL, Goal(text="Carries a bag of 10 lb", current=3.0, unit="lb")),
)  # fmt: skip
SERVICES = (
    Service(
        code="97530", minutes=24, assistant_minutes=8, mode="one-on-one", units=2, modifiers=("GP", "KX", "59"),
        intervals=((Clock(540), Clock(556)), (Clock(560), Clock(568))), charge=Cents(9000), diagnosis_pointers=(1, 2),
        label="Stairs and carrying",
    ),
    Service(code="97110", minutes=5, units=0),
    Service(code="G0283", minutes=15),
)  # fmt: skip
VISIT = Visit(
    date_of_service=DAY, visit_id="V-1001", payer="medicare-b", setting="private-practice", place_of_service="11",
    state="TX", zip="75201", discipline="PT", patient=PATIENT, therapist=THERAPIST, assistant=ASSISTANT,
    supervisor=SUPERVISOR, referring_provider=PHYSICIAN, billing_provider=CLINIC, plan_of_care=PLAN, services=SERVICES,
    total_treatment_minutes=50, total_timed_minutes=29, prior_authorization="A-1",
    note=Note(type="daily", text="S: Stairs are easier.\nP: \u00e9\n", signed_by="Lena Whitcomb, DPT", signed_on=DAY),
    accrued=Accrued(pt_slp=Cents(88410), ot=Cents(0)), coverage=COVERAGE, other_coverages=(OTHER,),
)  # fmt: skip
CLAIM = Claim(
    patient_control_number="C-1", claim_type="institutional", payer="medicare-b", frequency="7",
    original_reference="ICN-0", place_of_service="11", diagnoses=("M25.561", "R26.89"), patient=PATIENT,
    lines=(
        Line(
            code="97530", units=2, modifiers=("GP", "KX", "59"), charge=Cents(9000), date_of_service=DAY,
            revenue_code="0420", diagnosis_pointers=(1, 2), control_number="C-1-1", prior_authorization="A-2",
        ),
        Line(
            code="97110", units=1, charge=Cents(3461), date_of_service=DAY, date_to=dt.date(2026, 3, 5),
            place_of_service="12", rendering_provider=ASSISTANT,
        ),
    ),
    coverage=COVERAGE, others=(OTHER,), billing_provider=CLINIC, rendering_provider=THERAPIST,
    referring_provider=PHYSICIAN, ordering_provider=CERTIFIER, supervising_provider=SUPERVISOR,
    service_facility=provider("1234567828", "Linden Street, second house", address=ADDRESS),
    institutional=Institutional(
        facility="74", statement_from=dt.date(2026, 3, 1), statement_to=dt.date(2026, 3, 31), patient_status="30",
        admission_type="3", admission_source="1", admitted=dt.datetime(2026, 3, 1, 9, 0),  # noqa: DTZ001
        attending=provider("1234567893", "Ruth Anselm"),
        codes=(("BH", "11:D8:20260301"), ("BE", "A1")),
    ),
    attachments=(Attachment(report="OZ", how="EL", control_number="A-9"),), onset=dt.date(2026, 1, 1),
    initial_treatment=dt.date(2026, 1, 2), last_seen=dt.date(2026, 1, 3), accident=dt.date(2025, 12, 31),
    related_causes=("AA",), accident_state="TX", note="A note", referral="R-1", prior_authorization="A-1",
    medical_record="M-1", patient_paid=Cents(500), stated_charge=Cents(12461), provider_signature="N", assignment="C",
    benefits_assigned="N", release="I",
)  # fmt: skip


def unset(record, path=""):
    """The members of a record, and of the records in it, that have their default."""
    for field in msgspec.structs.fields(record):
        value = getattr(record, field.name)
        if not field.required and value in (field.default, (), None):
            yield f"{path}/{field.name}"
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, msgspec.Struct):
                yield from unset(inner, f"{path}/{field.name}")
