"""What a rule over claims may read: the claims' own columns and the derived ones, as tables of integer arrays.

As ``rules.facts``, with claims for visits. What the policy is asked for is asked for *subjects*: every claim, by the
first day it bills, and after the claims every line, by its own day; so a claim across a change of policy is judged by
both. ``subject`` says which subject's day and payer's terms hold for a row, ``claim`` which claim a row belongs to and
``line`` which row of the line table stands for it in a report (-1: the claim as a whole).
"""

from __future__ import annotations

import msgspec

from quarterhour.rules.facts import BoolArray, IntArray, PolicyFacts

#: Who may stand on a claim, by their place in the record. The last is one of a line.
ROLES = (
    "billing_provider", "rendering_provider", "referring_provider", "ordering_provider", "supervising_provider",
    "service_facility", "attending_provider", "line",
)  # fmt: skip
#: The same for people.
ROLE_WORDS = (*(role.replace("_", " ") for role in ROLES[:-1]), "rendering provider of the line")
#: What a code of an institutional claim says, by its qualifier.
QUALIFIERS = {"BH": 0, "BG": 1, "BE": 2, "BI": 3}
OCCURRENCE, CONDITION, VALUE, SPAN = QUALIFIERS.values()
_NOT_SAID = "the record does not say what had accrued before the visit; what others billed is not among these visits"
#: Why a column can be lacking, where that is not the record's fault or its name says too little.
WHY_LACKING = {
    "told_twice": "the note tells of a co-treatment; the other discipline's visit, or the times of one, are not given",
    "accrued": _NOT_SAID,
    "visit.accrued": _NOT_SAID,
    "listing": "no list of ICD-10-CM codes of that day is at hand; `quarterhour policy import` takes the order file",
    "stated_charge": "the claim states no total of its own",
}
#: What a text that must have a form turns out to be.
WELL_FORMED, MALFORMED, WRONG_CHECK_DIGIT = 0, 1, 2


class ClaimFacts(msgspec.Struct, frozen=True):
    """One row a claim."""

    subject: IntArray
    line: IntArray
    claim: IntArray
    type: IntArray
    """0 professional, 1 institutional"""
    frequency: IntArray
    """the last place of the type of bill, ABSENT where it is no digit"""
    original_reference: BoolArray
    place_of_service: IntArray
    facility: IntArray
    """the first two places of the type of bill, ABSENT where there is none"""
    statement_from: IntArray
    statement_to: IntArray
    first_day: IntArray
    """first day of a line, ABSENT where no line has one"""
    last_day: IntArray
    first_year: IntArray
    """calendar year of ``first_day``, ABSENT where that is"""
    last_year: IntArray
    file_by: IntArray
    """last day on which the payer takes the claim, ABSENT where that is not known"""
    lines: IntArray
    diagnoses: IntArray
    charge: IntArray
    """sum of the lines' charges, ABSENT where one has none or there is no line"""
    stated_charge: IntArray
    patient_paid: IntArray
    birth_day: IntArray
    patient_given: BoolArray
    sex_given: BoolArray
    family_name_given: BoolArray
    address_given: BoolArray
    coverage_given: BoolArray
    member_given: BoolArray
    member_form: IntArray
    """WELL_FORMED or MALFORMED as a Medicare beneficiary identifier, ABSENT where there is no member id"""
    self_insured: BoolArray
    """the patient is the insured, as the relationship says"""
    insured_given: BoolArray
    """the insured is named apart from the patient"""
    given: dict[str, BoolArray]
    """by role of ``ROLES`` but the last: whether the claim names one"""
    rendered: BoolArray
    """the claim or all of its lines name who furnished the services, or a therapist bills"""
    own_referral: BoolArray
    """who furnished the services is named as referring as well"""
    onset: IntArray
    initial_treatment: IntArray
    last_seen: IntArray
    accident: IntArray
    accident_state_given: BoolArray
    auto_accident: BoolArray
    related_causes: IntArray
    therapy_lines: IntArray
    """lines with a code of the therapy list, or one a discipline modifier makes therapy"""
    attachments: IntArray


