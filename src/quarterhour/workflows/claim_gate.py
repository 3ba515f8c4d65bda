"""What is said of claims before they are written: of their visits, of the claims, and of the form they are written in.

A visit record is judged by the claims its setting sends. Where a claim is written in another form, other tables hold
(pair edits and unlikely units differ by type of claim), so its visits are judged once more as the claim states them:
what `check` would say of the file that is written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from quarterhour.domain.claim import Claim
from quarterhour.domain.finding import RANK
from quarterhour.domain.visit import Visit
from quarterhour.engine.run import judge_claims, judge_visits
from quarterhour.policy import Policy
from quarterhour.policy.payers import WORDS
from quarterhour.rules.catalogue import Entry
from quarterhour.workflows.asked import day_of, policy_of
from quarterhour.workflows.check import Wish, chosen
from quarterhour.workflows.claim_visits import OF_RECORDS_ALONE, judged_on_claims, visits_of_claim
from quarterhour.workflows.report import plain_finding

#: What is told; information is `check`'s to tell.
_TOLD: Final = ("error", "warning")
_CLAIM_TYPE: Final = "claim_type"
_NOWHERE: Final = ("", "")  # of a record without an id nothing tells on which claim it is billed
Made = tuple[Claim, tuple[Visit, ...]]


class Gate(msgspec.Struct, frozen=True):
    """Findings of level error and warning, errors first; and the claims that another form would carry.

    One of ``other_form`` has ``claim_id``, ``payer``, ``setting``, the ``claim_type`` the payer's terms name for it,
    the type that is ``written``, and the ``source`` and ``evidence`` of the term.
    """

    findings: list[dict[str, Any]]
    other_form: list[dict[str, str]]


def judged_as_written(made: Sequence[Made], of_records: Iterable[Mapping[str, Any]], wish: Wish) -> Gate:
    """What is said of claims, each with its visits; ``of_records`` was found in the records themselves."""
    policy, today = policy_of(wish.policy_folders), day_of(wish.today)
    entries = chosen(wish.select, wish.ignore, wish.persona)
    claims = [claim for claim, _ in made]
    records = [dict(one) for one in of_records if one["severity"] in _TOLD and one["rule"] not in OF_RECORDS_ALONE]
    other_form = [row for claim, visits in made if (row := _other_form(claim, visits, policy))]
    outcome = judge_claims(claims, policy, "", today, entries)
    found = records + [plain_finding(one) for of_claim in outcome.findings for one in of_claim]
    if other_form:
        others = {row["claim_id"] for row in other_form}
        billed = {
            visit.visit_id: (claim.patient_control_number, visit.date_of_service.isoformat())
            for claim, visits in made
            for visit in visits
            if visit.visit_id is not None
        }
        said = {(one["rule"], *billed.get(one["visit_id"], _NOWHERE), one["code"]) for one in records}
        found += _of_visits(claims, others, said, policy, today, entries)
    told = [one for one in found if one["severity"] in _TOLD]
    return Gate(sorted(told, key=lambda one: RANK[one["severity"]]), other_form)


def _other_form(claim: Claim, visits: Sequence[Visit], policy: Policy) -> dict[str, str] | None:
    """What is told of a claim whose payer takes the other type of claim for the setting of its visits; else None.

    A claim is of one setting; visits that name none are of no form in particular.
    """
    setting, day = visits[0].setting, visits[0].date_of_service.toordinal()
    if setting is None:
        return None
    terms = policy.payers.terms(claim.payer, setting, day)
    number, value = terms.number(_CLAIM_TYPE), terms.value(_CLAIM_TYPE)
    if number < 0 or value is None or WORDS[_CLAIM_TYPE][number] == claim.claim_type:
        return None
    return {
        "claim_id": claim.patient_control_number, "payer": claim.payer, "setting": setting,
        "claim_type": WORDS[_CLAIM_TYPE][number], "written": claim.claim_type,
        "source": value.source.title, "evidence": value.evidence,
    }  # fmt: skip


def _of_visits(
    claims: Sequence[Claim], others: Collection[str], said: Collection[tuple[str, str, str, str | None]],
    policy: Policy, today: dt.date, entries: Sequence[Entry],
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """What is found in the visits of claims as the claims state them, of those named ``others``.

    All claims are judged, for what patients have on other claims counts. What is ``said`` already (rule, claim, day,
    code) is left out.
    """
    can, _ = judged_on_claims(entries)
    billed = [(claim, one) for claim in claims for one in visits_of_claim(claim, policy).visits]
    outcome = judge_visits([one.visit for _, one in billed], policy, "", today, can)
    for (claim, one), findings in zip(billed, outcome.findings, strict=True):
        if claim.patient_control_number not in others:
            continue
        for finding in findings:
            row = plain_finding(finding)
            day = one.visit.date_of_service.isoformat()
            if (row["rule"], claim.patient_control_number, day, row["code"]) not in said:
                row["claim_id"] = claim.patient_control_number
                row["line"] = None if finding.line is None else one.lines[finding.line - 1] + 1
                yield row
