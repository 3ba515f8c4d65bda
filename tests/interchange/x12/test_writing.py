import datetime as dt
import io

import pytest
from tests.interchange.x12.samples import professional, replaced, written

from quarterhour.domain.claim import Attachment, Claim, Institutional, Line
from quarterhour.domain.coverage import Adjustment, Coverage, LinePaid, OtherCoverage
from quarterhour.domain.money import Cents
from quarterhour.domain.visit import Patient, PersonName, Provider
from quarterhour.interchange.x12 import CannotWrite, read
from quarterhour.interchange.x12.writing.acknowledge import write_acknowledgement, write_interchange_acknowledgement
from quarterhour.interchange.x12.writing.claims import write_claims
from quarterhour.interchange.x12.writing.pen import Envelope
from quarterhour.interchange.x12.writing.remittances import (
    PaidClaim,
    PaidLine,
    Payment,
    ProviderAdjustment,
    write_remittances,
)
from quarterhour.interchange.x12.writing.statuses import ClaimStatus, LineStatus, Status, write_statuses

ADDRESS = {"street": "100 Main Street", "city": "Dallas", "state": "TX", "zip": "75201-0001"}
BILLING = Provider(
    npi="1234567893", name="First Therapy Group", tax_id="12-3456789", taxonomy="261QP2000X", address=ADDRESS
)
THERAPIST = Provider(npi="1234567919", name="Alex Smith", credential="PT", taxonomy="225100000X")
REFERRING = Provider(npi="1234567935", name="Roe, Rita", credential="MD")
JANE = Patient(name=PersonName(family="Doe", given="Jane"), birth_date=dt.date(1950, 5, 6), sex="F", address=ADDRESS)
ENVELOPE = Envelope(
    sender="SENDERID", receiver="RECEIVERID", created=dt.datetime(2026, 3, 10, 12, 0, tzinfo=dt.UTC),
    submitter_name="First Therapy Group", contact_name="Billing Office", contact_phone="5555550100",
    receiver_name="Example Payer",
)  # fmt: skip
MEDICARE = Coverage(payer_name="Example Payer", payer_id="04412", member_id="1EG4TE5MK73", filing="MB")
LINES = (
    Line(code="97530", units=2, modifiers=("GP", "KX"), charge=Cents(15050), date_of_service=dt.date(2026, 2, 3),
         diagnosis_pointers=(1, 2), control_number="C1-1", revenue_code="0420"),
    Line(code="97110", units=1, modifiers=("GP",), charge=Cents(10000), date_of_service=dt.date(2026, 2, 5),
         diagnosis_pointers=(3,), control_number="C1-2", revenue_code="0420"),
)  # fmt: skip


def claim(**changes):
    base = {
        "patient_control_number": "C1", "claim_type": "professional", "payer": "medicare-b", "lines": LINES,
        "place_of_service": "11", "diagnoses": ("M25.561", "M62.81", "R26.89"), "billing_provider": BILLING,
        "rendering_provider": THERAPIST, "patient": JANE, "coverage": MEDICARE,
    }  # fmt: skip
    return Claim(**(base | changes))


