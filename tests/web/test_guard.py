"""What holds for every request: size, origin, host, headers, and no word of a patient in a refusal or a log."""

import json
import logging

import pytest
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.testclient import TestClient

from quarterhour.web import api
from quarterhour.web.app import create
from quarterhour.web.settings import Settings
from quarterhour.workflows.check import check

VISIT = {
    "visit_id": "V-1", "date_of_service": "2026-03-04", "payer": "medicare-b", "setting": "private-practice",
    "discipline": "PT", "services": [{"code": "97530", "minutes": 24, "units": 3, "modifiers": ["GP"]}],
}  # fmt: skip


@pytest.fixture
def client():
    return TestClient(create(), base_url="http://localhost")


def asked(client, content, **more):
    return client.post("/api/check?today=2026-11-21", content=content, **more)


def test_what_the_api_answers_is_what_python_answers(client):
    answer = asked(client, json.dumps(VISIT))
    ours = check(VISIT, today="2026-11-21")
    assert answer.status_code == 200
    assert [one["rule"] for one in answer.json()["findings"]] == [one["rule"] for one in ours["findings"]]
    assert "UNT101" in answer.text


def test_every_answer_forbids_keeping_framing_and_foreign_scripts(client):
    for answer in (asked(client, "{}"), client.get("/nowhere"), client.get("/api/openapi.json")):
        assert answer.headers["cache-control"] == "no-store"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["referrer-policy"] == "no-referrer"


def test_more_than_is_read_is_refused_whether_it_says_so_or_not():
    client = TestClient(create(Settings(most_bytes=1000)), base_url="http://localhost")
    assert asked(client, b"x" * 1001).status_code == 413
    assert asked(client, (b"x" * 100 for _ in range(11))).status_code == 413
    padded = json.dumps(VISIT).encode().ljust(900)
    assert asked(client, (padded[at : at + 100] for at in range(0, 900, 100))).status_code == 200


@pytest.mark.parametrize(
    "headers, status",
    [
        ({}, 200),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "https://emr.example", "Sec-Fetch-Site": "cross-site"}, 200),
    ],
)
def test_another_sites_page_sends_nothing_unless_allowed(headers, status):
    client = TestClient(create(Settings(origins=("https://emr.example",))), base_url="http://localhost")
    assert asked(client, json.dumps(VISIT), headers=headers).status_code == status


def test_by_a_name_it_does_not_have_it_is_not_served(client):
    assert client.get("http://rebound.example/api/openapi.json").status_code == 400
    named = TestClient(create(Settings(hosts=("clinic.example",))), base_url="http://clinic.example")
    assert named.get("/api/openapi.json").status_code == 200


def test_an_error_within_tells_its_place_and_nothing_that_was_sent(monkeypatch, caplog):
    def broken(*_):
        raise ValueError("Jane Roe, born 1950-05-06")

    monkeypatch.setattr(api.check, "checked_content", broken)
    with caplog.at_level(logging.DEBUG):
        answer = asked(TestClient(create(), base_url="http://localhost"), json.dumps(VISIT))
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert "ValueError in test_guard.py" in answer.json()["detail"]
    assert "Roe" not in answer.text + caplog.text


def test_a_wrong_wish_is_a_problem_with_its_reason(client):
    answer = asked(client, json.dumps(VISIT), params={"today": "2026-11-21", "payer": "nobody"})
    assert (answer.status_code, answer.json()["status"]) == (404, 404)
    assert "payer" in answer.json()["detail"]
    assert client.get("/api/check").status_code == 405


def test_what_is_held_at_once_is_bounded_and_given_back():
    import threading

    from quarterhour.web import guard

    entered, go = threading.Barrier(3), threading.Event()

    async def slow(scope, receive, send):
        await receive()
        await run_in_threadpool(entered.wait)
        await run_in_threadpool(go.wait)
        await Response("done")(scope, receive, send)

    app = guard.Guard(slow, most_bytes=1000, origins=(), names=("localhost",))
    client, answers = TestClient(app, base_url="http://localhost"), []
    threads = [threading.Thread(target=lambda: answers.append(client.post("/", content=b"x" * 900))) for _ in "ab"]
    for thread in threads:
        thread.start()
    entered.wait(timeout=60)
    busy = client.post("/", content=b"x" * 900)
    go.set()
    for thread in threads:
        thread.join()
    assert (busy.status_code, busy.headers["retry-after"]) == (503, "5")
    assert [one.status_code for one in answers] == [200, 200]
    assert app._held == 0
