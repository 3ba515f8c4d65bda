"""An assistant's work is billed under a physician or practitioner."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, holds, words
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines with minutes of an assistant on a visit whose treating provider is a physician or practitioner."""
    visit, line = facts.visit, facts.line
    who = visit.therapist_credential[line.visit[rows]]
    physician = (who >= 0) & (facts.provider("certifies_from")[who] <= visit.day[line.visit[rows]])
    rows, who = rows[physician], who[physician]
    return Hits(rows, {"minutes": line.assistant_minutes[rows], "who": words(who, facts.provider_labels)})


RULE = Rule(
    code="ELG111",
    name="assistant-incident-to-physician",
    severity="error",
    confidence="high",
    persona="biller",
    kind="eligibility",
    over="line",
    only_where=(holds("assistant_minutes"), holds("billed")),
    applies="provider_eligibility",
    needs=("visit.therapist_credential",),
    message="{minutes} minutes of an assistant billed under one who is not a therapist: {who}",
    remedy=choice("Bill an assistant's work under the therapist who supervised, or not at all."),
    sources=("cms-bpm-15-230.5", "cms-cpm-5-20.1"),
    find=find,
)
