"""The pages by their HTML: the findings of the command, every word escaped, refusals that keep what was typed."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from quarterhour.web.app import create
from quarterhour.web.pages import style
from quarterhour.web.settings import Settings
from quarterhour.workflows.check import Wish, check_paths
from quarterhour.workflows.denials.command import denials_paths
from quarterhour.workflows.denials.wish import Wish as DenialsWish
from quarterhour.workflows.draft import draft
from quarterhour.workflows.units import units

EXAMPLES = Path(__file__).parents[2] / "examples"
NOTE = EXAMPLES / "notes" / "ot-stock-phrases.txt"
VISIT = EXAMPLES / "visits" / "pt-knee-units-over.json"
HTML = {"Accept": "text/html,application/xhtml+xml"}
PAGES = (
    "/", "/units", "/codes", "/codes/97530", "/codes/97530?with=97110", "/pairs", "/pairs?one=97530&other=97150",
    "/contractors", "/contractors?place=75201", "/price",
    "/price?code=97530&units=2&modifiers=&code=97110&units=1&modifiers=CQ+GP&place=75201&on=2025-03-04", "/rules",
    "/rules?about=kx", "/rules/UNT101", "/policy", "/denials",
)  # fmt: skip


@pytest.fixture(scope="module")
def client():
    return TestClient(create(), base_url="http://localhost", headers=HTML)


def sent(client, *files, **fields):
    """A form of the check page; ``files`` are (name, content)."""
    parts = [("files", file) for file in files] or [("files", ("", b""))]
    return client.post("/", files=parts, data=fields)


def words(answer):
    """The text of a page in one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_a_title_one_heading_and_nothing_within_it_that_runs_or_paints(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert answer.text.count("<h1") == 1
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*src=)|javascript:", answer.text)
    assert client.head(address).text == ""


@pytest.mark.parametrize(
    "path", sorted(EXAMPLES.glob("notes/*")) + sorted(EXAMPLES.glob("visits/*.json")), ids=lambda p: p.stem
)
def test_the_page_has_the_findings_of_the_command(client, path):
    report = check_paths([path], Wish())
    page = sent(client, (path.name, path.read_bytes()))
    shown = [one for one in report["findings"] if one["severity"] != "info" or one["persona"] != "auditor"]
    said = words(page)
    for one in shown:
        assert one["rule"] in said
        assert one["message"].replace("`", "") in said.replace(" ,", ",")
        assert one["remedy"]["text"].split("`")[0].strip() in said
    for one in report["not_checked"]:
        assert one["reason"] in said


def test_findings_stand_worst_first_and_are_tied_to_the_words_both_ways(client):
    page = sent(client, text=NOTE.read_text()).text
    severities = re.findall(r'class="finding (\w+)"', page)
    assert severities == sorted(severities, key=["error", "warning", "info"].index)
    assert severities[0] == "error"
    links = set(re.findall(r'href="#(visit-[^"]+)"', page))
    anchors = set(re.findall(r'id="(visit-[^"]+)"', page))
    assert links
    assert links <= anchors
    assert re.search(r'<mark>.*?</mark>.*?<sup><a href="#visit-1-1"', page, re.DOTALL)


def test_the_questions_are_those_of_draft(client):
    asked = draft([NOTE], Wish()).answer["questions"]
    page = words(sent(client, text=NOTE.read_text()))
    assert len(asked) > 3
    for one in asked:
        assert f"- {one['question']}" in page


def test_without_a_discipline_no_modifier_is_proposed(client):
    note = "Daily note\n97530 Therapeutic activities 24 min\n"
    untold, told = words(sent(client, text=note)), words(sent(client, text=note, discipline="OT"))
    assert "No modifiers: the discipline is not told." in untold
    assert ("97530 2 GO" in told, "97530 2 GP" in untold) == (True, False)


def test_what_was_pasted_stays_in_the_form_and_so_does_what_was_chosen(client):
    text = "Daily note\n97530 Therapeutic activities 24 min\n"
    page = sent(
        client, text=text.replace("\n", "\r\n"), payer="commercial", discipline="OT", on="2026-03-04", persona="auditor"
    )
    assert re.search(r"<textarea id=\"f-text\"[^>]*>\n(.*?)</textarea>", page.text, re.DOTALL)[1] == text
    for chosen in ("commercial", "OT", "auditor"):
        assert f'<option value="{chosen}" selected>' in page.text
    assert 'value="2026-03-04"' in page.text
    assert "OT, 2026-03-04" in words(page)


def test_a_file_of_a_note_or_visit_is_laid_into_the_form_and_one_of_claims_is_not(client):
    assert "pt-knee" in sent(client, ("pt-knee.json", VISIT.read_bytes())).text
    assert "&#34;visit_id&#34;: &#34;V-2011&#34;" in sent(client, ("a.json", VISIT.read_bytes())).text
    claim = (EXAMPLES / "claims" / "pair-without-modifier.837").read_bytes()
    page = sent(client, ("a.837", claim))
    assert "PTP101" in page.text
    assert "ISA*" not in page.text


