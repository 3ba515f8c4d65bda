"""What can be chosen where something is asked: payers, people, settings, families of rules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quarterhour.domain.finding import PERSONAS, SEVERITIES
from quarterhour.domain.visit import DISCIPLINES, SETTINGS
from quarterhour.policy.edits import CLAIM_TYPES
from quarterhour.policy.payers import UNIT_METHODS
from quarterhour.rules.catalogue import catalogue
from quarterhour.workflows.asked import DEFAULT_PAYER, FORMAT, policy_of


def choices(*, policy_folders: Sequence[str | Path] = ()) -> dict[str, Any]:
    """The words each question takes; of payers with the names for people, a clinic's own among them."""
    payers = policy_of(policy_folders).payers
    return {
        "format": FORMAT,
        "payers": [{"payer": one, "title": payers.title(one)} for one in payers],
        "default_payer": DEFAULT_PAYER,
        "disciplines": list(DISCIPLINES),
        "methods": list(UNIT_METHODS),
        "settings": list(SETTINGS),
        "claims": list(CLAIM_TYPES),
        "personas": list(PERSONAS),
        "severities": list(reversed(SEVERITIES)),
        "families": sorted({entry.family for entry in catalogue()}),
    }
