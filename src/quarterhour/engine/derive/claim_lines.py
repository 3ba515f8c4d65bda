"""The facts of a claim's line, and which lines say the same as another."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT, Table
from quarterhour.domain.visit import DISCIPLINES
from quarterhour.engine.derive.claim_batch import ClaimBatch
from quarterhour.engine.derive.claim_providers import disciplines_of
from quarterhour.engine.derive.groups import Groups, group
from quarterhour.engine.derive.lines import modifiers_of
from quarterhour.policy import Policy
from quarterhour.policy.codes import DESIGNATIONS, KINDS
from quarterhour.rules.claim_facts import ClaimFacts, ClaimLineFacts, RepeatFacts

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
_EVALUATIONS: Final = [KINDS.index("evaluation"), KINDS.index("re-evaluation")]
_NOT_FOUR_DIGITS: Final = -2
_REVENUE: Final = 4


def claim_line_facts(batch: ClaimBatch, policy: Policy) -> ClaimLineFacts:
    """Fill the line table; lines stand in the order of their claims."""
    table, codes = batch.lines, policy.codes
    claim, rows = table.rows_of(), np.arange(table.rows)
    subject = batch.claims.rows + rows
    code = table["code"]
    row = codes.rows(code)
    kind = codes.kind[row]
    designation = codes.designations(row, batch.days[subject])
    bits, *_ = modifiers_of(table, policy)
    disciplines, discipline = _disciplines(bits, policy)
    pointers = table.children["diagnosis_pointers"]
    charge = table["charge"]
    place = batch.meaning(table["place_of_service"], int)
    own_place = batch.meaning(batch.claims["place_of_service"], int)
    facts = ClaimLineFacts(
        subject=subject,
        line=rows,
        claim=claim,
        number=table.numbers(),
        code=code,
        therapy=(designation == DESIGNATIONS.index("always")) | (disciplines > 0),
        evaluation=np.isin(kind, _EVALUATIONS),
        timed=codes.timed[row],
        day=table["date_of_service"],
        day_to=table["date_to"],
        units=table["units"],
        charge=amounts(charge),
        charge_given=charge != ABSENT,
        modifiers=bits,
        disciplines=disciplines,
        discipline=discipline,
        pointers=pointers.counts(),
        pointer_beyond=_first(pointers, pointers["value"] > _per_pointer(batch, pointers, claim)),
        repeated_pointer=_first(pointers, _again(pointers)),
        place_of_service=np.where(place == ABSENT, own_place[claim], place),
        revenue=batch.meaning(table["revenue_code"], _revenue),
        renderer_discipline=disciplines_of(renderers(batch, "taxonomy", claim), batch, policy),
        same_as=np.full(table.rows, ABSENT),
    )
    _fill_same_as(batch, facts)
    return facts


def repeat_facts(batch: ClaimBatch, lines: ClaimLineFacts, claims: ClaimFacts) -> RepeatFacts:
    """Lines that an earlier claim of the batch bills as well, the earlier line beside them.

    Claims that replace or void another, and claims without a patient that can be told from others, have no rows.
    """
    table = batch.claims
    texts = len(batch.columns.texts.values)
    patient = _patients(batch)
    original = (claims.frequency <= 1) & (patient != ABSENT)
    rows = np.flatnonzero(original[lines.claim] & (lines.day != ABSENT))
    claim = lines.claim[rows]
    payer = np.where(table["coverage.payer_id"] == ABSENT, texts + table["payer"], table["coverage.payer_id"])
    provider = renderers(batch, "npi", lines.claim)
    groups = group(patient[claim], payer[claim], provider[rows], lines.day[rows], lines.code[rows])
    ordered = rows[groups.order]
    first = rows[groups.first][groups.of]
    later = lines.claim[ordered] != lines.claim[first]
    line, other = ordered[later], first[later]
    same = _modifier_sets(batch.lines)
    return RepeatFacts(
        subject=lines.subject[line],
        line=line,
        claim=lines.claim[line],
        other_claim=lines.claim[other],
        other_line=lines.number[other],
        same_modifiers=same[line] == same[other],
        same_type=claims.type[lines.claim[line]] == claims.type[lines.claim[other]],
    )


def amounts(column: IntArray) -> IntArray:
    """Amounts in cents of a column that keeps those below zero one lower (``domain.columns``); none is 0."""
    return np.where(column < 0, column + 1, column)


def _disciplines(bits: IntArray, policy: Policy) -> tuple[IntArray, IntArray]:
    """How many discipline modifiers a line has, and the discipline of the only one."""
    number, of = np.zeros_like(bits), np.zeros_like(bits)
    for modifier in policy.modifiers:
        card = policy.modifiers.card(modifier)
        if card.group == "discipline":
            there = bits & policy.modifiers.bit(modifier) != 0
            number += there
            of = np.where(there, DISCIPLINES.index(str(card.discipline)) + 1, of)
    return number, np.where(number == 1, of, 0)


def _per_pointer(batch: ClaimBatch, pointers: Table, claim: IntArray) -> IntArray:
    """For every pointer how many diagnoses its claim has."""
    diagnoses: IntArray = batch.claims.children["diagnoses"].counts()[claim[pointers.rows_of()]]
    return diagnoses


def _again(pointers: Table) -> BoolArray:
    """Whether a pointer stands on its line already."""
    again = np.zeros(pointers.rows, dtype=np.bool_)
    if pointers.rows:
        groups = group(pointers.rows_of(), pointers["value"])
        again[groups.order] = groups.order != groups.first[groups.of]
    return again


def _first(child: Table, holds: BoolArray) -> IntArray:
    """For every parent row the value of the first of its rows for which it holds, ABSENT if there is none."""
    found = np.full(len(child.offsets) - 1, ABSENT)
    rows = np.flatnonzero(holds)[::-1]  # the first is written last
    found[child.rows_of()[rows]] = child["value"][rows]
    return found


def _revenue(text: str) -> int:
    return int(text) if len(text) == _REVENUE and text.isascii() and text.isdigit() else _NOT_FOUR_DIGITS


def _fill_same_as(batch: ClaimBatch, lines: ClaimLineFacts) -> None:
    if not lines.line.size:
        return
    groups = group(
        lines.claim, lines.code, lines.day, lines.place_of_service, _modifier_sets(batch.lines),
        batch.lines["rendering_provider.npi"], lines.units, batch.lines["charge"], lines.revenue,
    )  # fmt: skip
    first = groups.first[groups.of]
    lines.same_as[groups.order] = np.where(groups.order == first, ABSENT, lines.number[first])


def _modifier_sets(lines: Table) -> IntArray:
    """A number for every line that two lines share if they have the same modifiers, in whatever order."""
    child = lines.children["modifiers"]
    line, count = child.rows_of(), child.counts()
    if not child.rows:
        return np.zeros(lines.rows, dtype=np.int64)
    by_line = group(line, child["value"]).order
    matrix = np.full((lines.rows, int(count.max())), ABSENT)
    matrix[line, child.numbers() - 1] = child["value"][by_line]
    groups: Groups = group(*matrix.T)
    sets = np.empty(lines.rows, dtype=np.int64)
    sets[groups.order] = groups.of
    return sets


def renderers(batch: ClaimBatch, column: str, claim: IntArray) -> IntArray:
    """For every line a column of who furnished it: its own rendering provider, the claim's, or the one that bills."""
    claims, own = batch.claims, batch.lines["rendering_provider?"] == 1
    names = claims["rendering_provider?"] == 1
    of_claim = np.where(names, claims[f"rendering_provider.{column}"], claims[f"billing_provider.{column}"])
    return np.where(own, batch.lines[f"rendering_provider.{column}"], of_claim[claim])


def member_ids(batch: ClaimBatch) -> IntArray:
    """For every claim the id of the insured (text position): of its coverage, or else of the patient."""
    insured = batch.said(batch.claims["coverage.member_id"])
    return np.where(insured == ABSENT, batch.said(batch.claims["patient.member_id"]), insured)


def _patients(batch: ClaimBatch) -> IntArray:
    """A number for every claim that two claims share if they are of one patient; ABSENT where that cannot be told.

    One patient is one id, or else one member id, birth date and given name, which tell twins apart.
    """
    table = batch.claims
    member = member_ids(batch)
    known, birth, given = table["patient.id"], table["patient.birth_date"], table["patient.name.given"]
    identified = known != ABSENT
    told = identified | ((member != ABSENT) & (birth != ABSENT))
    if not table.rows:
        return known
    groups = group(
        np.where(identified, known, ABSENT), np.where(identified, ABSENT, member), np.where(identified, ABSENT, birth),
        np.where(identified, ABSENT, given),
    )  # fmt: skip
    patient = np.empty(table.rows, dtype=np.int64)
    patient[groups.order] = groups.of
    return np.where(told, patient, ABSENT)