def test_several_files_are_judged_together_and_a_note_that_a_visit_has_is_told_once(client):
    visit = json.loads(VISIT.read_text())
    page = sent(
        client,
        ("a.json", VISIT.read_bytes()),
        ("a.json", VISIT.read_bytes()),
        ("n.txt", visit["note"]["text"].encode()),
    )
    assert "a.json (2)" in page.text
    assert "Left aside, the note of a visit that was sent too: n.txt" in words(page)


HOSTILE = (
    "<script>alert(1)</script> 97530 Therapeutic activities 24 min </textarea><img src=x onerror=alert(2)> {{ 7*7 }} "
    "\u202e"
)


@pytest.mark.parametrize("way", ["text", "name", "json", "field"])
def test_whatever_is_sent_is_shown_and_never_runs(client, way):
    record = {"visit_id": HOSTILE, "date_of_service": "2026-03-04", "payer": HOSTILE, "note": {"text": HOSTILE}}
    page = {
        "text": lambda: sent(client, text=HOSTILE),
        "name": lambda: sent(client, (f"{HOSTILE.replace('/', '')}.txt", HOSTILE.encode())),
        "json": lambda: sent(client, text=json.dumps([record, record | {"payer": "medicare-b"}])),
        "field": lambda: sent(client, text=HOSTILE, payer=HOSTILE, on=HOSTILE, persona=HOSTILE),
    }[way]().text
    assert "alert" in page
    assert not re.search(r"<script>|<img|49", page.replace("&lt;script&gt;", ""))


