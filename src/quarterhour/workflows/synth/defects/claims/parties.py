"""Defects of who is on a claim: patient, insured, payer and providers."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from quarterhour.domain.coverage import Coverage
from quarterhour.domain.people import PersonName, Provider
from quarterhour.workflows.synth.defects.claims.contract import (
    Billed,
    ClaimDefect,
    MadeClaim,
    on_claim,
    on_patient,
    on_provider,
)  # fmt: skip

_WRONG, _SHORT = "1234567890", "12345"
_OTHER_TAXONOMY = {"225100000X": "225X00000X", "225X00000X": "225100000X", "235Z00000X": "225100000X"}
_ASSISTANT_TAXONOMY = {"225100000X": "225200000X", "225X00000X": "224Z00000X"}
_NOT_SELF = "01"
_ANOTHER, _AN_ASSISTANT = "the taxonomy of another discipline", "the taxonomy of an assistant"


def _rendering(what: str, **changes: object) -> Callable[[Billed], MadeClaim | None]:
    """The rendering provider of a professional claim changed."""

    def make(billed: Billed) -> MadeClaim | None:
        return on_provider(billed, "rendering_provider", what, (), **changes) if billed.professional else None

    return make


def _no_rendering(billed: Billed) -> MadeClaim | None:
    if not billed.professional:
        return None
    return on_claim(billed, "nobody who furnished the services", rendering_provider=None)


def _taxonomy(of: dict[str, str], what: str, term: str, follows: str | None) -> Callable[[Billed], MadeClaim | None]:
    """The taxonomy of who furnished the services in another's place, where the payer has a term.

    What the claim says of the therapist otherwise is left out. ``follows`` is what the visit's own rule says where who
    may bill is asked for; None where that rule speaks alone, so that none is made there.
    """

    def make(billed: Billed) -> MadeClaim | None:
        provider = billed.claim.rendering_provider
        other = of.get(provider.taxonomy or "") if provider is not None else None
        if other is None or not billed.professional or not billed.asks(term):
            return None
        eligible = billed.asks("provider_eligibility")
        if eligible and follows is None:
            return None
        also = (follows,) if eligible and follows else ()
        return on_provider(billed, "rendering_provider", what, also, taxonomy=other, credential=None)

    return make


def _nobody_certified(billed: Billed) -> MadeClaim | None:
    if not billed.asks("certifying_provider"):
        return None
    stay = billed.stay and msgspec.structs.replace(billed.stay, attending=None)
    return on_claim(billed, "nobody who certified the plan", referring_provider=None, institutional=stay)


def _own_referral(billed: Billed) -> MadeClaim | None:
    if not billed.professional or not billed.asks("certifying_provider"):
        return None
    return on_claim(billed, "referred by who furnished it", referring_provider=billed.claim.rendering_provider)


def _referred_by_nobody(billed: Billed) -> MadeClaim | None:
    if not billed.professional or billed.claim.referring_provider is None or billed.asks("certifying_provider"):
        return None
    return on_claim(billed, "a referring provider without identifier", referring_provider=Provider(name="Rowan Hail"))


def _member_number(billed: Billed) -> MadeClaim | None:
    coverage = billed.claim.coverage
    if coverage is None or not billed.asks("medicare_member_id"):
        return None
    made = on_patient(billed, "a member id that is none of Medicare's", member_id=_SHORT)
    other = msgspec.structs.replace(coverage, member_id=_SHORT)
    return msgspec.structs.replace(made, claim=msgspec.structs.replace(made.claim, coverage=other))


def _no_payer(billed: Billed) -> MadeClaim:
    patient = msgspec.structs.replace(billed.patient, member_id=None)
    return on_claim(billed, "no payer that covers the patient", ("PTY115",), coverage=None, patient=patient)


def _insured_unnamed(billed: Billed) -> MadeClaim | None:
    coverage: Coverage | None = billed.claim.coverage
    if coverage is None or billed.asks("medicare_member_id"):
        return None
    other = msgspec.structs.replace(coverage, relationship=_NOT_SELF)
    return on_claim(billed, "insured by somebody nobody names", coverage=other)


def _no_billing_address(billed: Billed) -> MadeClaim | None:
    return on_provider(billed, "billing_provider", "no billing address", (), address=None)


def _unnamed_patient(billed: Billed) -> MadeClaim:
    return on_patient(billed, "no family name", name=PersonName(given="Aspen"))


DEFECTS = (
    ClaimDefect("PTY101", _rendering("an identifier with a wrong check digit", npi=_WRONG)),
    ClaimDefect("PTY102", _rendering("an identifier of five digits", npi=_SHORT)),
    ClaimDefect("PTY103", lambda billed: on_claim(billed, "nobody who bills", billing_provider=None), table_only=True),
    ClaimDefect("PTY104", _rendering("no identifier of who furnished the services", npi=None), table_only=True),
    ClaimDefect("PTY105", _no_rendering),
    ClaimDefect("PTY106", _rendering("a taxonomy that has no form of one", taxonomy="22510")),
    ClaimDefect("PTY107", _taxonomy(_OTHER_TAXONOMY, _ANOTHER, "discipline_modifiers", None)),
    ClaimDefect("PTY108", _taxonomy(_ASSISTANT_TAXONOMY, _AN_ASSISTANT, "provider_eligibility", "AST106")),
    ClaimDefect("PTY109", _nobody_certified),
    ClaimDefect("PTY110", _own_referral),
    ClaimDefect("PTY111", lambda billed: on_patient(billed, "no birth date", birth_date=None), table_only=True),
    ClaimDefect("PTY112", lambda billed: on_patient(billed, "no sex", sex=None), table_only=True),
    ClaimDefect("PTY113", _unnamed_patient, table_only=True),
    ClaimDefect("PTY114", lambda billed: on_patient(billed, "no address", address=None), table_only=True),
    ClaimDefect("PTY116", _member_number),
    ClaimDefect("PTY117", _no_billing_address, table_only=True),
    ClaimDefect("PTY118", _no_payer, table_only=True),
    ClaimDefect("PTY119", _insured_unnamed, table_only=True),
    ClaimDefect("PTY120", _referred_by_nobody),
)  # fmt: skip
