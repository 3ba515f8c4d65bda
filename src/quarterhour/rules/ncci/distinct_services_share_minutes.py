"""A modifier says that two services were distinct, and their times are the same minutes."""

from __future__ import annotations

from quarterhour.rules.contract import Hits, Rule, choice, codes, modifier_set
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Overlaps of two billed services of one patient, of which one carries 59, XE, XS or XU.

    A supervised modality may run beside another service, and XP says that two practitioners were there.
    """
    overlap, line = facts.overlap, facts.line
    rows = rows[overlap.same_patient[rows]]
    said = facts.modifiers("distinct") & ~facts.modifiers("XP")
    one, other = overlap.line[rows], overlap.other_line[rows]
    carried = (line.modifiers[one] | line.modifiers[other]) & said
    apart = (
        (carried != 0)
        & (overlap.same_therapist[rows] | (line.visit[one] == line.visit[other]))
        & line.billed[one]
        & line.billed[other]
        & (line.code[one] != line.code[other])
        & ~facts.of_kind(line.kind[one], "supervised-modality")
        & ~facts.of_kind(line.kind[other], "supervised-modality")
    )
    hit = rows[apart]
    return Hits(
        hit,
        {
            "modifiers": modifier_set(carried[apart]),
            "code": codes(line.code[one[apart]]),
            "other": codes(overlap.other_code[hit]),
            "minutes": overlap.minutes[hit],
        },
    )


RULE = Rule(
    code="PTP105",
    name="distinct-services-share-minutes",
    severity="error",
    confidence="high",
    persona="biller",
    kind="modifier_unsupported",
    over="overlap",
    modifiers=("distinct",),
    message="{modifiers} says {other} and {code} were distinct, but their times share {minutes} minutes",
    remedy=choice(
        "Take {modifiers} off and bill shared minutes once, or have the clinician correct times that are wrong."
    ),
    sources=("cms-ncci-manual-2026-ch11-p", "cms-ncci-manual-2026-ch1-e"),
    find=find,
)
