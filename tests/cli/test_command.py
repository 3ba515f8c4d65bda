"""The command: exit codes, where output goes, what is said of bad input, and that nothing of a patient is repeated."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from quarterhour.cli.app import TRACEBACK, application
from quarterhour.cli.overview import COMMANDS

CALL = "import sys; from quarterhour.cli import main; sys.argv[0] = 'quarterhour'; main()"
CANARY = "Zebedee Quillfeather"
OVER = {
    "visit_id": "V-1",
    "date_of_service": "2026-03-04",
    "payer": "medicare-b",
    "setting": "private-practice",
    "discipline": "PT",
    "patient": {"id": "P-1", "name": {"family": CANARY, "given": CANARY}},
    "services": [
        {"code": "97530", "minutes": 24, "units": 2, "modifiers": ["GP"]},
        {"code": "97110", "minutes": 23, "units": 2, "modifiers": ["GP"]},
    ],
    "note": {"text": CANARY},
}
CLEAN = OVER | {"services": [{"code": "97530", "minutes": 24, "units": 2, "modifiers": ["GP"]}]}
#: A note in which much is missing.
NOTE = "S: knee stiff.\nO: Ther act 24 min: sit to stand from chair, contact guard.\nA: tolerated well.\nJ. Doe, PT\n"
#: So that the exit code depends on one rule, whatever else is in the catalogue.
ONLY = ["--select", "UNT101", "--today", "2026-11-21"]


def ran(*arguments, given=None):
    return CliRunner().invoke(application, [str(one) for one in arguments], input=given, prog_name="quarterhour")


def run_as_process(*arguments, given=None, **environment):
    return subprocess.run(
        [sys.executable, "-c", CALL, *map(str, arguments)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        input=given,
        env=os.environ | environment,
    )


@pytest.fixture
def file(tmp_path):
    def written(content, name="visit.json"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return written


@pytest.mark.parametrize(
    "record, options, code",
    [
        (CLEAN, [], 0),
        (OVER, [], 1),
        (OVER, ["--fail-on", "error"], 1),
        (OVER, ["--ignore", "UNT101"], 0),
        ([], [], 3),
        ({"visits": []}, [], 3),
        ("", [], 3),
        (OVER | {"services": [{"code": "97530", "minutes": -1}]}, [], 2),
    ],
)
def test_the_exit_code_says_what_was_found(record, options, code, file):
    assert ran("check", file(record), *ONLY, *options).exit_code == code


def test_a_warning_passes_where_only_errors_fail(file):
    """UNT102 is a warning: two units billed where 53 minutes support four."""
    record = CLEAN | {"services": [{"code": "97530", "minutes": 53, "units": 2, "modifiers": ["GP"]}]}
    under = ["check", file(record), "--select", "UNT102"]
    assert [ran(*under, "--fail-on", one).exit_code for one in ("error", "warning", "info")] == [0, 1, 1]


def test_an_empty_folder_is_not_a_clean_one(tmp_path):
    told = ran("check", tmp_path)
    assert told.exit_code == 3
    assert "nothing was read" in told.stderr


@pytest.mark.parametrize(
    "content, message",
    [
        (b"\x00\x01\x02binary", "binary content"),
        (b"PAR1", "a Parquet file"),
        ("S: patient well", "not recognised: not JSON"),
        ('{"date_of_service": ', ":1:21: not JSON: it ends too early"),
        (
            '{"date_of_service": "2026-02-30"}',
            ':1:2: /date_of_service: expected a date such as "2026-03-04", got a day that is not in the calendar',
        ),
        (OVER | {"servces": 1}, '/servces: unknown key "servces" of a visit; did you mean "services"?'),
        (
            OVER | {"services": [{"code": "97530", "minutes": 10**9}]},
            "minutes cannot be more than 1440, got a number of 10 digits",
        ),
        ('{"payer":"a","payer":"b","note":{}}', ':1:2: /payer: the key "payer" stands twice in one object'),
        (OVER | {"payer": "nobody"}, "/payer: no such payer"),
    ],
)
def test_bad_input_is_told_with_its_place_and_ends_in_2(content, message, file):
    path = file(content)
    told = ran("check", path)
    assert told.exit_code == 2
    assert message in told.stderr
    assert str(path) in told.stderr


def test_a_bad_file_beside_a_good_one_ends_in_2_and_the_good_one_is_reported(file):
    told = ran("check", file(OVER), file("{", "bad.json"), "none.json", *ONLY)
    assert told.exit_code == 2
    assert "UNT101" in told.stdout
    assert "none.json: no such file or folder" in told.stderr


def test_a_well_formed_unknown_code_is_a_finding_and_no_slip_of_reading(file):
    told = ran("check", file(OVER | {"services": [{"code": "99999", "minutes": 20, "units": 1}]}), "--format", "json")
    assert told.exit_code == 1
    assert "CLM101" in json.loads(told.stdout)["summary"]["by_rule"]


def test_a_byte_order_mark_does_no_harm(file):
    assert ran("check", file(b"\xef\xbb\xbf" + json.dumps(CLEAN).encode()), *ONLY).exit_code == 0


def test_standard_input_is_a_dash():
    told = ran("check", "-", *ONLY, given=json.dumps(OVER))
    assert told.exit_code == 1
    assert ran("check", "-", "-", given="").exit_code == 2


def test_json_is_alone_on_standard_output(file):
    told = ran("check", file(OVER), "none.json", file("x", "notes.rst").parent, "--format", "json")
    assert json.loads(told.stdout)["format"] == 1
    assert "none.json" in told.stderr
    assert "notes.rst" in told.stderr


def test_a_report_goes_to_a_file(file, tmp_path):
    out = tmp_path / "report.json"
    told = ran("check", file(OVER), *ONLY, "--format", "json", "--output", out)
    assert (told.exit_code, told.stdout) == (1, "")
    assert json.loads(out.read_text(encoding="utf-8"))["summary"]["findings"] == 1
    assert ran("check", file(OVER), "--output", tmp_path / "none" / "x").exit_code == 2


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "csv", "html", "sarif"])
def test_no_format_and_no_message_repeats_names_or_notes(form, file):
    broken = OVER | {"patient": {"name": CANARY}, "zip": 5, "note": {"text": [CANARY]}}
    told = ran("check", file(OVER), file(broken, "broken.json"), "--format", form)
    assert told.exit_code == 2
    assert "Zebedee" not in told.stdout + told.stderr
    assert "Quillfeather" not in told.stdout + told.stderr


def test_an_internal_error_shows_no_values(file, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError(CANARY)

    monkeypatch.setattr("quarterhour.workflows.check.checked_paths", broken)
    told = ran("check", file(OVER))
    assert told.exit_code == 2
    assert "internal error (RuntimeError in test_command.py" in told.stderr
    assert CANARY not in told.output
    monkeypatch.setenv(TRACEBACK, "1")
    assert ran("check", file(OVER)).exit_code == 2


def test_piped_text_has_no_colour_and_control_characters_do_not_reach_a_terminal(file):
    told = run_as_process("check", file(OVER | {"visit_id": "V\x1b[31m-9\x07"}), *ONLY, TERM="xterm-256color")
    assert told.returncode == 1
    assert "UNT101" in told.stdout
    assert "\x1b" not in told.stdout
    assert "\x07" not in told.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_colour_on_a_terminal_unless_it_is_unwanted(file):
    import pty

    def seen(**environment):
        ours, theirs = pty.openpty()
        subprocess.run(
            [sys.executable, "-c", CALL, "check", str(file(OVER)), *ONLY],
            stdout=theirs,
            check=False,
            env=os.environ | {"TERM": "xterm-256color"} | environment,
        )
        os.close(theirs)
        return os.read(ours, 100_000).decode()

    plain = {name: value for name, value in os.environ.items() if name == "NO_COLOR"}
    assert plain or "\x1b[" in seen()
    assert "\x1b[" not in seen(NO_COLOR="1")


def test_text_is_as_wide_as_it_may_be(file):
    told = run_as_process("check", file(OVER), COLUMNS="60")
    prose = [line for line in told.stdout.splitlines() if line.startswith("    ")]
    assert prose
    assert [line for line in prose if len(line) > 60] == []


@pytest.mark.parametrize(
    "arguments", [["check"], ["chekc", "x"], ["check", "x", "--format", "xml"], ["units"], ["pair", "97530"]]
)
def test_a_wrong_call_ends_in_2_with_a_hint(arguments):
    told = ran(*arguments)
    assert told.exit_code == 2
    assert told.stderr.startswith("Usage: quarterhour")
    assert "chekc" not in arguments or "Did you mean 'check'?" in told.stderr


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["units", "97530=x"], "expected CODE=MINUTES such as 97530=24"),
        (["units", "99999=15"], "code 99999 is not among the therapy codes that are known"),
        (["units", "97530=15", "--on", "1999-01-01", "--method", "cms"], "it is known from 2000-04-01"),
        (["units", "97530=15", "--payer", "medcare-b"], "did you mean 'medicare-b'?"),
        (["code", "9753"], "expected a five-place procedure code such as 97530 or G0283, got '9753'"),
        (["pair", "97530", "97530"], "a pair is two different codes"),
        (["mac", "ZZ"], "no state or ZIP code is called 'ZZ'"),
        (["price", "97530", "--zip", "75201", "--on", "2019-03-04"], "97530: no amount is held for 2019-03-04"),
        (["price", "97530"], "say where, in one way"),
        (["threshold", "x.json", "--balance", "PT=1.00"], "expected a balance of PT+SLP or OT, got 'PT'"),
        (["explain", "UNT10l"], "did you mean 'UNT1"),
        (["rules", "--family", "unts"], "did you mean 'units'?"),
        (["scaffold", "units", "Bad"], "expected a name of words joined by hyphens"),
        (["check", "x.json", "--select", "ABC"], "no rule or beginning of a rule is called 'ABC'"),
        (["check", "x.json", "--policy-dir", "none"], "none: no such folder of policy data"),
        (["check", "x.json", "--today", "tomorrow"], "expected a date such as \"2026-03-04\", got 'tomorrow'"),
    ],
)
def test_what_cannot_be_answered_is_one_line_and_2(arguments, message):
    told = ran(*arguments)
    assert told.exit_code == 2
    assert message in told.stderr
    assert told.stdout == ""


def test_every_command_answers_in_text_and_in_json(tmp_path):
    (tmp_path / "note.txt").write_text(NOTE, encoding="utf-8")
    visit = CLEAN | {"date_of_service": "2025-03-04", "zip": "75201"}
    (tmp_path / "visit.json").write_text(json.dumps(visit), encoding="utf-8")
    calls = {
        "note": [tmp_path / "note.txt"],
        "draft": [tmp_path / "note.txt", "--on", "2026-03-04"],
        "units": ["97530=24", "97110=30/15", "97110=2"],
        "code": ["97530", "--with", "97140"],
        "pair": ["97530", "97150", "--on", "2026-03-04"],
        "mac": ["TX"],
        "price": ["97530x2", "97110:CQ", "--zip", "75201", "--on", "2025-03-04"],
        "threshold": [tmp_path / "visit.json"],
        "rates": [tmp_path / "visit.json"],
        "days": [tmp_path / "visit.json"],
        "audit": [tmp_path / "note.txt"],
        "explain": ["UNT101"],
        "rules": ["--severity", "error"],
    }
    # These write files, or end with a code of their own; their own tests show what they answer.
    others = {"authorization", "check", "claim", "convert", "denials", "policy", "replay", "scaffold", "scrub"}
    others |= {"serve", "synth"}
    others |= {"schema"}  # is JSON and nothing else
    assert set(calls) | others == set(COMMANDS)
    calls |= {"policy list": ["--conflicts"], "policy diff": ["2025-12-31", "2026-01-01", "--code", "97530"]}
    for name, arguments in calls.items():
        text, as_json = ran(*name.split(), *arguments), ran(*name.split(), *arguments, "--format", "json")
        assert (text.exit_code, as_json.exit_code) == (0, 0), name
        assert json.loads(as_json.stdout)["format"] == 1
        assert len(text.stdout.splitlines()) > 2
    told = ran("scaffold", "units", "units-without-hands", "--into", tmp_path)
    assert told.exit_code == 0
    assert len(told.stdout.splitlines()) == 4


def test_units_in_text_shows_sum_tie_and_reason():
    told = ran("units", "97112=20", "97110=20", "97116=1", "--on", "2026-03-04").stdout
    assert told.startswith("3 units  cms, PT, 2026-03-04\n")
    assert "just as good:" in told
    assert "97116  not billed: " in told
    assert "- 41 timed minutes support 3 units (38-52)\n" in told


def test_a_closed_pipe_is_quiet(file):
    path = file([OVER | {"visit_id": f"V-{n}"} for n in range(2000)])
    pipe = f'{sys.executable} -c "{CALL}" check {path} | head -1'
    told = subprocess.run(["/bin/sh", "-c", pipe], capture_output=True, check=False, text=True)
    assert told.returncode == 0
    assert "Traceback" not in told.stderr
    assert "BrokenPipe" not in told.stderr
