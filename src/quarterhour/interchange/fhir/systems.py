"""The code systems and identifiers FHIR R4 files name, and the names of ours where FHIR has no word.

Systems of others are named by their published URIs. Ours are ``urn:quarterhour:`` names: they claim no address on the
web, and nothing needs to be fetched to read them.
"""

from __future__ import annotations

import re
from typing import Final

_OURS: Final = "urn:quarterhour:"

CPT: Final = "http://www.ama-assn.org/go/cpt"
HCPCS: Final = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
ICD_10_CM: Final = "http://hl7.org/fhir/sid/icd-10-cm"
NPI: Final = "http://hl7.org/fhir/sid/us-npi"
TAX_ID: Final = "urn:oid:2.16.840.1.113883.4.4"
TAXONOMY: Final = "http://nucc.org/provider-taxonomy"
PLACE_OF_SERVICE: Final = "https://www.cms.gov/Medicare/Coding/place-of-service-codes/Place_of_Service_Code_Set"
REVENUE: Final = "https://www.nubc.org/CodeSystem/RevenueCodes"
UCUM: Final = "http://unitsofmeasure.org"
ADJUSTMENT_GROUP: Final = "https://x12.org/codes/claim-adjustment-group-codes"
ADJUSTMENT_REASON: Final = "https://x12.org/codes/claim-adjustment-reason-codes"
IDENTIFIER_TYPE: Final = "http://terminology.hl7.org/CodeSystem/v2-0203"
ACT: Final = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
PARTICIPATION: Final = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType"
CLAIM_TYPE: Final = "http://terminology.hl7.org/CodeSystem/claim-type"
PRIORITY: Final = "http://terminology.hl7.org/CodeSystem/processpriority"
CARE_TEAM: Final = "http://terminology.hl7.org/CodeSystem/claimcareteamrole"
CARIN_CARE_TEAM: Final = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBClaimCareTeamRole"
INFORMATION: Final = "http://terminology.hl7.org/CodeSystem/claiminformationcategory"
ADJUDICATION: Final = "http://terminology.hl7.org/CodeSystem/adjudication"
RELATED_CLAIM: Final = "http://terminology.hl7.org/CodeSystem/ex-relatedclaimrelationship"
RELATIONSHIP: Final = "http://terminology.hl7.org/CodeSystem/subscriber-relationship"
COVERAGE_CLASS: Final = "http://terminology.hl7.org/CodeSystem/coverage-class"
SOURCE_OF_PAYMENT: Final = "https://nahdo.org/sopt"
SELF_PAY: Final = "http://terminology.hl7.org/CodeSystem/coverage-selfpay"
FILING: Final = "https://x12.org/codes/claim-filing-indicator-codes"
DATA_ABSENT: Final = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
USD: Final = "USD"
MINUTES: Final = "min"

#: Under which other names the same systems are met.
_ALSO: Final = {
    CPT: {"https://www.ama-assn.org/go/cpt", "urn:oid:2.16.840.1.113883.6.12"},
    HCPCS: {
        "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets",
        "urn:oid:2.16.840.1.113883.6.285",
        "urn:oid:2.16.840.1.113883.6.14",
    },
    ICD_10_CM: {"https://hl7.org/fhir/sid/icd-10-cm", "urn:oid:2.16.840.1.113883.6.90"},
    NPI: {"https://hl7.org/fhir/sid/us-npi", "urn:oid:2.16.840.1.113883.4.6"},
    TAXONOMY: {"https://nucc.org/provider-taxonomy", "urn:oid:2.16.840.1.113883.6.101"},
    PLACE_OF_SERVICE: {
        f"{PLACE_OF_SERVICE}.html",
        PLACE_OF_SERVICE.replace("https:", "http:"),
        "https://www.cms.gov/Medicare/Coding/place-of-service-codes",
    },
    UCUM: {"urn:oid:2.16.840.1.113883.6.8"},
    SOURCE_OF_PAYMENT: {"http://nahdo.org/sopt", "https://www.nahdo.org/sopt", "urn:oid:2.16.840.1.113883.3.221.5"},
}
#: Procedure codes and modifiers of CPT begin with a digit; so do no others.
_OF_CPT: Final = re.compile(r"[0-9].*")


def ours(name: str) -> str:
    """Our name for something FHIR has no word for: an extension, a code system or a system of identifiers."""
    return _OURS + name.replace("_", "-").lower()


def is_of(system: object, wanted: str) -> bool:
    """Whether a system is the one wanted, under any of the names it goes by; what is no text is none."""
    if not isinstance(system, str):
        return False
    plain = system.rstrip("/")
    return plain == wanted or plain in _ALSO.get(wanted, ())


def system_of(code: str) -> str:
    """The code system of a procedure code or modifier: CPT where it begins with a digit, else HCPCS Level II."""
    return CPT if _OF_CPT.fullmatch(code) else HCPCS


#: Systems of ours.
PATIENT: Final = ours("patient")
VISIT: Final = ours("visit")
GOAL: Final = ours("goal")
PAYER: Final = ours("payer")
SETTING: Final = ours("setting")
DISCIPLINE: Final = ours("discipline")
ROLE: Final = ours("role")
RULE: Final = ours("rule")