def dependent():
    mother = Patient(
        name=PersonName(family="Roe", given="Ruth"), birth_date=dt.date(1980, 1, 2), sex="F", address=ADDRESS
    )
    child = Patient(
        name=PersonName(family="Roe", given="Robin"), birth_date=dt.date(2010, 1, 2), sex="M", address=ADDRESS
    )
    first = OtherCoverage(
        coverage=Coverage(payer_name="Other Payer", payer_id="99999", member_id="X9", relationship="19",
        subscriber=mother),
        paid=Cents(21050),
        claim_number="OTHER77",
        lines=tuple(
            LinePaid(
                line=number, paid=Cents(line.charge - 2000), paid_on=dt.date(2026, 2, 20),
                adjustments=(Adjustment(group="CO", reason="45", amount=Cents(1500)), Adjustment(group="PR",
                reason="2", amount=Cents(500))),
            )
            for number, line in enumerate(LINES, start=1)
        ),
    )  # fmt: skip
    return claim(
        frequency="7",
        original_reference="ICN77",
        prior_authorization="AUTH1",
        referring_provider=REFERRING,
        patient=child,
        coverage=Coverage(
            payer_name="Example Payer",
            payer_id="04412",
            member_id="M100",
            relationship="19",
            order="S",
            subscriber=mother,
            group="G1",
        ),
        others=(first,),
        ordering_provider=REFERRING,
        supervising_provider=THERAPIST,
        service_facility=Provider(npi="1234567828", name="Annex", address=ADDRESS),
        attachments=(Attachment(report="OZ", how="FX", control_number="A1"), Attachment(report="03", how="AA")),
        onset=dt.date(2026, 1, 5),
        accident=dt.date(2026, 1, 5),
        related_causes=("AA",),
        accident_state="TX",
        note="Fell at home",
        referral="R1",
        medical_record="MR1",
        patient_paid=Cents(500),
    )


def institutional():
    stay = Institutional(
        facility="74", statement_from=dt.date(2026, 2, 1), statement_to=dt.date(2026, 2, 28), patient_status="30",
        admission_type="3",
        admission_source="1", attending=REFERRING, codes=(("BH", "11:D8:20260105"), ("BE", "50:::7")),
    )  # fmt: skip
    return claim(claim_type="institutional", place_of_service=None, institutional=stay)


def payment():
    line = PaidLine(
        code="97530", charge=Cents(15000), units=2, modifiers=("GP",), remarks=("N130",),
        date_of_service=dt.date(2026, 2, 3),
        control_number="C1-1", allowed=Cents(9000),
        adjustments=(Adjustment(group="CO", reason="45", amount=Cents(6000)), Adjustment(group="PR", reason="2",
        amount=Cents(1800))),
    )  # fmt: skip
    of_claim = PaidClaim(
        patient_control_number="C1", payer_control_number="ICN1", family="Doe", given="Jane", member_id="1EG4TE5MK73",
        lines=(line, line), rendering_npi="1234567919",
    )  # fmt: skip
    return Payment(
        payer_name="Example Payer", payer_id="1112223333", payer_address=ADDRESS | {"zip": "75201"},
        payee_name="First Therapy Group",
        payee_npi="1234567893", trace_number="T1", paid_on=dt.date(2026, 3, 1), claims=(of_claim, of_claim),
        provider_adjustments=(ProviderAdjustment(reason="WO", reference="REF1", amount=Cents(500)),),
    )  # fmt: skip


def statuses():
    accepted = Status(category="A2", code="20")
    of_claim = ClaimStatus(
        patient_control_number="C1", family="Doe", given="Jane", member_id="1EG4TE5MK73", charge=Cents(25050),
        statuses=(accepted,),
        date_of_service=dt.date(2026, 2, 3), payer_control_number="ICN1", clearinghouse_trace="D9",
        lines=(LineStatus(code="97530", charge=Cents(15050), modifiers=("GP",), status=accepted,
        control_number="C1-1"),),
    )  # fmt: skip
    rejected = ClaimStatus(
        patient_control_number="C2", family="Roe", given="Robin", member_id="M100", charge=Cents(9000),
        statuses=(Status(category="A7", code="562", entity="85"),), date_of_service=dt.date(2026, 2, 4),
    )  # fmt: skip
    return write_statuses(
        [of_claim, rejected], ENVELOPE, payer=("Example Payer", "04412"), submitter=("First Therapy Group", "SENDERID"),
        provider=("First Therapy Group", "1234567893"), batch="B1",
    )  # fmt: skip


