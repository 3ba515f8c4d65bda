"""The reader piece by piece: minutes in all their shapes, look-alikes, status, levels, overlays, the contract."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from quarterhour.notes import LexiconError, read
from quarterhour.notes.wording.lexicon import load_lexicon
from quarterhour.notes.wording.matcher import Automaton, Trie
from quarterhour.notes.wording.text import make_source

SHAPES = [
    ("O: TE 15, TA 23, MT 8. Total 46.", {"97110": 15, "97530": 23, "97140": 8}),
    ("O: TE x 15', TA x 23', MT x 8'.", {"97110": 15, "97530": 23, "97140": 8}),
    ("TE 15m, NMR 10m, GT 12m", {"97110": 15, "97112": 10, "97116": 12}),
    ("TE: 15 min; TA: 23 min; manual: 8 min", {"97110": 15, "97530": 23, "97140": 8}),
    (
        "Ther ex (15 min): SLR 3x10. Ther act (23 min): lifting. Manual (8 min): STM.",
        {"97110": 15, "97530": 23, "97140": 8},
    ),
    (
        "15 min ther ex: SLR 3x10.\n23 min ther act: lifting.\n8 min manual: STM.",
        {"97110": 15, "97530": 23, "97140": 8},
    ),
    ("15' TE, 23' TA, 8' MT", {"97110": 15, "97530": 23, "97140": 8}),
    ("97110 x 15 min, 97530 x 23 min, 97140 x 8 min", {"97110": 15, "97530": 23, "97140": 8}),
    ("97110 (15), 97530 (23), 97140 (8)", {"97110": 15, "97530": 23, "97140": 8}),
    ("97110: 15\n97530: 23\n97140: 8", {"97110": 15, "97530": 23, "97140": 8}),
    ("97110-GP 15 min 1 unit; 97530-GP-59 23 min 2 units", {"97110": 15, "97530": 23}),
    ("Ther Ex x 15 minutes 97110\nTher Act x 23 minutes 97530", {"97110": 15, "97530": 23}),
    ("Spent 15 minutes on therapeutic exercise and 23 minutes on therapeutic activities.", {"97110": 15, "97530": 23}),
    (
        (
            "Patient participated in 15 minutes of therapeutic exercise, followed by 23 minutes of "
            "therapeutic activities, then 8 minutes of manual therapy."
        ),
        {"97110": 15, "97530": 23, "97140": 8},
    ),
    (
        "We started with fifteen minutes of ther ex, after that twenty-three minutes of ther act.",
        {"97110": 15, "97530": 23},
    ),
    (
        "therapeutic exercise was fifteen minutes, therapeutic activities twenty three minutes",
        {"97110": 15, "97530": 23},
    ),
    (
        ("| Service | Code | Min |\n|---|---|---|\n| Ther ex | 97110 | 15 |\n| Ther act | 97530 | 23 |"),
        {"97110": 15, "97530": 23},
    ),
    (
        "Code\tService\tMinutes\n97110\tTherapeutic exercise\t15\n97530\tTherapeutic activities\t23",
        {"97110": 15, "97530": 23},
    ),
    ("97110,Therapeutic exercise,15\n97530,Therapeutic activities,23", {"97110": 15, "97530": 23}),
    ("Therapeutic Exercise ............ 15\nTherapeutic Activities .......... 23", {"97110": 15, "97530": 23}),
    ("Therapeutic Exercise: 0900-0915\nTherapeutic Activities: 0915-0938", {"97110": 15, "97530": 23}),
    ("0900-0915 TE 97110\n0915-0938 TA 97530", {"97110": 15, "97530": 23}),
    (
        ("9:00-9:15 therapeutic exercise (SLR, bridges). 9:15-9:38 therapeutic activities (lifting)."),
        {"97110": 15, "97530": 23},
    ),
    ("Therapeutic activities from 9:15 to 9:38: lifting crates.", {"97530": 23}),
    (
        "Therapeutic Activities\nMinutes: 23\nLifting crates\nTherapeutic Exercise\nMinutes: 15\nSLR",
        {"97110": 15, "97530": 23},
    ),
    (
        ("THERAPEUTIC ACTIVITIES - 23 MINUTES\n- lifting\nTHERAPEUTIC EXERCISE - 15 MINUTES\n- SLR"),
        {"97110": 15, "97530": 23},
    ),
    ("US 1 MHz 1.2 W/cm2 continuous to R upper trap x 8 min. MHP x 10 min.", {"97035": 8, "97010": 10}),
    ("Ultrasound: 8 min. IFC 15 min. Ther ex 20 min.", {"97035": 8, "G0283": 15, "97110": 20}),
    ("Ther ex 25 min: bike 5 min, SLR 3x10, LAQ 3x10", {"97110": 25}),
    ("Ther ex: bike 5 min, SLR 3x10, LAQ 3x10 (25 min)", {"97110": 25}),
    ("Gait training with RW 150 ft x 2, CGA, 12 min", {"97116": 12}),
    ("Neuro re-ed: foam stance 3 x 30 sec, tandem walk. 14 min.", {"97112": 14}),
    ("NMR - 14 min - foam stance", {"97112": 14}),
    ("Self-care/home mgmt training 18 min: LB dressing", {"97535": 18}),
    ("ADL training x 18 min", {"97535": 18}),
    ("Dysphagia tx 30 min: effortful swallow", {"92526": 30}),
    ("Speech tx 92507: 45 min", {"92507": 45}),
    ("Cognitive tx 97129 15 min, 97130 15 min", {"97129": 15, "97130": 15}),
    ("Group 97150 30 min", {"97150": 30}),
    ("97530 Ther act 2u 28min", {"97530": 28}),
    ("TA (2u): 28 min", {"97530": 28}),
    ("Ther act 28 minutes (2 units)", {"97530": 28}),
    ("Therapeutic activity, twenty-eight minutes, direct one-on-one", {"97530": 28}),
    ("Twenty-eight minutes were therapeutic activities: lifting.", {"97530": 28}),
    ("The first fifteen minutes were manual therapy and the next twenty were therapeutic exercise.", {"97140": 15}),
    ("Did ther act for 28 min, then TE for 10 min", {"97530": 28, "97110": 10}),
    ("TherAct: lifting, carrying, stairs 28 min", {"97530": 28}),
    ("MT 10min TE 20min TA 15min", {"97140": 10, "97110": 20, "97530": 15}),
    ("Min: TE 20 / MT 10 / TA 15", {"97140": 10, "97110": 20, "97530": 15}),
    ("97530 28\n97110 10", {"97530": 28, "97110": 10}),
    ("1) Therapeutic activities (28 min): lifting\n2) Therapeutic exercise (10 min): SLR", {"97530": 28, "97110": 10}),
    ("Ther act 9:00-9:28 (28)", {"97530": 28}),
    ("Wheelchair mgmt 97542 - 20 min", {"97542": 20}),
    ("Evaluation 40 min. Therapeutic exercise 10 min: quad sets", {"97110": 10}),
    ("6 minute walk test 300 m. Rest 3 min. Ther ex 20 min", {"97110": 20}),
    ("Ice 10 min. Walked for 6 min on treadmill.", {"97010": 10}),
    ("HEP: ther ex 10 min daily", {}),
    ("Plan: ther act 30 min next visit", {}),
    ("Held manual therapy; TE 25 min", {"97110": 25}),
    ("No gait training today, ther act 25 min", {"97530": 25}),
    ("Therapeutic activities 25 minutes (not 30 as scheduled).", {"97530": 25}),
    ("Therapeutic activities thirty, sorry, twenty-five minutes.", {"97530": 25}),
    ("Therapeutic exercise twenty minutes, no wait, twenty-two minutes.", {"97110": 22}),
    ("Therapeutic exercise half an hour", {"97110": 30}),
    ("Therapeutic exercise a quarter of an hour", {"97110": 15}),
    ("Timed: TE 20, MT 10, TA 15 (45 min)", {"97140": 10, "97110": 20, "97530": 15}),
    (
        "Patient seen for 53 minutes. 97110 (23 min): press-ups. 97530 (15 min): loading a cart.",
        {"97110": 23, "97530": 15},
    ),
    ("BILLING: 97535 X 2 (30 MIN), 97530 X 1 (15 MIN)", {"97535": 30, "97530": 15}),
    ("TherEx x20': SLR. GT x10' w/ SPC 200'. NMR x10': tandem.", {"97110": 20, "97116": 10, "97112": 10}),
    ("Therapeutic activities, thirty minutes, no correction, twenty-five minutes.", {"97530": 25}),
    ("Paraffin 10 min. Ther ex 22 min: AROM.", {"97018": 10, "97110": 22}),
]


def minutes_of(text: str) -> dict[str | None, int]:
    """Minutes of performed services by code."""
    return {
        s["code"]: s["minutes"]
        for s in read(text).as_dict()["services"]
        if s["minutes"] and s["code"] and s["status"] == "performed"
    }


@pytest.mark.covers("D4")
@pytest.mark.parametrize("text, wanted", SHAPES)
def test_minutes_in_every_shape(text: str, wanted: dict[str, int]) -> None:
    assert minutes_of(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Rest 3 min between sets.",
        "6-minute walk test 388 m.",
        "After a 15-minute delay we began.",
        "Homework 5 minutes nightly.",
        "Standing tolerance 5 min.",
        "Goal: stand for at least 15 minutes by 10/30/26.",
        "Pain after 10 minutes of walking.",
        "Drives 25 minutes to the clinic.",
        "ROM 0-105, MMT 4-/5, Berg 46/56, BP 128/76.",
        "GG0170E 03, GG0170I 02.",
        "Hold 30 sec x 3.",
        "Session planned 45 min, 2x/week.",
        "Late by 10 min.",
    ],
)
def test_look_alikes_are_not_minutes(text: str) -> None:
    found = read(text).as_dict()
    assert [s for s in found["services"] if s["minutes"] is not None and s["status"] == "performed"] == []
    assert found["times"]["total_timed_minutes"] is None


@pytest.mark.parametrize(
    "text, phrase, status",
    [
        ("O: No treadmill today, ther act 20 min: lifting crates.", "treadmill", "negated"),
        ("O: No treadmill today, ther act 20 min: lifting crates.", "lifting crates", "performed"),
        ("O: Held off on leg press. Bridges 3x10.", "leg press", "negated"),
        ("O: Bridges, clamshells and leg press deferred.", "Bridges", "negated"),
        ("O: The pulleys we never got to.", "pulleys", "negated"),
        ("O: Treadmill not done.", "Treadmill", "negated"),
        ("O: Wall slides last visit flared her. Bridges 3x10.", "Wall slides", "prior_visit"),
        (
            "DOS 07/07/2026\nO: Bridges 3x10. Land-based squats tried 6/30, too painful.",
            "Land-based squats",
            "prior_visit",
        ),
        ("O: Home program: ankle pumps x 20, quad sets x 20.", "quad sets", "home_program"),
        ("O: Chin tucks at home 10 min/day.", "Chin tucks", "home_program"),
        ("P: Next visit add floor transfers.", "floor transfers", "planned"),
        ("O: Will start step-ups once cleared.", "step-ups", "planned"),
        ("O: We did lat pull-downs, sorry, rows with the blue band.", "lat pull-downs", "self_corrected"),
        ("O: We did lat pull-downs, sorry, rows with the blue band.", "rows with the blue band", "performed"),
        ("O: Carrying a crate 20 ft without loss of balance.", "Carrying a crate", "performed"),
    ],
)
def test_status(text: str, phrase: str, status: str) -> None:
    start = text.index(phrase)
    found = {
        a["status"] for a in read(text).as_dict()["activities"] if a["start"] < start + len(phrase) and start < a["end"]
    }
    assert found == {status}


@pytest.mark.covers("D3")
@pytest.mark.parametrize(
    "text, levels",
    [
        ("O: Sit to stand with CGA and two verbal cues.", {"contact_guard", "verbal_cues"}),
        ("O: Tub transfer mod A for the left leg.", {"moderate"}),
        ("O: Lifting, no cues needed.", set()),
        ("O: Transfers min A. Goal: independent by 10/1.", {"minimal"}),
        ("O: GG0170E chair/bed transfer 03 (partial/moderate).", {"GG_03"}),
        ("O: Under supervision of the PT, gait 100 ft.", set()),
    ],
)
def test_levels(text: str, levels: set[str]) -> None:
    assert {a["level"] for a in read(text).as_dict()["assistance"]} == levels


@pytest.mark.covers("C2", "D11")
@pytest.mark.parametrize(
    "text, kind",
    [
        ("O: Therapeutic exercise 15 min: biceps curls 3x10.", "exercise"),
        ("O: Therapeutic activities 15 min: lifting a grocery bag from floor to shelf.", "functional_activity"),
        ("O: Therapeutic activities 15 min: straight leg raises 3x10.", "exercise"),
        ("O: 5xSTS 14 s.", "assessment"),
        ("O: Self-care 15 min: lower body dressing with a reacher.", "self_care"),
        ("O: Manual therapy 15 min: soft tissue mobilization to the calf.", "manual"),
    ],
)
def test_class_comes_from_the_phrase(text: str, kind: str) -> None:
    assert kind in {a["class"] for a in read(text).as_dict()["activities"]}


def test_contract_keys() -> None:
    found = read(
        "S: ok.\nO: Ther act 23 min: lifting crates, CGA.\nTimed 23, total 25.\nP: cont.\nJ. Doe, PT"
    ).as_dict()
    assert list(found) == [
        "format",
        "discipline",
        "sections",
        "services",
        "activities",
        "assistance",
        "times",
        "elements",
    ]
    assert found["format"] == 1
    assert found["discipline"] == "PT"
    assert len(found["elements"]) == 16
    assert set(found["services"][0]) == {
        "label",
        "code",
        "minutes",
        "status",
        "start",
        "end",
        "begin",
        "finish",
    }
    assert set(found["activities"][0]) == {"text", "class", "status", "start", "end", "code"}
    assert all(set(grade) == {"grade", "reason", "evidence"} for grade in found["elements"].values())


def test_sections_cover_the_note() -> None:
    text = "Header line\nS: sore.\nO: Ther ex 20 min.\nA: better.\nP: cont."
    sections = read(text).sections
    assert [s.name for s in sections] == ["header", "subjective", "objective", "assessment", "plan"]
    assert sections[0].start == 0
    assert all(left.end == right.start for left, right in itertools.pairwise(sections))
    assert sections[-1].end == len(text)


def test_offsets_with_longer_lower_case_and_line_endings() -> None:
    text = "İİİ • O: Ther act 23 min –\r\nlifting   a crate\r\n"
    service = read(text).as_dict()["services"][0]
    assert text[service["start"] : service["end"]] == "Ther act 23 min"


def test_both_matchers_find_the_same() -> None:
    phrases = load_lexicon(()).phrases
    text = make_source(
        " Pt did sit-to-stand x 5 with min A, no LOB; verbal cues x2, then ther ex 3x10. Next visit: stairs."
    ).packed
    size = {number: len(phrase) for number, phrase in enumerate(phrases)}

    def whole(found: list[tuple[int, int]]) -> set[tuple[int, int]]:
        kept = set()
        for last, number in found:
            start = last + 1 - size[number]
            if not (start and text[start - 1].isalnum() and text[start].isalnum()):
                kept.add((last, number))
        return kept

    assert whole(list(Automaton(phrases).find(text))) == whole(list(Trie(phrases).find(text)))


def test_overlay_adds_moves_and_removes(tmp_path: Path) -> None:
    overlay = tmp_path / "clinic.yaml"
    overlay.write_text(
        "pack: clinic\nadd:\n  activity/functional_activity: zorbing lane drill\n  assist/minimal: "
        "one finger assist\nremove:\n  - sba\n",
        encoding="utf-8",
    )
    text = "O: Ther act 20 min: zorbing lane drill, one finger assist. SBA on stairs."
    plain, laid = read(text).as_dict(), read(text, overlays=(overlay,)).as_dict()
    assert {a["level"] for a in plain["assistance"]} == {"standby"}
    assert {a["level"] for a in laid["assistance"]} == {"minimal"}


def test_overlay_conflicts_are_reported_together(tmp_path: Path) -> None:
    overlay = tmp_path / "clinic.yaml"
    overlay.write_text(
        "pack: clinic\nadd:\n  assist/maximal: cga\n  nonsense/x: abc\nremove:\n  - no such phrase here\nodd: 1\n",
        encoding="utf-8",
    )
    with pytest.raises(LexiconError) as caught:
        read("O: ok", overlays=(overlay,))
    assert len(caught.value.conflicts) == 4
    assert any("core" in conflict for conflict in caught.value.conflicts)


def test_every_hit_names_its_pack_and_line() -> None:
    lexicon = load_lexicon(())
    hits = lexicon.find(make_source("min assist with verbal cues"))
    assert hits
    assert all(
        origin.partition(":")[0] and origin.partition(":")[2].isdigit()
        for hit in hits
        for origin in lexicon.origin(hit)
    )


def test_a_cache_that_cannot_be_written_is_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    load_lexicon.cache_clear()
    try:
        assert minutes_of("Ther act 20 min") == {"97530": 20}
    finally:
        load_lexicon.cache_clear()
