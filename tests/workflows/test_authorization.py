"""The packet for a prior authorization holds words and numbers of the record and nothing else."""

import json
import re

import pytest
from click.testing import CliRunner

from quarterhour.cli.authorization import command
from quarterhour.workflows.authorization import authorization

FIRST = (
    "O: Lifted a 5 lb basket from floor to counter six times with moderate assist and constant cues.\n"
    "A: Lifts without a cue 0 of 6.\n"
)
SECOND = (
    "O: Lifted a 10 lb basket from floor to counter eight times with contact guard assist. PT lowered the counter "
    "after four lifts because she leans away from the operated leg and cannot feel it.\n"
    "A: Lifts without a cue 5 of 8 today, 2 of 8 last week.\n"
    "P: Add a step next visit.\n"
)


def visit(number, on, current, text, **plan):
    goal = {"id": "G1", "text": "Carry laundry up one flight", "measure": "lifts without a cue", "baseline": 0.0,
            "target": 8.0, "current": current, "unit": "of 8", "due": "2026-04-01"}  # fmt: skip
    return {
        "visit_id": f"V-{number}",
        "date_of_service": on,
        "payer": "commercial",
        "discipline": "PT",
        "patient": {"id": "P-1", "name": {"family": "Sample", "given": "Ann"}},
        "plan_of_care": {"established": "2026-02-02", "diagnoses": ["M25.561"], "frequency": "2 per week",
                         "duration": "8 weeks", "goals": [goal]} | plan,
        "services": [{"code": "97530", "minutes": 24, "units": 2, "modifiers": ["GP"]}],
        "note": {"text": text},
    }  # fmt: skip


def packet_of(tmp_path, *records):
    (tmp_path / "visits.json").write_text(json.dumps({"visits": list(records)}))
    (packet,) = authorization([tmp_path])["packets"]
    return packet


@pytest.mark.covers("M6")
def test_the_narrative_is_made_of_the_records_words_and_numbers(tmp_path):
    packet = packet_of(tmp_path, visit(1, "2026-03-04", 2.0, FIRST), visit(2, "2026-03-11", 5.0, SECOND))
    narrative = "\n".join(packet["narrative"])
    assert "Diagnoses: M25.561." in narrative
    assert "2 per week, 8 weeks, plan established 2026-02-02" in narrative
    assert "baseline 0 of 8, 5 of 8 recorded 2026-03-11, target 8 of 8, due 2026-04-01" in narrative
    assert "97530 on 2 visits, 4 units" in narrative
    for one in packet["words"]:
        text = SECOND if one["visit_id"] == "V-2" else FIRST
        assert text[one["start"] : one["end"]] == one["text"]
    assert {one["element"] for one in packet["words"]} >= {"progress", "skilled_rationale"}
    # Every number said stands somewhere in the records, or counts days, visits and units.
    said = set(re.findall(r"\d+", narrative))
    given = set(
        re.findall(r"\d+", json.dumps([visit(1, "2026-03-04", 2.0, FIRST), visit(2, "2026-03-11", 5.0, SECOND)]))
    )
    assert said - given <= {"2", "4"}


@pytest.mark.covers("M6")
def test_what_is_missing_is_asked_and_not_supplied(tmp_path):
    record = visit(1, "2026-03-04", None, FIRST, frequency=None, diagnoses=[])
    packet = packet_of(tmp_path, record)
    asked = {one["about"] for one in packet["questions"]}
    assert asked >= {"requirements", "diagnoses", "frequency", "goal current", "goal_linkage"}
    assert all(one["question"].endswith("?") for one in packet["questions"])
    assert "Diagnoses" not in "".join(packet["narrative"])


@pytest.mark.covers("M6")
def test_values_of_a_goal_stand_with_the_day_they_were_first_recorded(tmp_path):
    visits = [visit(n, f"2026-03-{3 + n:02}", value, FIRST) for n, value in enumerate((2.0, 2.0, 5.0))]
    (goal,) = packet_of(tmp_path, *reversed(visits))["goals"]
    assert goal["values"] == [{"on": "2026-03-03", "value": 2.0}, {"on": "2026-03-05", "value": 5.0}]
    assert (goal["current"], goal["current_since"]) == (5.0, "2026-03-05")


def test_no_name_stands_in_a_packet_and_strangers_are_apart(tmp_path):
    other = visit(3, "2026-03-04", 2.0, FIRST) | {"patient": {"id": "P-2"}}
    nobody = visit(4, "2026-03-04", 2.0, FIRST) | {"patient": {}}
    path = tmp_path / "visits.json"
    path.write_text(json.dumps({"visits": [visit(1, "2026-03-04", 2.0, FIRST), other, nobody]}))
    answer = authorization([path])
    assert [packet["patient_id"] for packet in answer["packets"]] == ["P-1", "P-2"]
    assert [one["visit_id"] for one in answer["left_out"]] == ["V-4"]
    assert "Sample" not in json.dumps(answer)


def test_the_command_tells_by_its_exit_code_whether_something_is_missing(tmp_path):
    path = tmp_path / "visits.json"
    path.write_text(json.dumps(visit(1, "2026-03-04", 2.0, FIRST)))
    told = CliRunner().invoke(command, [str(path)])
    assert told.exit_code == 1
    assert "The record does not say:" in told.stdout
    assert CliRunner().invoke(command, [str(tmp_path / "none.json")]).exit_code == 2


def test_claims_and_empty_folders_make_no_packet_and_that_is_told(tmp_path, repository):
    claims = next((repository / "examples/claims").glob("*.837*"))
    told = CliRunner().invoke(command, [str(claims)])
    assert (told.exit_code, told.stdout) == (3, "")
    assert f"{claims}: it holds claims; a packet is made of visit records and their notes" in told.stderr
    told = CliRunner().invoke(command, [str(tmp_path)])
    assert (told.exit_code, told.stdout) == (3, "")
    assert "no visit record was found" in told.stderr


def test_two_people_of_one_id_have_a_packet_each(tmp_path):
    one, other = (
        visit(number, "2026-03-04", 2.0, FIRST) | {"patient": {"id": "P-1", "birth_date": born}}
        for number, born in ((1, "1950-05-06"), (2, "1962-01-02"))
    )
    path = tmp_path / "visits.json"
    path.write_text(json.dumps({"visits": [one, other]}), encoding="utf-8")
    packets = authorization([path])["packets"]
    assert [(packet["patient_id"], packet["patient_parted"], packet["treatment_days"]) for packet in packets] == [
        ("P-1", True, 1), ("P-1", True, 1),
    ]  # fmt: skip
