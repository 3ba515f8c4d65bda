"""Which code the described work supports: by its words, those against it, and what is asked where they leave off."""

import pytest
from msgspec.structs import replace

from quarterhour.domain.reading import ACTIVITY_CLASSES, NoteActivity
from quarterhour.policy import load
from quarterhour.workflows.note import note
from quarterhour.workflows.reading import read_note
from quarterhour.workflows.support import support

SIGNED = "\nTotal timed minutes: 30. Total treatment time: 30 min.\nNora Vale, PT\n"


def told(text):
    return support(read_note(text), load(), text=text)


def of(text, code):
    return next(entry for entry in told(text) if entry["service"] and entry["service"]["code"] == code)


def spoken_for(entry):
    return [code["code"] for code in entry["codes"]]


@pytest.mark.covers("C2", "C7")
def test_the_same_muscles_are_exercise_or_activity_by_what_they_are_used_for():
    curls = of(f"Ther act 30 min: bicep curls 3 lb 3x12, leg press 60 lb 3x10.{SIGNED}", "97530")
    bags = of(f"Ther act 30 min: lifting a 6 lb grocery bag from floor to counter x 8.{SIGNED}", "97530")
    assert (curls["verdict"], spoken_for(curls)) == ("contradicted", ["97110"])
    assert (bags["verdict"], spoken_for(bags)) == ("supported", ["97530"])


@pytest.mark.covers("C3")
@pytest.mark.parametrize(
    "work",
    [
        "lifting a 10 lb crate from floor to counter x 6",
        "carrying a laundry basket 30 ft x 4",
        "reaching into an overhead cabinet for a jar x 10",
        "transfers from bed to wheelchair x 4, min A",
        "squatting to pick up a 5 lb bag from the floor x 8",
    ],
)
def test_the_typical_actions_speak_for_97530(work):
    entry = of(f"Therapeutic activities 30 min: {work}.{SIGNED}", "97530")
    assert entry["verdict"] == "supported"
    assert all(words["why"].endswith("97530") for words in entry["for"])


@pytest.mark.covers("C3")
def test_grading_toward_a_goal_is_told_beside_the_activity():
    text = (
        "Therapeutic activities 30 min: lifting a 10 lb crate from floor to counter x 6. "
        "Therapist lowered the shelf after the third lift because extension brought on leg symptoms.\n"
        f"Lifting the crate is goal 1: load the dryer without help by 04/10/2026.{SIGNED}"
    )
    reasons = {words["why"] for words in of(text, "97530")["for"] if words["class"] is None}
    assert "the task is graded or guided for a reason of this patient" in reasons


@pytest.mark.covers("C2", "C7")
def test_a_group_is_supported_by_the_words_that_several_were_treated_and_not_by_the_class_of_their_work():
    work = "stepping over 4 in hurdles x 6, tandem walk along a line, seated marching 2x10"
    group = of(f"97150 x 1, four patients together: {work}.{SIGNED}", "97150")
    assert (group["verdict"], spoken_for(group), group["questions"]) == ("supported", ["97150"], [])
    alone = of(f"97150 x 1: {work}.{SIGNED}", "97150")
    assert alone["verdict"] == "open"
    assert alone["questions"] == ["Were the minutes one-on-one, or was the patient treated together with others?"]


def test_a_group_told_beside_one_on_one_work_is_supported_in_the_answer_of_note_as_well():
    answer = note(
        "Group (97150) 20 min with 3 other patients: seated ball pass, standing marches.\n"
        f"One-on-one 97530 23 min: lifting a 10 lb crate floor to counter x6, CGA.{SIGNED}"
    )
    assert [(one["service"]["code"], one["verdict"]) for one in answer["support"]] == [
        ("97150", "supported"),
        ("97530", "supported"),
    ]


@pytest.mark.covers("C6")
def test_group_and_passive_care_speak_against_one_on_one_activities():
    group = of(f"Ther act 30 min, seated in a circle with four other residents, lifting a 2 lb ball.{SIGNED}", "97530")
    passive = of(f"Ther act 30 min: STM to lumbar paraspinals, grade III PA mobs.{SIGNED}", "97530")
    assert group["verdict"] == "contradicted"
    assert "several were treated together" in {words["why"] for words in group["against"]}
    assert group["questions"] == ["Were the minutes one-on-one, or was the patient treated together with others?"]
    assert (passive["verdict"], spoken_for(passive)) == ("contradicted", ["97140"])


