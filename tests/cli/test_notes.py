"""Notes at the command: words underlined where they stand, marked in HTML, and never in a message."""

import csv
import io
import json
import re

import pytest
from click.testing import CliRunner
from tests.cli.test_reports import Page

from quarterhour.cli.app import application
from quarterhour.cli.excerpt import excerpt, quoted
from quarterhour.cli.output import visible
from quarterhour.report.marked import marked

CANARY = "Zebedee Quillfeather"
NOTE = (
    f"Patient: {CANARY}\n"
    "S: Knee stiff, 4/10.\n"
    "O: Ther act 24 min: sit to stand from 17 in chair x 10, contact guard <both> hands.\n"
    "A: tolerated treatment well.\n"
    "Ann Able, PT\n"
)
GIVEN = ["--on", "2026-03-04", "--payer", "medicare-b"]


def ran(*arguments, given=None):
    return CliRunner().invoke(application, [str(one) for one in arguments], input=given, prog_name="quarterhour")


@pytest.fixture
def alone(tmp_path):
    path = tmp_path / "note.txt"
    path.write_bytes(NOTE.encode())
    return path


def shown(text, *spans):
    return ["".join(visible(piece) for piece, _ in line) for line in excerpt(text, spans, "  ")]


def test_carets_stand_under_the_words():
    assert shown("one\ntwo words here", (8, 13)) == ["  note 2: two words here", "              ^^^^^"]
    assert shown("\t  two words", (7, 12)) == ["  note 1: two words", "              ^^^^^"]
    assert shown("a b c", (0, 1), (4, 5)) == ["  note 1: a b c", "          ^   ^"]
    assert shown("漢字 x", (3, 4)) == ["  note 1: 漢字 x", "               ^"]
    assert shown("e\u0301 x\u00a0y", (3, 4)) == ["  note 1: e\u0301 x y", "            ^"]
    assert shown("one\ntwo\nthree", (0, 7)) == ["  note 1: one", "          ^^^ to line 2"]
    assert len(shown("a\nb\nc\nd\ne", (0, 1), (2, 3), (4, 5), (6, 7), (8, 9))) == 7


def test_a_long_line_is_cut_around_the_words(monkeypatch):
    monkeypatch.setattr("quarterhour.cli.excerpt.width", lambda: 60)
    text = "x " * 200 + "here they are" + " y" * 200
    line, under = shown(text, (400, 413))
    assert len(line) == 60
    assert line[under.index("^") : under.rindex("^") + 1] == "here they are"
    assert line.count("…") == 2
    line, under = shown("z" * 500, (0, 500))
    assert len(line) == len(under) + 1 == 60
    assert quoted("a  b\nc" + "d" * 50, 0, 56, 10) == "a b cdddd…"


def test_the_text_report_underlines_what_a_finding_rests_on(alone):
    told = ran("check", alone, *GIVEN).stdout
    match = re.search(r"^(    note 4: )A: tolerated treatment well\.\n( +)(\^+)$", told, re.MULTILINE)
    assert match
    assert len(match[2]) >= len(match[1])
    assert "not checked\n  a note alone has no lines as billed" in told
    assert f"{alone}\n" in told


def test_what_is_information_for_auditors_is_counted_and_shown_when_asked_for(alone):
    plain = ran("check", alone, *GIVEN)
    count = re.search(r"^(\d+) info for the auditor not shown: --persona auditor", plain.stdout, re.MULTILINE)
    asked = ran("check", alone, *GIVEN, "--persona", "auditor")
    report = json.loads(ran("check", alone, *GIVEN, "--format", "json").stdout)
    hidden = [one for one in report["findings"] if (one["persona"], one["severity"]) == ("auditor", "info")]
    assert int(count[1]) == len(hidden) > 0
    assert all(one["rule"] not in plain.stdout.split("not checked")[0] for one in hidden)
    assert all(one["rule"] in asked.stdout for one in hidden)
    assert "not shown" not in asked.stdout
    page = ran("check", alone, *GIVEN, "--format", "html").stdout
    assert "for the auditor not shown" in page
    assert ran("check", alone, "--persona", "payer").exit_code == 2


def test_the_page_marks_the_words_and_ties_them_to_their_findings(alone):
    told = ran("check", alone, *GIVEN, "--format", "html").stdout
    page = Page(told)
    assert page.open == []
    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    links = {attributes["href"][1:] for tag, attributes in page.tags if tag == "a" and attributes["href"][0] == "#"}
    assert links
    assert links <= ids
    assert "mark" in {tag for tag, _ in page.tags}
    assert "&lt;both&gt;" in told
    assert "<both>" not in told


