"""SNIP type 3 of claims after other payers: what one paid and adjusted comes to what it was asked.

Two sums, of each payer by itself. Of a line: charge = paid (SVD02) + adjusted (2430 CAS). Of the claim, where the payer
told of lines: paid (2320 AMT*D) = paid of its lines less what it adjusted of the claim as a whole (2320 CAS); that is
section 1.4.4 of the guides, and X12 has said (requests for interpretation 1294 and 2168) that the second is asked only
where there are lines. Where there are none, and adjustments of the claim are told, these and the payment come to the
charge: the same answers call that the sum of a claim but no demand of the guide, and it is a warning.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from quarterhour.domain.columns import ABSENT
from quarterhour.interchange.x12.columns import Table
from quarterhour.interchange.x12.defects import Defects
from quarterhour.interchange.x12.frame import Frame, put_spans, sums
from quarterhour.interchange.x12.segments import Span
from quarterhour.interchange.x12.values import IntArray, Words, words

_WORD: Final = 8
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX_CLAIM: Final = np.uint64(0xC2B2AE3D27D4EB4F)


def balance_other_payers(frame: Frame, tables: Mapping[str, Table], defects: Defects) -> None:
    """Add what does not come out."""
    _lines(frame, tables["lines"], defects)
    _claims(frame, tables, defects)


def _lines(frame: Frame, lines: Table, defects: Defects) -> None:
    parts = frame.parts
    paid = frame.rows("SVD")
    if not paid.size:
        return
    services = parts.rows("SV1", "SV2", "SV3")
    line = frame.by_major(paid, services)
    cas = frame.rows("CAS")
    owner = frame.by_occurrence(cas, paid)
    own = owner != ABSENT
    total = frame.cents(paid, 2) + sums(owner[own], _row_amounts(frame, cas[own]), paid.size)
    bundled = parts.element(paid, 6)
    alone = (line != ABSENT) & (bundled[1] == bundled[0])
    charge = lines.integers("charge")[line] if lines.rows else line
    wrong = np.flatnonzero(alone & (total != charge))
    defects.add("other-payer-line-unbalanced", paid[wrong], 2, 0, total[wrong], charge[wrong])


def _row_amounts(frame: Frame, rows: IntArray) -> IntArray:
    """For each CAS the sum of its amounts."""
    total = np.zeros(rows.size, dtype=np.int64)
    for place in range(3, 19, 3):
        total += frame.cents(rows, place)
    return total


def _claims(frame: Frame, tables: Mapping[str, Table], defects: Defects) -> None:
    amounts = frame.qualified("AMT", "D")
    payers = frame.rows("SBR")
    told = frame.by_major(amounts, payers)
    amounts, told = amounts[told != ABSENT], told[told != ABSENT]
    people, claims = tables["subscribers"], tables["claims"]
    claim = people.integers("claim")
    keep = (people.integers("other")[told] == 1) & (claim[told] != ABSENT)
    amounts, told = amounts[keep], told[keep]
    if not amounts.size:
        return
    adjustments = tables["adjustments"]
    of = adjustments.integers("subscriber")
    adjusted = sums(of[of != ABSENT], adjustments.integers("amount")[of != ABSENT], payers.size)
    some = np.bincount(of[of != ABSENT], minlength=payers.size) > 0
    counted, from_lines = _of_lines(frame, tables, payers)
    paid = people.integers("paid")
    by_lines = told[counted[told] > 0]
    left = from_lines[by_lines] - adjusted[by_lines]
    wrong = np.flatnonzero(left != paid[by_lines])
    rows = amounts[counted[told] > 0]
    defects.add("other-payer-paid-unbalanced", rows[wrong], 2, 0, paid[by_lines][wrong], left[wrong])
    of_lines = tables["line_payments"].integers("claim")
    lined = np.bincount(of_lines[of_lines != ABSENT], minlength=claims.rows) > 0
    alone = some[told] & ~lined[claim[told]]
    whole = told[alone]
    come, charge = paid[whole] + adjusted[whole], claims.integers("charge")[claim[whole]]
    wrong = np.flatnonzero(come != charge)
    defects.add("other-payer-claim-unbalanced", amounts[alone][wrong], 2, 0, come[wrong], charge[wrong])


def _of_lines(frame: Frame, tables: Mapping[str, Table], payers: IntArray) -> tuple[IntArray, IntArray]:
    """For each SBR how many lines of its claim its payer told of, by the payer's identifier, and what it paid."""
    line_rows, line_payments = frame.rows("SVD"), tables["line_payments"]
    nothing = np.zeros(payers.size, dtype=np.int64)
    if not line_rows.size:
        return nothing, nothing
    names = frame.qualified("NM1", "PR")
    identifier = put_spans(payers.size, frame.by_major(names, payers), frame.parts.element(names, 9))
    own = _sign(frame, identifier, tables["subscribers"].integers("claim"))
    other = _sign(frame, frame.parts.element(line_rows, 1), line_payments.integers("claim"))
    turn = np.argsort(own, kind="stable")
    at = np.minimum(np.searchsorted(own[turn], other), own.size - 1)
    owner = turn[at]
    same = (own[owner] == other) & (line_payments.integers("claim") != ABSENT)
    owner = owner[same]
    counted = np.bincount(owner, minlength=payers.size)
    return counted, sums(owner, line_payments.integers("paid")[same], payers.size)


def _sign(frame: Frame, span: Span, claim: IntArray) -> Words:
    """Claim and identifier as one number: the first and last eight bytes, the length and the claim."""
    start, end = span
    view = frame.parts.view
    mark = words(view, start, end)
    mark ^= words(view, np.maximum(end - _WORD, start), end) * _MIX
    mark ^= (end - start).astype(np.uint64) << np.uint64(56)
    return mark ^ (claim.astype(np.uint64) + np.uint64(2)) * _MIX_CLAIM
