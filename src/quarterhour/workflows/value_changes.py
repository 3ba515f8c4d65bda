"""Codes, limits, values, terms and amounts that are otherwise on another day, or in another version of the tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Final

import numpy as np

from quarterhour.domain.code import code_number, code_text
from quarterhour.domain.money import Cents
from quarterhour.domain.visit import SETTINGS
from quarterhour.engine.price.fee import NATIONAL, Values, fee
from quarterhour.policy import Policy
from quarterhour.policy.edits import EDIT_TABLES, EditTable
from quarterhour.policy.errors import NotKnown
from quarterhour.policy.fee_schedule import FACTOR_PLACES, VALUE_PLACES, scaled, unscaled
from quarterhour.policy.imported_edits import source_of_edition
from quarterhour.policy.parameter import Value
from quarterhour.policy.payers import TERMS
from quarterhour.policy.tables import Edition, open_edition
from quarterhour.workflows.pair_changes import Change

#: A policy and the day it is asked for.
Side = tuple[Policy, dt.date]
_HUNDREDTHS: Final = 100


def codes(one: Side, other: Side, wanted: Iterable[str]) -> Iterator[Change]:
    """Codes that are born or end between the two days, and those whose place on Medicare's therapy list changes."""
    (_, begin), (policy, end) = one, other
    for text in wanted:
        card = policy.codes.card(text)
        if card is None:
            continue
        by = (card.valid_source.title if card.valid_source else "", card.valid_evidence)
        if card.valid_from and begin < card.valid_from <= end:
            told = f"{text} ({card.label}) is a code from {card.valid_from}"
            yield Change("code", (text,), "begins", None, card.label, card.valid_from, told, *by)
        if card.valid_to and begin <= card.valid_to < end:
            told = f"{text} ({card.label}) is no code any more after {card.valid_to}"
            yield Change("code", (text,), "ends", card.label, None, card.valid_to + _DAY, told, *by)
        was, now = card.designation_on(begin), card.designation_on(end)
        if was and now and was.value != now.value:
            told = f"{text} is {now.value} therapy instead of {was.value} from {now.first}"
            source = now.source.title
            yield Change("code", (text,), "designation", was.value, now.value, now.first, told, source, now.evidence)
    yield from _imported_codes(policy, begin, end, set(wanted))


def limits(one: Side, other: Side, wanted: Iterable[str]) -> Iterator[Change]:
    """Most units of a day (MUE) that are otherwise."""
    for claim in EDIT_TABLES:
        if any(_before(policy, claim, day) for policy, day in (one, other)):
            continue
        release = other[0].unlikely.release_on(claim, other[1])
        for text in wanted:
            number = code_number(text)
            was, now = (policy.unlikely.limit(number, claim, day) for policy, day in (one, other))
            if was == now:
                continue
            before, after = (f"{limit.units}" if limit else None for limit in (was, now))
            told = f"{text} on {claim} claims: most units {after or 'without limit'} instead of {before or 'no limit'}"
            told += ", counted otherwise" if before == after else ""
            by = (release.source.title, release.evidence, claim)
            yield Change("unlikely", (text,), "limit", before, after, release.covers_from, told, *by)


def _before(policy: Policy, table: EditTable, day: dt.date) -> bool:
    """Whether nothing is known of a table's limits on a day."""
    releases = policy.unlikely.releases.get(table)
    return releases is None or day < releases[0].covers_from


def parameters(one: Side, other: Side) -> Iterator[Change]:
    """Dated values of authorities that are otherwise."""
    for name in other[0].parameter_names():
        parameter = other[0].parameter(name)
        was, now = _value(one, name), _value(other, name)
        if _plain(was) == _plain(now):
            continue
        since = now.first if now else None
        told = f"{parameter.title}: {_shown(now, parameter.unit)} instead of {_shown(was, parameter.unit)}"
        source, evidence = (now.source.title, now.evidence) if now else ("", None)
        before, after = (None if value is None else _shown(value, parameter.unit) for value in (was, now))
        yield Change("value", (), name, before, after, since, told, source, evidence)


def payers(one: Side, other: Side) -> Iterator[Change]:
    """Terms of payers that are otherwise, general ones first, and those of a setting where they differ from them."""
    for payer in other[0].payers:
        if payer not in one[0].payers:
            continue
        general: set[str] = set()
        for setting in (None, *SETTINGS):
            was, now = (policy.payers.terms(payer, setting, day.toordinal()) for policy, day in (one, other))
            for place, term in enumerate(TERMS):
                if was.numbers[place] == now.numbers[place] or (setting and term in general):
                    continue
                general.add(term)
                before, after = _plain(was.values[place]), _plain(now.values[place])
                where = f" in {setting}" if setting else ""
                value = now.values[place]
                told = f"{payer}{where}: {term.replace('_', ' ')} {after} instead of {before}"
                by = (value.source.title, value.evidence) if value else ("", None)
                yield Change("payer", (), term, before, after, value.first if value else None, told, *by)


def modifiers(one: Side, other: Side) -> Iterator[Change]:
    """Modifiers that begin or end between the two days."""
    (_, begin), (policy, end) = one, other
    for text in policy.modifiers:
        card = policy.modifiers.card(text)
        by = (card.source.title, card.evidence)
        if begin < card.first <= end:
            told = f"modifier {text} ({card.label}) begins on {card.first}"
            yield Change("modifier", (), "begins", None, text, card.first, told, *by)
        if card.last and begin <= card.last < end:
            told = f"modifier {text} ({card.label}) ends with {card.last}"
            yield Change("modifier", (), "ends", text, None, card.last + _DAY, told, *by)


