"""Each address gives what the command of its name gives, and what is refused is told without what was sent."""

import base64
import json

import pytest

import quarterhour
from quarterhour.report import csv, html, sarif
from quarterhour.report.groups import View
from quarterhour.workflows.check import Wish, checked_content

TODAY = {"today": "2026-11-21"}
VISIT, KNEE = "visits/pt-knee-units-over.json", "visits/pt-knee-surgery.json"
NOTE = "notes/pt-soap-prose.txt"
PROBLEM = "application/problem+json"


def problem(answer, status):
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM), answer.text
    assert answer.json()["status"] == status
    return answer.json()


@pytest.mark.parametrize(
    "name",
    [VISIT, NOTE, "claims/professional.837", "fhir/pt-stairs-searchset.json", "fhir/pt-knee-surgery.ndjson",
     "remittances/october.835", "visits/co-treatment-billed-twice.json"],
)  # fmt: skip
def test_check_answers_as_the_command_does(client, told, example, name):
    answer = client.post("/api/check", params=TODAY, content=example(name))
    assert answer.status_code == 200
    assert answer.json() == told("check", "-", "--today", TODAY["today"], given=example(name))


def test_check_answers_as_python_does(client, example):
    # A Python value has no path and no lines, all else is the same.
    answer = client.post("/api/check", params=TODAY, content=example(VISIT)).json()
    ours = quarterhour.check(json.loads(example(VISIT)), **TODAY)
    kept = [{key: one[key] for key in one if key != "where"} for one in answer["findings"]]
    assert kept == [{key: one[key] for key in one if key != "where"} for one in ours["findings"]]


def test_check_chooses_rules_payer_date_and_persona_as_the_command_does(client, told, example):
    asked = {
        **TODAY,
        "payer": "commercial",
        "discipline": "OT",
        "on": "2026-03-04",
        "persona": ["biller"],
        "ignore": ["UNT", "MOD101"],
    }
    answer = client.post("/api/check", params=asked, content=example(NOTE)).json()
    words = [
        "--payer",
        "commercial",
        "--discipline",
        "OT",
        "--on",
        "2026-03-04",
        "--persona",
        "biller",
        "--ignore",
        "UNT,MOD101",
    ]
    assert answer == told("check", "-", "--today", TODAY["today"], *words, given=example(NOTE))


def test_check_has_the_forms_of_the_command(client, example):
    checked = checked_content(example(VISIT), Wish(**TODAY))
    report, view = checked.report, View(checked.notes)
    ours = {
        "csv": ("text/csv; charset=utf-8", "".join(csv.pieces(report))),
        "html": ("text/html; charset=utf-8", html.text(report, view)),
        "sarif": ("application/sarif+json", sarif.text(report)),
    }
    for form, (media, text) in ours.items():
        by_name = client.post("/api/check", params={**TODAY, "format": form}, content=example(VISIT))
        by_header = client.post(
            "/api/check", params=TODAY, content=example(VISIT), headers={"Accept": media.partition(";")[0]}
        )
        assert (by_name.headers["content-type"], by_name.text) == (media, text)
        assert by_header.text == text
    for form in ("jsonl", "fhir"):
        assert client.post("/api/check", params={"format": form}, content=example(VISIT)).status_code == 200


def test_a_page_of_findings_may_use_its_own_style_and_nothing_else(client, example):
    policy = client.post("/api/check?format=html", content=example(NOTE)).headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src" not in policy


def test_a_header_accept_is_weighed_and_one_that_takes_nothing_of_ours_is_refused(client, example):
    def media(accept):
        return client.post("/api/check", content=example(VISIT), headers={"Accept": accept})

    assert media("text/html;q=0.4, text/csv;q=0.9, */*;q=0.1").headers["content-type"].startswith("text/csv")
    assert media("application/json;q=0, */*").headers["content-type"].startswith("application/x-ndjson")
    assert "text/csv" in problem(media("image/png"), 406)["detail"]


