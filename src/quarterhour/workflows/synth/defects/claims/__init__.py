"""Defects of claims, by the rule that must find each."""

from quarterhour.workflows.synth.defects.claims import institutional, lines, parties
from quarterhour.workflows.synth.defects.claims.contract import Billed, ClaimDefect, MadeClaim

#: Every defect of claims, in the order of the rules.
CLAIM_DEFECTS: tuple[ClaimDefect, ...] = tuple(
    sorted(institutional.DEFECTS + lines.DEFECTS + parties.DEFECTS, key=lambda defect: defect.rule)
)

__all__ = ["CLAIM_DEFECTS", "Billed", "ClaimDefect", "MadeClaim"]
