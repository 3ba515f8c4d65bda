import msgspec
import pytest
from tests.interchange.x12.samples import inserted, professional, replaced, written
from tests.interchange.x12.samples import institutional as institutional_segments
from tests.interchange.x12.test_writing import ENVELOPE, REFERRING, claim, dependent, institutional

from quarterhour.domain.claim import Attachment
from quarterhour.domain.money import Cents
from quarterhour.domain.visit import Provider
from quarterhour.interchange.paper import not_carried
from quarterhour.interchange.x12 import read
from quarterhour.interchange.x12.records import records_of
from quarterhour.interchange.x12.writing.claims import write_claims

#: What a claim has and an 837 has not: our own name of the payer, credentials, birth dates of people insured elsewhere.
NOT_IN_X12 = {
    "payer", "rendering_provider.credential", "referring_provider.credential", "ordering_provider.credential",
    "supervising_provider.credential", "supervising_provider.taxonomy", "others[0].coverage.subscriber.birth_date",
    "others[0].coverage.subscriber.sex", "institutional.attending.credential", "rendering_provider.taxonomy",
}  # fmt: skip


def through(made, kind):
    (taken,) = records_of(read(write_claims([made], ENVELOPE).data).tables[kind])
    return taken


@pytest.mark.parametrize("build, kind", [(claim, "837P"), (dependent, "837P"), (institutional, "837I")])
def test_a_claim_that_was_written_is_the_same_claim_when_read(build, kind):
    made = build()
    taken = through(made, kind)
    lost = set(not_carried(made, taken.claim))
    wrong_side = {f"lines[{at}].revenue_code" for at in range(9)} if kind == "837P" else set()
    pointers = {path for path in lost if "diagnosis_pointers" in path} if kind == "837I" else set()
    assert lost - wrong_side - pointers <= NOT_IN_X12
    assert taken.left_out == ()


def test_all_that_stands_on_a_claim_comes_back():
    lines = claim().lines
    other = Provider(npi="1234567828", name="Roe, Robin", taxonomy="225X00000X")
    made = claim(
        lines=(
            msgspec.structs.replace(
                lines[0], place_of_service="12", rendering_provider=other, prior_authorization="L1"
            ),
            msgspec.structs.replace(lines[1], date_to=lines[1].date_of_service.replace(day=9)),
        ),
        attachments=(Attachment(report="OZ", how="EL", control_number="A1"), Attachment(report="03", how="AA")),
        note="seen at home", patient_paid=Cents(2000), related_causes=("AA", "OA"), accident_state="TX",
        accident=lines[0].date_of_service, referral="R1", medical_record="M1", ordering_provider=REFERRING,
    )  # fmt: skip
    found = through(made, "837P").claim
    assert set(not_carried(made, found)) <= NOT_IN_X12 | {"lines[0].revenue_code", "lines[1].revenue_code"}
    assert (found.lines[0].rendering_provider.npi, found.lines[1].rendering_provider) == ("1234567828", None)


def test_a_member_has_one_id_wherever_and_a_dependent_one_of_their_own():
    mother, child = (through(build(), "837P").claim.patient for build in (claim, dependent))
    assert mother.id == mother.member_id == "1EG4TE5MK73"
    assert child.id == "M100/ROE/ROBIN/2010-01-02"
    twin = dependent().patient
    twin = msgspec.structs.replace(twin, name=msgspec.structs.replace(twin.name, given="Rory"))
    assert through(msgspec.structs.replace(dependent(), patient=twin), "837P").claim.patient.id != child.id


@pytest.mark.parametrize(
    "change, reason",
    [
        (replaced("SV1*HC:97110", "SV1*HC:9711"), "no HCPCS code of five places"),
        (replaced("SV1*HC:97110", "SV1*ER:97110"), "no HCPCS code of five places"),
        (replaced("SV1*HC:97110:GP*100*UN*1", "SV1*HC:97110:GP*100*UN*1.5"), "no whole number of units"),
    ],
)
def test_lines_that_no_record_can_hold_are_named(change, reason):
    first, second = records_of(read(written(change(professional()))).tables["837P"])
    assert (len(first.claim.lines), first.left_out, second.left_out) == (1, ((32, reason),), ())
    assert (first.segment, first.line_segments, second.segment) == (21, (28,), 45)


def test_parts_of_a_claim_say_where_they_stand():
    first, second = records_of(read(written(professional())).tables["837P"])
    assert first.parts["/billing_provider"] == (10, "2010AA", "NM109")
    assert first.parts["/rendering_provider"] == (25, "2310B", "NM109")
    assert first.parts["/diagnoses/1"] == (23, "2300", "HI02-2")
    assert "/rendering_provider" not in second.parts
    (stay,) = records_of(read(written(institutional_segments())).tables["837I"])
    assert stay.parts["/institutional/attending"][1:] == ("2310A", "NM109")


def test_codes_of_a_stay_keep_their_form():
    change = inserted("HI*BE:50", "HI*BG:21")
    (stay,) = records_of(read(written(change(institutional_segments()))).tables["837I"])
    assert stay.claim.institutional.codes == (("BH", "11:D8:20260105"), ("BE", "50:::7"), ("BG", "21"))


@pytest.mark.parametrize("size", [150, 400, 1 << 20])
def test_a_file_in_parts_gives_the_claims_of_the_whole(size):
    from quarterhour.interchange.x12 import stream

    data = written(professional())
    whole = records_of(read(data).tables["837P"])
    parts = [
        one
        for chunk in stream(data, size=size, snip=0)
        if chunk.kind.name == "837P"
        for one in records_of(chunk.tables)
    ]
    assert parts == whole
