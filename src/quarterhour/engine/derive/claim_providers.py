"""Who stands on a claim: identifiers, taxonomy codes and what they make of a provider."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT, Table
from quarterhour.domain.visit import DISCIPLINES
from quarterhour.engine.derive.claim_batch import ClaimBatch
from quarterhour.engine.derive.npis import form_of, prefix_of
from quarterhour.policy import Policy
from quarterhour.rules.claim_facts import MALFORMED, ROLES, WELL_FORMED, ClaimProviderFacts

IntArray = NDArray[np.int64]
#: The form of a health care provider taxonomy code.
_TAXONOMY: Final = re.compile(r"[0-9A-Z]{9}X")
_ELSEWHERE: Final = {"attending_provider": "institutional.attending"}
#: Where a claim has each role but the last, which is a line's.
OF_CLAIM: Final = {role: _ELSEWHERE.get(role, role) for role in ROLES[:-1]}
_OF_LINE: Final = "rendering_provider"
_COLUMNS: Final = ("npi", "taxonomy", "name", "address")


def provider_facts(batch: ClaimBatch, policy: Policy) -> ClaimProviderFacts:
    """Fill the table, role by role."""
    claims, lines, of_line = batch.claims, batch.lines, batch.lines.rows_of()
    parts = [_part(claims, name, role) for role, name in enumerate(OF_CLAIM.values())]
    for part in parts:
        part["claim"], part["line"] = part["row"], np.full(part["row"].size, ABSENT)
    own = _part(lines, _OF_LINE, len(OF_CLAIM))
    own["claim"], own["line"] = of_line[own["row"]], own["row"]
    of = {name: np.concatenate([part[name] for part in (*parts, own)]) for name in own}
    prefix = prefix_of(policy)
    row = batch.meaning(of["taxonomy"], policy.providers.row_of_taxonomy)
    return ClaimProviderFacts(
        subject=of["claim"],
        line=of["line"],
        claim=of["claim"],
        role=of["role"],
        npi=batch.meaning(of["npi"], lambda text: form_of(text, prefix)),
        taxonomy=batch.meaning(of["taxonomy"], _taxonomy),
        taxonomy_discipline=disciplines_of(of["taxonomy"], batch, policy),
        assistant_taxonomy=(row >= 0) & (policy.providers.column("assistant_of")[row] > 0),
        named=of["name"] != ABSENT,
        address_given=of["address"] != ABSENT,
    )


def disciplines_of(taxonomies: IntArray, batch: ClaimBatch, policy: Policy) -> IntArray:
    """1 + the discipline of the therapist a taxonomy (text position) names; 0 where it names none, or a physician."""
    row = batch.meaning(taxonomies, policy.providers.row_of_taxonomy)
    # Of several disciplines, as a physician has them, none is named.
    single = np.zeros(1 << len(DISCIPLINES), dtype=np.int64)
    single[1 << np.arange(len(DISCIPLINES))] = 1 + np.arange(len(DISCIPLINES))
    return np.where(row >= 0, single[policy.providers.column("disciplines")[row]], 0)


def _part(table: Table, name: str, role: int) -> dict[str, IntArray]:
    """The rows of a table that name a provider of a role, and what they say of it."""
    rows = np.flatnonzero(table[f"{name}?"] == 1)
    held = {column: table[f"{name}.{column}"][rows] for column in _COLUMNS}
    return held | {"row": rows, "role": np.full(rows.size, role)}


def _taxonomy(text: str) -> int:
    if not text.strip():
        return ABSENT
    return WELL_FORMED if _TAXONOMY.fullmatch(text.strip()) else MALFORMED
