"""The visits a claim bills: one a day and discipline, with no more in them than the claim itself states."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final, cast

import msgspec

from quarterhour.domain.claim import Claim, Line
from quarterhour.domain.visit import Discipline, PlanOfCare, Provider, Service, Setting, Visit
from quarterhour.policy import NotKnown, Policy, UnknownName
from quarterhour.policy.payers import WORDS
from quarterhour.rules.catalogue import Entry

#: Why a claim, or lines of one, are not judged.
VOID: Final = "a void asks for nothing"
NO_TERMS: Final = "whose terms hold is not known from the claim filing indicator; --payer says it"
NO_SUCH_PAYER: Final = "it names a payer there are no terms of; --payer names one whose terms hold"
NO_SETTING: Final = "a type of bill under which outpatient therapy is not known to be billed"
NO_DAY: Final = "a line without a date of service, or with an impossible one"
SEVERAL_DAYS: Final = "a line of several days belongs to no one visit"
#: What is said of rules that a claim gives nothing to judge by.
NO_RECORD: Final = "a claim has no note, no minutes, no plan of care"

#: Kinds of rules that ask for what a record or a note has and a claim has not.
_OF_RECORDS: Final = frozenset({"documentation", "necessity", "plan_of_care", "time_conflict", "wrong_code"})
_OF_NOTES: Final = "note"
#: They ask for clock times or a note of two services, of which a claim has neither, so that silence says nothing.
_OF_CLOCKS: Final = frozenset({"MOD122", "PTP106"})
#: They ask of a record what PTY101 and PTY102 ask of a claim.
OF_RECORDS_ALONE: Final = frozenset({"PTY121", "PTY122"})
_SYSTEM: Final = "claims/lists:diagnosis_system"
_ICD_10: Final = "ICD-10-CM"
_VOID: Final = "8"
_DISCIPLINES: Final = "discipline"
_THERAPIST: Final = "qualified"
_OFFICE: Final = "place_11"
_STATE_LENGTH: Final = 2
_FACILITY_LENGTH: Final = 2


class ClaimVisit(msgspec.Struct, frozen=True, gc=False):
    """A visit, and for each of its services the place of its line in ``claim.lines``, from 0."""

    visit: Visit
    lines: tuple[int, ...]


class ClaimVisits(msgspec.Struct, frozen=True, gc=False):
    """What a claim comes to: its visits, and why lines are in none, with their number."""

    visits: tuple[ClaimVisit, ...]
    left_out: tuple[tuple[str, int], ...] = ()


def named_payer(claim: Claim, policy: Policy, payer: str | None = None) -> Claim | None:
    """The claim with the payer whose terms hold: ``payer``, else its own, else that of its claim filing indicator on
    the last day it bills. None where the indicator tells of no terms.
    """
    days = [line.date_of_service for line in claim.lines if line.date_of_service]
    name = payer or claim.payer
    if not name and claim.coverage and days:
        name = _named(policy, f"claims/filing:{claim.coverage.filing}", max(days)) or ""
    return msgspec.structs.replace(claim, payer=name) if name else None


def visits_of_claim(claim: Claim, policy: Policy) -> ClaimVisits:
    """The visits of a claim whose payer is named.

    The discipline is that of GP, GO or GN; lines without one are a visit of their own, of no discipline. Setting,
    credential and discipline that the claim does not tell stay absent, so that rules which need them say so.
    """
    days = [line.date_of_service for line in claim.lines if line.date_of_service]
    day = max(days, default=None)
    if day is None:
        return ClaimVisits((), _counted([NO_DAY] * len(claim.lines)))
    setting = setting_of(claim, policy, day)
    if claim.frequency == _VOID or (claim.claim_type == "institutional" and setting is None):
        return ClaimVisits((), ((VOID if claim.frequency == _VOID else NO_SETTING, len(claim.lines)),))
    if not _fits(claim, policy, setting, day):
        setting = None
    left_out: list[str] = []
    groups: dict[tuple[dt.date, str | None], list[int]] = {}
    for place, line in enumerate(claim.lines):
        if line.date_of_service is None:
            left_out.append(NO_DAY)
        elif line.date_to is not None and line.date_to != line.date_of_service:
            left_out.append(SEVERAL_DAYS)
        else:
            groups.setdefault((line.date_of_service, discipline_of(line, policy)), []).append(place)
    ordered = sorted(groups.items(), key=lambda one: (one[0][0], one[0][1] or ""))
    visits = tuple(
        ClaimVisit(_visit(claim, of_day, discipline, places, setting, policy, ordered), tuple(places))
        for (of_day, discipline), places in ordered
    )
    return ClaimVisits(visits, _counted(left_out))


def judged_on_claims(entries: Sequence[Entry]) -> tuple[list[Entry], list[Entry]]:
    """The rules a claim can be judged by, and those that need what only a record has.

    In neither are those of which a claim has its own.
    """
    entries = [entry for entry in entries if entry.code not in OF_RECORDS_ALONE]
    cannot = {
        entry.code
        for entry in entries
        if entry.kind in _OF_RECORDS or entry.rule.over.startswith(_OF_NOTES) or entry.code in _OF_CLOCKS
    }
    can = [entry for entry in entries if entry.code not in cannot]
    return can, [entry for entry in entries if entry.code in cannot]


def setting_of(claim: Claim, policy: Policy, day: dt.date) -> Setting | None:
    """The setting a type of bill or a place of service tells of."""
    if claim.institutional is not None:
        found = _named(policy, f"claims/settings:facility_{claim.institutional.facility[:_FACILITY_LENGTH]}", day)
        return cast("Setting | None", found)
    name = f"place_{claim.place_of_service}"
    if name == _OFFICE and not _is_therapist(claim.rendering_provider, policy):
        return None
    return cast("Setting | None", _named(policy, f"claims/settings:{name}", day))


def discipline_of(line: Line | Service, policy: Policy) -> Discipline | None:
    """The discipline whose plan of care a line's modifiers name; None if there is none, or more than one."""
    found = {
        card.discipline
        for modifier in line.modifiers
        if modifier in policy.modifiers and (card := policy.modifiers.card(modifier)).group == _DISCIPLINES
    }
    return cast("Discipline | None", found.pop() if len(found) == 1 else None)


