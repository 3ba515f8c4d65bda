"""Tasks told as not done, or done though a word of refusal stands near, and minutes in sentences, in fresh wordings."""

from __future__ import annotations

import pytest

from quarterhour.notes import read

_HEAD = "DOS 10/06/2026\n97530 20 min: "


@pytest.mark.covers("D2")
@pytest.mark.parametrize(
    "text, task, done",
    [
        ("lifting crates. Stairs will wait until the knee settles.", "Stairs", False),
        ("lifting crates. Stairs are for Thursday.", "Stairs", False),
        ("lifting crates. Stairs on Thursday.", "Stairs", False),
        ("lifting crates. Stairs belong to next week.", "Stairs", False),
        ("lifting crates. Leg press was out of order.", "Leg press", False),
        ("lifting crates. Leg press taken by another patient.", "Leg press", False),
        ("lifting crates. Pain too high for the leg press.", "leg press", False),
        ("lifting crates. BP too high to start the bike.", "bike", False),
        ("lifting crates. Because of the wound I left out the bike.", "bike", False),
        ("lifting crates. I left the bike out.", "bike", False),
        ("lifting crates. Bike: no.", "Bike", False),
        ("lifting crates. Bike - none today.", "Bike", False),
        ("lifting crates. Bike x 0.", "Bike", False),
        ("lifting crates. Minus the bike today.", "bike", False),
        ("lifting crates rather than stairs.", "stairs", False),
        ("lifting crates rather than stairs.", "lifting crates", True),
        ("lifting crates. Stairs were on the list but not reached.", "Stairs", False),
        ("lifting crates. Meant to do stairs.", "stairs", False),
        ("lifting crates. Stairs still to come.", "Stairs", False),
        ("lifting crates. When the swelling is down we will add stairs.", "stairs", False),
        ("lifting crates. Surgeon wants no stairs for two weeks.", "stairs", False),
        ("lifting crates. No stairs per surgeon.", "stairs", False),
        ("lifting crates. Stairs contraindicated until the film.", "Stairs", False),
        ("lifting crates. He would rather not do stairs.", "stairs", False),
        ("lifting crates. Talked about stairs for later.", "stairs", False),
        ("lifting crates. Asked about stairs at home.", "stairs", False),
        ("lifting crates. Did stairs on Monday.", "stairs", False),
        ("lifting crates. Monday: stairs.", "stairs", False),
        ("lifting crates. On Monday we had done stairs.", "stairs", False),
        ("lifting crates. Stairs (done Monday).", "Stairs", False),
        ("lifting crates. Stairs were Monday's work.", "Stairs", False),
        ("lifting crates. Earlier this week she did stairs.", "stairs", False),
        ("lifting crates. Two visits ago we did stairs.", "stairs", False),
        ("lifting crates. Since the last visit he climbed stairs at work.", "stairs", False),
        ("lifting crates. At home she climbs stairs with the rail.", "stairs", False),
        ("lifting crates. For home: heel raises, bridges.", "heel raises", False),
        ("lifting crates. For home: heel raises, bridges.", "bridges", False),
        ("lifting crates. To practice at home: heel raises.", "heel raises", False),
        ("lifting crates. Told to do heel raises twice a day.", "heel raises", False),
        ("lifting crates. He is to do heel raises before bed.", "heel raises", False),
        ("lifting crates. Sheet given for heel raises.", "heel raises", False),
        ("lifting crates. He does heel raises on his own in the evenings.", "heel raises", False),
        ("lifting crates. The OT did dressing earlier.", "dressing", False),
        ("lifting crates. Nursing walked her to dinner.", "walked", False),
        ("lifting crates. I wrote stairs, it was the ramp.", "stairs", False),
        ("stairs - no, ramp - four trips.", "stairs", False),
        ("stairs (I mean ramp) four trips.", "stairs", False),
        ("stairs, make that the ramp, four trips.", "stairs", False),
        ("lifting crates. Next up are stairs.", "stairs", False),
        ("lifting crates. Soon: stairs.", "stairs", False),
        ("lifting crates. From next week stairs.", "stairs", False),
        ("lifting crates. Then stairs, if the knee allows, next time.", "stairs", False),
        ("lifting crates. Stairs to follow.", "Stairs", False),
        ("lifting crates. Tomorrow stairs.", "stairs", False),
        ("lifting crates, then stairs, no rest needed.", "lifting crates", True),
        ("lifting crates, then stairs, no rest needed.", "stairs", True),
        ("stairs without the rail, no pain.", "stairs", True),
        ("stairs held to one flight.", "stairs", True),
        ("stairs stopped after six steps, short of breath.", "stairs", True),
        ("stairs again today, refused last time.", "stairs", True),
        ("stairs as planned, six steps.", "stairs", True),
        ("stairs for the first time since surgery.", "stairs", True),
        ("lifting 10 lb x 6, carrying 20 ft, kneeling not tried.", "lifting 10 lb", True),
        ("lifting 10 lb x 6, carrying 20 ft, kneeling not tried.", "carrying 20 ft", True),
        ("lifting 10 lb x 6, carrying 20 ft, kneeling not tried.", "kneeling", False),
        ("lifting, carrying and kneeling; squats and lunges left out.", "kneeling", True),
        ("lifting, carrying and kneeling; squats and lunges left out.", "squats", False),
        ("lifting, carrying and kneeling; squats and lunges left out.", "lunges", False),
        ("lifting (not carrying).", "lifting", True),
        ("lifting (not carrying).", "carrying", False),
    ],
)
def test_a_task_is_done_or_not(text: str, task: str, *, done: bool) -> None:
    whole = _HEAD + text
    place = whole.index(task)
    near = [
        a["status"] for a in read(whole).as_dict()["activities"] if a["start"] < place + len(task) and place < a["end"]
    ]
    assert ("performed" in near) is done


