"""`claim` and `convert`: what is written is read again, accepted by another validator, and what is lost is told."""

import importlib.util
import io
import json

import pytest
import yaml
from tests.cli.test_claim_files import ran, report
from tests.interchange.x12.samples import institutional, professional, written
from tests.interchange.x12.test_writing import accepted

from quarterhour.cli import claim as claim_command
from quarterhour.cli import convert as convert_command
from quarterhour.interchange.x12 import read
from quarterhour.interchange.x12.records import records_of
from quarterhour.workflows.claim_formats import FORMATS
from quarterhour.workflows.convert import OUT

TODAY = ["--today", "2026-11-21"]
NO_PDF = importlib.util.find_spec("reportlab") is None and importlib.util.find_spec("typst") is None


@pytest.fixture
def clinic(repository):
    return repository / "examples/claims/clinic.yaml"


@pytest.fixture
def knee(repository):
    return repository / "examples/visits/pt-knee-surgery.json"


@pytest.fixture
def visits(knee, tmp_path):
    """Two visits of one patient, the second with another diagnosis and therapist; one of another payer's patient."""
    first = json.loads(knee.read_text())
    second = first | {"visit_id": "V-2", "date_of_service": "2026-09-16", "note": None}
    second["plan_of_care"] = first["plan_of_care"] | {"diagnoses": ["R26.89", "M62.81"]}
    second["therapist"] = {"npi": "1234567919", "name": "Smith, Alex", "credential": "PT", "taxonomy": "225100000X"}
    third = first | {"visit_id": "V-3", "payer": "commercial", "date_of_service": "2026-09-18", "note": None}
    third["patient"] = first["patient"] | {"id": "P-9", "member_id": "M9"}

    def made(*changes):
        path = tmp_path / "visits.json"
        records = [record | change for record, change in zip((first, second, third), changes, strict=False)]
        path.write_text(json.dumps({"visits": records}))
        return path

    return made


def test_the_forms_of_the_commands_are_those_there_are():
    assert set(FORMATS) == set(claim_command.FORMS)
    assert tuple(OUT) == convert_command.FORMS


def test_visits_become_claims_of_a_patient_and_payer(visits, clinic, tmp_path):
    out = tmp_path / "out.837"
    told = ran("claim", visits({}, {}, {}), "--as", "837p", "-o", out, "--clinic", clinic, "--format", "json", *TODAY)
    assert told.exit_code == 0, told.stderr
    claims = [taken.claim for taken in records_of(read(out.read_bytes()).tables["837P"])]
    assert [(one.patient_control_number, len(one.lines), str(one.charge)) for one in claims] == [
        ("V-2001", 4, "276.00"),
        ("V-3", 2, "138.00"),
    ]
    assert claims[0].diagnoses == ("Z96651", "R2689", "M6281")
    assert [line.diagnosis_pointers for line in claims[0].lines] == [(1,), (1, 2), (2,), (2, 3)]
    assert [line.rendering_provider and line.rendering_provider.npi for line in claims[0].lines] == [
        None, None, "1234567919", "1234567919",
    ]  # fmt: skip
    assert [(one["claim_id"], one["from"], one["to"]) for one in json.loads(told.stdout)["claims"]] == [
        ("V-2001", "2026-09-14", "2026-09-16"),
        ("V-3", "2026-09-18", "2026-09-18"),
    ]


@pytest.mark.parametrize("form", ["837p", "837i"])
def test_what_is_written_is_accepted_and_has_no_defect(form, visits, clinic, tmp_path):
    out = tmp_path / "out.x12"
    assert ran("claim", visits({}, {}, {}), "--as", form, "-o", out, "--clinic", clinic, *TODAY).exit_code == 0
    assert accepted(out.read_bytes())
    (one,) = report(out)[0]["inputs"]
    assert (one["kind"], [defect for defect in one["defects"] if defect["level"] == "error"]) == (form, [])


def test_institutional_lines_have_the_revenue_code_of_their_discipline(visits, clinic, tmp_path):
    out = tmp_path / "out.x12"
    ran("claim", visits({}), "--as", "837i", "-o", out, "--clinic", clinic, *TODAY)
    (taken,) = records_of(read(out.read_bytes()).tables["837I"])
    assert {line.revenue_code for line in taken.claim.lines} == {"0420"}
    assert (taken.claim.institutional.facility, taken.claim.institutional.attending.npi) == ("74", "1234567968")


