"""The codes of a claim as a whole: its diagnoses, and the occurrence, condition and value codes of an institution."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT
from quarterhour.engine.derive.claim_batch import ClaimBatch
from quarterhour.engine.derive.groups import group
from quarterhour.engine.derive.visits import DIAGNOSIS
from quarterhour.policy import Policy
from quarterhour.rules.claim_facts import QUALIFIERS, ClaimCodeFacts, ClaimDiagnosisFacts

IntArray = NDArray[np.int64]
#: A code as its composite goes on: two places, and for an occurrence the qualifier of a date and the date.
_CODE: Final = re.compile(r"([0-9A-Z]{2})(?![0-9A-Z])(?::D8:(\d{4})(\d{2})(\d{2})(?!\d))?")


def diagnosis_facts(batch: ClaimBatch, policy: Policy) -> ClaimDiagnosisFacts:
    """Fill the table; diagnoses stand in the order of the claim."""
    table = batch.claims.children["diagnoses"]
    claim, number, value = table.rows_of(), table.numbers(), table["value"]
    numbers: dict[str, int] = {}
    code = batch.meaning(value, lambda text: numbers.setdefault(_plain(text), len(numbers)))
    same_as = np.full(claim.size, ABSENT)
    if claim.size:
        groups = group(claim, code)
        first = groups.first[groups.of]
        same_as[groups.order] = np.where(groups.order == first, ABSENT, number[first])
    external = tuple(policy.parameter("cms/claim:external_cause_letters").values[-1].value)
    listing, release = _listing(batch, claim, value, policy)
    return ClaimDiagnosisFacts(
        subject=claim,
        line=np.full(claim.size, ABSENT),
        claim=claim,
        number=number,
        same_as=same_as,
        listing=listing,
        release=release,
        external_cause=batch.meaning(value, lambda text: int(_plain(text).startswith(external))) == 1,
        pointed_to=_pointed_to(batch, claim, number),
        malformed=batch.meaning(value, lambda text: int(DIAGNOSIS.fullmatch(_plain(text)) is None)) == 1,
    )


def _listing(batch: ClaimBatch, claim: IntArray, value: IntArray, policy: Policy) -> tuple[IntArray, IntArray]:
    """How diagnoses stand in the code set of their claim's first day, and by which release; the latest one speaks."""
    listing, release = np.full(claim.size, ABSENT), np.full(claim.size, ABSENT)
    if claim.size:
        days = batch.days[claim]
        for place, known in enumerate(policy.diagnoses):
            rows = np.flatnonzero((days >= known.first) & (days <= known.through))
            listing[rows] = batch.meaning(value[rows], known.standing)
            release[rows] = place
    return listing, release


def _pointed_to(batch: ClaimBatch, claim: IntArray, number: IntArray) -> NDArray[np.bool_]:
    """Whether a line of the claim points to its diagnosis of that number."""
    pointers = batch.lines.children["diagnosis_pointers"]
    value, of_claim = pointers["value"], batch.lines.rows_of()[pointers.rows_of()]
    most = int(max(value.max(initial=0), number.max(initial=0))) + 1
    return np.isin(claim * most + number, of_claim * most + value)


def _plain(text: str) -> str:
    """A diagnosis without its point, which a claim leaves out."""
    return text.strip().upper().replace(".", "")


def code_facts(batch: ClaimBatch) -> ClaimCodeFacts:
    """Fill the table; codes stand in the order of the claim."""
    table = batch.claims.children["institutional.codes"]
    claim, rest = table.rows_of(), table["1"]
    return ClaimCodeFacts(
        subject=claim,
        line=np.full(claim.size, ABSENT),
        claim=claim,
        qualifier=batch.meaning(table["0"], lambda text: QUALIFIERS.get(text, ABSENT)),
        code=batch.meaning(rest, _code),
        day=batch.meaning(rest, _day),
    )


def _code(rest: str) -> int:
    found = _CODE.match(rest)
    return int(found[1]) if found and found[1].isdigit() else ABSENT


def _day(rest: str) -> int:
    found = _CODE.match(rest)
    if found is None or found[2] is None:
        return ABSENT
    try:
        return dt.date(int(found[2]), int(found[3]), int(found[4])).toordinal()
    except ValueError:  # a day no month has
        return ABSENT
