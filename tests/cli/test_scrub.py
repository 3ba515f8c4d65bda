"""`quarterhour scrub`: the summary on standard output, everything else on standard error, the exit code of check."""

import json

import pytest
from click.testing import CliRunner

pytest.importorskip("pyarrow")

from quarterhour.cli.app import application

LINES = """date_of_service,visit_id,patient_id,payer,discipline,code,minutes,units,modifiers,charge
2026-03-04,V1,P1,medicare-b,PT,97530,24,3,GP,135.00
2026-03-04,V1,P1,medicare-b,PT,97110,23,1,GP,45.00
2026-03-05,V2,P1,medicare-b,PT,97530,30,2,GP,1090.00
"""


def ran(*arguments):
    return CliRunner().invoke(application, ["scrub", *map(str, arguments), "--workers", "1"])


@pytest.fixture
def lines(tmp_path):
    path = tmp_path / "lines.csv"
    path.write_text(LINES, encoding="utf-8")
    return path


def test_the_summary_says_how_much_is_at_stake(lines, tmp_path):
    told = ran(lines, "-o", tmp_path / "found.csv", "--select", "UNT1", "--today", "2026-03-06")
    assert told.exit_code == 1, told.stderr
    assert told.stdout.splitlines()[0] == "2 visits, 3 lines"
    # 47 timed minutes make 3 units and 4 are billed: the 3 units of the 24 minutes are one too many.
    assert "UNT101 units-exceed-timed-minutes" in told.stdout
    assert "$135.00 of $1,270.00 charged is at stake" in told.stdout
    assert "judging: 3 of 3" in told.stderr
    assert (tmp_path / "found.csv").read_text("utf-8").splitlines()[0].startswith('"input","row","visit_id"')


def test_as_json_it_is_one_document(lines, tmp_path):
    told = ran(lines, "-o", tmp_path / "found.jsonl", "--format", "json", "--select", "UNT1", "--today", "2026-03-06")
    report = json.loads(told.stdout)
    assert report["format"] == 1
    assert report["summary"]["at_stake"] == "135.00"
    assert report["findings"] == str(tmp_path / "found.jsonl")


def test_the_exit_code_says_what_it_came_to(lines, tmp_path):
    clean, empty, bad = (tmp_path / name for name in ("clean.csv", "empty.csv", "bad.csv"))
    clean.write_text("".join(LINES.splitlines(keepends=True)[i] for i in (0, 3)), encoding="utf-8")
    empty.write_text(LINES.splitlines()[0] + "\n", encoding="utf-8")
    bad.write_text(LINES.replace("97110", "9711"), encoding="utf-8")
    codes = {
        path.stem: ran(path, "-o", tmp_path / "found.csv", "--select", "UNT1", "--today", "2026-03-06").exit_code
        for path in (clean, lines, bad, empty)
    }
    assert codes == {"clean": 0, "lines": 1, "bad": 2, "empty": 3}


def test_what_cannot_be_read_stands_on_standard_error(lines, tmp_path):
    lines.write_text(LINES.replace("97110", "9711").replace("minutes", "minuts"), encoding="utf-8")
    told = ran(lines, "-o", tmp_path / "found.csv")
    assert "the column minuts is not known and was left aside; did you mean minutes?" in told.stderr
    assert 'lines.csv:2: code: expected a procedure code such as 97530 or G0283, got "9711"' in told.stderr


def test_a_wrong_call_is_one_line_and_2(lines, tmp_path):
    for arguments, said in (
        ((lines, "-o", tmp_path / "found.xlsx"), "none of these by its name"),
        ((lines, "-o", tmp_path / "found.csv", "--memory", "lots"), "expected a size"),
    ):
        told = ran(*arguments)
        assert told.exit_code == 2
        assert said in told.stderr
        assert told.stdout == ""