@pytest.mark.covers("C7")
@pytest.mark.parametrize(
    "code, note",
    [
        ("97110", "Therapeutic exercise 30 min: SLR 3x10, heel raises 3x15."),
        ("97112", "Neuromuscular re-education 30 min: tandem stance, weight shifts on foam."),
        ("97116", "Gait training 30 min: 150 ft x 3 with rolling walker, CGA."),
        ("97140", "Manual therapy 30 min: STM to upper trapezius, grade III glides."),
        ("97535", "Self-care training 30 min: donned shirt with min A, brushed teeth at sink."),
        ("92507", "Speech treatment 30 min: naming 8/12 with first-sound cue, script training."),
    ],
)
def test_every_similar_code_is_supported_by_work_of_its_own(code, note):
    entry = of(f"{note}{SIGNED}", code)
    assert entry["verdict"] == "supported"
    assert spoken_for(entry)[0] == code
    assert entry["codes"][0]["label"] == load().codes.card(code).label
    assert entry["questions"] == []


@pytest.mark.covers("C7")
def test_work_under_two_services_stays_under_its_own():
    text = (
        "97110 Therapeutic exercise 15 min: bridges 3x10, clams 2x15.\n"
        f"97530 Therapeutic activities 15 min: lifting a 10 lb crate from floor to counter x 6.{SIGNED}"
    )
    assert [words["class"] for words in of(text, "97110")["for"]] == ["exercise", "exercise"]
    assert [words["class"] for words in of(text, "97530")["for"] if words["class"]] == ["functional_activity"]


def test_every_word_stands_where_it_is_said_to():
    text = f"Ther act 30 min: lifting a 10 lb crate from floor to counter x 6, leg press 60 lb 3x10.{SIGNED}"
    for entry in told(text):
        for words in (*entry["for"], *entry["against"]):
            assert text[words["start"] : words["end"]] == words["text"]


def test_what_a_table_leaves_open_is_asked():
    text = (
        "97110 Therapeutic exercise 15\n97530 Therapeutic activities 15\nTotal timed minutes 30\n\n"
        "SLR 3x10, heel raises 3x15. Lifting a 10 lb crate from floor to counter x 6.\nNora Vale, PT\n"
    )
    entry = of(text, "97110")
    assert entry["verdict"] == "open"
    assert entry["questions"] == ["Under which service, and in how many minutes, was this done?"]


def test_a_service_without_described_work_is_asked_for():
    entry = of(f"Therapeutic activities 30 min.{SIGNED}", "97530")
    assert (entry["verdict"], entry["for"], entry["against"]) == ("not described", [], [])
    assert entry["questions"][0].startswith("What was done under 97530")


def test_nothing_is_said_of_an_empty_note():
    assert told("") == []


def test_the_mapping_names_only_classes_and_codes_there_are():
    policy = load()
    for speaks in policy.support:
        assert speaks.kind in ACTIVITY_CLASSES
        assert [code for code in (*speaks.codes, *speaks.also) if code not in policy.codes] == []
        assert not set(speaks.codes) & set(speaks.also)
        assert speaks.question.endswith("?")


def test_what_was_tried_in_an_evaluation_is_asked_about_and_speaks_for_no_other_code():
    note = "92523 Speech and language evaluation, 60 min: produced /g/ in words with model x 10."
    (entry,) = support(read_note(note), load(), text=note)
    assert (entry["verdict"], entry["codes"], entry["against"]) == ("open", [], [])
    assert entry["questions"] == ["Was this found in the evaluation 92523, or given as treatment beside it?"]


def test_work_told_apart_is_of_a_code_and_its_add_on_and_of_no_unnamed_service():
    entries = told(
        "97129 x1 15 min; 97130 x1 15 min\nSubjective: Wife says he coughed on coffee.\n"
        "Cognition: sequencing medication schedule 70% accuracy with min cues.\nM. Tran MS CCC-SLP\n"
    )
    found = {one["service"]["code"] if one["service"] else None: one["verdict"] for one in entries}
    assert found["97129"] == found["97130"] == "open"
    assert None not in found


def test_words_of_two_kinds_of_work_are_told_for_each_where_one_is_the_services_and_one_is_not():
    both = tuple(
        NoteActivity("sit to stand x 10", kind, "performed", start=40, end=57)
        for kind in ("exercise", "functional_activity")
    )
    entries = support(replace(read_note("97110 Therapeutic exercise 30 min."), activities=both), load())
    assert [spoken_for(entry) for entry in entries] == [["97110"], ["97530"]]
