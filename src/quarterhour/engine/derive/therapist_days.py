"""A therapist's day summed over all patients: minutes that one person can only spend one after the other.

It joins patients, so no rule reads it: what rules say of a visit is the same whoever else is in the input.
"""

from __future__ import annotations

from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT
from quarterhour.domain.visit import MODES
from quarterhour.engine.derive.batch import Batch, translate
from quarterhour.engine.derive.groups import group
from quarterhour.engine.derive.npis import form_of, prefix_of
from quarterhour.policy import Policy
from quarterhour.policy.codes import CONTACTS
from quarterhour.rules.claim_facts import WELL_FORMED
from quarterhour.rules.facts import Facts, LineFacts

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
_ATTENDED: Final = [CONTACTS.index("one-on-one"), CONTACTS.index("constant-attendance")]
_SEVERAL: Final = [MODES.index("group"), MODES.index("concurrent")]


class TherapistDays(msgspec.Struct, frozen=True):
    """One row a therapist's day with such minutes: ``therapist`` a text position, ``day`` an ordinal.

    ``visit`` has for every visit its row, ABSENT for one without such minutes or a therapist's NPI; ``minutes`` and
    ``patients`` are those of a row, ``billing`` says that the number is a billing provider's too.
    """

    therapist: IntArray
    day: IntArray
    minutes: IntArray
    patients: IntArray
    billing: BoolArray
    visit: IntArray
    unnamed: IntArray
    """visits with such minutes whose therapist has no NPI in due form"""
    repeated: IntArray
    """visits left out because they are recorded twice"""
    without_minutes: IntArray
    """the number of such lines of every visit that say no minutes"""


def therapist_days(batch: Batch, facts: Facts, policy: Policy) -> TherapistDays:
    """Sum up every therapist's days.

    Counted are billed timed services with one patient, without what an assistant furnished of them.
    """
    visits, lines = facts.visit, facts.line
    mine = _alone(lines)
    known = mine & (lines.minutes != ABSENT)
    own = np.where(known, np.maximum(lines.minutes - np.maximum(lines.assistant_minutes, 0), 0), 0)
    minutes = np.bincount(lines.visit, weights=own, minlength=batch.count).astype(np.int64)
    lacking = np.bincount(lines.visit[mine & ~known], minlength=batch.count)
    numbers, prefix = batch.visits["therapist.npi"], prefix_of(policy)
    named = translate(numbers, lambda text: form_of(text, prefix), batch.columns.texts.values) == WELL_FORMED
    again = _again(facts.history.same_as, numbers) & (minutes > 0)
    rows = np.flatnonzero((minutes > 0) & named & ~again)
    groups = group(numbers[rows], visits.day[rows])
    of = np.full(batch.count, ABSENT)
    of[rows[groups.order]] = groups.of
    first = rows[groups.first]
    billing = (batch.visits["billing_provider.npi"] == numbers)[rows]
    return TherapistDays(
        therapist=numbers[first],
        day=visits.day[first],
        minutes=groups.sums(minutes[rows]),
        patients=_different(of[rows], visits.patient[rows], groups.count),
        billing=groups.any(billing),
        visit=of,
        unnamed=np.flatnonzero((minutes > 0) & ~named),
        repeated=np.flatnonzero(again & named),
        without_minutes=lacking,
    )


def _alone(lines: LineFacts) -> BoolArray:
    """Billed lines whose minutes count into a day's total and take one person with one patient throughout."""
    alone: BoolArray = (
        lines.billed & lines.in_total & np.isin(lines.contact, _ATTENDED) & ~np.isin(lines.mode, _SEVERAL)
    )
    return alone


def _again(same_as: IntArray, numbers: IntArray) -> BoolArray:
    """Which visits have the very same lines as an earlier one that the same therapist is named on."""
    first = np.where(same_as == ABSENT, np.arange(same_as.size), same_as)
    again = np.ones(first.size, dtype=np.bool_)
    again[group(first, numbers).first] = False
    return again


def _different(of: IntArray, patients: IntArray, count: int) -> IntArray:
    """How many patients each day has."""
    pairs = group(of, patients)
    return np.bincount(of[pairs.first], minlength=count)