class ClaimLineFacts(msgspec.Struct, frozen=True):
    """One row a line of a claim."""

    subject: IntArray
    line: IntArray
    claim: IntArray
    number: IntArray
    """1-based place within the claim"""
    code: IntArray
    therapy: BoolArray
    """its code is always therapy, or it carries a discipline modifier"""
    evaluation: BoolArray
    timed: BoolArray
    day: IntArray
    day_to: IntArray
    """last day, ABSENT where the line has one day only"""
    units: IntArray
    charge: IntArray
    """cents; ``charge_given`` tells an absent one from one of -0.01"""
    charge_given: BoolArray
    modifiers: IntArray
    """bit set as ``LineFacts.modifiers``"""
    disciplines: IntArray
    """how many discipline modifiers"""
    discipline: IntArray
    """of the only discipline modifier, 1 + position in ``domain.visit.DISCIPLINES``; else 0"""
    pointers: IntArray
    pointer_beyond: IntArray
    """first pointer to a diagnosis the claim does not have, ABSENT if none"""
    repeated_pointer: IntArray
    place_of_service: IntArray
    """its own, else the claim's"""
    revenue: IntArray
    """ABSENT none, -2 not four digits"""
    renderer_discipline: IntArray
    """of the taxonomy of who furnished it, as ``ClaimProviderFacts.taxonomy_discipline``"""
    same_as: IntArray
    """number of an earlier line of the claim with the same code, day, modifiers, place, rendering provider, units and
    charge; ABSENT if none"""


class ClaimProviderFacts(msgspec.Struct, frozen=True):
    """One row a provider that a claim or one of its lines names."""

    subject: IntArray
    line: IntArray
    claim: IntArray
    role: IntArray
    """position in ``ROLES``"""
    npi: IntArray
    """WELL_FORMED, MALFORMED or WRONG_CHECK_DIGIT, ABSENT where there is none"""
    taxonomy: IntArray
    """WELL_FORMED or MALFORMED, ABSENT where there is none"""
    taxonomy_discipline: IntArray
    """1 + position in ``domain.visit.DISCIPLINES`` of the therapist the taxonomy names, 0 where it names none"""
    assistant_taxonomy: BoolArray
    """the taxonomy is an assistant's"""
    named: BoolArray
    address_given: BoolArray


class ClaimDiagnosisFacts(msgspec.Struct, frozen=True):
    """One row a diagnosis of a claim."""

    subject: IntArray
    line: IntArray
    claim: IntArray
    number: IntArray
    """1-based place within the claim"""
    malformed: BoolArray
    same_as: IntArray
    """number of an earlier diagnosis of the claim that is the same code, ABSENT if none"""
    listing: IntArray
    """how it stands in the code set of the claim's first day (``policy.diagnoses``); ABSENT where none speaks for it"""
    release: IntArray
    """which of ``FactsOfClaims.releases`` says so, ABSENT where none does"""
    external_cause: BoolArray
    pointed_to: BoolArray
    """a line points to it"""


class ClaimCodeFacts(msgspec.Struct, frozen=True):
    """One row an occurrence, condition or value code of an institutional claim."""

    subject: IntArray
    line: IntArray
    claim: IntArray
    qualifier: IntArray
    """position in ``QUALIFIERS``, ABSENT for another"""
    code: IntArray
    """the code as a number, ABSENT where it is not two digits"""
    day: IntArray
    """the date it carries, ABSENT where it has none that can be read"""


class RepeatFacts(msgspec.Struct, frozen=True):
    """One row a line that an earlier claim of the batch bills as well: same payer, patient, day, code and provider."""

    subject: IntArray
    line: IntArray
    claim: IntArray
    other_claim: IntArray
    other_line: IntArray
    same_modifiers: BoolArray
    same_type: BoolArray


class FactsOfClaims(PolicyFacts, frozen=True, kw_only=True):
    """All tables of a batch of claims.

    ``control_numbers`` are the claims' own numbers, for naming one beside it; ``releases`` are those of the code set of
    diagnoses that are at hand.
    """

    claim: ClaimFacts
    claim_line: ClaimLineFacts
    claim_provider: ClaimProviderFacts
    claim_diagnosis: ClaimDiagnosisFacts
    claim_code: ClaimCodeFacts
    repeat: RepeatFacts
    control_numbers: tuple[str, ...]
    releases: tuple[str, ...]