def test_one_claim_a_day(visits, clinic, tmp_path):
    out = tmp_path / "out.837"
    ran("claim", visits({}, {}), "--as", "837p", "-o", out, "--clinic", clinic, "--per", "day", *TODAY)
    assert len(records_of(read(out.read_bytes()).tables["837P"])) == 2


def test_more_lines_than_a_claim_holds_make_another_claim(knee, clinic, tmp_path):
    record = json.loads(knee.read_text())
    records = [record | {"visit_id": f"V-{day}", "date_of_service": f"2026-09-{day:02d}"} for day in range(1, 30)]
    (tmp_path / "v.json").write_text(json.dumps(records))
    out = tmp_path / "out.837"
    ran("claim", tmp_path / "v.json", "--as", "837p", "-o", out, "--clinic", clinic, "--despite", *TODAY)
    claims = records_of(read(out.read_bytes()).tables["837P"])
    assert [len(taken.claim.lines) for taken in claims] == [50, 8]


@pytest.mark.parametrize(
    "change, message",
    [
        ({"visit_id": None}, "no visit_id, which becomes the patient control number"),
        ({"payer": "tricare"}, "no payers.tricare (name, id, filing) in the clinic file"),
        ({"patient": {"id": "P"}}, "no patient.member_id in the record, and no coverage"),
        ({"services": [{"code": "97535", "minutes": 15, "units": 1, "modifiers": ["GP"]}]}, "no charge for 97535"),
        ({"place_of_service": None}, "2300 CLM05-1: required, and there is none"),
    ],
)
def test_what_is_missing_is_named_and_never_made_up(change, message, visits, clinic, tmp_path):
    out = tmp_path / "out.837"
    told = ran("claim", visits(change), "--as", "837p", "-o", out, "--clinic", clinic, "--despite", *TODAY)
    assert told.exit_code == 2
    assert message in told.stderr
    assert not out.exists()


def test_without_a_clinic_file_an_837_is_refused(visits, tmp_path):
    coverage = {"payer_name": "Medicare Part B", "payer_id": "04412", "member_id": "1EG4TE5MK73", "filing": "MB"}
    told = ran("claim", visits({"coverage": coverage}), "--as", "837p", "-o", tmp_path / "o", *TODAY)
    assert told.exit_code == 2
    assert "submitter and receiver in the clinic file" in told.stderr


def test_the_coverage_of_a_record_goes_before_the_clinics(visits, clinic, tmp_path):
    mother = {"name": {"family": "Sandoval", "given": "Ines"}, "birth_date": "1930-01-02"}
    coverage = {
        "payer_name": "Other Plan", "payer_id": "777", "member_id": "M-1", "filing": "CI", "relationship": "19",
        "subscriber": mother, "order": "S", "insurance_type": "47",
    }  # fmt: skip
    other = {
        "coverage": {"payer_name": "First Plan", "payer_id": "888", "member_id": "F-1", "filing": "CI"},
        "paid": "50.00", "adjustments": [{"group": "PR", "reason": "2", "amount": "88.00"}],
    }  # fmt: skip
    out = tmp_path / "out.837"
    path = visits({"payer": "commercial", "coverage": coverage, "other_coverages": [other]})
    told = ran("claim", path, "--as", "837p", "-o", out, "--clinic", clinic, *TODAY)
    assert told.exit_code == 0, told.stderr
    (taken,) = records_of(read(out.read_bytes()).tables["837P"])
    assert (taken.claim.coverage.payer_id, taken.claim.coverage.relationship) == ("777", "19")
    assert taken.claim.coverage.subscriber.name.given == "Ines"
    assert (taken.claim.others[0].coverage.payer_id, str(taken.claim.others[0].paid)) == ("888", "50.00")
    assert accepted(out.read_bytes())


def test_errors_refuse_the_claim_unless_somebody_writes_it_despite_them(repository, clinic, tmp_path):
    over, out = repository / "examples/visits/pt-assistant-modifier-missing.json", tmp_path / "out.837"
    arguments = ["claim", over, "--as", "837p", "-o", out, "--clinic", clinic, *TODAY]
    told = ran(*arguments)
    assert told.exit_code == 1
    assert "AST101" in told.stderr
    assert not out.exists()
    assert ran(*arguments, "--despite").exit_code == 0
    assert out.exists()
    assert ran(*arguments).exit_code == 2  # nothing is written over unasked


