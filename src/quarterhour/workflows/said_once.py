"""What several rules say of one fault of a claim, said once: the rule that names the fault best speaks.

Rules over visits see a patient's day, whichever claims it was billed on; rules over claims see who billed what where.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from quarterhour.domain.claim import Claim
from quarterhour.workflows.given_claims import patient_key
from quarterhour.workflows.held_claims import Said

_SEVERAL_LINES: Final = "CLM110"
_RECORDED_TWICE: Final = "CLM117"
_LINE_TWICE: Final = "CLM207"
#: A line stands on another claim of the patient as well, with the same or other modifiers.
_ON_ANOTHER: Final = ("CLM208", "CLM209")
#: Who treated is of another discipline: by the visit, and by the lines of a claim.
_THERAPIST: Final = ("ELG105", "PTY107")
#: A code of another discipline: by the visit, whose discipline a claim tells by the modifier, and by the modifier.
_CODE: Final = ("ELG106", "MOD104")
#: A claim by its patient and control number: files of two clinics may number their claims alike.
_Number = tuple[str, str]
#: A claim, a code and a day.
_Billed = tuple[_Number, str, str]


def said_once(said: Sequence[Said]) -> list[Said]:
    """What was said of a batch of claims without what another finding says of the same fault.

    - A code on several lines of a day (CLM110), and a visit recorded twice (CLM117), where the lines stand on two
      claims and that is said (CLM208, CLM209); CLM110 also where all it is about are lines said to be doubled (CLM207).
    - The taxonomy of a line's therapist (PTY107) where the therapist of its visit is told (ELG105).
    - The code's discipline against the visit's (ELG106) where it is told against the modifier (MOD104).
    """
    rules = {one.finding.rule for one in said}
    left_out: set[int] = set()
    if rules & {_SEVERAL_LINES, _RECORDED_TWICE}:
        left_out |= set(_of_lines(said))
    if rules >= set(_THERAPIST):
        left_out |= set(_of_therapists(said))
    if rules >= set(_CODE):
        left_out |= set(_of_codes(said))
    return [one for place, one in enumerate(said) if place not in left_out] if left_out else list(said)


def _of_lines(said: Sequence[Said]) -> Iterator[int]:
    """The places of CLM110 and CLM117 that another finding makes good."""
    partners: dict[_Billed, set[_Number]] = {}
    again: Counter[_Billed] = Counter()
    for one in said:
        number, numbers = _number(one.of.claim), one.finding.numbers
        if one.finding.rule in _ON_ANOTHER:
            code, day, other = str(numbers["code"]), str(numbers["day"]), (number[0], str(numbers["other"]))
            partners.setdefault((number, code, day), {number}).add(other)
            partners.setdefault((other, code, day), {other}).add(number)
        elif one.finding.rule == _LINE_TWICE and one.subject.line is not None:
            line = one.of.claim.lines[one.subject.line]
            again[number, line.code, str(line.date_of_service)] += 1
    doubled = _doubled({id(one.of): one.of.claim for one in said}.values())
    days = {(number, day) for number, _, day in partners}
    for place, one in enumerate(said):
        number = _number(one.of.claim)
        if one.finding.rule == _RECORDED_TWICE and (number, _day(one)) in days:
            yield place
        elif one.finding.rule == _SEVERAL_LINES:
            code, day = str(one.finding.numbers["code"]), _day(one)
            claims = partners.get((number, code, day), {number})
            within = sum(doubled[claim, code, day] for claim in claims)
            if within == sum(again[claim, code, day] for claim in claims) and (within or len(claims) > 1):
                yield place


def _doubled(claims: Iterable[Claim]) -> Counter[_Billed]:
    """How many lines of a claim have the code, day and modifiers of an earlier one of it."""
    found: Counter[_Billed] = Counter()
    for claim in claims:
        met: set[tuple[Any, ...]] = set()
        for line in claim.lines:
            key = (line.code, line.date_of_service, frozenset(line.modifiers))
            found[_number(claim), line.code, str(line.date_of_service)] += key in met
            met.add(key)
    return found


def _of_therapists(said: Sequence[Said]) -> Iterator[int]:
    told, lesser = _THERAPIST
    lines = {
        (id(one.of), line)
        for one in said
        if one.finding.rule == told and one.visit
        for line in one.of.visits[one.visit - 1].lines
    }
    return (
        place
        for place, one in enumerate(said)
        if one.finding.rule == lesser and (id(one.of), one.subject.line) in lines
    )


def _of_codes(said: Sequence[Said]) -> Iterator[int]:
    lesser, told = _CODE
    lines = {(id(one.of), one.subject.line) for one in said if one.finding.rule == told}
    return (
        place
        for place, one in enumerate(said)
        if one.finding.rule == lesser and (id(one.of), one.subject.line) in lines
    )


def _number(claim: Claim) -> _Number:
    return patient_key(claim), claim.patient_control_number


def _day(one: Said) -> str:
    """The day of the visit a finding is about."""
    return one.of.visits[one.visit - 1].visit.date_of_service.isoformat()
