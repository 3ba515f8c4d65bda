"""Which services need a person's whole attention, and how many minutes two of them claim twice."""

from __future__ import annotations

from typing import Final

import numpy as np

from quarterhour.domain.visit import MODES
from quarterhour.policy.codes import CONTACTS
from quarterhour.rules.contract import one_of
from quarterhour.rules.facts import ABSENT, BoolArray, Facts, IntArray

ONE_ON_ONE: Final = MODES.index("one-on-one")
GROUP: Final = MODES.index("group")
CONCURRENT: Final = MODES.index("concurrent")
CO_TREATMENT: Final = MODES.index("co-treatment")
_ATTENDED: Final = (CONTACTS.index("one-on-one"), CONTACTS.index("constant-attendance"))


def attended(facts: Facts, lines: IntArray) -> BoolArray:
    """Which lines are of codes that need one person with one patient throughout, in minutes of their own.

    Add-on codes outside the day's total share the minutes of the service they accompany.
    """
    line = facts.line
    accompanies = facts.of_kind(line.kind[lines], "add-on-timed", "add-on-untimed") & ~line.in_total[lines]
    return one_of(line.contact[lines], _ATTENDED) & ~accompanies


def in_group(facts: Facts, lines: IntArray) -> BoolArray:
    """Which lines are of codes for several patients at once."""
    return facts.of_kind(facts.line.kind[lines], "group")


def claimed(facts: Facts, rows: IntArray) -> BoolArray:
    """Overlaps whose services both are billed, or both count into the day's total of timed minutes."""
    line, overlap = facts.line, facts.overlap
    one, two = overlap.other_line[rows], overlap.line[rows]
    return (line.billed[one] & line.billed[two]) | (line.in_total[one] & line.in_total[two])


def minutes_twice(facts: Facts, rows: IntArray) -> IntArray:
    """Minutes the two services of an overlap claim together beyond those their intervals hold, 0 for none.

    Intervals alone prove nothing: two services may alternate within them, each with fewer minutes than its interval. A
    service without minutes claims those of its intervals.
    """
    line, overlap = facts.line, facts.overlap
    one, two = overlap.other_line[rows], overlap.line[rows]

    def of(lines: IntArray) -> IntArray:
        minutes = line.minutes[lines]
        return np.where(minutes == ABSENT, line.interval_minutes[lines], minutes)

    together = line.interval_minutes[one] + line.interval_minutes[two] - overlap.minutes[rows]
    return np.clip(of(one) + of(two) - together, 0, overlap.minutes[rows])


def by_one_person(facts: Facts, rows: IntArray) -> BoolArray:
    """Overlaps of one named therapist with two named patients in which no assistant took part."""
    line, overlap, visit = facts.line, facts.overlap, facts.visit
    one, two = overlap.other_line[rows], overlap.line[rows]
    given = visit.patient_given[line.visit[one]] & visit.patient_given[line.visit[two]]
    alone = (line.assistant_minutes[one] <= 0) & (line.assistant_minutes[two] <= 0)
    return given & alone & overlap.same_therapist[rows] & ~overlap.same_patient[rows]
