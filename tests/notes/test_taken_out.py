"""Tasks taken out of the visit with the reason in brackets, told as what would have been done, or below a label and how
often the patient comes; months that are exercises. Wordings made for this test.
"""

from __future__ import annotations

import pytest

from quarterhour.notes import read


@pytest.mark.covers("D2")
@pytest.mark.parametrize(
    "text, task, status",
    [
        # dropped with a reason in brackets
        ("TE 20 min: bridges 3x10. Clamshells dropped (snapping).", "clamshells", "negated"),
        ("TE 20 min: bridges 3x10. Wall squats cut (knee pain).", "squats", "negated"),
        ("TE 20 min: step-ups 2x10, lunges pulled (hip catching).", "lunges", "negated"),
        ("TE 20 min: heel slides removed (wound), quad sets 2x10.", "heel slides", "negated"),
        # would have
        ("Visit not held. We would have done stair carry and car transfers.", "stair carry", "planned"),
        ("TA 20 min: crates. I would have tried the ladder but the knee was swollen.", "ladder", "planned"),
        ("TA 20 min: crates. Stairs would have been next.", "stairs", "planned"),
        ("TA 20 min: crates. Would have added curbs had time allowed.", "curbs", "planned"),
        # whole note missed
        (
            "3/10/26 visit cancelled, not charged\nPlanned work was bed transfers. Stair climbing kept for Friday.",
            "stair climbing",
            "planned",
        ),
        # label and frequency
        (
            "TA 30 min: memo. Pain 2/10 after.\nBetter than last week.\nOnward: 1x/wk x 5; mail sorting under noise.",
            "mail sorting",
            "planned",
        ),
        (
            "TA 30 min: crates. Pain 2/10 after. Less than last week.\nFrom here: twice weekly; ladder climbing.",
            "ladder climbing",
            "planned",
        ),
        (
            "TA 30 min: crates. Pain 2/10 after. Less than last week.\nOrder: weekly x 4; stair carry.",
            "stair carry",
            "planned",
        ),
        (
            "TA 30 min: crates. Pain 2/10 after. Less than last week.\nAhead - 2 visits/wk x 4; stair carry.",
            "stair carry",
            "planned",
        ),
        # month and exercise
        ("TE 20 min 08/27/2026: bridge with march 2 x 12.", "bridge with march", "performed"),
        ("Seen 08/27/2026. TE 20 min: standing march 3 sets, heel raises.", "march", "performed"),
        ("Seen 08/27/2026. TE 20 min: seated march 20 reps each, heel raises.", "march", "performed"),
        ("Seen 08/27/2026. Stairs on March 2 with CGA. Today curbs.", "stairs", "prior_visit"),
        ("Seen 08/27/2026. TE 20 min: squat 2 x 12.", "squat", "performed"),
        # opposite
        ("TA 20 min: pegs dropped (3), picked up with the reacher.", "picked up", "performed"),
        ("TA 20 min: dishes put away in the cupboard x 6.", "put away", "performed"),
        ("TA 20 min: box lifts, load cut (10 lb to 5 lb), stair carry.", "box lifts", "performed"),
        ("TA 20 min: weight cut to 5 lb; step-ups x 10.", "step-ups", "performed"),
        # keeps up
        ("Discharged. She keeps up wall slides and the hill walk, 10 minutes a day.", "wall slides", "home_program"),
    ],
)
def test_status_of_tasks(text: str, task: str, status: str) -> None:
    """Only what was done in this visit is performed."""
    place = text.lower().find(task)
    told = [
        activity["status"]
        for activity in read(text).as_dict()["activities"]
        if activity["start"] < place + len(task) and activity["end"] > place
    ]
    assert status in told
    assert status == "performed" or "performed" not in told
