"""Units of a code against the most the unlikely-units edit lets through, as its adjudication indicator counts them."""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from quarterhour.engine.derive.groups import group, numbered
from quarterhour.engine.derive.lines import CodesMet
from quarterhour.engine.derive.lookup import stretches
from quarterhour.policy import Policy
from quarterhour.policy.edits import EDIT_TABLES
from quarterhour.rules.facts import LineFacts, UnlikelyFacts, VisitFacts

IntArray = NDArray[np.int64]
_BY_LINE = 1


def unlikely_facts(
    patient_day: IntArray, visits: VisitFacts, lines: LineFacts, met: CodesMet, policy: Policy
) -> UnlikelyFacts:
    """Fill the table; days before the first release have no rows (a rule reports them as not checked).

    ``patient_day`` is the same number for every visit of a patient on a day.
    """
    rows = np.flatnonzero((lines.units > 0) & (visits.edit_table >= 0)[lines.visit])
    visit, code = lines.visit[rows], met.at[rows]
    things = len(EDIT_TABLES) * met.different.size
    asked = stretches(things, _turns(policy), visits.day)
    table, different = np.divmod(asked.things, max(1, met.different.size))
    limits, hows = policy.unlikely.limits(table, met.different[different], asked.days)
    cells = asked.cells(visits.edit_table[visit] * met.different.size + code, visit)
    limit = limits[cells]
    if (limit < 0).any():
        listed = limit >= 0
        rows, visit, code, cells, limit = rows[listed], visit[listed], code[listed], cells[listed], limit[listed]
    how = hows[cells]
    provider_day = numbered(patient_day, visits.edit_table, visits.therapist)
    keys = [provider_day[visit], code]
    if (hows == _BY_LINE).any():
        # A claim-line edit counts every line for itself, so such lines get a group each.
        keys.append(np.where(how == _BY_LINE, rows, -1))
    groups = group(*keys)
    first = groups.first
    line = rows[first]
    return UnlikelyFacts(
        visit=visit[first],
        line=line,
        code=lines.code[line],
        units=groups.sums(lines.units[rows]),
        limit=limit[first],
        adjudication=how[first],
    )


@functools.lru_cache(maxsize=4)
def _turns(policy: Policy) -> IntArray:
    return policy.unlikely.turns
