"""All facts of a batch of claims."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT
from quarterhour.domain.period import months_after
from quarterhour.engine.derive.claim_batch import ClaimBatch, first_days
from quarterhour.engine.derive.claim_codes import code_facts, diagnosis_facts
from quarterhour.engine.derive.claim_lines import amounts, claim_line_facts, member_ids, renderers, repeat_facts
from quarterhour.engine.derive.claim_providers import OF_CLAIM, disciplines_of, provider_facts
from quarterhour.engine.derive.lookup import lookup
from quarterhour.policy import Policy
from quarterhour.rules.claim_facts import MALFORMED, WELL_FORMED, ClaimFacts, ClaimLineFacts, FactsOfClaims

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
_TYPES: Final = ("professional", "institutional")
_SELF: Final = "18"
_AUTO: Final = "AA"
#: More months than any payer gives.
_MOST_MONTHS: Final = 1000
_BILL: Final = re.compile(r"\d{2}")


def derive_claims(batch: ClaimBatch, policy: Policy, today: int) -> FactsOfClaims:
    """Compute every table that rules over claims read. ``today`` is an ordinal."""
    asked = lookup(policy, batch)
    lines = claim_line_facts(batch, policy)
    claims = _claim_facts(batch, lines, policy)
    control_numbers = tuple(batch.text(place) for place in batch.claims["patient_control_number"].tolist())
    return FactsOfClaims(
        days=batch.days,
        term=asked.term,
        parameter=asked.parameter,
        modifiers=asked.modifiers,
        modifier_sets=asked.modifier_sets,
        listed=asked.listed,
        of_kind=asked.of_kind,
        live_modifiers=asked.live_modifiers,
        known_places=policy.known_places,
        today=today,
        claim=claims,
        claim_line=lines,
        claim_provider=provider_facts(batch, policy),
        claim_diagnosis=diagnosis_facts(batch, policy),
        claim_code=code_facts(batch),
        repeat=repeat_facts(batch, lines, claims),
        control_numbers=control_numbers,
        releases=tuple(known.release for known in policy.diagnoses),
    )


def _claim_facts(batch: ClaimBatch, lines: ClaimLineFacts, policy: Policy) -> ClaimFacts:
    table, count = batch.claims, batch.claims.rows
    rows = np.arange(count)

    def given(column: str) -> BoolArray:
        there: BoolArray = table[column] != ABSENT
        return there

    def noted(column: str) -> BoolArray:
        there: BoolArray = batch.said(table[column]) != ABSENT
        return there

    first, last = first_days(table), np.full(count, ABSENT)
    np.maximum.at(last, lines.claim, np.maximum(lines.day, lines.day_to))
    uncharged = batch.lines.sums(~lines.charge_given) > 0
    causes = table.children["related_causes"]
    auto = causes.sums(batch.meaning(causes["value"], lambda text: int(text == _AUTO)))
    member = member_ids(batch)
    relationship = batch.meaning(table["coverage.relationship"], lambda text: int(text == _SELF))
    return ClaimFacts(
        subject=rows,
        line=np.full(count, ABSENT),
        claim=rows,
        type=batch.meaning(table["claim_type"], _TYPES.index),
        frequency=batch.meaning(table["frequency"], lambda text: int(text) if text.isdecimal() else ABSENT),
        original_reference=noted("original_reference"),
        place_of_service=batch.meaning(table["place_of_service"], int),
        facility=batch.meaning(
            table["institutional.facility"], lambda text: int(text) if _BILL.fullmatch(text) else ABSENT
        ),
        statement_from=table["institutional.statement_from"],
        statement_to=table["institutional.statement_to"],
        first_day=first,
        last_day=last,
        first_year=_years(first),
        last_year=_years(last),
        file_by=_file_by(batch),
        lines=batch.lines.counts(),
        diagnoses=table.children["diagnoses"].counts(),
        charge=np.where(uncharged | (batch.lines.counts() == 0), ABSENT, batch.lines.sums(lines.charge)),
        stated_charge=_amount(table["stated_charge"]),
        patient_paid=_amount(table["patient_paid"]),
        birth_day=table["patient.birth_date"],
        patient_given=table["patient?"] == 1,
        sex_given=given("patient.sex"),
        family_name_given=noted("patient.name.family"),
        address_given=given("patient.address"),
        coverage_given=table["coverage?"] == 1,
        member_given=member != ABSENT,
        member_form=_member_form(batch, member, policy),
        self_insured=relationship == 1,
        insured_given=table["coverage.subscriber?"] == 1,
        given={role: table[f"{name}?"] == 1 for role, name in OF_CLAIM.items()},
        rendered=(table["rendering_provider?"] == 1)
        | (batch.lines.sums(batch.lines["rendering_provider?"] != 1) == 0)
        | (disciplines_of(table["billing_provider.taxonomy"], batch, policy) > 0),
        own_referral=_own_referral(batch, lines),
        onset=table["onset"],
        initial_treatment=table["initial_treatment"],
        last_seen=table["last_seen"],
        accident=table["accident"],
        accident_state_given=noted("accident_state"),
        auto_accident=auto > 0,
        related_causes=causes.counts(),
        therapy_lines=batch.lines.sums(lines.therapy),
        attachments=table.children["attachments"].counts(),
    )


def _amount(column: IntArray) -> IntArray:
    """Cents, ABSENT where there is none."""
    return np.where(column == ABSENT, ABSENT, amounts(column))


def _own_referral(batch: ClaimBatch, lines: ClaimLineFacts) -> BoolArray:
    """Claims whose referring provider furnished a line."""
    referrer = batch.claims["referring_provider.npi"]
    same = (renderers(batch, "npi", lines.claim) == referrer[lines.claim]) & (referrer[lines.claim] != ABSENT)
    return batch.lines.sums(same) > 0


def _years(days: IntArray) -> IntArray:
    """Calendar years of days (ordinals), ABSENT where there is no day."""
    return _for_each(days, lambda day: ABSENT if day == ABSENT else dt.date.fromordinal(day).year)


def _file_by(batch: ClaimBatch) -> IntArray:
    """The last day to file every claim: the payer's months and then days after the first day of service.

    An institution's claim counts from the end of its statement. A day the month does not have is the month's last.
    """
    table = batch.claims
    ends = table["institutional.statement_to"]
    begins = np.where(ends == ABSENT, first_days(table), ends)
    months, days = batch.term("timely_filing_months")[: table.rows], batch.term("timely_filing_days")[: table.rows]
    known = (begins != ABSENT) & (months >= 0) & (days >= 0) & (batch.term("timely_filing")[: table.rows] == 1)
    keys = np.where(known, begins * _MOST_MONTHS + np.minimum(months, _MOST_MONTHS - 1), ABSENT)
    later = _for_each(keys, lambda key: ABSENT if key == ABSENT else _months_after(*divmod(key, _MOST_MONTHS)))
    return np.where(known, later + days, ABSENT)


def _months_after(day: int, months: int) -> int:
    return months_after(dt.date.fromordinal(day), months).toordinal()


def _for_each(values: IntArray, meaning: Callable[[int], int]) -> IntArray:
    """Each value as what it means, each different one asked once."""
    different, places = np.unique(values, return_inverse=True)
    return np.array([meaning(value) for value in different.tolist()], dtype=np.int64)[places]


def _member_form(batch: ClaimBatch, member: IntArray, policy: Policy) -> IntArray:
    """Whether member ids have the form of the day the claim begins on; ABSENT where there is none or no form yet."""
    parameter = policy.parameter("cms/claim:member_id_form")
    forms = [str(value.value) for value in parameter.values]
    which = parameter.at(batch.days[: member.size], unknown=ABSENT, number=forms.index)
    found = np.full(member.size, ABSENT)
    for place, form in enumerate(map(re.compile, forms)):
        fits = batch.meaning(member, functools.partial(_form, form))
        found = np.where(which == place, fits, found)
    return found


def _form(form: re.Pattern[str], text: str) -> int:
    return WELL_FORMED if form.fullmatch(text.strip()) else MALFORMED
