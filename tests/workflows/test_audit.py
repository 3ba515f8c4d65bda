"""The audit worksheet: what each element and finding costs, and that a draw is the seed's alone."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from quarterhour.cli.audit import command
from quarterhour.workflows.audit import audit
from quarterhour.workflows.check import Wish
from quarterhour.workflows.errors import BadRequest

GOOD = (
    "S: Reports she cannot lift the laundry basket at home because of right knee pain.\n"
    "O: Lifted a 10 lb basket from floor to counter eight times with contact guard assist and two verbal cues to keep "
    "the load close, because she leans away from the operated leg. 97530 24 min. Total timed minutes 24, total "
    "treatment time 30 min.\n"
    "A: Pain 2/10 after the last set. Lifts without a cue 5 of 8 today, 2 of 8 last week. Lifting the basket serves "
    "goal 1: carry laundry up one flight by 04/01/2026.\n"
    "P: Add a step next visit. Nora Vale, PT\n"
)
POOR = "Balance exercises with moderate assistance. Tolerated well. Continue per plan.\n"


def visit(number, text, provider="1234567893", **changes):
    return {
        "visit_id": f"V-{number:02}",
        "date_of_service": "2026-03-04",
        "payer": "medicare-b",
        "setting": "private-practice",
        "discipline": "PT",
        "patient": {"id": f"P-{number}"},
        "therapist": {"npi": provider, "credential": "PT"},
        "services": [{"code": "97530", "minutes": 24, "units": 2, "modifiers": ["GP"]}],
        "note": {"text": text},
    } | changes


@pytest.fixture
def folder(tmp_path):
    for number in range(12):
        provider = "1234567893" if number % 3 else "1234567919"
        record = visit(number, GOOD if number % 2 else POOR, provider)
        (tmp_path / f"{number}.json").write_text(json.dumps(record))
    return tmp_path


@pytest.mark.covers("M7")
def test_a_score_is_the_share_of_elements_less_the_points_of_other_findings(folder):
    answer = audit([folder])
    assert len(answer["notes"]) == 12
    for note in answer["notes"]:
        points = {"present": 2, "in the record": 2, "partial": 1, "absent": 0}
        rows = note["elements"]
        assert note["elements_percent"] == 100 * sum(points[row["grade"]] for row in rows) // (2 * len(rows))
        counted = {row["element"] for row in rows}
        beyond = [one["severity"] for one in note["findings"] if one["element"] not in counted]
        assert note["points_off"] == 10 * beyond.count("error") + 4 * beyond.count("warning")
        assert note["score"] == max(0, note["elements_percent"] - note["points_off"])
        assert {one["kind"] for one in note["findings"]} <= {"documentation", "necessity"}
    good = [note["score"] for note in answer["notes"] if int(note["visit_id"][2:]) % 2]
    poor = [note["score"] for note in answer["notes"] if not int(note["visit_id"][2:]) % 2]
    assert min(good) > max(poor)


@pytest.mark.covers("M7")
def test_evidence_is_words_of_the_note_and_the_record_counts(tmp_path):
    record = visit(1, POOR, total_treatment_minutes=30, plan_of_care={"diagnoses": ["M25.561"]})
    (tmp_path / "a.json").write_text(json.dumps(record))
    (note,) = audit([tmp_path])["notes"]
    grades = {row["element"]: row["grade"] for row in note["elements"]}
    assert grades["diagnosis"] == grades["total_treatment_time"] == "in the record"
    assert grades["goal_linkage"] == "absent"
    assert all(words in POOR for row in note["elements"] for words in row["evidence"])


@pytest.mark.covers("M7")
def test_scores_of_providers_and_of_all_are_means_of_their_notes(folder):
    answer = audit([folder])
    scores = [note["score"] for note in answer["notes"]]
    assert answer["summary"]["score"] == round(sum(scores) / 12, 1)
    assert answer["summary"]["margin"] is None, "all of them are no sample"
    for one in answer["providers"]:
        of = [note["score"] for note in answer["notes"] if note["provider"] == one["provider"]]
        assert (one["notes"], one["lowest"], one["highest"]) == (len(of), min(of), max(of))


def test_a_seed_draws_the_same_notes_however_the_files_are_named(folder):
    files = sorted(folder.glob("*.json"))
    drawn = [[note["visit_id"] for note in audit(paths, sample=5, seed=7)["notes"]] for paths in (files, files[::-1])]
    assert drawn[0] == drawn[1]
    assert len(set(drawn[0])) == 5
    others = {tuple(note["visit_id"] for note in audit(files, sample=5, seed=seed)["notes"]) for seed in range(4)}
    assert len(others) > 1
    assert audit(files, sample=5)["summary"]["margin"] is not None
    assert audit(files, sample=50)["summary"]["notes"] == 12
    with pytest.raises(BadRequest):
        audit(files, sample=0)


def test_the_margin_of_few_notes_is_students_and_notes_alike_have_none(folder):
    drawn = audit([folder], sample=3, seed=1)["summary"]
    assert drawn["lowest"] != drawn["highest"]
    two_alike = {drawn["lowest"], drawn["highest"]}
    assert len(two_alike) == 2
    # 3 of 12, two scores d apart, one of them twice: s = d/sqrt(3); t(2) = 4.3027; s/sqrt(3) * sqrt(9/11)
    apart = drawn["highest"] - drawn["lowest"]
    assert drawn["margin"] == round(4.30265 * apart / 3 * (9 / 11) ** 0.5, 1)
    good = sorted(folder.glob("*.json"), key=lambda file: int(file.stem) % 2)[6:]
    alike = audit(good, sample=3)
    assert alike["summary"]["margin"] is None
    assert "says nothing of how the others differ" in alike["summary"]["margin_not_told"]
    told = CliRunner().invoke(command, [*map(str, good), "--sample", "3"])
    assert "±" not in told.stdout
    assert "no margin: the notes drawn have one score" in told.stdout


def test_a_worksheet_without_a_note_says_why(tmp_path):
    (tmp_path / "v.json").write_text(json.dumps(visit(1, None) | {"note": None}))
    told = CliRunner().invoke(command, [str(tmp_path)])
    assert told.exit_code == 3
    assert "nothing to score: no note was read" in told.stderr


def test_a_payer_that_wants_times_has_them_counted(tmp_path):
    (tmp_path / "a.txt").write_text(POOR)
    plain = audit([tmp_path], Wish(payer="medicare-b"))["notes"][0]
    times = audit([tmp_path], Wish(payer="commercial-times"))["notes"][0]
    counted = {row["element"] for row in times["elements"]} - {row["element"] for row in plain["elements"]}
    assert "start_stop_times" in counted


def test_the_worksheet_as_a_table_runs_no_formula(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps(visit(1, GOOD, visit_id="=1+1")))
    told = CliRunner().invoke(command, [str(tmp_path), "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(told.stdout)))
    assert {row["visit_id"] for row in rows} == {"'=1+1"}
    assert {row["grade"] for row in rows} <= {
        "present",
        "partial",
        "absent",
        "in the record",
        "info",
        "warning",
        "error",
    }
    told = CliRunner().invoke(command, [str(tmp_path)])
    assert told.exit_code == 0
    assert "notes 1" in told.stdout


def test_what_has_no_note_is_counted_and_told(folder):
    (folder / "bare.json").write_text(json.dumps({"visits": [visit(20, None) | {"note": None}, visit(21, GOOD)]}))
    assert audit([folder])["without_note"] == {"visits": 1, "claims": 0}
    told = CliRunner().invoke(command, [str(folder)])
    assert told.stderr == "not scored: 1 visit without a note\n"
