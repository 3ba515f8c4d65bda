"""A code is billed whose use by the treating person's profession is doubtful."""

from __future__ import annotations

import numpy as np

from quarterhour.rules.contract import Hits, Rule, choice, codes, given, holds, words
from quarterhour.rules.facts import Facts, IntArray


def find(facts: Facts, rows: IntArray) -> Hits:
    """Billed lines with a code named as doubtful for the credential of the treating person."""
    line = facts.line
    who = facts.visit.therapist_credential[line.visit[rows]]
    doubtful = np.zeros(rows.size, dtype=np.bool_)
    for credential, named in facts.doubtful_codes.items():
        of_it = who == credential
        if of_it.any():
            doubtful |= of_it & np.isin(line.code[rows], list(named))
    rows, who = rows[doubtful], who[doubtful]
    return Hits(rows, {"code": codes(line.code[rows]), "who": words(who, facts.provider_labels)})


RULE = Rule(
    code="ELG107",
    name="doubtful-code-for-provider",
    severity="warning",
    confidence="medium",
    persona="biller",
    kind="wrong_code",
    over="line",
    only_where=(holds("billed"), given("visit.therapist_credential")),
    applies="provider_eligibility",
    needs=("visit.therapist_credential",),
    message="{code} is doubtful from this profession, whose work has codes of its own: {who}",
    remedy=choice("Bill the code that describes the work, or ask the contractor before billing {code}."),
    sources=("cms-bpm-15-230",),
    find=find,
)
