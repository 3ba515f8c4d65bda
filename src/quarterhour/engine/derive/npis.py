"""National Provider Identifiers: what form each has, on claims and in visit records."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT
from quarterhour.domain.npi import check_digit_holds, is_ten_digits
from quarterhour.engine.derive.batch import Batch, translate
from quarterhour.policy import Policy
from quarterhour.rules.claim_facts import MALFORMED, WELL_FORMED, WRONG_CHECK_DIGIT

IntArray = NDArray[np.int64]
#: Where a visit has those of ``rules.facts.PEOPLE``, in their order.
COLUMNS: Final = (
    "therapist.npi", "assistant.npi", "supervisor.npi", "referring_provider.npi", "billing_provider.npi",
    "plan_of_care.certified_by.npi",
)  # fmt: skip


def prefix_of(policy: Policy) -> str:
    """What the check digit is reckoned over before the number."""
    return str(policy.parameter("cms/claim:npi_prefix").values[-1].value)


def form_of(text: str, prefix: str) -> int:
    """WELL_FORMED, MALFORMED or WRONG_CHECK_DIGIT; ABSENT for no text."""
    text = text.strip()
    if not text:
        return ABSENT
    if not is_ten_digits(text):
        return MALFORMED
    return WELL_FORMED if check_digit_holds(prefix + text) else WRONG_CHECK_DIGIT


def wrong_npis(batch: Batch, policy: Policy) -> tuple[IntArray, IntArray]:
    """For every visit the people whose NPI is malformed, and those whose NPI fails its check digit, as bit sets."""
    table, prefix = batch.visits, prefix_of(policy)
    given = np.concatenate([table[column] for column in COLUMNS])
    forms = translate(given, lambda text: form_of(text, prefix), batch.columns.texts.values)
    bits = (1 << np.arange(len(COLUMNS)))[:, None]
    forms = forms.reshape(len(COLUMNS), batch.count)
    malformed: IntArray = ((forms == MALFORMED) * bits).sum(axis=0)
    failed: IntArray = ((forms == WRONG_CHECK_DIGIT) * bits).sum(axis=0)
    return malformed, failed
