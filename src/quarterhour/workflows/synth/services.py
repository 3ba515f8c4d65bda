"""What is done in every visit: codes, units, minutes, who did it, when, and for how much."""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec
import numpy as np

from quarterhour.domain.visit import DISCIPLINES
from quarterhour.policy import Policy
from quarterhour.policy.payers import TERMS, Terms
from quarterhour.workflows.synth.catalogue import FURTHER, BoolArray, IntArray, Offer
from quarterhour.workflows.synth.courses import REPORT_EVERY, Patients, Visits
from quarterhour.workflows.synth.mix import Mix, shares

QUARTER: Final = 15
#: A code's minutes miss its quarter hours by so many at the most, and so do those of all codes together: then every
#: way of counting gives the same units.
_MOST_OFF: Final = 7
_OFF: Final = ((0, -4, -3, -2, -1, 1, 2, 3, 4), (0.44, 0.07, 0.07, 0.07, 0.07, 0.07, 0.07, 0.07, 0.07))
#: Minutes of what is not counted by time, from and below, by kind.
_LENGTHS: Final = {
    "evaluation": (30, 61), "re-evaluation": (20, 41), "group": (20, 46), "untimed": (30, 56),
    "supervised-modality": (10, 21),
}  # fmt: skip
#: Terms that rest on tables of edits.
_OF_TABLES: Final = ("ncci_edits", "unlikely_edits")
#: The day of a therapist: from seven, and visits begin within so many minutes; what comes after is a colleague's.
_OPENS: Final = 7 * 60
_LONGEST_DAY: Final = 660


class Services(msgspec.Struct, frozen=True):
    """One row a line, visit by visit. ``code`` is a row of the offer's codes; amounts are cents."""

    visit: IntArray
    code: IntArray
    units: IntArray
    minutes: IntArray
    assistant: BoolArray
    begin: IntArray
    distinct: BoolArray
    confirmed: BoolArray
    """carries KX"""
    charge: IntArray


class Days(msgspec.Struct, frozen=True):
    """What the lines make of every visit: totals in minutes, cents accrued before, and which colleague treated."""

    timed: IntArray
    minutes: IntArray
    accrued: IntArray
    colleague: IntArray
    assisted: BoolArray


class Asked(msgspec.Struct, frozen=True):
    """What payers ask for, by payer, setting of the mix; by discipline the KX threshold in cents."""

    terms: dict[str, BoolArray]
    thresholds: IntArray

    def of(self, term: str, patients: Patients) -> BoolArray:
        """Whether the payer of every patient has a term."""
        return self.terms[term][patients.payer, patients.setting]


def asked(mix: Mix, policy: Policy, day: int) -> Asked:
    """The terms that decide what stands on a claim, on a day."""
    wanted = ("discipline_modifiers", "assistant_modifiers", "ncci_edits", "kx_threshold")
    assumed = mix.assumed
    found = {
        name: np.array(
            [[asks(policy.payers.terms(payer, setting, day), name) for setting in assumed.settings]
             for payer in assumed.payers]
        )
        for name in wanted
        if name in TERMS
    }  # fmt: skip
    names = ("kx_pt_slp", "kx_ot", "kx_pt_slp")
    amounts = [policy.parameter(f"cms/thresholds:{name}").on(dt.date.fromordinal(day)).value for name in names]
    return Asked(found, np.array(amounts))


def asks(terms: Terms, name: str) -> bool:
    """Whether terms have a term. Menus are those of Medicare's tables of edits, so of other tables none is drawn."""
    return terms.number(name) == 1 and not (name in _OF_TABLES and terms.number("edit_tables") > 0)


