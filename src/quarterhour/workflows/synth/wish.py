"""What is asked of the synthetic visits."""

from __future__ import annotations

import msgspec


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What to draw: so many claims of a year, with notes or without, and the share of them that gets a defect."""

    claims: int
    seed: int
    year: int
    defects: float
    notes: bool = False
