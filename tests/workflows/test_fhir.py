"""FHIR from the file to the report: visits and claims checked, findings placed, and the report as OperationOutcome."""

import datetime as dt
import json
from pathlib import Path

import msgspec
import pytest
from fhir.resources.R4B.operationoutcome import OperationOutcome
from tests.interchange.fhir.whole import CLAIM, WRITTEN

from quarterhour.cli.check import exit_code
from quarterhour.interchange.fhir.writer import write_claims
from quarterhour.report import fhir as fhir_report
from quarterhour.workflows.check import Wish, check_paths
from quarterhour.workflows.convert import convert
from quarterhour.workflows.make_claim import make_claims

EXAMPLES = Path(__file__).parents[2] / "examples"
SEARCHSET = EXAMPLES / "fhir/pt-stairs-searchset.json"
CLINIC = EXAMPLES / "claims/clinic.yaml"
TODAY = "2026-11-21"


def report(*paths, **wishes):
    return check_paths(paths, Wish(today=TODAY, **wishes))


def issues(checked):
    text = fhir_report.text(checked)
    assert OperationOutcome.model_validate_json(text)
    return json.loads(text)["issue"]


@pytest.fixture
def claim_file(tmp_path):
    path = tmp_path / "claims.json"
    path.write_text(write_claims([CLAIM], WRITTEN).text, encoding="utf-8")
    return path


def test_a_finding_stands_at_the_resource_it_is_about():
    (finding,) = (one for one in report(SEARCHSET)["findings"] if one["rule"] == "UNT101")
    where = finding["where"]
    lines = SEARCHSET.read_text(encoding="utf-8").splitlines()
    assert where["expression"] == "Bundle.entry[11].resource"
    assert where["pointer"] == "/entry/11/resource"
    assert '"resource": {' in lines[where["line"] - 1]
    assert '"id": "s-312"' in lines[where["line"] + 1]


def test_an_input_of_fhir_says_what_it_holds_and_what_is_not_carried(tmp_path):
    bundle = json.loads(SEARCHSET.read_text(encoding="utf-8"))
    bundle["entry"][0]["resource"]["hospitalization"] = {"dischargeDisposition": {"text": "home"}}
    path = tmp_path / "any-name.txt"
    path.write_text(json.dumps(bundle), encoding="utf-8")
    (one,) = report(path)["inputs"]
    assert (one["kind"], one["visits"], one["lines"], one["claims"], one["defects"]) == ("fhir", 1, 2, 0, [])
    assert [(row["element"], row["pointer"], row["count"]) for row in one["not_carried"]] == [
        ("Encounter.hospitalization", "/entry/0/resource/hospitalization", 1)
    ]


def test_the_discipline_is_that_of_the_modifiers():
    """No resource of the example says it; GP on both lines does, so rules that need it have judged."""
    needing = {one["rule"] for one in report(SEARCHSET)["not_checked"] if "discipline" in one["reason"]}
    assert needing == set()


def test_claims_are_judged_by_the_rules_over_claims_and_over_visits(tmp_path):
    first = msgspec.structs.replace(CLAIM.lines[0], units=9, modifiers=("GP", "KX"))
    second = msgspec.structs.replace(first, control_number="C-1-2")
    claim = msgspec.structs.replace(CLAIM, lines=(first, second), stated_charge=1)
    path = tmp_path / "claims.json"
    path.write_text(write_claims([claim], WRITTEN).text, encoding="utf-8")
    checked = report(path)
    (one,) = checked["inputs"]
    assert (one["claims"], one["visits"], one["lines"], one["charge"]) == (1, 1, 2, "180.00")
    assert checked["summary"]["claims"] == 1
    found = {(row["rule"], row["claim_id"], row["where"]["expression"]) for row in checked["findings"]}
    kinds = [entry["resource"]["resourceType"] for entry in json.loads(path.read_text(encoding="utf-8"))["entry"]]
    at = f"Bundle.entry[{kinds.index('Claim')}].resource"
    assert {("CLM201", "C-1", at), ("CLM207", "C-1", f"{at}.item[1]"), ("MUE102", "C-1", f"{at}.item[0]")} <= found


def test_lines_of_a_claim_that_belong_to_a_visit_are_judged_once(tmp_path):
    bundle = json.loads(SEARCHSET.read_text(encoding="utf-8"))
    claim = {
        "resourceType": "Claim",
        "id": "k-1",
        "status": "active",
        "use": "claim",
        "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/claim-type", "code": "professional"}]},
        "patient": {"reference": "Patient/p-31"},
        "insurance": [{"sequence": 1, "focal": True, "coverage": {"reference": "Coverage/v-31"}}],
        "item": [
            {
                "sequence": 1,
                "productOrService": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": code}]},
                "quantity": {"value": 2},
                "servicedDate": "2026-05-06",
                "encounter": [{"reference": "Encounter/e-3101"}],
            }
            for code in ("97530", "97110")
        ],
    }
    bundle["entry"].append({"resource": claim})
    path = tmp_path / "both.json"
    path.write_text(json.dumps(bundle), encoding="utf-8")
    checked = report(path)
    assert (checked["inputs"][0]["visits"], checked["inputs"][0]["lines"]) == (1, 2)
    assert [row["rule"] for row in checked["findings"]].count("UNT101") == 1


