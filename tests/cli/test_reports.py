"""The report in each format: structure, columns, nothing that needs another file."""

import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner

from quarterhour.cli.app import application
from quarterhour.cli.output import as_json
from quarterhour.cli.report import lines
from quarterhour.report import csv as csv_report
from quarterhour.report import groups, html, jsonl, sarif
from quarterhour.report import json as json_report
from quarterhour.rules.catalogue import catalogue
from quarterhour.workflows.check import Wish, check_paths, checked_paths

TODAY = "2026-11-21"


def visit(number, **changes):
    return {
        "visit_id": f"V-{number}",
        "date_of_service": "2026-03-04",
        "payer": "medicare-b",
        "setting": "private-practice",
        "discipline": "PT",
        "services": [{"code": "97530", "minutes": 24, "units": 1, "modifiers": ["GP"]}],
    } | changes


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """A slight finding in the first visit, a grave one in the second, one visit that cannot be read, a file missing."""
    folder = tmp_path_factory.mktemp("visits")
    over = visit(2, visit_id='=V&<2>"', services=[{"code": "97530", "minutes": 24, "units": 4, "modifiers": ["GP"]}])
    no_minutes = visit(3, services=[{"code": "97530", "units": 2, "modifiers": ["GP"]}])
    (folder / "a b.json").write_text(json.dumps({"visits": [visit(1), over, visit(4, zap=1), no_minutes]}, indent=1))
    return check_paths([folder, folder / "none.json"], Wish(today=TODAY))


def plain(report):
    return "\n".join("".join(piece for piece, _ in line) for line in lines(report))


def test_text_is_by_visit_with_the_worst_first(report):
    told = plain(report)
    assert told.index('visit =V&<2>"') < told.index("visit V-1")
    assert "4 timed units billed, but 24 timed minutes support 2" in told
    assert "choice: Bill 2 timed units that day" in told
    assert "source: Medicare Claims Processing Manual" in told
    assert "not checked\n" in told
    assert "NCCI pair tables, unlikely units (MUE) 2024-07-01" in " ".join(told.split())
    assert "2 things could not be read" in told
    ranks = [[groups.RANK[one.finding["severity"]] for one in group.remarks] for group in groups.by_visit(report)]
    assert all(group == sorted(group) for group in ranks)
    assert [group[0] for group in ranks] == sorted(group[0] for group in ranks)


def test_findings_about_one_element_of_a_note_are_one_remark(tmp_path):
    visit = {
        "date_of_service": "2026-03-04",
        "payer": "medicare-b",
        "discipline": "PT",
        "plan_of_care": {"frequency": "2x/week"},
        "services": [{"code": "97530", "minutes": 25, "units": 2, "modifiers": ["GP"]}],
        "note": {"text": "Therapeutic activities (97530) 25 min: cans put in a cupboard.\nA. Roe, PT"},
    }
    (tmp_path / "visit.json").write_text(json.dumps(visit))
    checked = checked_paths([tmp_path / "visit.json"], Wish(today=TODAY))
    (group,) = groups.by_visit(checked.report, groups.View(checked.notes))
    elements = [one.finding["element"] for one in group.remarks if one.finding["element"]]
    assert len(elements) == len(set(elements))
    beside = {one.finding["rule"]: [other["rule"] for other in one.beside] for one in group.remarks}
    assert "NEC103" in beside["DOC207"]
    shown = [one for remark in group.remarks for one in (remark.finding, *remark.beside)]
    hidden = groups.hidden(checked.report, groups.PLAIN)
    assert len(shown) + hidden == len(checked.report["findings"])
    for told in (plain(checked.report), html.text(checked.report)):
        assert all(one["rule"] in told for one in shown)


