"""The facts of a visit: its own columns as numbers, and sums over its lines."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
from numpy.typing import NDArray

from quarterhour.domain.columns import ABSENT
from quarterhour.domain.visit import DISCIPLINES
from quarterhour.engine.derive.batch import Batch, setting_number, translate
from quarterhour.engine.derive.npis import wrong_npis
from quarterhour.engine.derive.patients import patients
from quarterhour.policy import Policy
from quarterhour.rules.facts import OCCUPATIONAL, LineFacts, VisitFacts

IntArray = NDArray[np.int64]
#: The form of an ICD-10-CM code: letter, digit, letter or digit, then up to four after the point (written or not).
DIAGNOSIS: Final = re.compile(r"[A-Z]\d[0-9A-Z](\.?[0-9A-Z]{1,4})?")

#: How long a plan lasts as people write it: "8 weeks", "6-8 wks", "90 days", "3 months"; of a range the longer.
_DURATION: Final = re.compile(r"(?:\d+ *(?:-|to) *)?(\d+)[ -]*(d|w|m)(?:ay|k|eek|o|onth)?s?\b", re.IGNORECASE)
_DAYS_OF: Final = {"d": 1, "w": 7, "m": 31}


def visit_facts(batch: Batch, lines: LineFacts, policy: Policy) -> VisitFacts:
    """Fill the visit table."""
    table, texts = batch.visits, batch.columns.texts.values
    rows = np.arange(batch.count)
    patient, parted = patients(batch)
    therapist = table["therapist.npi"]
    therapist = np.where(therapist == ABSENT, table["therapist.name"], therapist)
    discipline = translate(table["discipline"], lambda text: DISCIPLINES.index(text) + 1, texts, absent=0)
    accrued = np.where(discipline == OCCUPATIONAL, table["accrued.ot"], table["accrued.pt_slp"])

    def credential(column: str) -> IntArray:
        return translate(table[column], policy.providers.row, texts)

    def given(column: str) -> NDArray[np.bool_]:
        there: NDArray[np.bool_] = table[column] != ABSENT
        return there

    who = credential("therapist.credential")
    timed = lines.in_total
    timed_missing = batch.services.sums(timed & (lines.minutes == ABSENT)) > 0
    charge_missing = batch.services.sums(lines.billed & (lines.charge == ABSENT)) > 0
    diagnoses = table.children["plan_of_care.diagnoses"]
    malformed = translate(
        diagnoses["value"], lambda text: int(DIAGNOSIS.fullmatch(text.strip().upper()) is None), texts
    )
    malformed_npis, failed_npis = wrong_npis(batch, policy)
    return VisitFacts(
        visit=rows,
        line=np.full(batch.count, ABSENT),
        day=batch.days,
        discipline=discipline,
        payer=batch.terms_of,
        setting=translate(table["setting"], setting_number, texts),
        claim_type=batch.term("claim_type"),
        edit_table=np.array([one.edit_table for one in batch.terms], dtype=np.int64)[batch.terms_of],
        place_of_service=translate(table["place_of_service"], int, texts),
        patient=patient,
        patient_given=given("patient.id"),
        patient_parted=parted,
        birth_day=table["patient.birth_date"],
        therapist=therapist,
        therapist_credential=who,
        therapist_standing=np.where(who >= 0, policy.providers.column("standing")[who], ABSENT),
        assistant_given=table["assistant?"] == 1,
        assistant_credential=credential("assistant.credential"),
        supervisor_credential=credential("supervisor.credential"),
        malformed_npis=malformed_npis,
        failed_npis=failed_npis,
        plan_given=table["plan_of_care?"] == 1,
        plan_established=table["plan_of_care.established"],
        first_treatment=table["plan_of_care.first_treatment"],
        certified=table["plan_of_care.certified_on"],
        certified_through=table["plan_of_care.certified_through"],
        certifier_credential=credential("plan_of_care.certified_by.credential"),
        order_signed=table["plan_of_care.order_signed_on"],
        sent_to_referrer=table["plan_of_care.sent_to_referrer_on"],
        visit_number=table["plan_of_care.visit_number"],
        last_progress_report_visit=table["plan_of_care.last_progress_report_visit"],
        goals=table.children["plan_of_care.goals"].counts(),
        diagnoses=diagnoses.counts(),
        malformed_diagnoses=diagnoses.sums(malformed),
        frequency_given=given("plan_of_care.frequency"),
        duration_given=given("plan_of_care.duration"),
        plan_days=translate(table["plan_of_care.duration"], _days, texts),
        total_treatment_minutes=table["total_treatment_minutes"],
        total_timed_minutes=table["total_timed_minutes"],
        timed_minutes=np.where(timed_missing, ABSENT, batch.services.sums(np.where(timed, lines.minutes, 0))),
        all_minutes=batch.services.sums(np.maximum(lines.minutes, 0)),
        accrued=accrued,
        charges=np.where(charge_missing, ABSENT, batch.services.sums(np.where(lines.billed, lines.charge, 0))),
        lines=batch.services.counts(),
        billed_lines=batch.services.sums(lines.billed),
        note_given=given("note.text"),
        signed=given("note.signed_by"),
        signed_day=table["note.signed_on"],
    )


def _days(duration: str) -> int:
    """The days a duration in words lasts, a month taken as long as months get; ABSENT where the words are not read."""
    said = _DURATION.search(duration)
    return ABSENT if said is None else int(said[1]) * _DAYS_OF[said[2].lower()]
