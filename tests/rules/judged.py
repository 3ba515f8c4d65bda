"""What the rules say of the records of an example, visits or claims."""

import datetime as dt

from quarterhour.domain.claim import Claim
from quarterhour.domain.columns import to_columns
from quarterhour.domain.json import from_builtins
from quarterhour.domain.visit import Visit
from quarterhour.engine.run import judge_claim_columns, judge_claims, judge_columns, judge_visits
from quarterhour.policy import load
from quarterhour.workflows.reading import readings

TODAY = dt.date(2026, 11, 21)


def findings_of(examples, entries=None):
    """The findings of all records of the examples, in one list."""
    visits = [from_builtins(visit, Visit) for example in examples for visit in example.visits]
    claims = [from_builtins(claim, Claim) for example in examples for claim in example.claims]
    found = []
    if visits:
        found += judge_visits(visits, load(), "medicare-b", TODAY, entries, readings(visits)).findings
    if claims:
        found += judge_claims(claims, load(), "medicare-b", TODAY, entries).findings
    return [finding for of_record in found for finding in of_record]


def verdicts_of(example, entries):
    """The verdicts on one example."""
    visits = [from_builtins(visit, Visit) for visit in example.visits]
    if visits:
        columns = to_columns(Visit, visits)
        return judge_columns(columns, load(), "medicare-b", TODAY, entries, readings(visits))[1].verdicts
    claims = [from_builtins(claim, Claim) for claim in example.claims]
    return judge_claim_columns(to_columns(Claim, claims), load(), "medicare-b", TODAY, entries)[1].verdicts