def test_where_some_can_be_read_the_rest_is_told_and_where_nothing_can_it_is_a_problem_with_its_place(client, example):
    good = json.loads(example(VISIT))
    both = client.post("/api/check", content=json.dumps({"visits": [good, {"services": 3}]}))
    assert both.status_code == 200
    assert both.json()["errors"]
    broken = problem(client.post("/api/check", content=b'{"date_of_service": "2026-03-04",}'), 422)
    assert broken["errors"] == [
        {"pointer": None, "line": 1, "column": 33, "message": "not JSON: a comma before the closing }"}
    ]
    wrong = problem(client.post("/api/check", content=b'{"pateint": {"name": "Jane Roe"}}'), 422)
    assert {key: wrong["errors"][0][key] for key in ("pointer", "line", "column")} == {
        "pointer": "/pateint",
        "line": 1,
        "column": 2,
    }
    assert "Roe" not in json.dumps(wrong)
    assert "nothing was read" in problem(client.post("/api/check", content=b""), 422)["detail"]


def test_note_answers_as_the_command_and_python_do(client, told, example):
    for name in (NOTE, "visits/slp-unpacking-97530.json"):
        answer = client.post("/api/note", content=example(name))
        assert answer.json() == told("note", "-", given=example(name))
    ours = quarterhour.note(example(NOTE).decode(), payer="commercial", on="2026-03-04")
    asked = {"payer": "commercial", "on": "2026-03-04"}
    assert client.post("/api/note", params=asked, content=example(NOTE)).json() == ours
    two = b'{"visits": [' + example("visits/slp-unpacking-97530.json") * 2 + b"]}"
    assert problem(client.post("/api/note", content=two.replace(b"}\n{", b"},{")), 422)["detail"].startswith("what was")
    assert problem(client.post("/api/note", content=b'{\n "x":'), 422)["errors"][0]["line"] == 2


def test_draft_answers_as_the_command_does(client, told, example):
    terse = example("notes/pt-terse-no-totals.txt")
    answer = client.post("/api/draft", params=TODAY, content=terse)
    assert answer.json() == told("draft", "-", "--today", TODAY["today"], given=terse)
    assert answer.json()["questions"]
    assert "no note" in problem(client.post("/api/draft", content=example("claims/professional.837")), 422)["detail"]


def test_units_answer_as_the_command_and_python_do(client, told):
    sent = {"services": [["97530", 24], ["97110", 23, 8]], "on": "2026-03-04", "discipline": "PT"}
    answer = client.post("/api/units", json=sent).json()
    assert answer == quarterhour.units(**sent)
    assert answer == told("units", "97530=24", "97110=23/8", "--on", "2026-03-04", "--discipline", "PT")
    by_code = client.post("/api/units", json={"services": {"97530": 24}, "method": "ama"}).json()
    assert by_code["lines"] == [{"code": "97530", "units": 2, "modifiers": ["GP"]}]


@pytest.mark.parametrize(
    "sent, status, pointer, said",
    [
        (b'{"services": [["97530", 24]], "pyer": "x"}', 422, "/pyer", 'did you mean "payer"?'),
        (b'{"services": [["97530", 24]], "discipline": 3}', 422, "/discipline", "Expected str"),
        (b'{"method": "cms"}', 422, "", "services"),
        (b"[]", 422, "", "Expected object"),
        (b"{\n 'services'", 400, None, "line 2, column 2"),
        (b'{"services": \xff}', 400, None, "UTF-8"),
    ],
)
def test_arguments_that_are_none_are_told_with_their_place(client, sent, status, pointer, said):
    told = problem(client.post("/api/units", content=sent), status)
    assert said in told["detail"]
    if pointer is not None:
        assert told["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize(
    "sent",
    [
        {"services": [["97530", "Jane Roe"]]},
        {"services": [["Jane Roe", 24]]},
        {"services": [["97530", 24]], "payer": "Jane Roe"},
        {"services": [["97530", 24]], "method": "Jane Roe"},
        {"services": [["97530", 24]], "on": "Jane 'Roe'"},
        {"services": [["97530", 24]], "discipline": 'Jane "Roe"'},
        {"services": "Jane Roe"},
        {"services": {"Jane Roe": "Jane Roe"}},
    ],
)
def test_no_refusal_repeats_what_was_sent(client, sent, caplog):
    answer = client.post("/api/units", json=sent)
    assert answer.status_code in {404, 422}
    assert "Roe" not in answer.text + caplog.text
    assert len(answer.json()["detail"]) > 15


