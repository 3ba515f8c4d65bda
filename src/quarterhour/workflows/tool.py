"""What a report was made by: the software, the policy data with its tables, and a clinic's own words."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quarterhour.policy import Policy
from quarterhour.version import VERSION
from quarterhour.workflows.asked import FORMAT, paths_of, policy_of
from quarterhour.workflows.asked import today as this_day
from quarterhour.workflows.errors import BadRequest


def tool_row(policy: Policy, today: dt.date, vocabulary: str | Path | Sequence[str | Path] = ()) -> dict[str, Any]:
    """All that decides the answer beside the input, so that it can be had again.

    ``imported`` is the version of imported tables, as ``--policy-version`` takes it, None where there are none.

    Raises:
        BadRequest: for a pack of words that cannot be read.

    """
    return {
        "name": "quarterhour",
        "version": VERSION,
        "policy": {
            "hash": policy.digest,
            "as_of": policy.as_of(),
            "imported": policy.held.id if policy.held else None,
        },
        "vocabulary": [_pack(path) for path in paths_of(vocabulary, "vocabulary")],
        "today": today.isoformat(),
    }


def standing(policy_folders: Sequence[str | Path] = ()) -> dict[str, Any]:
    """That answers can be had, and what they would be made by."""
    return {"format": FORMAT, "status": "ok", "tool": tool_row(policy_of(policy_folders), this_day())}


def _pack(path: Path) -> dict[str, str]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadRequest(f"vocabulary {path}: {error.strerror or type(error).__name__}") from None
    return {"name": path.name, "hash": hashlib.blake2b(content, digest_size=16).hexdigest()}