def test_a_form_that_is_not_the_settings_is_judged_by_its_own_edits_and_told(knee, clinic, tmp_path):
    record = json.loads(knee.read_text()) | {
        "setting": "outpatient-hospital", "place_of_service": "22", "date_of_service": "2024-06-11", "note": None,
        "services": [
            {"code": "97161", "minutes": 40, "units": 1, "modifiers": ["GP"], "charge": "200.00"},
            {"code": "97750", "minutes": 15, "units": 1, "modifiers": ["GP", "59"], "charge": "60.00"},
        ],
        "total_treatment_minutes": 55, "total_timed_minutes": 15,
    }  # fmt: skip
    record["plan_of_care"] |= {"established": "2024-06-11", "first_treatment": "2024-06-11", "certified_on": None}
    (tmp_path / "v.json").write_text(json.dumps(record))

    def told(form):
        out = tmp_path / f"out.{form}"
        arguments = ["claim", tmp_path / "v.json", "--as", form, "-o", out, "--clinic", clinic, "--format", "json"]
        answer = ran(*arguments, "--today", "2024-06-20")
        found = json.loads(answer.stdout)
        hard = [one for one in found["findings"] if one["severity"] == "error"]
        errors = [(one["rule"], one["line"], one["claim_id"]) for one in hard]
        return answer.exit_code, errors, [(one["setting"], one["claim_type"]) for one in found["other_form"]]

    # The pair is an edit without exception on professional claims only.
    assert told("837i") == (0, [], [])
    assert told("837p") == (1, [("PTP102", 2, "V-2001")], [("outpatient-hospital", "institutional")])


def test_visits_of_a_practice_on_an_institutional_claim_are_told(visits, clinic, tmp_path):
    told = ran("claim", visits({}), "--as", "837i", "-o", tmp_path / "o", "--clinic", clinic, *TODAY)
    assert told.exit_code == 0
    assert "visits in private-practice go on a professional claim, and this is an institutional one" in told.stderr


def test_warnings_are_told_and_do_not_stop_the_claim(visits, clinic, tmp_path):
    out = tmp_path / "o"
    path = visits({"therapist": {"npi": "1234567890", "name": "V, A", "credential": "PT", "taxonomy": "225100000X"}})
    arguments = ["claim", path, "--as", "837p", "-o", out, "--clinic", clinic, "--today", "2028-01-02"]
    told = ran(*arguments)
    assert told.exit_code == 0, told.stderr
    assert "warning PTY101: The NPI of the rendering provider fails its check digit" in told.stderr
    assert "warning CLM218: The last day to file this claim was 2027-09-14" in told.stderr
    answer = json.loads(ran(*arguments, "--overwrite", "--format", "json").stdout)
    assert {"PTY101", "CLM218"} <= {one["rule"] for one in answer["findings"]}


def test_what_cannot_be_written_names_its_claim(visits, clinic, tmp_path):
    path = visits({}, {}, {"therapist": {"npi": "1.2345678930E+09", "credential": "PT", "taxonomy": "225100000X"}})
    told = ran("claim", path, "--as", "837p", "-o", tmp_path / "o", "--clinic", clinic, *TODAY)
    assert told.exit_code == 2
    assert "claim V-3: 2310B NM109: longer than 10 characters" in told.stderr


def test_a_cleaned_text_is_told(knee, clinic, tmp_path):
    record = json.loads(knee.read_text())
    record["patient"]["name"]["family"] = "S\xe1ndoval"
    (tmp_path / "v.json").write_text(json.dumps(record))
    told = ran(
        "claim",
        tmp_path / "v.json",
        "--as",
        "837p",
        "-o",
        tmp_path / "o",
        "--clinic",
        clinic,
        "--format",
        "json",
        *TODAY,
    )
    (change,) = json.loads(told.stdout)["changes"]
    assert (change["claim_id"], change["place"], change["after"]) == ("V-2001", "2010BA NM103", "Sandoval")


@pytest.mark.parametrize(
    "content, message",
    [("a: [", "not YAML"), ("payer: {}", "unknown key payer; there can be submitter"), ("usage: 5", "$.usage")],
)
def test_a_clinic_file_that_is_wrong_is_told(content, message, knee, tmp_path):
    (tmp_path / "clinic.yaml").write_text(content)
    told = ran("claim", knee, "--as", "837p", "-o", tmp_path / "o", "--clinic", tmp_path / "clinic.yaml")
    assert told.exit_code == 2
    assert message in told.stderr


