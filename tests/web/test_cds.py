"""CDS Hooks: what is found in the visit of an encounter, as cards that keep to the specification."""

import base64
import copy
import datetime as dt
import json
import uuid

import pytest
from starlette.testclient import TestClient

from quarterhour.report.cards import MOST
from quarterhour.web.app import create
from quarterhour.web.settings import Settings

SERVICE = "/cds-services/visit-check"
HOOK = "org.clinic.treatment-note-sign"


@pytest.fixture
def request_(example):
    return json.loads(example("cds/visit-check.request"))


@pytest.fixture
def served():
    return TestClient(
        create(Settings(note_hook=HOOK, origins=("https://emr.example",))), base_url="http://localhost:8530"
    )


def cards(client, sent, service=SERVICE):
    answer = client.post(service, json=sent)
    assert answer.status_code == 200, answer.text
    return answer.json()["cards"]


def rules(found):
    return {one["source"]["topic"]["code"] for one in found if "topic" in one["source"]}


def with_note(sent, text):
    document = sent["prefetch"]["notes"]["entry"][0]["resource"]
    document["content"][0]["attachment"]["data"] = base64.b64encode(text.encode()).decode()
    return sent


def test_discovery_tells_each_service_with_what_it_asks_for(served, client):
    told = {one["id"]: one for one in served.get("/cds-services").json()["services"]}
    assert {name: one["hook"] for name, one in told.items()} == {
        "visit-check": "encounter-discharge",
        "note-check": HOOK,
    }
    assert told["visit-check"]["prefetch"]["encounter"] == "Encounter/{{context.encounterId}}"
    assert all({"hook", "title", "description", "id", "prefetch"} <= one.keys() for one in told.values())
    # There is no published hook for the signing of a note, so without the clinic's own name there is no such service.
    assert [one["id"] for one in client.get("/cds-services").json()["services"]] == ["visit-check"]


def test_the_example_is_answered_as_it_stands_beside_it(example, monkeypatch):
    monkeypatch.setattr("quarterhour.workflows.asked.today", lambda: dt.date(2026, 11, 21))
    client = TestClient(create(), base_url="http://localhost:8530")
    answer = client.post(
        SERVICE, content=example("cds/visit-check.request"), headers={"Content-Type": "application/json"}
    )
    assert answer.json() == json.loads(example("cds/visit-check.answer"))


def test_cards_keep_to_the_specification(client, request_):
    found = cards(client, request_)
    assert found
    for one in found:
        assert len(one["summary"]) < 140
        assert one["indicator"] in {"info", "warning"}
        assert one["source"]["label"]
        assert uuid.UUID(one["uuid"])
        assert not {"suggestions", "selectionBehavior"} & one.keys()
        for link in one.get("links", ()):
            assert (link["type"], link["url"][:23]) == ("absolute", "http://localhost/rules/")
        for reason in one.get("overrideReasons", ()):
            assert {"code", "system", "display"} == reason.keys()
    assert len({one["uuid"] for one in found}) == len(found)
    assert [one["uuid"] for one in cards(client, request_)] == [one["uuid"] for one in found]


def test_a_card_tells_what_check_tells_with_numbers_remedy_source_and_date(client, request_):
    first = cards(client, request_)[0]
    assert (first["summary"], first["indicator"]) == ("4 timed units billed, but 47 timed minutes support 3", "warning")
    assert "billed: 4, minutes: 47, allowed: 3" in first["detail"]
    assert "**To choose:** Bill 3 timed units" in first["detail"]
    assert first["source"]["label"].endswith("from 2000-04-01")
    assert first["source"]["url"].startswith("https://www.cms.gov/")


def test_the_visit_is_read_as_check_reads_it(client, request_, example):
    from quarterhour.workflows.check import Wish, checked_content

    note = request_["prefetch"].pop("notes")
    request_["prefetch"]["notes"] = None
    report = checked_content(example("fhir/pt-stairs-searchset.json"), Wish()).report
    ours = {one["rule"] for one in report["findings"] if one["severity"] in {"error", "warning"}}
    assert rules(cards(client, request_)) - {"not-checked"} <= ours
    assert "UNT101" in ours
    assert note


def test_who_is_treated_and_by_whom_stands_on_no_card(client, request_):
    text = json.dumps(cards(client, request_))
    for word in ("Ravenscroft", "Odile", "1951", "Whitcomb", "P-31", "V-3101"):
        assert word not in text


def test_words_of_a_note_are_shown_and_nothing_in_them_is_markdown(client, request_):
    wild = "O: 97530 24 min ![x](http://evil.example/`a`) <img src=x> stairs **with** basket.\nA: knee pain\nP: same\n"
    for one in cards(client, with_note(request_, wild)):
        for line in one["detail"].splitlines():
            if "evil" in line:
                assert line.startswith("> `` ")
                assert line.endswith(" ``")


