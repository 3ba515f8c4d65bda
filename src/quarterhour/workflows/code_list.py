"""The procedure codes of which something is known, by group."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quarterhour.workflows.asked import FORMAT, policy_of


def code_list(*, policy_folders: Sequence[str | Path] = ()) -> dict[str, Any]:
    """Every code with our own label and how it is counted, in the order of the groups and then of the codes."""
    codes = policy_of(policy_folders).codes
    groups: dict[str, list[dict[str, Any]]] = {}
    for code in codes:
        card = codes.card(code)
        if card is not None:
            row = {"code": card.code, "label": card.label, "kind": card.kind, "unit_minutes": card.unit_minutes}
            groups.setdefault(card.group, []).append(row)
    ordered = sorted(groups.items(), key=lambda item: item[1][0]["code"])
    return {"format": FORMAT, "groups": [{"group": name, "codes": rows} for name, rows in ordered]}