@pytest.mark.skipif(NO_PDF, reason="the extra pdf is not installed")
@pytest.mark.parametrize("form", ["cms1500", "ub04"])
def test_paper_forms_are_written(form, visits, clinic, tmp_path):
    out = tmp_path / "out.pdf"
    told = ran("claim", visits({}, {}), "--as", form, "-o", out, "--clinic", clinic, *TODAY)
    assert told.exit_code == 0, told.stderr
    assert out.read_bytes().startswith(b"%PDF")


def test_visits_through_an_837_keep_what_it_carries_and_the_rest_is_listed(knee, clinic, tmp_path):
    out, back = tmp_path / "out.837", tmp_path / "back.json"
    told = ran("convert", knee, out, "--clinic", clinic, "--format", "json")
    lost = set(json.loads(told.stdout)["not_carried"])
    assert {"note.text", "services[].minutes", "plan_of_care.goals[].text", "accrued.PT+SLP"} <= lost
    assert not {path for path in lost if path.startswith(("patient.name", "services[].code", "services[].units"))}
    assert ran("convert", out, back).exit_code == 0
    before, after = json.loads(knee.read_text()), json.loads(back.read_text())["visits"][0]
    for name in (
        "date_of_service",
        "payer",
        "setting",
        "place_of_service",
        "state",
        "discipline",
        "prior_authorization",
    ):
        assert after.get(name) == before.get(name), name
    assert after["patient"]["name"] == before["patient"]["name"]
    assert after["therapist"]["npi"] == before["therapist"]["npi"]
    kept = ("code", "units", "modifiers", "charge", "diagnosis_pointers")
    assert [{name: one[name] for name in kept} for one in after["services"]] == [
        {name: one[name] for name in kept} for one in before["services"]
    ]


@pytest.mark.parametrize("form", ["claims-json", "837p", "claims-csv", "claims-parquet"])
def test_claims_go_from_form_to_form(form, clinic, tmp_path):
    (tmp_path / "in.837").write_bytes(written(professional()))
    out = tmp_path / "out"
    told = ran("convert", tmp_path / "in.837", out, "--to", form, "--clinic", clinic, "--format", "json")
    assert told.exit_code == 0, told.stderr
    answer = json.loads(told.stdout)
    assert (answer["claims"], answer["left_out"]) == (2, {})
    if form in {"claims-json", "837p"}:
        assert answer["not_carried"] == {}
    if form == "claims-json":
        again = tmp_path / "again.837"
        assert ran("convert", out, again, "--to", "837p", "--clinic", clinic).exit_code == 0
        first, second = (
            [taken.claim for taken in records_of(read(path.read_bytes()).tables["837P"])]
            for path in (tmp_path / "in.837", again)
        )
        assert first == second


def test_claims_of_the_other_type_are_left_out_and_told(clinic, tmp_path):
    (tmp_path / "in.837").write_bytes(written(professional()) + written(institutional()))
    told = ran("convert", tmp_path / "in.837", tmp_path / "out.837", "--clinic", clinic)
    assert "claims that are not professional" in told.stderr
    assert told.exit_code == 0


@pytest.mark.parametrize("name", ["out.json", "out.jsonl", "out.csv", "out.parquet"])
def test_visits_of_claims_are_read_again(name, tmp_path):
    (tmp_path / "in.837").write_bytes(written(professional()))
    out = tmp_path / name
    assert ran("convert", tmp_path / "in.837", out).exit_code == 0
    found, told = report(out)
    assert (found["summary"]["visits"], found["summary"]["errors"]) == (2, 0), told.stderr


@pytest.mark.parametrize(
    "content, message",
    [
        (b"nothing", "nothing is converted"),
        (b'{"claims": [{"lines": 1}]}', "nothing is converted"),
        (b'{"visits": [{}]}', "nothing is"),
    ],
)
def test_what_cannot_be_read_whole_is_not_converted(content, message, tmp_path):
    (tmp_path / "in.json").write_bytes(content)
    told = ran("convert", tmp_path / "in.json", tmp_path / "out.csv")
    assert told.exit_code == 2
    assert message in told.stderr
    assert not (tmp_path / "out.csv").exists()


def test_the_example_of_a_clinic_file_is_one(clinic):
    from quarterhour.workflows.clinic import clinic_of

    assert clinic_of(clinic).submitter.name == yaml.safe_load(io.StringIO(clinic.read_text()))["submitter"]["name"]