def test_what_a_note_alone_does_not_have_is_not_wrong_with_it(tmp_path):
    (tmp_path / "note.txt").write_text("97530 25 min: cans put in a cupboard. Total 25 min.\nA. Roe, PTA")
    report = check_paths([tmp_path / "note.txt"], Wish(today=TODAY))
    rules = {entry.code: entry for entry in catalogue()}
    kinds = {rules[one["rule"]].kind for one in report["findings"]}
    assert kinds <= {"documentation", "necessity", "time_conflict", "wrong_code", "eligibility", "plan_of_care"}
    assert {"AST201", "UNT201", "MOD201"} <= {one["rule"] for one in report["not_checked"]}


def test_json_is_the_report_itself(report):
    assert "".join(json_report.pieces(report)) == as_json(report)


def test_jsonl_is_one_finding_a_line(report):
    assert [json.loads(line) for line in jsonl.pieces(report)] == report["findings"]


def test_csv_has_the_documented_columns(report, repository):
    rows = list(csv.DictReader(io.StringIO("".join(csv_report.pieces(report)))))
    assert tuple(rows[0]) == csv_report.COLUMNS
    assert len(rows) == len(report["findings"])
    assert {row["severity"] for row in rows} == set(report["summary"]["by_severity"])
    page = (repository / "docs/reference/report.md").read_text(encoding="utf-8")
    assert [column for column in csv_report.COLUMNS if f"`{column}`" not in page] == []


def test_no_cell_of_csv_is_a_formula(report):
    rows = csv.DictReader(io.StringIO("".join(csv_report.pieces(report))))
    ids = {row["visit_id"] for row in rows}
    assert "'=V&<2>\"" in ids
    assert not any(one.startswith("=") for one in ids)


def test_sarif_has_what_the_standard_asks_for(report):
    log = json.loads(sarif.text(report))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    ids = [rule["id"] for rule in driver["rules"]]
    assert driver["name"] == "quarterhour"
    assert ids == sorted(set(ids))
    assert len(run["results"]) == len(report["findings"])
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        (location,) = result["locations"]
        uri = location["physicalLocation"]["artifactLocation"]["uri"]
        assert uri.startswith("file:///")
        assert " " not in uri
        assert location["physicalLocation"]["region"]["startLine"] >= 1
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [one["message"]["text"] for one in invocation["toolExecutionNotifications"]] == [
        error["message"] for error in report["errors"]
    ]


def test_sarif_paths_stay_relative_and_standard_input_has_a_name():
    where = {"path": "a b/c.json", "line": 2, "column": 3}
    assert sarif._physical(where) == {
        "artifactLocation": {"uri": "a%20b/c.json"},
        "region": {"startLine": 2, "startColumn": 3},
    }
    assert sarif._physical({"path": "-", "line": None})["artifactLocation"] == {"uri": "stdin:"}