@pytest.mark.parametrize(
    "content, told",
    [
        (b"97530\0", "binary content"),
        (b"%PDF-1.7", "this is a PDF"),
        (b"\xff\xfea\0", "UTF-16"),
        (b'{"visit_id": 1,,}', "line 1, column 16"),
        (b'{"date_of_servce": "2026-03-04"}', "/date_of_servce, line 1, column 2"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(client, content, told):
    page = words(sent(client, ("a.json", content)))
    assert "Could not be read" in page
    assert told in page


def test_nothing_sent_is_nothing_read(client):
    assert "Nothing was read" in words(sent(client, text=" "))


@pytest.mark.parametrize(
    "field, value, status",
    [("payer", "nobody", 404), ("on", "2026-13-45", 422), ("discipline", "XX", 422), ("persona", "boss", 404)],
)
def test_a_wrong_wish_is_told_and_the_form_stays(client, field, value, status):
    answer = sent(client, text="97530 Therapeutic activities 24 min", **{field: value})
    assert answer.status_code == status
    assert "Cannot be answered so" in answer.text
    assert "97530 Therapeutic activities 24 min</textarea>" in answer.text


@pytest.mark.parametrize(
    "kind, start", [("csv", "path,visit,"), ("html", "<!DOCTYPE html>"), ("sarif", "{"), ("json", "{")]
)
def test_the_report_can_be_kept_as_a_file(client, kind, start):
    answer = sent(client, text=NOTE.read_text(), **{"as": kind})
    assert answer.text.startswith(start)
    assert answer.headers["content-disposition"] == f'attachment; filename="findings.{kind}"'
    assert "DOC220" in answer.text


def test_a_table_that_would_leave_out_what_was_not_read_is_not_given(client):
    answer = sent(client, ("a.json", b"{"), **{"as": "csv"})
    assert "Not given as a file" in words(answer)


def test_a_remittance_is_not_said_to_be_without_findings(client):
    page = words(sent(client, ("a.835", (EXAMPLES / "remittances" / "october.835").read_bytes())))
    assert "Not judged: 5 claims" in page
    assert "Nothing found" not in page


def test_nothing_sent_reaches_a_disk(client, monkeypatch):
    def refused(*_, **__):
        raise AssertionError("a file was made")

    monkeypatch.setattr("tempfile._TemporaryFileWrapper", refused)
    monkeypatch.setattr("tempfile.TemporaryFile", refused)
    assert sent(client, ("a.txt", b"97530\0" * 500_000)).status_code == 200


def test_what_came_back_is_worked_as_by_the_command(client):
    paths = [EXAMPLES / "remittances" / "october.835", EXAMPLES / "remittances" / "september.277ca"]
    answer = denials_paths(paths, DenialsWish(today="2026-11-21"))
    form = [("files", (path.name, path.read_bytes())) for path in paths]
    page = words(client.post("/denials", files=form, data={"today": "2026-11-21"}))
    assert answer["worklist"]
    for row in answer["worklist"]:
        assert row["next"].replace("`", "") in page.replace(" )", ")").replace("( ", "(")
        assert row["claim_id"] in page
    assert answer["summary"]["queued_amount"] in page
    table = client.post("/denials", files=form, data={"as": "csv", "today": "2026-11-21"})
    assert table.text.count("\r\n") == len(answer["worklist"]) + 1


def test_what_answers_no_claims_is_told(client):
    assert "Nothing that answers claims" in words(client.post("/denials", files=[("files", ("a.txt", b"note"))]))
    assert client.post("/denials", files=[("files", ("", b""))], data={"order": "x"}).status_code == 422


def test_units_are_those_of_the_command_with_the_other_method_beside(client):
    form = {"code": ["97112", "97110", ""], "minutes": ["24", "23", ""], "assistant": ["", "8", ""], "on": "2026-03-04"}
    page = words(client.post("/units", data=form))
    for method in ("cms", "ama"):
        answer = units([("97112", 24), ("97110", 23, 8)], method=method, on="2026-03-04")
        for sentence in answer["explanation"]:
            assert sentence in page
    assert "3 units" in page
    assert "4 units" in page


def test_ties_are_choices(client):
    page = words(client.post("/units", data={"code": ["97112", "97110"], "minutes": ["10", "10"]}))
    assert "the choice is the professional’s" in page


def test_rows_are_added_without_a_script_and_keep_what_was_filled_in(client):
    page = client.post("/units", data={"code": "97112", "minutes": "24", "assistant": "", "more": "1"}).text
    assert page.count('name="code"') > 4
    assert 'value="97112"' in page
    assert "timed minutes support" not in page


@pytest.mark.parametrize(
    "form, told",
    [
        ({"code": "97530", "minutes": "x"}, "row 1: the minutes are a whole number"),
        ({"code": "", "minutes": "8"}, "row 1: the code is missing"),
        ({"code": "9753", "minutes": "8"}, "five-place procedure code"),
        ({"code": "97530", "minutes": "20", "assistant": "30"}, "the assistant's are part of the minutes"),
        ({"code": "", "minutes": ""}, "no services"),
    ],
)
def test_wrong_rows_are_told_by_their_place(client, form, told):
    answer = client.post("/units", data=form)
    assert answer.status_code == 422
    assert told in words(answer)


@pytest.mark.parametrize(
    "address, status",
    [
        ("/codes/00000", 404),
        ("/codes/x", 422),
        ("/pairs?one=97530&other=97530", 422),
        ("/contractors?place=99999", 422),
        ("/price?code=97530&units=x", 422),
        ("/price?code=97530&on=9", 422),
        ("/rules?payer=zz", 404),
        ("/rules/UNT999", 404),
    ],
)
def test_a_wrong_question_is_told_on_its_own_page(client, address, status):
    answer = client.get(address)
    assert answer.status_code == status
    assert "Cannot be answered so" in answer.text


def test_every_other_refusal_is_a_page_in_the_words_of_the_api():
    client = TestClient(create(Settings(most_bytes=1000)), base_url="http://localhost", raise_server_exceptions=False)
    for address, how in (
        ("/nowhere", {}),
        ("/", {"method": "PUT"}),
        ("/", {"method": "POST", "content": b"x" * 2000}),
        ("/", {"method": "POST", "content": b"x", "headers": {"Origin": "https://elsewhere.example"}}),
        ("/", {"method": "POST", "content": b"x", "headers": {"Content-Type": "text/plain"}}),
    ):
        more = how.pop("headers", {})
        plain = client.request(**{"method": "GET", "url": address, "headers": more} | how)
        page = client.request(**{"method": "GET", "url": address, "headers": more | HTML} | how)
        assert plain.headers["content-type"] == "application/problem+json"
        assert page.status_code == plain.status_code
        assert page.headers["content-type"].startswith("text/html")
        assert page.headers["content-security-policy"] == plain.headers["content-security-policy"]
        assert plain.json()["detail"] in words(page)
    assert client.get("/api/nowhere", headers=HTML).headers["content-type"] == "application/problem+json"


def test_the_style_is_kept_by_its_content_and_pages_are_not_kept(client):
    kept = client.get(style.address("style.css"))
    assert "immutable" in kept.headers["cache-control"]
    assert client.get("/").headers["cache-control"] == "no-store"
    assert client.get("/static/%2e%2e%2fapp.py").status_code == 404


def test_a_rules_page_shows_its_markdown(client):
    page = client.get("/rules/UNT101").text
    assert '<code class="language-visit">97112 24 min 2 units GP' in page
    assert "<h2>What it finds</h2>" in page


def test_every_rule_has_its_page(client):
    rules = re.findall(r'href="(/rules/[A-Z]{3}\d{3})"', client.get("/rules").text)
    assert len(rules) > 200
    for address in rules:
        assert client.get(address).status_code == 200


def test_rules_are_narrowed_by_words(client):
    assert words(client.get("/rules?about=kx+threshold")).count("rules") >= 1
    found = re.findall(r'href="/rules/([A-Z]{3}\d{3})"', client.get("/rules?about=kx").text)
    assert 0 < len(found) < 20
