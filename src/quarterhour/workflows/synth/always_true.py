"""What is true of clean visits too, and so stands in every truth."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from quarterhour.policy import Policy
from quarterhour.workflows.synth.catalogue import BoolArray, IntArray
from quarterhour.workflows.synth.courses import REPORT_EVERY
from quarterhour.workflows.synth.table import visit_of_lines
from quarterhour.workflows.synth.truth_table import TRUTH


def always_true(table: pa.Table, policy: Policy) -> list[pa.Table]:
    """What is true of clean visits too: the last day of a report period, and an amount above the one for review."""
    first = table.take(pa.array(np.flatnonzero(np.diff(visit_of_lines(table), prepend=-1))))
    number, last = (_filled(first, f"plan_{name}") for name in ("visit_number", "last_progress_report_visit"))
    ends = (number >= 0) & (last >= 0) & (number == np.where(last > 1, last, 0) + REPORT_EVERY) & (number != last)
    ends &= _asks(first, "progress_reports", policy)
    day = first.column("date_of_service")[0].as_py()
    review = int(policy.parameter("cms/thresholds:review_threshold").on(day).value)
    own = pc.fill_null(pc.equal(first.column("discipline").cast(pa.string()), "OT"), pa.scalar(value=False))
    accrued = pc.if_else(
        own, first.column("accrued_ot").cast(pa.string()), first.column("accrued_pt_slp").cast(pa.string())
    )
    cents = pc.fill_null(pc.cast(pc.replace_substring(accrued, ".", ""), pa.int64()), -1).to_numpy()
    above = (cents > review) & _asks(first, "kx_threshold", policy) & first.column("discipline").is_valid().to_numpy()
    found = []
    for rule, mask, what in (
        ("POC110", ends, "the last treatment day of a report period"),
        ("MOD111", above, "more accrued than the amount for review"),
    ):
        ids = first.column("visit_id").cast(pa.string()).filter(pa.array(mask)).combine_chunks()
        count = len(ids)
        columns = [
            ids,
            pa.nulls(count, pa.int32()),
            *(pa.array([one] * count, pa.string()) for one in (rule, "", what)),
        ]
        found.append(pa.table(columns, schema=TRUTH))
    return found


def _filled(table: pa.Table, name: str) -> IntArray:
    found: IntArray = table.column(name).fill_null(-1).to_numpy().astype(np.int64)
    return found


def _asks(table: pa.Table, term: str, policy: Policy) -> BoolArray:
    """Whether the payer of every row has a term."""
    day = table.column("date_of_service")[0].as_py().toordinal()
    pairs = list(zip(*(table.column(name).cast(pa.string()).to_pylist() for name in ("payer", "setting")), strict=True))
    known = {(who, where): policy.payers.terms(who, where, day).number(term) == 1 for who, where in set(pairs)}
    return np.array([known[pair] for pair in pairs], dtype=np.bool_)
