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
    """One row a therapist's day with such minutes: ``therapist`` an NPI as a number, ``day`` an ordinal.

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
    marked: IntArray
    """the number of such lines of every visit that are marked as an assistant's and do not say how many minutes were"""


def therapist_days(batch: Batch, facts: Facts, policy: Policy) -> TherapistDays:
    """Sum up every therapist's days.

    Counted are billed timed services with one patient, without what an assistant furnished of them.
    """
    visits, lines = facts.visit, facts.line
    mine, marked = _alone(lines), _marked(facts)
    known = mine & ~marked & (lines.minutes != ABSENT)
    own = np.where(known, np.maximum(lines.minutes - np.maximum(lines.assistant_minutes, 0), 0), 0)
    minutes = np.bincount(lines.visit, weights=own, minlength=batch.count).astype(np.int64)
    lacking = np.bincount(lines.visit[mine & (lines.minutes == ABSENT)], minlength=batch.count)
    unknown_share = np.bincount(lines.visit[mine & marked & (lines.minutes != ABSENT)], minlength=batch.count)
    numbers, bills = (_numbers(batch, column, policy) for column in ("therapist.npi", "billing_provider.npi"))
    named = numbers != ABSENT
    again = _again(facts.history.same_as, numbers, minutes) & (minutes > 0)
    rows = np.flatnonzero((minutes > 0) & named & ~again)
    groups = group(numbers[rows], visits.day[rows])
    of = np.full(batch.count, ABSENT)
    of[rows[groups.order]] = groups.of
    first = rows[groups.first]
    billing = (bills == numbers)[rows]
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
        marked=unknown_share,
    )


def _numbers(batch: Batch, column: str, policy: Policy) -> IntArray:
    """The NPIs of a column as numbers; ABSENT for those not in due form. Blanks around one make no other of it."""
    prefix = prefix_of(policy)

    def number(text: str) -> int:
        return int(text) if form_of(text, prefix) == WELL_FORMED else ABSENT

    return translate(batch.visits[column], number, batch.columns.texts.values)


def _marked(facts: Facts) -> BoolArray:
    """Lines with CQ or CO that give none of their minutes to the assistant: whose minutes they are is not known."""
    lines = facts.line
    marked: BoolArray = (lines.modifiers & facts.modifiers("assistant") != 0) & (lines.assistant_minutes <= 0)
    return marked


def _alone(lines: LineFacts) -> BoolArray:
    """Billed lines whose minutes count into a day's total and take one person with one patient throughout."""
    alone: BoolArray = (
        lines.billed & lines.in_total & np.isin(lines.contact, _ATTENDED) & ~np.isin(lines.mode, _SEVERAL)
    )
    return alone


def _again(same_as: IntArray, numbers: IntArray, minutes: IntArray) -> BoolArray:
    """Which visits have the very same lines as another that the same therapist is named on.

    The one with most minutes stays, so that the order of the visits is nothing.
    """
    first = np.where(same_as == ABSENT, np.arange(same_as.size), same_as)
    while not np.array_equal(first, first[first]):
        first = first[first]
    order = np.lexsort((-minutes, numbers, first))
    again = np.zeros(first.size, dtype=np.bool_)
    again[order[1:]] = (np.diff(first[order]) == 0) & (np.diff(numbers[order]) == 0)
    return again


def _different(of: IntArray, patients: IntArray, count: int) -> IntArray:
    """How many patients each day has."""
    pairs = group(of, patients)
    return np.bincount(of[pairs.first], minlength=count)