BROKEN = replaced("SV1*HC:97110:GP*100*UN", "SV1*HC:97110:GP*100*XX")(professional())
FILES = {
    "837P self": lambda: write_claims([claim(), claim(patient_control_number="C2")], ENVELOPE).data,
    "837P dependent": lambda: write_claims([dependent()], ENVELOPE).data,
    "837P many": lambda: write_claims([claim()] * 7, Envelope(**{f: getattr(ENVELOPE,
    f) for f in ENVELOPE.__slots__} | {"per_transaction": 3})).data,
    "837I": lambda: write_claims([institutional()], ENVELOPE).data,
    "835": lambda: write_remittances([payment()], ENVELOPE),
    "277CA": statuses,
    "999 accepted": lambda: write_acknowledgement(read(written(professional())), ENVELOPE),
    "999 rejected": lambda: write_acknowledgement(read(written(BROKEN)), ENVELOPE),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_what_is_written_has_no_defect(name):
    assert read(FILES[name]()).defects == []


def accepted(data):
    """Whether pyx12 takes a file; what it says of it if not."""
    params = pytest.importorskip("pyx12.params", reason="pyx12 is the oracle of what is written; it is not installed")
    from pyx12.x12n_document import x12n_document

    answer = io.StringIO()
    taken = x12n_document(params.params(), io.StringIO(data.decode()), answer, None)
    assert taken, answer.getvalue()
    return taken


@pytest.mark.parametrize("name", FILES)
def test_pyx12_takes_what_is_written(name):
    assert accepted(FILES[name]())


def test_a_written_claim_reads_back():
    tables = read(FILES["837P self"]()).tables["837P"]
    claims, lines = tables["claims"].records(), tables["lines"].records()
    assert [row["patient_control_number"] for row in claims] == ["C1", "C2"]
    assert claims[0]["charge"] == sum(line.charge for line in LINES)
    for line, row in zip(LINES, lines, strict=False):
        assert (row["procedure"], row["units"], row["charge"], row["control_number"]) == (
            line.code, line.units, line.charge, line.control_number,
        )  # fmt: skip
        assert row["date_of_service"] == line.date_of_service.toordinal()
        assert (row["modifier1"], row["pointer1"]) == (int("GP", 36), line.diagnosis_pointers[0])
    member = tables["subscribers"].records()[claims[0]["subscriber"]]
    assert (member["identifier"], member["birth_date"], member["filing"]) == (
        "1EG4TE5MK73",
        JANE.birth_date.toordinal(),
        "MB",
    )
    assert [row["code"] for row in tables["diagnoses"].records()][:3] == ["M25561", "M6281", "R2689"]
    billing = tables["providers"].records()[claims[0]["billing"]]
    assert (billing["tax_id"], billing["taxonomy"], billing["zip"]) == ("123456789", "261QP2000X", "752010001")


def test_everything_of_a_dependent_claim_is_written():
    text = FILES["837P dependent"]().decode()
    for segment in (
        "REF*F8*ICN77", "REF*G1*AUTH1", "REF*9F*R1", "REF*EA*MR1", "PWK*OZ*FX***AC*A1", "PWK*03*AA", "PAT*19",
        "SBR*S**G1******CI",
        "NM1*DN*1*Roe*Rita****XX*1234567935", "NM1*DK*1*Roe*Rita****XX*1234567935",
        "NM1*DQ*1*Smith*Alex****XX*1234567919",
        "NM1*77*2*Annex*****XX*1234567828", "DTP*431*D8*20260105", "DTP*439*D8*20260105", "AMT*F5*5", "AMT*D*210.50",
        "SVD*99999*130.50*HC:97530:GP:KX**2", "CAS*CO*45*15", "DTP*573*D8*20260220", "REF*6R*C1-2", "REF*F8*OTHER77",
        "CLM*C1*250.50***11:B:7*Y*A*Y*Y**AA:::TX", "NTE*ADD*Fell at home",
    ):  # fmt: skip
        assert segment + "~" in text, segment


def test_transactions_hold_no_more_claims_than_told():
    summary = read(FILES["837P many"]()).summary
    assert (summary.transactions, summary.claims) == (3, 7)


def test_texts_are_cleaned_and_each_change_is_told_and_identifiers_are_not():
    who = Patient(
        name=PersonName(family="Núñez*~", given="María José " * 5),
        birth_date=dt.date(1950, 5, 6),
        sex="F",
        address=ADDRESS,
    )
    made = write_claims([claim(patient=who, note="see: 5 > 3\t^")], ENVELOPE)
    assert read(made.data).defects == []
    assert [(change.claim, change.place, change.after) for change in made.changes] == [
        (1, "2010BA NM103", "Nunez"), (1, "2010BA NM104", "Maria Jose Maria Jose Maria Jose Ma"), (1, "2300 NTE02",
         "see 5 > 3"),
    ]  # fmt: skip
    with pytest.raises(CannotWrite, match="CLM01"):
        write_claims([claim(patient_control_number="C*1")], ENVELOPE)


@pytest.mark.parametrize(
    "changes, element",
    [
        ({"billing_provider": None}, "2010AA"),
        ({"billing_provider": Provider(name="X", npi="1234567893", tax_id="1", address={})}, "2010AA N3"),
        ({"diagnoses": ()}, "2300 HI01"),
        ({"lines": ()}, "2400"),
        ({"frequency": "7"}, r"2300 REF\*F8"),
        ({"lines": (Line(code="97530", units=1, charge=None),)}, "2400"),
        ({"patient": Patient(name=PersonName(family="Doe"), address=ADDRESS)}, "2010BA DMG02"),
        ({"coverage": Coverage(payer_name="P", payer_id="1", member_id="")}, "2010BA NM109"),
        ({"coverage": Coverage(payer_name="P", payer_id="1", member_id="M", relationship="19")}, "2010BA"),
        ({"attachments": (Attachment(report="OZ", how="FX"),)}, "2300 PWK06"),
    ],
)
def test_what_is_missing_is_named_and_nothing_of_a_person(changes, element):
    with pytest.raises(CannotWrite, match=element) as caught:
        write_claims([claim(**changes)], ENVELOPE)
    assert "Doe" not in str(caught.value)


def test_a_remittance_reads_back():
    tables = read(FILES["835"]()).tables["835"]
    assert tables["payments"].records()[0]["amount"] == payment().amount == 28300
    assert [row["paid"] for row in tables["claims"].records()] == [14400, 14400]
    assert tables["lines"].records()[0]["control_number"] == "C1-1"


def test_statuses_read_back():
    rows = read(FILES["277CA"]()).tables["277CA"]["statuses"].records()
    of_claims = [row for row in rows if row["level"] == "PT" and row["service_segment"] == -1]
    assert [(row["trace"], row["category1"], row["status1"], row["action"]) for row in of_claims] == [
        ("C1", "A2", "20", "WQ"), ("C2", "A7", "562", "U"),
    ]  # fmt: skip
    assert [row["control_number"] for row in rows if row["service_segment"] > 0] == ["C1-1"]


def test_acknowledgements_tell_accepted_from_rejected_and_where():
    accepted = read(FILES["999 accepted"]()).tables["999"]
    rejected = read(FILES["999 rejected"]()).tables["999"]
    assert [row["verdict"] for row in accepted["groups"].records()] == ["A"]
    assert [(row["verdict"], row["accepted"]) for row in rejected["groups"].records()] == [("R", 0)]
    assert [(row["control_number"], row["verdict"], row["error1"]) for row in rejected["responses"].records()] == [
        ("0001", "R", "5")
    ]
    place = next(row for row, segment in enumerate(BROKEN) if segment.startswith("SV1*HC:97110")) - 1
    found = rejected["errors"].records()[-1]
    assert (found["about_segment"], found["position"], found["loop"], found["element"], found["error"]) == (
        "SV1",
        place,
        "2400",
        3,
        "7",
    )


@pytest.mark.parametrize("control, verdict", [("000000001", ("A", "000")), ("000000009", ("R", "001"))])
def test_an_interchange_is_acknowledged(control, verdict):
    data = written(replaced("IEA*1*000000001", f"IEA*1*{control}")(professional()))
    answer = read(write_interchange_acknowledgement(read(data), ENVELOPE))
    assert answer.defects == []
    rows = answer.tables["envelope"]["interchanges"].records()
    assert [(row["control_number"], row["verdict"], row["note"]) for row in rows] == [("000000001", *verdict)]
