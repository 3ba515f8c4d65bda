"""What is derived from a note: restated minutes, work under its service, units by the kernels, and who signed."""

import datetime as dt
import random

import pytest

from quarterhour.domain.code import code_text
from quarterhour.domain.columns import ABSENT, to_columns
from quarterhour.domain.json import from_builtins
from quarterhour.domain.visit import Visit
from quarterhour.engine.allocate import day_units
from quarterhour.engine.derive.note_words import signer
from quarterhour.engine.derive.settled import settled
from quarterhour.engine.run import judge_columns
from quarterhour.policy import load
from quarterhour.policy.providers import UNKNOWN_CREDENTIAL
from quarterhour.workflows.reading import read_note, readings

POLICY = load()
TODAY = dt.date(2026, 11, 21)
SAID = {
    "97530": "Therapeutic activities {} min: lifting a crate x 6",
    "97110": "Therapeutic exercise {} min: SLR 3x10",
    "97140": "Manual therapy {} min: STM to the calf",
}


def settled_note(text):
    return settled(read_note(text), text, POLICY)


def under(text):
    """The words of the work done, with the code they are told under."""
    return {
        activity.text: activity.code for activity in settled_note(text).activities if activity.status == "performed"
    }


def facts_of(*notes):
    visits = [
        from_builtins(
            {
                "date_of_service": "2026-03-04",
                "payer": "medicare-b",
                "discipline": "PT",
                "services": [{"code": code, "units": 1} for code in codes],
                "note": {"text": text},
                **more,
            },
            Visit,
        )
        for codes, text, more in notes
    ]
    return judge_columns(to_columns(Visit, visits), POLICY, "medicare-b", TODAY, [], readings(visits))[1].facts


def written(minutes):
    return ". ".join(SAID[code].format(number) for code, number in minutes.items()) + ".\nNora Vale, PT\n"


@pytest.mark.covers("T2", "T4")
def test_units_of_a_note_are_the_kernels_own():
    draw = random.Random(7)
    for _ in range(40):
        minutes = {code: draw.randint(5, 40) for code in draw.sample(list(SAID), draw.randint(1, 3))}
        facts = facts_of((minutes, written(minutes), {}))
        expected = day_units(list(minutes.values()), "cms", capped=False, length=15, floor=8)
        assert facts.note.units_allowed.tolist() == [expected.allowed]
        by_code = dict(zip(map(code_text, facts.note_code.code.tolist()), range(len(minutes)), strict=True))
        for place, code in enumerate(minutes):
            row = by_code[code]
            assert facts.note_code.units_low[row] == expected.low[place]
            assert facts.note_code.units_high[row] == expected.high[place]


def test_units_are_not_counted_where_a_billed_service_has_no_minutes_or_the_day_has_two_visits():
    text = written({"97530": 24})
    patient = {"patient": {"id": "P-1"}}
    facts = facts_of((("97530", "97110"), text, {}), (("97530",), text, patient), (("97530",), text, patient))
    assert facts.note.units_allowed.tolist() == [ABSENT, ABSENT, ABSENT]


def test_work_is_told_under_the_service_named_before_it():
    assert under(written({"97110": 15, "97140": 10})) == {"SLR 3x10": "97110", "STM to the calf": "97140"}


def test_work_below_a_table_is_under_none_of_its_rows_unless_the_code_is_named_again():
    table = "97110 Therapeutic exercise 15\n97530 Therapeutic activities 15\nTotal timed minutes 30\n\n"
    assert set(under(f"{table}SLR 3x10. Lifting a 10 lb crate x 6.\n").values()) == {None}
    again = under(f"{table}97110: SLR 3x10.\n97530: lifting a 10 lb crate x 6.\n")
    assert again == {"SLR 3x10": "97110", "lifting a 10 lb crate x 6": "97530"}


def test_only_modalities_are_told_under_a_supervised_modality():
    found = under("Ther act 30 min: hot pack 10 min, STM to paraspinals, grade III PA mobs. Total 30.\n")
    assert found["STM to paraspinals"] == "97530"


@pytest.mark.parametrize(
    "closing, who",
    [
        ("Nora Vale, PT, DPT", "Physical therapist"),
        ("L. Farnham COTA/L", "Occupational therapy assistant"),
        ("Nadia Ferro, PTA\nCo-signed by Nora Vale, PT", "Physical therapist"),
        ("Electronically signed by Nora Vale, physical therapist assistant", "Physical therapist assistant"),
        ("Kirsten Vale, MS, CCC-SLP", "Speech-language pathologist"),
        ("Ann Lee, SPT", "Student"),
    ],
)
def test_who_signed(closing, who):
    text = f"Therapeutic exercise 30 min: SLR 3x10.\nTotal timed minutes: 30.\n{closing}\n"
    assert POLICY.providers.labels()[signer(read_note(text), text, POLICY)] == who


def test_the_record_may_name_who_signed():
    text = "Therapeutic exercise 30 min: SLR 3x10.\nNext week."
    reading = read_note(text)
    assert signer(reading, text, POLICY) == ABSENT
    assert signer(reading, text, POLICY, recorded="Nora Vale") == UNKNOWN_CREDENTIAL
    assert POLICY.providers.labels()[signer(reading, text, POLICY, recorded="N. Ferro, PTA")] == (
        "Physical therapist assistant"
    )


@pytest.mark.covers("C6")
@pytest.mark.parametrize(
    "words, several, one",
    [
        ("in a group of four", True, False),
        ("with three other residents", True, False),
        ("one-on-one throughout", False, True),
        ("Individual 30 / Concurrent 0 / Group 0", False, True),
        ("Mrs. Vale, Mr. Tran and Mrs. Osei side by side", True, False),
        ("in the kitchen", False, False),
    ],
)
def test_how_many_were_treated_together(words, several, one):
    text = f"Ther act 30 min {words}: lifting a 2 lb ball x 10.\nNora Vale, PT\n"
    reading = read_note(text)
    assert (bool(reading.together), bool(reading.alone)) == (several, one)
