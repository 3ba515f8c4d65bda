"""When the next progress report is due."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.facts import Facts, IntArray


def due_by(facts: Facts, rows: IntArray) -> IntArray:
    """The last treatment day of the report period the visit belongs to.

    The first period counts from the first treatment day; a report of that day is the evaluation, which starts the count
    but does not end a period. A later period counts from the treatment day after the last report.
    """
    last = facts.visit.last_progress_report_visit[rows]
    return np.where(last > 1, last, 0) + facts.parameter("cms/plan_of_care:progress_report_treatment_days")[rows]
