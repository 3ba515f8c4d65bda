"""Known defects put into the claims of drawn visits, and the truth of what must be found in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec
import numpy as np
import pyarrow as pa

from quarterhour.domain.claim import Claim
from quarterhour.policy import Policy
from quarterhour.workflows.synth.defects.claims import CLAIM_DEFECTS, Billed
from quarterhour.workflows.synth.truth_table import TruthRow, rows_of, truth_table
from quarterhour.workflows.synth.wish import Wish

#: Which claims a form holds.
CLAIM_TYPES: Final = {
    "837p": ("professional",), "837i": ("institutional",), "claim-lines": ("professional", "institutional"),
}  # fmt: skip
#: A stream of its own, beside that of visits.
_STREAM: Final = 2


class SpoiltClaims(msgspec.Struct, frozen=True):
    """The claims with their defects, and the truth: one row a claim and rule that must find something in it."""

    claims: list[Claim]
    truth: pa.Table


def spoil_claims(claims: Iterable[Claim], wish: Wish, number: int, policy: Policy, *, in_x12: bool) -> SpoiltClaims:
    """Put a defect into each claim of a crowd with the chance wished for: the one made least often so far.

    ``in_x12`` leaves out what cannot be written in an 837.
    """
    random = np.random.default_rng([wish.seed, number, _STREAM])
    kinds = [defect for defect in CLAIM_DEFECTS if not (in_x12 and defect.table_only)]
    counts = dict.fromkeys(random.permutation(len(kinds)).tolist(), 0)
    found: list[Claim] = []
    rows: list[TruthRow] = []
    for claim in claims:
        if random.random() >= wish.defects:
            found.append(claim)
            continue
        billed = Billed(claim, policy)
        for place in sorted(counts, key=counts.__getitem__):
            made = kinds[place].make(billed)
            if made is not None:
                counts[place] += 1
                found += [made.claim] if made.more is None else [made.claim, made.more]
                told_in = made.more or made.claim
                rows += rows_of(told_in.patient_control_number, made.line, (kinds[place].rule, *made.also), made.what)
                break
        else:
            found.append(claim)
    return SpoiltClaims(found, truth_table(rows))
