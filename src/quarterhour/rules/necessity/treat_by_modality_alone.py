"""Modalities are all that was given, and the note does not tell why."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, chart
from quarterhour.rules.facts import Facts, IntArray
from quarterhour.rules.necessity._reading import only_modalities, without
from quarterhour.rules.note_codes import evaluated


def find(facts: Facts, rows: IntArray) -> Hits:
    """Notes of visits with nothing but modalities, without a reason for skill or a tie to a goal."""
    return Hits(rows[only_modalities(facts)[rows] & ~evaluated(facts)[rows]])


RULE = Rule(
    code="NEC105",
    name="modalities-alone",
    severity="warning",
    confidence="medium",
    persona="auditor",
    kind="necessity",
    over="note",
    only_where=without("skilled_rationale", "goal_linkage"),
    message="modalities are all the visit has, and the note gives no reason for passive treatment alone",
    remedy=chart("Why was there no active treatment at this visit, and what do the modalities prepare for?"),
    sources=("cms-bpm-15-220.2",),
    find=find,
)
