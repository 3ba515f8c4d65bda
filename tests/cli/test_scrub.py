"""`quarterhour scrub`: the summary on standard output, everything else on standard error, the exit code of check."""

import json
import os
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner

pytest.importorskip("pyarrow")

from quarterhour.cli.app import application
from quarterhour.workflows.scrub.source import files_of

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
    assert "only because fewer units" not in told.stdout
    assert "judging: 3 of 3" in told.stderr
    assert (tmp_path / "found.csv").read_text("utf-8").splitlines()[0].startswith('"input","row","visit_id"')


def test_what_is_billed_too_low_stands_apart(lines, tmp_path):
    rows = LINES.splitlines()
    at = rows[0].split(",").index("units")
    cells = rows[1].split(",")
    cells[at] = "1"
    lines.write_text("\n".join([rows[0], ",".join(cells), *rows[3:]]) + "\n", encoding="utf-8")
    told = ran(lines, "-o", tmp_path / "found.jsonl", "--select", "UNT1", "--today", "2026-03-06")
    assert "UNT102" in told.stdout
    (under,) = [line for line in told.stdout.splitlines() if "only because fewer units were billed" in line]
    stake = told.stdout.partition(" charged is at stake")[0].rpartition("$")[0].rpartition("$")[2].split()[0]
    assert f"${stake} only" in under


def test_progress_of_records_says_no_total_that_is_not_known(tmp_path):
    services = [{"code": code, "minutes": 15, "units": 1, "modifiers": ["GP"]} for code in ("97530", "97110")]
    record = {"date_of_service": "2026-03-04", "payer": "medicare-b", "services": services}
    (tmp_path / "visits.jsonl").write_text(json.dumps(record) + "\n")
    told = ran(tmp_path / "visits.jsonl", "-o", tmp_path / "found.csv", "--today", "2026-03-06")
    (judging,) = [line for line in told.stderr.splitlines() if line.startswith("judging")]
    # one record of two lines: it said 2 of 1
    assert judging.startswith("judging: 2, ")


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
    assert "lines.csv:2: code: expected a procedure code such as 97530 or G0283, got a text of 4 digits" in told.stderr


def test_what_was_found_before_stays_where_nothing_can_be_read(tmp_path):
    damaged, kept = tmp_path / "lines.parquet", tmp_path / "found.csv"
    damaged.write_bytes(b"PAR1 and nothing more")
    kept.write_text("found yesterday", encoding="utf-8")
    told = ran(damaged, "-o", kept)
    assert told.exit_code == 2
    assert told.stdout == "nothing was read, and no findings were written\n"
    assert "lines.parquet: cannot be read" in told.stderr
    assert kept.read_text("utf-8") == "found yesterday"


def test_a_row_with_too_few_cells_is_told_and_the_rest_is_judged_as_by_check(lines, tmp_path):
    rows = LINES.splitlines()
    lines.write_text("\n".join([*rows[:3], "garbage", rows[3], rows[3] + ",more"]), encoding="utf-8")
    asked = ("--select", "UNT1", "--today", "2026-03-06")
    scrubbed = ran(lines, "-o", tmp_path / "found.jsonl", *asked)
    assert scrubbed.exit_code == 2
    assert "lines.csv:3: 1 cell, but 10 columns\n" in scrubbed.stderr
    assert "lines.csv:5: 11 cells, but 10 columns; quote" in scrubbed.stderr
    found = json.loads((tmp_path / "found.jsonl").read_text("utf-8"))
    assert (found["rule"], found["visit_id"], found["row"]) == ("UNT101", "V1", 1)
    checked = CliRunner().invoke(application, ["check", str(lines), "--format", "json", *asked])
    report = json.loads(checked.stdout)
    assert [one["rule"] for one in report["findings"]] == ["UNT101"]
    # A check counts the lines of the file, its head included.
    assert [(one["line"], one["message"][:8]) for one in report["errors"]] == [(4, "1 cell, "), (6, "11 cells")]


def test_one_visit_is_no_visits(lines, tmp_path):
    lines.write_text("\n".join(LINES.splitlines()[:2]), encoding="utf-8")
    told = ran(lines, "-o", tmp_path / "found.csv", "--select", "UNT1", "--today", "2026-03-06")
    assert told.stdout.startswith("1 visit, 1 line\n")


def test_whoever_reads_the_messages_may_go(lines, tmp_path):
    """`quarterhour scrub ... 2>&1 | head -1` ends neither the run nor the findings."""
    asked = [sys.executable, "-m", "quarterhour", "scrub", str(lines), "-o", str(tmp_path / "found.csv")]
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        done = subprocess.run(asked, stderr=closed, stdout=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stdout.startswith(b"2 visits, 3 lines")
    assert (tmp_path / "found.csv").exists()


@pytest.mark.parametrize("number, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_ended_says_what_is_kept(number, code, lines, tmp_path, monkeypatch):
    def judged(*_arguments):
        signal.raise_signal(number)

    monkeypatch.setattr("quarterhour.workflows.scrub.judge.judge_part", judged)
    # A shell that starts the tests in the background has them ignore Ctrl-C.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        told = ran(lines, "-o", tmp_path / "found.csv")
    finally:
        signal.signal(signal.SIGINT, before)
    assert told.exit_code == code
    assert f"what was finished is kept in {tmp_path / 'found.csv.work'}; --resume goes on with it" in told.stderr
    monkeypatch.undo()
    assert ran(lines, "-o", tmp_path / "found.csv", "--resume").exit_code == 1


def test_a_wrong_call_is_one_line_and_2(lines, tmp_path):
    for arguments, said in (
        ((lines, "-o", tmp_path / "found.xlsx"), "none of these by its name"),
        ((lines, "-o", tmp_path / "found.csv", "--memory", "lots"), "expected a size"),
    ):
        told = ran(*arguments)
        assert told.exit_code == 2
        assert said in told.stderr
        assert told.stdout == ""


def test_a_table_of_a_folder_whose_header_is_misspelt_is_not_left_aside(lines, tmp_path):
    folder = tmp_path / "year"
    folder.mkdir()
    (folder / "march.csv").write_text(LINES.replace("date_of_service", "dateofservice"), encoding="utf-8")
    (folder / "prices.csv").write_text("code,price\n97530,45.00\n", encoding="utf-8")
    lines.rename(folder / "april.csv")
    told = ran(folder, "-o", tmp_path / "found.csv", "--select", "PTP201")
    assert told.exit_code == 2
    assert 'march.csv: no column date_of_service, but "dateofservice": name it so' in told.stderr
    assert "left aside, no visits, no claims and no table of them: " + str(folder / "prices.csv") in told.stderr
    checked = CliRunner().invoke(application, ["check", str(folder), "--select", "PTP201"])
    assert checked.exit_code == 2
    assert 'march.csv:1:1: no column date_of_service, but "dateofservice"' in checked.stderr


def test_lines_are_counted_by_the_first_block(tmp_path):
    """Lines of CSV may be ten times as long in one file as in another."""
    head, *rows = LINES.splitlines()
    for wide in (0, 600):
        many = tmp_path / f"many{wide}.csv"
        note = "n" * wide
        body = "\n".join(f"{row},{note}" for row in rows * 1000)
        many.write_text(f"{head},note_text\n{body}\n", encoding="utf-8")
        (file,), _ = files_of([many], None)
        assert abs(file.lines - 3000) < 100
    few = tmp_path / "few.csv"
    few.write_text(LINES, encoding="utf-8")
    assert files_of([few], None)[0][0].lines == 3