def _fits(claim: Claim, policy: Policy, setting: Setting | None, day: dt.date) -> bool:
    """Whether claims of a setting are of this claim's type under the payer's terms."""
    number = policy.payers.terms(claim.payer, setting, day.toordinal()).number("claim_type")
    return number < 0 or WORDS["claim_type"][number] == claim.claim_type


def _visit(
    claim: Claim, day: dt.date, discipline: str | None, places: Sequence[int], setting: Setting | None, policy: Policy,
    groups: Sequence[tuple[tuple[dt.date, str | None], list[int]]],
) -> Visit:  # fmt: skip
    """The visit of one day and discipline; who rendered it is the line's where all its lines name the same."""
    lines = [claim.lines[place] for place in places]
    several = sum(of_day == day for (of_day, _), _ in groups) > 1
    parts = [claim.patient_control_number, day.isoformat(), *([discipline or "other"] if several else [])]
    rendering = [line.rendering_provider or claim.rendering_provider for line in lines]
    one_alone = all(who == rendering[0] for who in rendering)
    where = claim.service_facility or claim.billing_provider
    address = (where.address if where else None) or {}
    state = address.get("state", "")
    return Visit(
        date_of_service=day,
        visit_id="/".join(parts),
        payer=claim.payer,
        setting=setting,
        place_of_service=lines[0].place_of_service or claim.place_of_service,
        state=state if len(state) == _STATE_LENGTH and state.isalpha() else None,
        zip=address.get("zip"),
        discipline=cast("Discipline | None", discipline),
        patient=claim.patient,
        therapist=_with_credential(rendering[0], policy) if one_alone else None,
        supervisor=_with_credential(claim.supervising_provider, policy),
        referring_provider=claim.referring_provider,
        billing_provider=claim.billing_provider,
        plan_of_care=_diagnoses(claim, day, policy),
        services=tuple(
            Service(
                code=line.code,
                units=line.units,
                modifiers=line.modifiers,
                charge=line.charge,
                diagnosis_pointers=line.diagnosis_pointers,
            )
            for line in lines
        ),
        prior_authorization=claim.prior_authorization,
        coverage=claim.coverage,
        other_coverages=claim.others or None,
    )


def _diagnoses(claim: Claim, day: dt.date, policy: Policy) -> PlanOfCare | None:
    """The diagnoses, where those of the day are ICD-10-CM; no rule reads the codes before."""
    if not claim.diagnoses or _named(policy, _SYSTEM, day) != _ICD_10:
        return None
    return PlanOfCare(diagnoses=claim.diagnoses)


def _with_credential(who: Provider | None, policy: Policy) -> Provider | None:
    """A provider with the credential that has their taxonomy, where one alone has it."""
    if who is None or who.credential or not who.taxonomy:
        return who
    card = policy.providers.card_of_taxonomy(who.taxonomy)
    return msgspec.structs.replace(who, credential=card.credential) if card else who


def _is_therapist(who: Provider | None, policy: Policy) -> bool:
    """Whether a provider is a therapist by taxonomy: qualified in one discipline, which no physician is."""
    card = policy.providers.card_of_taxonomy(who.taxonomy) if who and who.taxonomy else None
    return card is not None and card.standing == _THERAPIST and len(card.disciplines) == 1


def _named(policy: Policy, name: str, day: dt.date) -> str | None:
    try:
        return str(policy.parameter(name).on(day).value)
    except (NotKnown, UnknownName):
        return None


def _counted(reasons: Iterable[str]) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for reason in reasons:
        found[reason] = found.get(reason, 0) + 1
    return tuple(found.items())