def test_what_was_not_checked_is_told_as_plainly_and_what_is_over_is_counted(client, request_):
    found = cards(client, request_)
    last = found[-1]
    assert last["summary"].startswith("Not checked: ")
    assert "the record has no setting: " in last["detail"]
    assert "a reference to a Location" in last["detail"]
    assert "further finding" in found[-2]["summary"]
    assert len([one for one in found if "overrideReasons" in one]) <= MOST + 1


def test_without_a_finding_that_matters_there_is_none_but_what_was_not_checked(client, request_, example):
    request_["prefetch"]["notes"] = None
    for entry in request_["prefetch"]["charges"]["entry"]:
        entry["resource"]["quantity"]["value"] = 1
    assert all("overrideReasons" not in one or one["indicator"] == "info" for one in cards(client, request_))


def test_that_a_note_is_not_signed_yet_is_no_finding_at_these_moments(served, request_):
    assert "DOC106" not in rules(cards(served, request_))
    signing = {**request_, "hook": HOOK}
    found = cards(served, signing, "/cds-services/note-check")
    assert "DOC106" not in rules(found)
    assert "UNT101" not in rules(found)
    assert "DOC203" in rules(found)


def test_without_the_resources_it_needs_the_precondition_failed(client, request_):
    failed = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "forbidden"}]}
    for lacking in (["encounter"], ["procedures", "charges", "notes"]):
        without = copy.deepcopy(request_)
        for key in lacking:
            del without["prefetch"][key]
        answer = client.post(SERVICE, json=without)
        assert (answer.status_code, answer.headers["content-type"]) == (412, "application/problem+json")
        assert lacking[0] in answer.json()["detail"]
        unsaid = copy.deepcopy(request_)
        unsaid["prefetch"] |= dict.fromkeys(lacking, failed)
        assert client.post(SERVICE, json=unsaid).status_code == 412
    del request_["prefetch"]
    assert client.post(SERVICE, json=request_).status_code == 412


def test_where_there_are_no_such_resources_that_is_told_on_a_card(client, request_):
    request_["prefetch"] |= dict.fromkeys(("procedures", "charges", "notes"))
    (only,) = cards(client, request_)
    assert only["summary"].startswith("Nothing was checked")
    assert "a visit needs services or a note" in only["detail"]


def test_resources_of_another_patient_or_encounter_are_refused(client, request_):
    for kind, name in (("patient", "patientId"), ("encounter", "encounterId")):
        other = copy.deepcopy(request_)
        other["prefetch"][kind]["id"] = "Roe"
        answer = client.post(SERVICE, json=other)
        assert answer.status_code == 400
        assert name in answer.json()["detail"]
        assert "Roe" not in answer.text


@pytest.mark.parametrize(
    "change, pointer",
    [
        ({"hook": "patient-view"}, "/hook"),
        ({"hookInstance": "Roe"}, "/hookInstance"),
        ({"hookInstance": None}, "/hookInstance"),
        ({"context": []}, "/context"),
        ({"context": {"patientId": "p-31"}}, "/context/encounterId"),
        ({"context": {"patientId": 31, "encounterId": "e-3101"}}, "/context/patientId"),
        ({"prefetch": []}, "/prefetch"),
    ],
)
def test_a_request_that_is_none_is_told_where(client, request_, change, pointer):
    answer = client.post(SERVICE, json=request_ | change)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, pointer)
    assert "Roe" not in answer.text


def test_strange_resources_are_told_and_never_an_error_within(client, request_):
    for strange in ([], 3, "x", {}, {"resourceType": 3}, {"resourceType": "Bundle", "entry": [3, {"resource": 3}, {}]}):
        sent = copy.deepcopy(request_)
        sent["prefetch"]["procedures"] = strange
        assert client.post(SERVICE, json=sent).status_code == 200
    assert client.post(SERVICE, content=b'{"hook": ').json()["errors"][0]["line"] == 1
    assert client.post("/cds-services/nothing", json=request_).status_code == 404


def test_feedback_is_taken_and_not_kept(client, caplog):
    card = {"card": "f6b95768-b1c8-40dc-8385-bf3504b82ffb", "outcome": "overridden"}
    sent = {"feedback": [card | {"overrideReason": {"userComment": "Jane Roe"}}]}
    answer = client.post(f"{SERVICE}/feedback", json=sent)
    assert (answer.status_code, answer.json()) == (200, {})
    assert client.post(f"{SERVICE}/feedback", json={"feedback": 3}).status_code == 400
    assert "Roe" not in caplog.text


def test_a_record_system_of_an_allowed_site_may_ask_and_no_other(served, request_):
    asked = {"Origin": "https://emr.example", "Access-Control-Request-Method": "POST"}
    allowed = served.options(SERVICE, headers=asked | {"Access-Control-Request-Headers": "content-type"})
    assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (200, "https://emr.example")
    assert served.options(SERVICE, headers=asked | {"Origin": "https://evil.example"}).status_code == 400
    answer = served.post(SERVICE, json=request_, headers={"Origin": "https://emr.example"})
    assert answer.headers["access-control-allow-origin"] == "https://emr.example"
    told = served.get("/cds-services", headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in told.headers