class Page(HTMLParser):
    """Tags with their attributes, and that every one is closed."""

    VOID = frozenset({"meta", "br"})

    def __init__(self, page):
        super().__init__()
        self.tags, self.open = [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_html_is_one_whole_page_that_needs_nothing_else(report):
    page = Page(html.text(report))
    names = [tag for tag, _ in page.tags]
    assert page.open == []
    assert not {"script", "link", "img", "iframe"} & set(names)
    assert not any(name.startswith("on") for _, attributes in page.tags for name in attributes)
    assert dict(page.tags)["html"] == {"lang": "en"}
    assert {"main", "h1", "title", "footer"} <= set(names)
    assert all("scope" in attributes for tag, attributes in page.tags if tag == "th")
    labels = [attributes["aria-labelledby"] for tag, attributes in page.tags if tag == "section"]
    assert labels == [attributes["id"] for tag, attributes in page.tags if tag == "h2"]
    assert "url(" not in html.text(report)


def test_html_shows_what_stands_in_a_record_as_text(report):
    told = html.text(report)
    assert "=V&amp;&lt;2&gt;&quot;" in told
    assert "<2>" not in told
    assert "Could not be read" in told
    assert "no such file or folder" in told


def test_a_report_of_nothing_found_says_so(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(visit(1)))
    nothing = check_paths([tmp_path], Wish(today=TODAY, select=["UNT101"]))
    assert "nothing found in 1 visit, 1 line" in plain(nothing)
    assert "nothing found in 1 visit, 1 line." in html.text(nothing)
    assert (list(jsonl.pieces(nothing)), json.loads(sarif.text(nothing))["runs"][0]["results"]) == ([], [])
    assert "".join(csv_report.pieces(nothing)).count("\r\n") == 1


def test_each_format_is_a_file_of_its_own(repository):
    room = repository / "src/quarterhour"
    offered = re.search(r"_FORMATS: Final = \((.*)\)", (room / "cli/check.py").read_text(encoding="utf-8"))[1]
    files = {path.stem for path in (room / "report").glob("*.py")} - {
        "__init__",
        "cards",
        "groups",
        "marked",
        "questions",
        "worklist",
    }
    assert set(re.findall(r'"(\w+)"', offered)) == files | {"text"}


def test_on_a_narrow_screen_a_finding_has_the_width_to_itself(report):
    page = html.text(report)
    assert '<table class="findings">' in page
    narrow = page.partition("@media (max-width: 40rem)")[2].partition("@media print")[0]
    assert ".findings td { display: block;" in narrow.replace(".findings, .findings tbody, .findings tr, ", "")


def test_the_foot_names_the_release_that_answered_and_the_version_that_can_be_asked_for(report):
    as_of = report["tool"]["policy"]["as_of"] | {"mue-professional": "2026-07-01"}
    policy = report["tool"]["policy"] | {"as_of": as_of, "imported": "53a5bdae7cc9b9a4"}
    imported = report | {"tool": report["tool"] | {"policy": policy}}
    assert groups.releases(imported).startswith(
        "tables as of: places of service 2026-11-21; unlikely units (MUE) of professional claims 2026-07-01; "
        "NCCI pair tables, unlikely units (MUE) of institutional claims 2024-07-01;"
    )
    told = " ".join(plain(imported).split())
    assert "imported tables 53a5bdae7cc9b9a4" in told
    assert "imported tables 53a5bdae7cc9b9a4" in html.text(imported)
    assert "imported tables" not in plain(report)


def test_a_report_names_the_packs_of_words_it_was_read_by(tmp_path):
    pack, other = tmp_path / "ours.yaml", tmp_path / "theirs.yaml"
    pack.write_text("{}")
    other.write_text("{}\n")
    (tmp_path / "visit.json").write_text(json.dumps(visit(1)))
    found = [check_paths([tmp_path / "visit.json"], Wish(today=TODAY, vocabulary=[one])) for one in (pack, other)]
    ((ours,), (theirs,)) = [one["tool"]["vocabulary"] for one in found]
    assert (ours["name"], len(ours["hash"]), ours["hash"] == theirs["hash"]) == ("ours.yaml", 32, False)
    assert f"vocabulary ours.yaml {ours['hash'][:12]}" in " ".join(plain(found[0]).split())


def test_the_first_line_of_a_file_of_lines_is_told(tmp_path):
    record = {"date_of_service": "2026-03-04", "payer": "medicare-b", "discipline": "PT", "total_timed_minutes": 20,
              "services": [{"code": "97530", "minutes": 20, "units": 4, "modifiers": ["GP"]}]}  # fmt: skip
    for name, expected in (("visits.jsonl", ["(file line 1)", "(file line 2)"]), ("visit.json", [])):
        path = tmp_path / name
        path.write_text("\n".join([json.dumps(record)] * max(1, len(expected))))
        told = CliRunner().invoke(application, ["check", str(path), "--select", "UNT101", "--today", "2026-03-06"])
        assert "UNT101" in told.stdout
        assert re.findall(r"\(file line \d+\)", told.stdout) == expected
