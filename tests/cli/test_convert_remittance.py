"""`convert` of a remittance: an ExplanationOfBenefit of each claim, and what stands in none."""

import json

import pytest
from tests.cli.test_claim_files import ran
from tests.interchange.fhir.test_round_trips import is_valid
from tests.interchange.x12.samples import both, inserted, professional, remittance, replaced, without, written


@pytest.fixture
def converted(tmp_path):
    def made(*changes):
        source, out = tmp_path / "in.835", tmp_path / "out.json"
        source.write_bytes(written(both(*changes)(remittance())))
        told = ran("convert", source, out, "--to", "benefits-fhir", "--overwrite", "--format", "json")
        assert told.exit_code == 0, told.stderr
        text = out.read_text()
        assert is_valid(text)
        return [one["resource"] for one in json.loads(text)["entry"]], json.loads(told.stdout)

    return made


def explanations(resources):
    return [one for one in resources if one["resourceType"] == "ExplanationOfBenefit"]


def amounts(adjudication):
    return [(one["category"]["coding"][0]["code"], one["amount"]["value"]) for one in adjudication]


def test_each_claim_of_a_remittance_is_an_explanation(converted):
    resources, told = converted()
    paid, denied = explanations(resources)
    assert [one["value"] for one in paid["identifier"]] == ["PCN1", "ICN1"]
    assert (paid["outcome"], paid["disposition"], denied["disposition"]) == (
        "complete", "processed as first payer", "denied",
    )  # fmt: skip
    assert paid["payment"] == {"date": "2026-03-10", "amount": {"value": 110.0, "currency": "USD"}}
    assert denied["payment"]["amount"]["value"] == 0
    assert amounts(paid["item"][0]["adjudication"]) == [
        ("submitted", 150.0), ("eligible", 90.0), ("benefit", 75.0), ("CO", 60.0), ("PR", 15.0),
    ]  # fmt: skip
    assert amounts(paid["total"]) == [("submitted", 250.0), ("eligible", 130.0), ("benefit", 110.0)]
    assert [note["text"] for note in paid["processNote"]] == ["N130"]
    assert paid["item"][0]["noteNumber"] == [1]
    assert "noteNumber" not in paid["item"][1]
    assert amounts(denied["item"][0]["adjudication"]) == [("submitted", 90.0), ("benefit", 0.0), ("CO", 90.0)]
    assert paid["item"][0]["servicedDate"] == "2026-02-03"
    assert told["claims"] == 2
    assert told["left_out"] == {
        "segments N3": 1, "segments N4": 1, "segments PER": 1, "segments PLB": 1, "segments REF*TJ": 1,
    }  # fmt: skip


def test_a_reversal_and_a_correction_are_two_explanations(converted):
    resources, _ = converted(replaced("CLP*PCN1*1*250*110*20", "CLP*PCN1*22*-250*-110*-20"))
    taken_back, _ = explanations(resources)
    assert taken_back["disposition"] == "an earlier payment taken back"
    assert taken_back["payment"]["amount"]["value"] == -110


def test_lines_without_a_procedure_are_told_and_left_out(converted):
    resources, told = converted(replaced("SVC*HC:97110:GP", "SVC*NU:0420"))
    assert [len(one["item"]) for one in explanations(resources)] == [1, 1]
    assert told["left_out"]["service line: no HCPCS code of five places"] == 1


def test_what_the_payer_corrected_and_judged_as_another_code_is_told(converted):
    _, told = converted(
        inserted("NM1*QC", "NM1*74*1*DOE*JANET"),
        replaced("SVC*HC:97530:GP*150*75**2", "SVC*HC:97110:GP*150*75**2*HC:97530"),
    )
    assert told["left_out"]["patient or insured as the payer corrected them"] == 1
    assert told["left_out"]["procedure as submitted, which is not the one that was judged"] == 1


def test_without_any_date_there_is_no_explanation(tmp_path):
    source = tmp_path / "in.835"
    segments = both(without("DTM*405"), replaced("BPR*I*105*C*CHK************20260310", "BPR*I*105*C*CHK"))(
        remittance()
    )
    source.write_bytes(written(segments))
    told = ran("convert", source, tmp_path / "out.json", "--to", "benefits-fhir")
    assert told.exit_code == 2
    assert "no claims of a remittance" in told.stderr


def test_claims_are_no_remittance(tmp_path):
    source = tmp_path / "in.837"
    source.write_bytes(written(professional()))
    told = ran("convert", source, tmp_path / "out.json", "--to", "benefits-fhir")
    assert told.exit_code == 2
    assert "no claims of a remittance (835) in it" in told.stderr
