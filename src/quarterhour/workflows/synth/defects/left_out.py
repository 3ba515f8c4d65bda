"""Rules no defect is made for, with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from quarterhour.rules.catalogue import Entry
from quarterhour.rules.contract import CLAIM_TABLES

_NOTES: Final = ("note", "note_code", "note_activity")
#: Rules over visits whose sentence a single visit of the year cannot break, or not by itself.
_REASONS: Final = {
    "CLM117": "takes a second record of the visit, which breaks rules of units and times as well",
    "ELG108": "no profession began to bill in its own name within the year",
    "MOD105": "follows from MUE104: a code Medicare does not take is on no therapy list",
    "MOD111": "true of clean visits too: the truth names every visit above the amount",
    "MOD113": "no payer there are terms of refuses the X modifiers today",
    "MOD117": "no modifier for therapy lines began or ended within the year",
    "MOD202": "reads the text of a note",
    "POC110": "true of clean visits too: the truth names every visit that ends a report period",
    "POC120": "takes a course of visits without numbers",
    "PTP104": "on professional claims a modifier counts on either line since 2019-07-01",
    "PTP107": "follows from CLM101: nobody lists a code that there is not",
    "TIM107": "takes two visits",
    "UNT109": "no code of another length than a quarter hour is drawn",
}


def left_out(entries: Iterable[Entry]) -> dict[str, str]:
    """The reason by rule, of those no defect is made for."""
    found = {}
    for entry in entries:
        if entry.rule.over in CLAIM_TABLES:
            found[entry.code] = "is over claims, and visits are drawn"
        elif entry.rule.over in _NOTES:
            found[entry.code] = "reads the text of a note"
        elif entry.rule.over == "course":
            found[entry.code] = "takes a course of visits"
        elif entry.code in _REASONS:
            found[entry.code] = _REASONS[entry.code]
    return found
