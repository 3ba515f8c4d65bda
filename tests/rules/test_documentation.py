"""What a note shows and leaves open, requirement by requirement: each rule is silent on a note that has the element and
speaks where the words for it are taken out.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from quarterhour.domain.finding import Finding
from quarterhour.domain.json import from_builtins
from quarterhour.domain.visit import Visit
from quarterhour.engine.run import judge_visits
from quarterhour.policy import load
from quarterhour.workflows.reading import readings

TODAY = dt.date(2026, 11, 21)
GOOD = {
    "diagnosis": "Dx: right total knee arthroplasty 02/10/2026, quadriceps weakness.",
    "activities": "O: One-on-one. Therapeutic activities 24 min: in the training kitchen, carrying a 6 lb pot from "
    "stove to table with a turn x 8,",
    "assistance": "contact guard, two verbal cues for even weight.",
    "exercise": "Therapeutic exercise 15 min: short arc quads 3 x 15, leg press 40 lb 3 x 12.",
    "skill": "PT lowered the load to 3 lb when her trunk lurched left, because the lurch unloads the operated leg and "
    "she cannot feel it.",
    "response": "Knee pain 2/10 after, no swelling.",
    "progress": "Carried the pot without a cue 5 of 8 times, 1 of 8 last week.",
    "link": "Carrying the pot is practice for goal 1: serve a meal from stove to table without help, 3 of 3 trials, by "
    "04/15/2026.",
    "times": "Total timed minutes 39. Total treatment time 45 min.",
    "plan": "P: 2x/week for 3 weeks; next visit add 6 in stairs.",
    "signature": "Dana Example, PT, DPT  03/04/2026",
}
LINES = (("97530", 24, 2), ("97110", 15, 1))


def note(**changed: str) -> str:
    """The good note with parts exchanged; an empty part is left out."""
    return "\n".join(text for text in {**GOOD, **changed}.values() if text) + "\n"


def findings(text: str, lines: tuple[tuple[str, int, int], ...] = LINES, **record: Any) -> list[Finding]:
    """All findings on a visit of a Medicare patient with that note."""
    visit = {
        "date_of_service": "2026-03-04",
        "payer": "medicare-b",
        "setting": "private-practice",
        "discipline": "PT",
        "services": [{"code": code, "minutes": minutes, "units": units} for code, minutes, units in lines],
        "note": {"text": text},
        **record,
    }
    visits = [from_builtins(visit, Visit)]
    return judge_visits(visits, load(), "medicare-b", TODAY, readings=readings(visits)).findings[0]


def rules(text: str, lines: tuple[tuple[str, int, int], ...] = LINES, **record: Any) -> set[str]:
    """Rules of documentation and necessity that speak."""
    return {f.rule for f in findings(text, lines, **record) if f.rule[:3] in {"DOC", "NEC"}}


def test_a_note_with_every_element_raises_nothing() -> None:
    assert rules(note()) == set()


@pytest.mark.covers("D1")
def test_the_condition_stands_in_the_note_or_in_the_plan() -> None:
    assert "DOC207" in rules(note(diagnosis=""), plan_of_care={"frequency": "2x/week"})
    assert "DOC207" not in rules(note(diagnosis="")), "the plan may name it, and there is none in the record"
    assert "DOC207" not in rules(note(diagnosis=""), plan_of_care={"diagnoses": ["Z96.651"]})


@pytest.mark.covers("D2")
def test_a_category_of_activity_is_no_activity() -> None:
    text = (
        "Skilled therapeutic activities were provided to improve functional performance and safety.\n"
        "Dynamic functional activities incorporating strength and balance were performed.\n"
        "Total timed minutes 45. Total treatment time 45 min.\nDana Example, PT\n"
    )
    found = {f.rule: f for f in findings(text, (("97530", 45, 3),))}
    assert found["DOC220"].severity == "error"
    assert found["DOC220"].code == "97530"
    assert {"DOC208"} <= found.keys()
    assert not {"DOC220", "DOC208"} & rules(note())


@pytest.mark.covers("D3")
def test_help_or_cueing_is_stated_with_its_amount() -> None:
    assert "DOC201" in rules(note(assistance="", progress="Pot carried farther, 20 ft, 10 ft last week."))
    assert "DOC211" in rules(note(assistance="cueing as needed.", progress="Pot carried 20 ft, 10 ft last week."))


@pytest.mark.covers("D4")
def test_minutes_and_treatment_time_are_stated() -> None:
    assert rules(note(times="Total treatment time 45 min.")) == {"DOC103"}
    untimed = note(
        times="",
        activities="O: One-on-one. Therapeutic activities: in the training kitchen, carrying a 6 lb pot x 8 trips,",
        exercise="Therapeutic exercise: short arc quads 3 x 15, leg press 40 lb 3 x 12.",
    )
    errors = {f.rule for f in findings(untimed) if f.severity == "error" and f.rule.startswith("DOC")}
    assert errors == {"DOC104"}
    assert "DOC105" in rules(untimed)
    assert "DOC105" not in rules(untimed, total_treatment_minutes=45)


@pytest.mark.covers("D4")
def test_start_and_stop_times_only_where_the_payer_wants_them() -> None:
    assert "DOC301" not in rules(note())
    assert "DOC301" in rules(note(), payer="commercial-times")
    timed = note(
        activities="O: One-on-one. Therapeutic activities 9:00-9:24, 24 min: in the training kitchen, carrying a 6 lb "
        "pot from stove to table with a turn x 8,",
        exercise="Therapeutic exercise 9:24-9:39, 15 min: short arc quads 3 x 15, leg press 40 lb 3 x 12.",
    )
    assert "DOC301" not in rules(timed, payer="commercial-times")


@pytest.mark.covers("D5", "N4")
def test_the_work_is_tied_to_a_goal() -> None:
    loose = note(link="")
    assert "DOC203" in rules(loose)
    assert "NEC104" in rules(loose, plan_of_care={"frequency": "2x/week"})
    assert "NEC104" not in rules(loose), "a plan may have a goal, and there is none in the record"
    goal = {"id": "G1", "text": "Serve a meal", "measure": "trials", "baseline": 0, "target": 3, "due": "2026-04-15"}
    assert "NEC104" not in rules(loose, plan_of_care={"goals": [goal]})
    assert "DOC203" in rules(loose, plan_of_care={"goals": [goal]}), "a goal of the plan is not yet a tie to it"
    named = note(link="Goal 1: carry a pot to the table without help, 3 of 3 trials, by 04/15/2026.")
    assert {"DOC203", "DOC213"} & rules(named) == {"DOC213"}, "a goal that names the task implies the tie"


@pytest.mark.covers("D6")
def test_the_reason_for_a_therapist_is_this_patients() -> None:
    assert "DOC204" in rules(note(skill=""))
    asserted = rules(note(skill="Skilled cueing was medically necessary."))
    assert "DOC214" in asserted
    assert "DOC204" not in asserted


@pytest.mark.covers("D7")
def test_the_response_is_measured() -> None:
    assert "DOC202" in rules(note(response="", progress=""))
    assert "DOC212" in rules(note(response="Tolerated treatment well.", progress=""))


@pytest.mark.covers("D8")
def test_progress_and_what_comes_next() -> None:
    assert {"DOC206", "DOC210"} <= rules(note(progress="", plan=""))
    assert "DOC206" not in rules(note(progress=""), plan_of_care={"visit_number": 1})


@pytest.mark.covers("D9")
def test_a_task_of_daily_life_is_a_tie() -> None:
    assert "DOC203" not in rules(note(link="The carry is what she has to do to cook dinner at home."))


@pytest.mark.covers("D10")
def test_signature_and_credential() -> None:
    missing = [f for f in findings(note(signature="Signed: (pending)")) if f.rule == "DOC106"]
    assert [(f.severity, f.element, f.code) for f in missing] == [("error", "signature", None)]
    assert "DOC107" in rules(note(signature="Signed: Dana Example"))
    signed = {"text": note(signature=""), "signed_by": "Dana Example, PT"}
    assert not {"DOC106", "DOC107"} & rules("", note=signed)


@pytest.mark.covers("D11")
def test_exercise_and_activities_are_told_apart() -> None:
    same = "bird dog x 10, bridge x 15, dead bug x 10"
    blurred = note(
        activities=f"Therapeutic activities (97530) 24 min\n  {same}",
        assistance="",
        exercise=f"Therapeutic exercise (97110) 15 min\n  {same}",
        link="",
    )
    found = [f for f in findings(blurred) if f.rule == "DOC401"]
    assert [(f.code, f.element) for f in found] == [("97530", "activities")]
    assert "DOC401" not in rules(note())
    assert "DOC401" not in rules(blurred, (("97530", 39, 3),)), "only where both are billed"


@pytest.mark.covers("D12")
def test_a_soap_note_that_names_exercise_alone_does_not_support_activities() -> None:
    text = (
        "S: Feels stiff today.\n"
        "O: Therapeutic activities 24 min: balance exercises with moderate assistance.\n"
        "Total timed minutes 24. Total treatment time 24 min.\n"
        "A: Tolerated treatment well.\nP: Continue POC.\nDana Example, PT\n"
    )
    assert {"DOC203", "DOC204"} <= rules(text, (("97530", 24, 2),))
    assert {"DOC212"} <= rules(text, (("97530", 24, 2),))


@pytest.mark.covers("N1")
def test_a_note_without_any_sign_of_skill() -> None:
    text = (
        "Dx: left knee osteoarthritis.\nTherapeutic exercise 38 min: leg extension 20 lb 3x10, heel raises 3x15.\n"
        "Patient did well with all exercises. Total timed 38. Total treatment 38 min.\nContinue with current plan.\n"
    )
    found = [f for f in findings(text, (("97110", 38, 3),)) if f.rule == "NEC101"]
    assert [(f.kind, f.severity) for f in found] == [("necessity", "warning")]
    assert "NEC101" not in rules(text + "Min assist x 2 on the last set.\n", (("97110", 38, 3),)), "help is a sign"
    activities = text.replace("exercise 38", "activities 38")
    assert "NEC101" not in rules(activities, (("97530", 38, 3),)), "each missing piece is a finding of its own there"


@pytest.mark.covers("N2")
def test_late_in_an_episode_change_or_a_reason_for_upkeep_is_shown() -> None:
    text = note(skill="", response="", progress="", assistance="")
    late, early = {"visit_number": 15}, {"visit_number": 4}
    assert "NEC102" in rules(text, plan_of_care=late)
    assert "NEC102" not in rules(text, plan_of_care=early)
    assert "NEC102" not in rules(note(progress=""), plan_of_care=late), "skilled upkeep is covered"
    assert "NEC102" not in rules(note(skill="", assistance=""), plan_of_care=late)


@pytest.mark.covers("N3", "C5")
def test_the_work_answers_a_loss() -> None:
    loose = {"skill": "", "link": ""}
    assert "NEC103" in rules(note(diagnosis="S: Knee pain 4/10.", **loose))
    impaired = "Dx: right total knee arthroplasty with loss of strength and balance."
    assert "NEC103" not in rules(note(diagnosis=impaired, **loose))
    assert "NEC103" not in rules(note(diagnosis="")), "a reason from the patient's state ties the work to it"


def test_a_billed_service_has_to_be_in_the_note() -> None:
    with_manual = (*LINES, ("97140", 8, 1))
    found = {f.rule: f for f in findings(note(), with_manual)}
    assert (found["DOC110"].code, found["DOC110"].severity) == ("97140", "error")
    planned = note(plan="P: 97140 manual therapy 8 min next visit. 2x/week for 3 weeks.")
    assert {"DOC102"} == {f.rule for f in findings(planned, with_manual) if f.rule in {"DOC102", "DOC110"}}
    described = note(exercise=GOOD["exercise"] + "\nPatellar mobilization grade III, scar massage.")
    assert not {"DOC102", "DOC110"} & rules(described, with_manual)


def test_a_timed_service_of_the_note_belongs_in_the_record() -> None:
    assert "DOC108" in rules(note(), (("97530", 24, 2),))
    assert "DOC108" not in rules(note(), (("97530", 24, 2), ("97110", 15, 0))), "given and not billed is recorded"


def test_evaluations_and_other_treatments_are_not_asked_for_what_97530_needs() -> None:
    evaluation = "PT evaluation 35 min. Dx: right hip fracture. Gait speed 0.5 m/s, TUG 24 s.\nDana Example, PT\n"
    told = rules(evaluation, (("97162", 35, 1),))
    assert not {rule for rule in told if rule.startswith(("DOC2", "NEC"))}
    exercise = rules(note(activities="", assistance="", skill="", link=""), (("97110", 15, 1),))
    assert not {"DOC201", "DOC202", "DOC203", "DOC204"} & exercise
    assert {"DOC231", "DOC233"} <= exercise


def test_a_payer_without_the_treatment_note_gets_no_hard_finding() -> None:
    bare = "Therapeutic activities: carrying a 6 lb pot from stove to table x 8.\n"
    medicare = {rule for rule in rules(bare) if rule.startswith("DOC1")}
    assert {"DOC104", "DOC105", "DOC106", "DOC110"} <= medicare
    assert not {rule for rule in rules(bare, payer="commercial") if rule.startswith("DOC1")}


def test_evidence_is_the_notes_own_words() -> None:
    text = note(response="Tolerated treatment well.", progress="")
    (found,) = [f for f in findings(text) if f.rule == "DOC212"]
    (evidence,) = found.evidence
    assert text[evidence.start : evidence.end] == evidence.text
    assert "olerated" in evidence.text