def test_marks_may_lie_over_each_other_and_reach_over_lines():
    places = {(0, 5): [("f1", "DOC101")], (2, 9): [("f2", "DOC102")], (50, 60): [("f3", "DOC103")]}
    told = "".join(marked("one two\nthree", places, "v"))
    plain = re.sub(r"<sup>.*?</sup>", "", told)
    assert re.findall(r"<li id=[^>]*>(.*?)</li>", re.sub(r"</?(mark|span)[^>]*>", "", plain)) == ["one two", "three"]
    assert re.findall(r"<mark>(.*?)</mark>", told) == ["on", "e t", "wo", "t"]
    assert told.count("<sup>") == 2
    assert "f3" not in told


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "sarif"])
def test_every_format_for_programs_carries_the_evidence(form, alone):
    told = ran("check", alone, *GIVEN, "--format", form, "--select", "DOC212").stdout
    words = {
        "json": lambda: [one["evidence"] for one in json.loads(told)["findings"]],
        "jsonl": lambda: [json.loads(line)["evidence"] for line in told.splitlines()],
        "sarif": lambda: [one["properties"]["evidence"] for one in json.loads(told)["runs"][0]["results"]],
        "csv": lambda: [
            [{"text": row["evidence"], "start": int(row["evidence_at"].partition("-")[0])}]
            for row in csv.DictReader(io.StringIO(told, newline=""))
        ],
    }[form]()
    assert words
    for evidence in words:
        assert all(NOTE.startswith(span["text"], span["start"]) for span in evidence)


def test_sarif_points_at_the_line_of_the_note(alone):
    (run,) = json.loads(ran("check", alone, *GIVEN, "--format", "sarif", "--select", "DOC212").stdout)["runs"]
    (result,) = run["results"]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 4


def test_note_in_text_has_services_times_support_and_elements(alone):
    told = ran("note", alone).stdout
    assert told.startswith(f"{alone}  PT, 5 lines\n")
    assert "  97530      24 min  Ther act  line 3\n" in told
    for heading in ("services", "stated times", "what the described work supports", "absent", "partial", "present"):
        assert f"\n{heading}\n" in told
    assert told.index("\nabsent\n") < told.index("\npartial\n") < told.index("\npresent\n")
    assert len(told.splitlines()) < 50


def test_note_in_json_is_what_python_gives(alone):
    import quarterhour

    assert json.loads(ran("note", alone, "--format", "json").stdout) == quarterhour.note(NOTE)
    assert json.loads(ran("note", "-", "--format", "json", given=NOTE).stdout) == quarterhour.note(NOTE)


def test_draft_asks_and_says_who_may_answer(alone):
    told = ran("draft", alone, *GIVEN)
    assert told.exit_code == 0
    assert told.stdout.startswith(f"{alone}\n  ? ")
    assert "not asked for by a rule here, of use to a reviewer" in told.stdout
    assert "dated addendum" in told.stdout
    answer = json.loads(ran("draft", alone, *GIVEN, "--format", "json").stdout)
    assert all(one["question"] in " ".join(told.stdout.split()) for one in answer["questions"])


@pytest.mark.parametrize("command", ["check", "note", "draft"])
def test_no_note_is_3_and_no_file_is_2(command, tmp_path):
    (tmp_path / "empty.txt").write_text("\n")
    assert ran(command, tmp_path / "empty.txt").exit_code == 3
    assert ran(command, tmp_path / "none.txt").exit_code == 2


@pytest.mark.parametrize("command", ["check", "note", "draft"])
def test_no_message_repeats_a_word_of_a_note(command, tmp_path, monkeypatch):
    text = NOTE.replace("Knee", CANARY)
    cases = {
        "bad.txt": text.encode("utf-16"),
        "byte.txt": text.encode() + b"\xff",
        "brace.txt": b"{" + text.encode(),
        "bad.json": text.encode(),
        "broken.json": json.dumps({"date_of_service": "x", "note": {"text": [text], text: 1}}).encode(),
    }
    for name, content in cases.items():
        (tmp_path / name).write_bytes(content)
        told = ran(command, tmp_path / name)
        assert told.exit_code == 2, name
        assert "Quillfeather" not in told.output, name
    (tmp_path / "note.txt").write_bytes(text.encode())
    assert "Quillfeather" not in ran(command, tmp_path / "note.txt").stderr

    def broken(*_, **__):
        raise ValueError(text)

    monkeypatch.setattr("quarterhour.notes.read_many", broken)
    told = ran(command, tmp_path / "note.txt")
    assert told.exit_code == 2
    assert "internal error (ValueError" in told.stderr
    assert "Quillfeather" not in told.output


def test_slips_beyond_many_are_counted(tmp_path):
    (tmp_path / "other.jsonl").write_text('{"date_of_service": "x"}\n' * 60)
    told = ran("check", tmp_path / "other.jsonl")
    assert told.exit_code == 2
    assert re.search(r"other\.jsonl: and \d+ more; --format json has all", told.stderr)
    assert len(told.stderr.splitlines()) < 30


def test_every_report_counts_the_lines_of_a_note_alike_whatever_ends_them(tmp_path):
    """An old export ends its lines with carriage returns; the JSON had all words in line 1."""
    path = tmp_path / "note.txt"
    path.write_bytes(b"PT note 2026-03-04\rS: knee stiff.\rO: 97530 ther act 24 min.\rTotal timed 10 min.\r")
    report = json.loads(ran("check", path, *GIVEN, "--format", "json").stdout)
    lines = {one["where"]["line"] for one in report["findings"] if one["evidence"]}
    told = ran("check", path, *GIVEN).stdout
    assert lines
    assert lines <= {int(number) for number in re.findall(r"note (\d+): ", told)}
    page = ran("check", path, *GIVEN, "--format", "html").stdout
    assert lines <= {int(number) for number in re.findall(r"note, line (\d+)", page)}