def local_policies(one: Side, other: Side) -> Iterator[Change]:
    """Coverage determinations and articles of contractors whose status is otherwise."""
    seen: set[str] = set()
    for state in other[0].contractors.states():
        for policy in other[0].contractors.place(state).policies:
            was, now = policy.status_on(one[1]), policy.status_on(other[1])
            if was == now or policy.id in seen:
                continue
            seen.add(policy.id)
            told = f"{policy.id} ({policy.title}): {now} instead of {was}"
            since = policy.first if was == "not yet in force" else policy.last
            yield Change("local policy", (), "status", was, now, since, told, policy.source.title, policy.evidence)


def amounts(one: Side, other: Side, wanted: Iterable[str]) -> Iterator[Change]:
    """Relative values and national amounts that are otherwise, of codes of which both days have them."""
    for text in wanted:
        try:
            was, now = (_amount(policy, text, day) for policy, day in (one, other))
            by = other[0].fees.release("relative_values", other[1])
        except NotKnown:
            continue
        (_, before), (first, after) = was, now
        told = ", ".join(
            f"{name} {after[name]} instead of {before[name]}" for name in after if after[name] != before[name]
        )
        if told:
            ours, theirs = " / ".join(before.values()), " / ".join(after.values())
            said = f"{text}: {told}"
            yield Change("amount", (text,), "relative values", ours, theirs, first, said, by.source.title, by.evidence)


def _amount(policy: Policy, code: str, day: dt.date) -> tuple[dt.date, dict[str, str]]:
    """What the fee schedule says of a code and what a unit comes to at the office, no place counted; since when."""
    held, factor = policy.fees.values(code, day), policy.fees.factor(day, qualifying=False)
    office = Values(held.work, held.office or 0, held.malpractice)
    amounts = {"work": held.work, "practice expense": held.office, "facility practice expense": held.facility}
    return max(held.first, factor.first), {
        "status": held.status,
        **{name: "none" if value is None else unscaled(value, VALUE_PLACES) for name, value in amounts.items()},
        "malpractice": unscaled(held.malpractice, VALUE_PLACES),
        "national amount": f"${Cents(fee(office, NATIONAL, scaled(factor.value, FACTOR_PLACES)))}",
    }


def diagnoses(one: Side, other: Side) -> Iterator[Change]:
    """How many ICD-10-CM codes begin and end, where both sides have a file."""
    sides = [_edition_on("icd10cm", side) for side in (one, other)]
    if None in sides or sides[0] == sides[1]:
        return
    opened = [
        open_edition(side[0].held, edition)
        for side, edition in zip((one, other), sides, strict=True)
        if side[0].held and edition
    ]
    was, now = (columns["code"][columns["billable"]] for columns in opened)
    born, gone = np.setdiff1d(now, was), np.setdiff1d(was, now)
    edition = sides[1]
    if edition and (born.size or gone.size):
        told = f"ICD-10-CM: {born.size} codes can be billed from {edition.first}, {gone.size} no longer"
        numbers = (f"{was.size} codes", f"{now.size} codes")
        source = source_of_edition(edition).title
        yield Change("diagnosis", (), "codes", *numbers, edition.first, told, source, "primary")


_DAY: Final = dt.timedelta(days=1)


def _imported_codes(policy: Policy, begin: dt.date, end: dt.date, wanted: set[str]) -> Iterator[Change]:
    editions = policy.held.of("hcpcs") if policy.held else ()
    for edition in editions[-1:]:
        columns = open_edition(policy.held, edition) if policy.held else {}
        by = (source_of_edition(edition).title, "primary")
        procedures = columns["kind"] == b"C"
        for column, what in (("added", "begins"), ("last", "ends")):
            days = columns[column] + (what == "ends")
            hits = procedures & (days > begin.toordinal()) & (days <= end.toordinal())
            for code, ordinal in zip(columns["code"][hits].tolist(), days[hits].tolist(), strict=True):
                text, day = code_text(code), dt.date.fromordinal(ordinal)
                if text in wanted:
                    told = f"{text} {what} on {day}" if what == "begins" else f"{text} is no code any more from {day}"
                    yield Change("code", (text,), what, None, None, day, told, *by)


def _value(side: Side, name: str) -> Value[Any] | None:
    try:
        return side[0].parameter(name).on(side[1])
    except NotKnown:
        return None


def _plain(value: Value[Any] | None) -> str:
    if value is None:
        return "not known"
    if isinstance(value.value, bool):
        return "yes" if value.value else "no"
    return ", ".join(value.value) if isinstance(value.value, list) else str(value.value)


def _shown(value: Value[Any] | None, unit: str) -> str:
    if value is not None and unit == "cents":
        return f"${value.value // _HUNDREDTHS}.{value.value % _HUNDREDTHS:02d}"
    plain = _plain(value)
    return f"{plain} {unit}" if value is not None and unit in {"min", "days", "percent", "visits", "units"} else plain


def _edition_on(table: str, side: Side) -> Edition | None:
    """The edition that answers for a day; of several of one day the one that is not for qualifying participants."""
    policy, day = side
    editions = [one for one in (policy.held.of(table) if policy.held else ()) if one.first <= day]
    return max(editions, key=lambda one: (one.first, one.variant != "qualifying"), default=None)