def test_claim_gives_the_file_of_the_command_and_what_is_told_of_it(client, told, example, repository, tmp_path):
    out = tmp_path / "claim.fhir"
    words = ["--as", "fhir", "-o", out, "--clinic", repository / "examples/claims/clinic.yaml"]
    ours = told("claim", "-", *words, "--today", TODAY["today"], given=example(KNEE))
    answer = client.post("/api/claim", params={**TODAY, "as": "fhir"}, content=example(KNEE)).json()
    file = answer.pop("file")
    assert answer == ours
    assert (file["media_type"], file["encoding"]) == ("application/fhir+json", "utf-8")
    assert file["content"].encode() == out.read_bytes()
    alone = client.post("/api/claim", params={**TODAY, "as": "fhir", "format": "file"}, content=example(KNEE))
    assert (alone.headers["content-type"], alone.content) == ("application/fhir+json", out.read_bytes())


def test_claim_writes_x12_and_forms(client, example):
    asked = {**TODAY, "as": "837p"}
    x12 = client.post("/api/claim", params=asked, content=example(KNEE), headers={"Accept": "application/edi-x12"})
    assert (x12.headers["content-type"], x12.content[:3]) == ("application/edi-x12", b"ISA")
    form = client.post("/api/claim", params={**TODAY, "as": "cms1500"}, content=example(KNEE)).json()["file"]
    assert (form["media_type"], form["encoding"]) == ("application/pdf", "base64")
    assert base64.b64decode(form["content"]).startswith(b"%PDF")


def test_claim_takes_the_clinic_with_the_visits(client, example, repository):
    import yaml

    clinic = yaml.safe_load((repository / "examples/claims/clinic.yaml").read_text(encoding="utf-8"))
    sent = {"visits": json.loads(example(KNEE)), "clinic": clinic | {"usage": "P"}}
    answer = client.post("/api/claim", params={**TODAY, "as": "837p"}, json=sent).json()
    assert "*P*:~" in answer["file"]["content"][:120]
    without = client.post("/api/claim", params={**TODAY, "as": "837p"}, json=sent | {"clinic": {}})
    assert "clinic file" in problem(without, 422)["detail"]
    strange = client.post("/api/claim", params={**TODAY, "as": "837p"}, json=sent | {"clinic": {"submiter": {}}})
    assert "unknown key submiter" in problem(strange, 422)["detail"]


def test_a_visit_that_makes_no_claim_is_told_by_its_number_and_not_by_its_id(client, example):
    sent = {"visits": json.loads(example(KNEE)), "clinic": {}}
    told = problem(client.post("/api/claim?as=837p", json=sent), 422)["detail"]
    assert told.startswith("visit 1: no coverage")
    assert "V-2001" not in told


def test_a_claim_with_errors_is_refused_with_its_findings_unless_despite(client, example):
    record = json.loads(example(KNEE))
    record["services"][0]["units"] = 9
    refused = problem(client.post("/api/claim", params={**TODAY, "as": "837p"}, json=record), 422)
    assert refused["written"] is False
    assert "error" in {one["severity"] for one in refused["findings"]}
    assert client.post("/api/claim?as=837p&despite=true", json=record).json()["written"]


def test_convert_gives_the_file_of_the_command(client, told, example, repository, tmp_path):
    out = tmp_path / "visit.csv"
    ours = told("convert", repository / "examples" / KNEE, out)
    answer = client.post("/api/convert?to=visits-csv", content=example(KNEE)).json()
    file = answer.pop("file")
    assert answer == ours | {"from": "-"}
    assert file["content"].encode() == out.read_bytes()
    x12 = example("claims/professional.837")
    visits = client.post("/api/convert?to=visits-json&format=file", content=x12).json()["visits"]
    assert visits[0]["services"]
    explained = client.post("/api/convert?to=benefits-fhir", content=example("remittances/october.835")).json()
    assert explained["claims"] == 5
    claims = client.post("/api/convert?to=claims-json&format=file", content=x12)
    again = client.post("/api/convert?to=claims-csv", content=claims.content).json()
    assert again["claims"] == 1
    assert "1:6" in problem(client.post("/api/convert?to=claims-csv", content=b'{"a":'), 422)["detail"]