def draw_services(
    random: np.random.Generator, mix: Mix, offer: Offer, patients: Patients, visits: Visits, asked: Asked
) -> tuple[Services, Days]:
    """The lines of all visits, and what they come to."""
    codes, menus = offer.codes, offer.menus
    menu = _menus(random, offer, patients.discipline[visits.patient], visits.number)
    sizes = (menus.begins[1:] - menus.begins[:-1])[menu]
    ends = np.cumsum(sizes)
    visit = np.repeat(np.arange(menu.size), sizes)
    items = np.arange(visit.size) - (ends - sizes)[visit] + menus.begins[menu][visit]
    code, distinct = menus.codes[items], menus.distinct[items]
    units = _units(random, mix, offer, code)
    minutes = _minutes(random, offer, code, units, visit)
    total = np.bincount(visit, minutes, menu.size).astype(np.int64)
    timed = np.bincount(visit, np.where(codes.timed[code], minutes, 0), menu.size).astype(np.int64)
    begin, colleague = _times(patients.therapist[visits.patient], visits.day, total)
    before = np.cumsum(minutes) - minutes
    charge = -(-codes.amount * mix.assumed.charge // 10_000) * 100
    accrued, confirmed = _accrued(offer, patients, visits, visit, code, units, charge, asked)
    assistant = _assisted(random, mix, offer, patients, visits, visit, code)
    lines = Services(
        visit, code, units, minutes, assistant, begin[visit] + before - before[ends - sizes][visit], distinct,
        confirmed[visit], charge[code] * units,
    )  # fmt: skip
    return lines, Days(timed, total, accrued, colleague, np.bincount(visit, assistant, menu.size) > 0)


def _menus(random: np.random.Generator, offer: Offer, discipline: IntArray, number: IntArray) -> IntArray:
    menu = np.zeros(discipline.size, dtype=np.int64)
    for place in range(len(DISCIPLINES)):
        for choice, rows in (
            (offer.opening[place], (discipline == place) & (number == 1)),
            (offer.further[place], (discipline == place) & (number > 1)),
        ):
            menu[rows] = choice.draw(random, int(rows.sum()))
    return menu


def _units(random: np.random.Generator, mix: Mix, offer: Offer, code: IntArray) -> IntArray:
    codes, assumed = offer.codes, mix.assumed.units
    several = random.choice(list(assumed), size=code.size, p=shares(assumed))
    further = random.choice(FURTHER, size=code.size)
    drawn = np.where(codes.several[code], several, np.where(codes.further[code], further, 1))
    return np.minimum(drawn, codes.most[code])


def _minutes(random: np.random.Generator, offer: Offer, code: IntArray, units: IntArray, visit: IntArray) -> IntArray:
    codes = offer.codes
    off = random.choice(_OFF[0], size=code.size, p=_OFF[1])
    off[~codes.several[code]] = 0
    far = np.abs(np.bincount(visit, off)) > _MOST_OFF
    off[far[visit]] = 0
    minutes: IntArray = QUARTER * units + off
    for kind, (low, high) in _LENGTHS.items():
        rows = codes.of_kind(kind)[code]
        minutes[rows] = random.integers(low, high, size=int(rows.sum()))
    return minutes


def _times(therapist: IntArray, day: IntArray, total: IntArray) -> tuple[IntArray, IntArray]:
    """When every visit begins, and which colleague of the therapist treats it (0: the therapist).

    Visits of one therapist and day follow each other, so nobody is with two patients at a time.
    """
    order = np.lexsort((day, therapist))
    new = np.ones(order.size, dtype=np.bool_)
    new[1:] = (np.diff(therapist[order]) != 0) | (np.diff(day[order]) != 0)
    begun = _since(np.cumsum(total[order]) - total[order], new)
    colleague = begun // _LONGEST_DAY
    new[1:] |= np.diff(colleague) != 0
    within = _since(begun, new)
    of, begin = np.empty_like(order), np.empty_like(order)
    of[order], begin[order] = colleague, _OPENS + within
    return begin, of


def _since(running: IntArray, new: BoolArray) -> IntArray:
    """A running sum counted anew from every row that is new."""
    starts = np.flatnonzero(new)
    found: IntArray = running - np.repeat(running[starts], np.diff(np.append(starts, running.size)))
    return found


def _accrued(
    offer: Offer, patients: Patients, visits: Visits, visit: IntArray, code: IntArray, units: IntArray,
    charge: IntArray, asked: Asked,
) -> tuple[IntArray, BoolArray]:  # fmt: skip
    """Cents accrued before every visit, and whether its lines confirm need above the threshold.

    The first unit of the day with the greatest practice expense counts in full, all others reduced.
    """
    codes, count = offer.codes, visits.patient.size
    starts = np.flatnonzero(np.diff(visit, prepend=-1))
    greatest = np.maximum.reduceat((codes.amount - codes.reduced)[code], starts)
    allowed = np.bincount(visit, codes.reduced[code] * units, count).astype(np.int64) + greatest
    charges = np.bincount(visit, charge[code] * units, count).astype(np.int64)
    accrued = _since(np.cumsum(allowed) - allowed, np.diff(visits.patient, prepend=-1) != 0)
    limit = asked.thresholds[patients.discipline][visits.patient]
    above = (accrued + charges > limit) & asked.of("kx_threshold", patients)[visits.patient]
    return accrued, above


def _assisted(
    random: np.random.Generator, mix: Mix, offer: Offer, patients: Patients, visits: Visits, visit: IntArray,
    code: IntArray,
) -> BoolArray:  # fmt: skip
    """Lines an assistant furnished whole: never in a visit that evaluates or that a progress report is due for."""
    ordinary = (visits.number > 1) & (visits.number % REPORT_EVERY != 0)
    chosen = random.random(visits.number.size) * 100 < mix.assumed.assistant.visits
    chosen &= ordinary & patients.assisted[visits.patient]
    evaluates = np.bincount(visit, offer.codes.of_kind("evaluation", "re-evaluation")[code]) > 0
    return (chosen & ~evaluates)[visit] & (random.random(visit.size) < 0.8)
