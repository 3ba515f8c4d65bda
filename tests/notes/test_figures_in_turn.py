"""Services, minutes and times by the grammar of their writing: every name with every notation in every place."""

from __future__ import annotations

from itertools import product

import pytest

from quarterhour.notes import read

_NAMES = {
    "97530": (
        "97530",
        "Therapeutic activities",
        "TA 97530",
        "Ther Act (97530)",
        "97530 - TherAct",
        "CPT 97530",
        "97530GP",
    ),
    "97110": ("97110", "Therapeutic exercise", "TE 97110", "Ther Ex (97110)", "97110 - TherEx", "CPT 97110", "97110GP"),
}
_WORK = {"97530": "crate lifts floor to counter x 8", "97110": "bridges 3x10, clams 2x15"}
_FIGURES = (
    "{} min",
    "{} minutes",
    "{}'",
    "{} min, 1u",
    "{} min (1 unit)",
    "1 unit ({} min)",
    "{} min 1:1",
    "{} mins.",
    "{}-min",
)
_PLACES = (
    "{name}: {figure}",
    "{name} - {figure}",
    "{name} ({figure})",
    "{name} [{figure}]",
    "{name} = {figure}",
    "{name} for {figure}",
    "{name}, {figure}: {work}",
    "{name}: {work}, {figure}",
    "{name}: {work} - {figure}",
    "{name} - {work} ({figure})",
    "{name} | {work} | {figure}",
    "{figure} | {name} | {work}",
    "{figure} of {name}: {work}",
    "{work} ({name}, {figure})",
    "{work} - {name} {figure}",
)
_JOINTS = ("\n", "; ", " | ", " / ")


def _minutes(text: str) -> dict[str | None, int]:
    services = read(text).as_dict()["services"]
    return {s["code"]: s["minutes"] for s in services if s["minutes"] is not None and s["status"] == "performed"}


@pytest.mark.covers("D4", "T4")
@pytest.mark.parametrize("tail", ["Timed 38. Total 38.", "Rest 5 min between sets. HEP: bike 15 min daily."])
@pytest.mark.parametrize("joint", _JOINTS)
@pytest.mark.parametrize("place", _PLACES)
def test_minutes_in_every_place(place: str, joint: str, tail: str) -> None:
    unread = []
    for form, figure in product(range(7), _FIGURES):
        parts = [
            place.format(name=_NAMES[code][form], figure=figure.format(minutes), work=_WORK[code])
            for code, minutes in (("97530", 23), ("97110", 15))
        ]
        text = f"S: Knee feels better, 2/10.\n{joint.join(parts)}\n{tail}\nA: Tolerated well.\n"
        if _minutes(text) != {"97530": 23, "97110": 15}:
            unread.append(text.splitlines()[1])
    assert not unread


@pytest.mark.covers("D4", "T4")
@pytest.mark.parametrize(
    "text, wanted",
    [
        ("25/97530   15/97110   8/97140", {"97530": 25, "97110": 15, "97140": 8}),
        ("TherEx/97110 15 min, TherAct/97530 25 min", {"97530": 25, "97110": 15}),
        ("TE and TA 20 min each, TCT 40, 5 min rest", {"97530": 20, "97110": 20}),
        ("15 min each of TE, TA and NMR", {"97530": 15, "97110": 15, "97112": 15}),
        ("97530 0:25, 97110 0:13", {"97530": 25, "97110": 13}),
        ("Therapeutic activities\n25 minutes\nTherapeutic exercise\nx13'", {"97530": 25, "97110": 13}),
        ("Voice therapy for forty (40) minutes: lip trills.", {"92507": 40}),
        (
            "gait (15), strengthening (13) and functional task practice (10). Timed 38.",
            {"97116": 15, "97110": 13, "97530": 10},
        ),
        (
            "[12] MT: scar massage\n[16] TA: keyboard, wrote 14\n[10] paraffin\ntimed 28  tot 38",
            {"97140": 12, "97530": 16, "97018": 10},
        ),
        ("97530 .. 25 .. stairs\n97110 .. 13 .. bridges 3x10\nTimed 38.", {"97530": 25, "97110": 13}),
        ("15' TE: bike. 23' TA: box. 15+23=38' timed, CP 10' after = 48' tx", {"97110": 15, "97530": 23, "97010": 10}),
        ("45 min: TA 30 min, TE 15 min", {"97530": 30, "97110": 15}),
        (
            "97110   bike 5 min, heel raises   fifteen minutes\n97140   scar massage   8 minutes",
            {"97110": 15, "97140": 8},
        ),
        # figures that are nobody's
        ("Charges: 97110 (30 min)   97112   97530 (15 min)\nTotal 60 min", {"97110": 30, "97530": 15}),
        ("TA 1u, TE 1u  tot 32 min", {}),
        ("97530: SKTC 10 x :10, stairs. 97110: bridges. Timed 38.", {}),
        ("CLINICAL SWALLOW EVALUATION    09/17/2026    Client: H. Brightman, 71", {}),
    ],
)
def test_minutes_told_elsewise(text: str, wanted: dict[str, int]) -> None:
    assert _minutes(f"DOS 11/05/2026\n{text}\nA: Tolerated well.\n") == wanted
