"""Stock phrases and lists of keywords never make an element of judgement present."""

from __future__ import annotations

import random

import pytest

from quarterhour.notes import read

STUFFED = (
    (
        "Skilled therapeutic activities were provided and are medically necessary to maximize "
        "functional independence. Skilled verbal, visual and tactile "
        "cues were provided as needed. Interventions were goal directed and functional in nature. "
        "Patient tolerated treatment well and continues to make "
        "functional gains. Goals remain appropriate. Continue per plan of care."
    ),
    (
        "Functional activities, skilled, medically necessary, functional goal, goal linkage, patient "
        "response, progress, environment, one-on-one, min assist, "
        "mod assist, CGA, SBA, verbal cues, tactile cues, transfers, gait training, balance, stairs, "
        "lifting, carrying, kitchen, improved, met, plan of care, STG, LTG."
    ),
    (
        "Therapeutic activities therapeutic exercise neuromuscular re-education gait training "
        "manual therapy skilled verbal cues tactile cues min A mod A max A CGA "
        "SBA supervision independent improved progress goals met functional mobility safety balance "
        "strength endurance tolerated well medically necessary."
    ),
    (
        "Pt requires skilled PT due to deficits. Skilled intervention utilized to maximize function. "
        "Tolerated well. Progressing toward goals. Continue POC."
    ),
    (
        "The unique skills of a licensed therapist were required due to the complexity of the "
        "patient's condition. All activities were directly linked to the "
        "patient's functional goals as outlined in the plan of care. Patient responded positively "
        "to skilled intervention."
    ),
)
JUDGED = (
    "patient_response",
    "functional_goal",
    "goal_linkage",
    "skilled_rationale",
    "progress",
    "assistance_level",
    "environment",
)
WORDS = (
    "skilled",
    "medically necessary",
    "functional goal",
    "improved",
    "min assist",
    "CGA",
    "verbal cues",
    "independent",
    "safety",
    "transfers",
    "goal met",
    "because",
    "in order to",
    "so that",
    "graded",
    "adjusted",
    "progressed",
    "tolerated well",
    "kitchen",
    "functional independence",
    "STG",
    "LTG",
    "balance",
    "patient reported",
    "pain",
    "stairs",
    "gait training",
    "therapeutic activities",
    "carryover",
    "plan of care",
    "compensation",
    "fall risk",
    "improving",
)


@pytest.mark.covers("D12", "N3")
@pytest.mark.parametrize("text", STUFFED)
def test_stock_notes_are_never_present(text: str) -> None:
    grades = read(text).elements
    assert {name: grades[name].level for name in JUDGED if grades[name].level == "present"} == {}


@pytest.mark.parametrize("seed", range(60))
def test_random_keyword_lists_are_never_present(seed: int) -> None:
    rng = random.Random(seed)
    text = rng.choice((", ", " ", "; ")).join(rng.sample(WORDS, rng.randint(12, len(WORDS)))) + "."
    grades = read(text).elements
    assert {name: grades[name].level for name in JUDGED if grades[name].level == "present"} == {}, text