def test_denials_answer_as_the_command_does(client, told, repository):
    paths = [repository / "examples/remittances/october.835", repository / "examples/remittances/september.277ca"]
    ours = told("denials", *paths, "--today", TODAY["today"])
    files = [("file", (str(path), path.read_bytes())) for path in paths]
    assert client.post("/api/denials", params=TODAY, files=files).json() == ours
    one = client.post("/api/denials", params=TODAY, content=paths[0].read_bytes()).json()
    assert one == told("denials", "-", "--today", TODAY["today"], given=paths[0].read_bytes())


def test_denials_match_what_was_sent_with_the_claims_beside(client, told, example, repository, tmp_path):
    claims = client.post("/api/claim", params={"as": "837p", "format": "file", **TODAY}, content=example(KNEE)).content
    (tmp_path / "sent.837").write_bytes(claims)
    paths = [repository / "examples/remittances/october.835", tmp_path / "sent.837"]
    files = [("file", (str(path), path.read_bytes())) for path in paths]
    answer = client.post("/api/denials", params=TODAY, files=files).json()
    assert answer == told("denials", *paths, "--today", TODAY["today"])
    assert len(answer["inputs"]) == 2


def test_two_files_of_one_name_are_told_apart_and_the_same_twice_is_read_once(client, example):
    files = [("file", ("a.x12", example(f"remittances/{name}"))) for name in ("october.835", "september.277ca")]
    answer = client.post("/api/denials", params=TODAY, files=files * 2).json()
    assert [one["path"] for one in answer["inputs"]] == ["a.x12", "a.x12 (2)"]
    assert answer["skipped"] == ["a.x12 (3)", "a.x12 (4)"]


def test_denials_need_an_answer_of_a_payer(client, example):
    assert "835" in problem(client.post("/api/denials", content=example(KNEE)), 422)["detail"]
    form = client.post("/api/denials", files=[("file", ("a", b"x"))], data={"payer": "medicare-b"})
    assert "no file" in problem(form, 422)["detail"]
    torn = client.post("/api/denials", content=b"--x\r\n", headers={"Content-Type": "multipart/form-data; boundary=y"})
    problem(torn, 400)


def test_threshold_answers_as_the_command_and_python_do(client, told, example):
    visits = json.loads(example("visits/pt-kx-missing.json"))
    sent = {"visits": visits, "zip": "75201", "balance": {"PT+SLP": "1200.00"}}
    answer = client.post("/api/threshold", json=sent).json()
    assert answer == quarterhour.threshold(**sent)
    words = ["--zip", "75201", "--balance", "PT+SLP=1200.00"]
    ours = told("threshold", "-", *words, given=example("visits/pt-kx-missing.json"))
    assert answer["accounts"] == ours["accounts"]
    assert (
        "order of date or receipt" in problem(client.post("/api/threshold", json=sent | {"order": "x"}), 422)["detail"]
    )
    assert "a number" in problem(client.post("/api/threshold", json={"visits": 3}), 422)["detail"]


@pytest.mark.parametrize(
    "address, ours, words",
    [
        ("codes/97530?on=2026-03-04", lambda q: q.code("97530", on="2026-03-04"),
         ["code", "97530", "--on", "2026-03-04"]),
        ("codes/97530?with=97150", lambda q: q.code("97530", with_code="97150"), ["code", "97530", "--with", "97150"]),
        ("pairs/97530/97150?claim=institutional", lambda q: q.pair("97530", "97150", claim="institutional"),
         ["pair", "97530", "97150", "--claim", "institutional"]),
        ("contractors/TX", lambda q: q.mac("TX"), ["mac", "TX"]),
        ("contractors/75201", lambda q: q.mac("75201"), ["mac", "75201"]),
        ("price?code=97530:CQx2&code=97110&zip=75201&on=2025-03-04",
         lambda q: q.price([("97530", 2, ["CQ"]), ("97110", 1)], zip="75201", on="2025-03-04"),
         ["price", "97530:CQx2", "97110", "--zip", "75201", "--on", "2025-03-04"]),
        ("rules?persona=therapist&payer=medicare-b&on=2026-03-04",
         lambda q: q.rule_list(persona="therapist", payer="medicare-b", on="2026-03-04"),
         ["rules", "--persona", "therapist", "--payer", "medicare-b", "--on", "2026-03-04"]),
        ("rules/UNT101", lambda q: q.explain("UNT101"), ["explain", "UNT101"]),
        ("policy", lambda q: q.policy_list(), ["policy", "list"]),
    ],
)  # fmt: skip
def test_what_holds_nothing_of_a_patient_is_looked_up(client, told, address, ours, words):
    answer = client.get(f"/api/{address}")
    assert answer.status_code == 200
    assert answer.json() == ours(quarterhour) == told(*words)