@pytest.mark.covers("D4")
@pytest.mark.parametrize(
    "text, minutes",
    [
        ("Therapeutic activities 24m, ther ex 15m. Total 39m.", {"97530": 24, "97110": 15}),
        ("TA 24m, TE 15m. Timed 39m, total 45m.", {"97530": 24, "97110": 15}),
        ("97530 24m; 97110 15m; timed 39m; total tx 45m", {"97530": 24, "97110": 15}),
        ("Total time: 45m (timed 39m). TA 24m; TE 15m.", {"97530": 24, "97110": 15}),
        ("Therapeutic activities twenty-four min, ther ex fifteen min.", {"97530": 24, "97110": 15}),
        (
            "Exercise fifteen min, gait training ten min, therapeutic activities twenty min.",
            {"97110": 15, "97116": 10, "97530": 20},
        ),
        ("Manual fifteen min, exercise ten min.", {"97140": 15, "97110": 10}),
        ("TA: 24'. TE: 15'. TT: 39'/45'.", {"97530": 24, "97110": 15}),
        ("TherAct (24), TherEx (15), timed 39, tx time 45", {"97530": 24, "97110": 15}),
        ("24 min of TA and 15 of TE", {"97530": 24, "97110": 15}),
        ("24 min TA + 15 min TE = 39 timed", {"97530": 24, "97110": 15}),
        (
            "First 24 min: therapeutic activities (lifting). Last 15 min: therapeutic exercise (bridges).",
            {"97530": 24, "97110": 15},
        ),
        (
            "For 24 minutes we worked on therapeutic activities, then 15 minutes of therapeutic exercise.",
            {"97530": 24, "97110": 15},
        ),
        (
            "Spent 24 minutes on therapeutic activities and another 15 on therapeutic exercise.",
            {"97530": 24, "97110": 15},
        ),
        (
            "Therapeutic activities (97530) - 24 minutes - 2 units\nTherapeutic exercise (97110) - 15 minutes - 1 unit",
            {"97530": 24, "97110": 15},
        ),
        ("97530 x 2 units (24 min)\n97110 x 1 unit (15 min)", {"97530": 24, "97110": 15}),
        ("97530-24, 97110-15, tot 39/45", {"97530": 24, "97110": 15}),
        ("97530 = 24  97110 = 15  Timed = 39  Total = 45", {"97530": 24, "97110": 15}),
        (
            "CPT 97530 | Ther Activities | 24 minutes | 2 units\nCPT 97110 | Ther Exercise | 15 minutes | 1 unit",
            {"97530": 24, "97110": 15},
        ),
        (
            "97530\tTher activities\t0930\t0954\t24\n97110\tTherapeutic exercise\t0954\t1009\t15\nTimed 39 Total 39",
            {"97530": 24, "97110": 15},
        ),
        ("Code\tMinutes\n97530\t24\n97110\t15\nTotal timed\t39\nTotal\t45", {"97530": 24, "97110": 15}),
        ("Code,Minutes\n97530,24\n97110,15\nTotal timed,39\nTotal,45", {"97530": 24, "97110": 15}),
        (
            "Therapeutic activities: 9:00-9:24 (24 min)\nTherapeutic exercise: 9:24-9:39 (15 min)",
            {"97530": 24, "97110": 15},
        ),
        ("9:00-9:24 Therapeutic activities\n9:24-9:39 Therapeutic exercise", {"97530": 24, "97110": 15}),
        (
            "9:00 a.m. to 9:24 a.m.  Ther activities (24 min)\n9:24 a.m. to 9:39 a.m.  Therapeutic exercise (15 min)",
            {"97530": 24, "97110": 15},
        ),
        (
            "0900-0924 hrs  Therapeutic activities (24 min)\n0924-0939 hrs  Therapeutic exercise (15 min)",
            {"97530": 24, "97110": 15},
        ),
        (
            "from 9:00 to 9:24 therapeutic activities, from 9:24 to 9:39 therapeutic exercise",
            {"97530": 24, "97110": 15},
        ),
        ("Min: TA 24 / TE 15", {"97530": 24, "97110": 15}),
        ("Minutes: TA 24, TE 15 (39 timed, 45 total)", {"97530": 24, "97110": 15}),
        ("TA/TE 24/15 min", {"97530": 24, "97110": 15}),
        ("Ther act: twenty four (24) minutes", {"97530": 24}),
        ("Ther act 0:24, ther ex 0:15", {"97530": 24, "97110": 15}),
        ("Ther act .4 hr", {}),
        ("Ther act half an hour", {"97530": 30}),
        ("Ther act for a quarter of an hour", {"97530": 15}),
        ("Ther act 1 hour", {"97530": 60}),
        ("Ther act 1 hr 5 min", {"97530": 65}),
        ("Ther act 24 min (including 3 min rest)", {"97530": 24}),
        ("TA 8 min; TE 15 min; TA 16 min", {"97530": 24, "97110": 15}),
        ("Bike 5 min warm-up. Ther act 24 min incl. walking 6 min on the ramp.", {"97530": 24}),
        ("Ther act 24 min: stood 4 min at the sink, rested 2 min, walked 6 min", {"97530": 24}),
        ("Ther act 24 min. 6 min walk test 300 m. Ther ex 15 min.", {"97530": 24, "97110": 15}),
        ("Ther act 24 min. Walks 10 min at home daily. Goal: stand 20 min.", {"97530": 24}),
        ("Planned ther ex 15 min not done; ther act 24 min.", {"97530": 24}),
        ("Ther act 24 min, not 29 as first entered.", {"97530": 24}),
        ("Ther act 24 min (last visit 15 min)", {"97530": 24}),
        ("Ther act 24 min today vs 15 min last visit", {"97530": 24}),
        ("Arrived 10 min late. Ther act 24 min.", {"97530": 24}),
        ("1:1 ther act x24 min, ther ex x15 min, MHP x10 min", {"97530": 24, "97110": 15, "97010": 10}),
        ("MHP x 10 min; ther act x 24 min", {"97010": 10, "97530": 24}),
        ("US 1 MHz 1.2 w/cm2 x 8 min; man tx 15 min", {"97035": 8, "97140": 15}),
        ("E-stim 80 pps x 15 min with MHP; ther act 24 min", {"G0283": 15, "97530": 24}),
    ],
)
def test_minutes_of_the_services(text: str, minutes: dict[str, int]) -> None:
    told: dict[str, int] = {}
    for service in read("DOS 10/06/2026\n" + text).as_dict()["services"]:
        if service["status"] == "performed" and service["minutes"] is not None:
            told[service["code"]] = told.get(service["code"], 0) + service["minutes"]
    assert told == minutes
