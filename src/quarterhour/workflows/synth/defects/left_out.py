"""Rules no defect is made for, with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from quarterhour.rules.catalogue import Entry
from quarterhour.workflows.synth.defects import CLAIM_DEFECTS, COURSE_DEFECTS, DEFECTS, NOTE_DEFECTS
from quarterhour.workflows.synth.defects.courses import TWO_PATIENTS

_REASONS: Final = {
    "CLM117": "of claims CLM208 says it: a claim billed again",
    "CLM201": "a claim is written with the sum of its lines, and a table has no column for another total",
    "CLM205": "no form holds a claim without lines",
    "DGN110": "takes an imported list of diagnoses",
    "DGN111": "takes an imported list of diagnoses",
    "DOC114": "takes a visit without a service, which a table of lines does not hold",
    "DOC115": "no layout of drawn notes heads a part with its day",
    "DOC116": "takes a visit without a service, which a table of lines does not hold",
    "ELG108": "no profession began to bill in its own name within the year",
    "INS107": "no form holds an institutional claim without a type of bill",
    "MOD105": "follows from MUE104: a code Medicare does not take is on no therapy list",
    "MOD111": "true of clean visits too: the truth names every visit above the amount",
    "MOD113": "no payer there are terms of refuses the X modifiers today",
    "MOD117": "no modifier for therapy lines began or ended within the year",
    "POC110": "true of clean visits too: the truth names every visit that ends a report period",
    "PTP104": "on professional claims a modifier counts on either line since 2019-07-01",
    "PTP107": "follows from CLM101: nobody lists a code that there is not",
    "PTY115": "follows from PTY118: who is not covered has no member id",
    "TIM210": "no layout of drawn notes tells the clock times of single services",
    "TIM211": "no drawn note tells of a co-treatment",
    "UNT109": "no code of another length than a quarter hour is drawn",
}


def made_for() -> frozenset[str]:
    """The rules a defect is made for."""
    made = (defect.rule for defects in (DEFECTS, NOTE_DEFECTS, COURSE_DEFECTS, CLAIM_DEFECTS) for defect in defects)
    return frozenset((*made, TWO_PATIENTS))


def left_out(entries: Iterable[Entry]) -> dict[str, str]:
    """The reason by rule, of those no defect is made for.

    Raises:
        KeyError: for a rule that has neither a defect nor a reason.

    """
    made = made_for()
    return {entry.code: _REASONS[entry.code] for entry in entries if entry.code not in made}