def test_health_names_version_and_policy(client):
    answer = client.get("/api/health").json()
    assert (answer["status"], answer["tool"]["policy"]["hash"]) == ("ok", quarterhour.policy_list()["hash"])


@pytest.mark.parametrize(
    "address, status, said",
    [
        ("codes/99999", 404, "not among"),
        ("codes/1", 422, "five-place"),
        ("pairs/97530/97530", 422, "two different"),
        ("contractors/zz", 404, "no such state"),
        ("price?code=foo&national=true", 422, "97530x2"),
        ("price?zip=75201", 422, "code"),
        ("price?code=97530x" + "9" * 5000, 422, "97530x2"),
        ("rules/UNT999", 404, "did you mean"),
        ("rules?persona=doctor", 404, "auditor"),
        ("rules?pyer=medicare-b", 422, 'did you mean "payer"?'),
        ("rules?payer=medicare-b&payer=commercial", 422, "twice"),
        ("nowhere", 404, "openapi.json"),
    ],
)
def test_what_cannot_be_looked_up_says_why(client, address, status, said):
    assert said in problem(client.get(f"/api/{address}"), status)["detail"]


def test_a_misspelt_parameter_is_never_left_out_unsaid(client, example):
    for address in ("check", "note", "draft", "convert", "claim", "denials", "units", "threshold"):
        told = client.post(f"/api/{address}?pyer=commercial&to=837p&as=837p", content=example(KNEE))
        assert problem(told, 422)["detail"].startswith("unknown parameter")


def test_content_that_is_not_read_is_refused_with_what_is(client, example):
    def sent(address, **headers):
        return client.post(f"/api/{address}", content=example(KNEE), headers=headers)

    for media in (
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "image/png",
        "application/pdf",
    ):
        assert "curl" in problem(sent("check", **{"Content-Type": media}), 415)["detail"]
    problem(sent("units", **{"Content-Type": "text/plain"}), 415)
    problem(sent("check", **{"Content-Type": "text/plain; charset=latin-1"}), 415)
    packed = sent("check", **{"Content-Encoding": "gzip"})
    assert (problem(packed, 415)["status"], packed.headers["accept-encoding"]) == (415, "identity")
    for media in (
        "application/json",
        "application/fhir+json",
        'text/plain; charset="UTF-8"',
        "application/octet-stream",
    ):
        assert sent("check", **{"Content-Type": media}).status_code == 200


def test_every_address_says_how_it_may_be_asked(client):
    assert client.options("/api/check").headers["allow"] == "POST, OPTIONS"
    assert client.options("/api/rules/UNT101").headers["allow"] == "GET, HEAD, OPTIONS"
    for wrong in (client.get("/api/check"), client.head("/api/check"), client.put("/api/check")):
        assert (wrong.status_code, wrong.headers["allow"]) == (405, "POST, OPTIONS")
    problem(client.delete("/api/rules"), 405)
    problem(client.options("/nowhere"), 404)
    looked, whole = client.head("/api/rules/UNT101"), client.get("/api/rules/UNT101")
    assert (looked.status_code, looked.content) == (200, b"")
    assert looked.headers["content-length"] == whole.headers["content-length"]


def test_nothing_that_was_sent_goes_to_a_disk(client, repository, monkeypatch):
    import tempfile

    def written(*_, **__):
        raise AssertionError

    monkeypatch.setattr(tempfile, "TemporaryFile", written)
    path = repository / "examples/remittances/october.835"
    large = path.read_bytes().ljust(3 << 20)
    assert client.post("/api/denials", files=[("file", ("a.835", large))]).status_code == 200
