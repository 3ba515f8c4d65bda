"""Everything a block is held against, type by type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from quarterhour.domain.columns import ABSENT
from quarterhour.interchange.x12.balance import Sums, balance_claims, balance_remittances
from quarterhour.interchange.x12.codesets import codes
from quarterhour.interchange.x12.columns import Table
from quarterhour.interchange.x12.defects import Defects
from quarterhour.interchange.x12.elements import elements_of
from quarterhour.interchange.x12.frame import Frame
from quarterhour.interchange.x12.guide import LOOPS_ONLY
from quarterhour.interchange.x12.kinds import CLAIM_KINDS, Kind
from quarterhour.interchange.x12.lists import Lists, own_lists
from quarterhour.interchange.x12.situations import claims, levels
from quarterhour.interchange.x12.structure import structure
from quarterhour.interchange.x12.syntax import syntax

_SYNTAX, _GUIDE, _BALANCE, _SITUATION, _CODES = 1, 2, 3, 4, 5
_VERSION: Final = "005010"


@dataclass(slots=True)
class State:
    """What is kept from block to block: the lists, and the sums of a remittance that is open."""

    lists: Lists | None = None
    sums: Sums = field(default_factory=Sums)


def conform(frame: Frame, kind: Kind, tables: Mapping[str, Table], defects: Defects, state: State, snip: int) -> None:
    """Note what is wrong in a block, up to a SNIP type.

    The guides here are those of 005010; of other versions only syntax and sums are looked at.
    """
    lists = state.lists or own_lists()
    defects.lowered = lists.lowered
    name = kind.name
    whole = name not in LOOPS_ONLY and kind.version in {"", _VERSION}
    if snip >= _SYNTAX:
        every = elements_of(frame.parts)
        syntax(frame, every, defects)
        if snip >= _GUIDE:
            _outside_claims(frame, tables, defects)
        if snip >= _GUIDE and whole:
            structure(frame, every, defects)
    if snip >= _BALANCE and name in CLAIM_KINDS:
        balance_claims(frame, tables, defects)
    if snip >= _BALANCE and name == "835":
        balance_remittances(frame, tables, defects, state.sums)
    if snip >= _SITUATION and whole:
        levels(frame, name, defects)
        if name in CLAIM_KINDS:
            claims(frame, name, tables, defects)
    if snip >= _CODES and whole:
        codes(frame, name, tables, defects, lists)


def _outside_claims(frame: Frame, tables: Mapping[str, Table], defects: Defects) -> None:
    """Service lines that no claim stands above: they are in the table of lines, and belong to none."""
    lines = tables.get("lines")
    if lines is not None:
        segments = lines.integers("segment")[lines.integers("claim") == ABSENT]
        defects.add("line-outside-claim", np.searchsorted(frame.parts.number, segments))
