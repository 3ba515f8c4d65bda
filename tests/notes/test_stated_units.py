"""Units written in a note beside its services."""

from __future__ import annotations

import pytest

from quarterhour.notes import read


def units(text: str) -> list[tuple[str, int]]:
    """Codes with the units the note writes."""
    return [(told.code, told.units) for told in read(text).as_reading().units_told]


@pytest.mark.parametrize(
    "said",
    [
        "97530 45 min x 3 units: lifting crates.",
        "97530 x 3 (45 min): lifting crates.",
        "97530 x3, 45 min: lifting crates.",
        "TA 97530 3u - 45 min: lifting crates.",
        "Therapeutic activities 45 minutes (3 units): lifting crates.",
        "97530 Therapeutic activities | 45 min | Units: 3",
    ],
)
def test_units_beside_a_service(said: str) -> None:
    assert units(said) == [("97530", 3)]


@pytest.mark.parametrize(
    "said",
    [
        "97530 x 23 min: lifting crates.",
        "97530 45 min: VOR x 2, lifting crates x 3.",
        "97530 45 min, total 3 units: lifting crates.",
        "97110 97530    3 units    45 min",
        "Plan: 97530 3 units next visit.",
        "97530 45 min; 12 units left on the authorization.",
    ],
)
def test_other_numbers_are_no_units(said: str) -> None:
    assert units(said) == []
