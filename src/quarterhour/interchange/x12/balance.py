"""SNIP type 3: sums. Charges of claims and lines; what was paid, adjusted and charged; the payment and its claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from quarterhour.domain.columns import ABSENT
from quarterhour.interchange.x12.columns import Table
from quarterhour.interchange.x12.defects import Defects
from quarterhour.interchange.x12.frame import Frame, sums
from quarterhour.interchange.x12.other_payers import balance_other_payers
from quarterhour.interchange.x12.segments import last_before

_PREDETERMINED = b"25"


@dataclass(slots=True)
class Sums:
    """Of the remittance that is open: what its claims were paid and its providers adjusted, so far."""

    paid: int = 0
    adjusted: int = 0


def balance_claims(frame: Frame, tables: Mapping[str, Table], defects: Defects) -> None:
    """CLM02 is the sum of its lines; what another payer paid and adjusted comes to the charge."""
    claims, rows = tables["claims"], frame.rows("CLM")
    charge, line_charge = claims.integers("charge"), claims.integers("line_charge")
    wrong = np.flatnonzero((charge != line_charge) & (claims.integers("lines") > 0))
    defects.add("claim-charge-unbalanced", rows[wrong], 2, 0, charge[wrong], line_charge[wrong])
    balance_other_payers(frame, tables, defects)


def balance_remittances(frame: Frame, tables: Mapping[str, Table], defects: Defects, open_: Sums) -> None:
    """SVC, CLP and BPR, each against what is below it, and PLB."""
    claims, lines, cas = tables["claims"], tables["lines"], tables["adjustments"]
    claim_rows = frame.rows("CLP")
    line_rows = frame.rows("SVC")
    line_rows = (
        line_rows[: lines.rows] if lines.rows == line_rows.size else line_rows[frame.loops.inside(line_rows, "2110")]
    )
    amount, of_line, of_claim = cas.integers("amount"), cas.integers("line"), cas.integers("claim")
    on_line = of_line != ABSENT
    of_services = sums(of_line[on_line], amount[on_line], lines.rows)
    left = lines.integers("charge") - of_services
    paid = lines.integers("paid")
    wrong = np.flatnonzero(left != paid)
    if lines.rows == line_rows.size:
        defects.add("service-payment-unbalanced", line_rows[wrong], 3, 0, left[wrong], paid[wrong])
    judged = claims["status"] != _PREDETERMINED
    known = of_claim != ABSENT
    left = claims.integers("charge") - sums(of_claim[known], amount[known], claims.rows)
    paid = claims.integers("paid")
    wrong = np.flatnonzero((left != paid) & judged)
    defects.add("claim-payment-unbalanced", claim_rows[wrong], 4, 0, left[wrong], paid[wrong])
    above = known & ~on_line
    from_lines = claims.integers("line_paid") - sums(of_claim[above], amount[above], claims.rows)
    some = claims.integers("lines") > 0
    wrong = np.flatnonzero((from_lines != paid) & judged & some)
    defects.add("claim-paid-unbalanced", claim_rows[wrong], 4, 0, paid[wrong], from_lines[wrong])
    charge, line_charge = claims.integers("charge"), claims.integers("line_charge")
    wrong = np.flatnonzero((charge != line_charge) & some)
    defects.add("claim-line-charge-unbalanced", claim_rows[wrong], 3, 0, charge[wrong], line_charge[wrong])
    _payments(frame, tables, defects, open_)


def _payments(frame: Frame, tables: Mapping[str, Table], defects: Defects, open_: Sums) -> None:
    """BPR02 is what the claims were paid less what the provider was adjusted; transactions may span blocks."""
    parts = frame.parts
    starts, ends, payments = frame.rows("ST"), frame.rows("SE"), frame.rows("BPR")
    claim_rows, plb = frame.rows("CLP"), tables["provider_adjustments"]
    paid = tables["claims"].integers("paid")
    size = starts.size + 1
    by_claim = sums(last_before(starts, claim_rows) + 1, paid, size)
    rows = np.searchsorted(parts.number, plb.integers("segment"))
    adjusted = sums(last_before(starts, rows) + 1, plb.integers("amount"), size)
    first = 1 if starts.size and starts[0] < parts.carried else 0
    by_claim[first] += open_.paid
    adjusted[first] += open_.adjusted
    at = last_before(payments, ends, starts)
    for place, end in zip(at.tolist(), ends.tolist(), strict=True):
        own = int(np.searchsorted(starts, end))
        if place >= 0 and end >= parts.carried:
            row = payments[place : place + 1]
            said, found = frame.cents(row, 2), by_claim[own : own + 1] - adjusted[own : own + 1]
            if said[0] != found[0]:
                defects.add("payment-unbalanced", row, 2, 0, said, found, carried=True)
    closed = ends.size and (not starts.size or ends[-1] > starts[-1])
    open_.paid = 0 if closed else int(by_claim[-1])
    open_.adjusted = 0 if closed else int(adjusted[-1])