def test_a_claim_of_a_payer_nobody_knows_is_said_not_to_be_judged(tmp_path):
    nobody = msgspec.structs.replace(CLAIM, payer="", coverage=None, others=())
    path = tmp_path / "claims.json"
    path.write_text(write_claims([nobody], WRITTEN).text, encoding="utf-8")
    checked = report(path)
    assert checked["inputs"][0]["not_judged"]
    assert exit_code(checked, "warning") == 0
    assert report(path, payer="medicare-b")["inputs"][0]["visits"] > 0


def test_an_outcome_has_one_issue_a_finding():
    checked = report(SEARCHSET)
    told = issues(checked)
    assert len(told) == len(checked["findings"])
    issue = next(one for one in told if one["details"].get("coding", [{}])[0].get("code") == "UNT101")
    assert (issue["severity"], issue["code"]) == ("error", "business-rule")
    assert issue["details"]["text"] == "4 timed units billed, but 47 timed minutes support 3"
    assert issue["expression"] == ["Bundle.entry[11].resource"]
    assert issue["diagnostics"].startswith("V-3101: line 2, 97110: choice: Bill 3 timed units")


def test_an_outcome_of_other_inputs_names_the_place_in_the_file(tmp_path):
    path = tmp_path / "visits.json"
    path.write_text('{"date_of_service": "2026-03-04", "payer": "medicare-b", "zap": 1}', encoding="utf-8")
    over = EXAMPLES / "visits/pt-knee-units-over.json"
    unread, *others = issues(report(path, over))
    assert (unread["severity"], unread["code"]) == ("error", "invalid")
    assert unread["location"][0].startswith(f"{path}:1:")
    assert any(one["location"][0].endswith("/services/1") for one in others if "location" in one)


def test_an_outcome_of_a_clean_visit_says_so():
    (issue,) = issues(report(EXAMPLES / "fhir/ot-stroke-dressing.json"))
    assert (issue["severity"], issue["code"]) == ("information", "informational")


def test_an_outcome_has_the_defects_of_x12(tmp_path):
    path = tmp_path / "claims.837"
    path.write_text("ST*837*0001*005010X222A1~BHT*0019*00*1*20260304*1200*CH~SE*9*0001~", encoding="utf-8")
    codes = {one["code"] for one in issues(report(path))}
    assert codes == {"structure"}


def test_a_visit_goes_to_fhir_and_back_by_convert(tmp_path):
    source = EXAMPLES / "visits/ot-stroke-dressing.json"
    bundle = convert(source, "visits-fhir")
    assert bundle.told["not_carried"] == {}
    path = tmp_path / "visit.fhir"
    path.write_bytes(bundle.data)
    again = json.loads(convert(path, "visits-json").data)
    assert again["visits"] == [json.loads(source.read_text(encoding="utf-8"))]


def test_claims_go_to_fhir_and_back_by_convert(claim_file, tmp_path):
    claims = convert(claim_file, "claims-json")
    path = tmp_path / "claims-of-ours.json"
    path.write_bytes(claims.data)
    again = convert(path, "claims-fhir", created=dt.datetime(2026, 3, 9, 12, tzinfo=dt.UTC))
    assert again.told["not_carried"] == {}
    assert again.data.decode() == claim_file.read_text(encoding="utf-8")


def test_what_a_fhir_file_holds_beside_visits_is_told_by_convert(tmp_path):
    bundle = json.loads(SEARCHSET.read_text(encoding="utf-8"))
    bundle["entry"].append({"resource": {"resourceType": "Device", "id": "x"}})
    path = tmp_path / "visits.json"
    path.write_text(json.dumps(bundle), encoding="utf-8")
    left = convert(path, "visits-json").told["left_out"]
    assert left == {"Device: not carried: resources of this type are not read": 1}


def test_a_claim_is_made_as_fhir():
    made = make_claims([EXAMPLES / "visits/ot-stroke-dressing.json"], "fhir", Wish(today=TODAY), clinic=CLINIC)
    kinds = [entry["resource"]["resourceType"] for entry in json.loads(made.data)["entry"]]
    assert kinds.count("Claim") == 1
    assert made.told["changes"] == []


def test_a_claim_of_a_payer_there_are_no_terms_of_is_not_judged_and_says_why(tmp_path):
    text = write_claims([CLAIM, msgspec.structs.replace(CLAIM, payer="acme")], WRITTEN).text
    (tmp_path / "claims.json").write_text(text, encoding="utf-8")
    told = report(tmp_path / "claims.json")
    (one,) = told["inputs"]
    reason = "it names a payer there are no terms of; --payer names one whose terms hold"
    assert one["not_judged"][reason] == len(CLAIM.lines)
    assert told["findings"]
    assert reason not in report(tmp_path / "claims.json", payer="medicare-b")["inputs"][0]["not_judged"]
