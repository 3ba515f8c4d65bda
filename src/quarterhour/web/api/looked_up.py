"""GET addresses of what holds nothing of a patient: codes, pairs, contractors, prices, rules, policy, health."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import Response

from quarterhour.web.api import shapes
from quarterhour.web.api.answers import Answer
from quarterhour.web.api.documented import answers
from quarterhour.web.asked import Started
from quarterhour.workflows.code import code as card_of
from quarterhour.workflows.explain import explain
from quarterhour.workflows.mac import mac
from quarterhour.workflows.pair import pair as pair_of
from quarterhour.workflows.policy_list import policy_list
from quarterhour.workflows.price import price_written
from quarterhour.workflows.rule_list import rule_list
from quarterhour.workflows.tool import standing

router = APIRouter()
On = Annotated[str | None, Query(description="Date of service, such as 2026-03-04; today if not given.")]
Claim = Literal["professional", "institutional"]


@router.get("/codes/{code}", response_class=Answer, responses=answers(shapes.CODE))
def code(
    started: Started, code: str, with_code: Annotated[str | None, Query(alias="with")] = None, on: On = None
) -> Response:
    """What is known of a procedure code; with another, the two side by side and the edits between them."""
    return Answer(card_of(code, with_code=with_code, on=on, policy_folders=started.policy_folders))


@router.get("/pairs/{one}/{other}", response_class=Answer, responses=answers(shapes.PAIR))
def pair(started: Started, one: str, other: str, on: On = None, claim: Claim = "professional") -> Response:
    """Whether an NCCI edit stands between two codes, since when, and what can bypass it."""
    return Answer(pair_of(one, other, on=on, claim=claim, policy_folders=started.policy_folders))


@router.get("/contractors/{place}", response_class=Answer, responses=answers(shapes.CONTRACTOR))
def contractor(
    started: Started,
    place: str,
    carrier: Annotated[bool, Query(description="The place is the Part B number of a contractor.")] = False,
    on: On = None,
) -> Response:
    """The Medicare contractor of a state, a ZIP code or a payment locality, and its local policies of therapy."""
    return Answer(mac(place, carrier=carrier, on=on, policy_folders=started.policy_folders))


@router.get("/price", response_class=Answer, responses=answers(shapes.PRICE))
def price(
    started: Started,
    code: Annotated[list[str], Query(description="97530x2 or 97530:CQx2; may be repeated.", min_length=1)],
    zip: str | None = None,  # noqa: A002 - the word of the contract
    locality: str | None = None,
    national: bool = False,
    on: On = None,
    claim: Claim = "professional",
    qualifying: bool = False,
    facility: bool = False,
    deductible_left: str = "0.00",
) -> Response:
    """What the services of one patient, day and billing provider come to by the Medicare fee schedule."""
    return Answer(
        price_written(
            code,
            zip=zip,
            locality=locality,
            national=national,
            on=on,
            claim=claim,
            qualifying=qualifying,
            facility=facility,
            deductible_left=deductible_left,
            policy_folders=started.policy_folders,
        )
    )


@router.get("/rules", response_class=Answer, responses=answers(shapes.RULES))
def rules(
    started: Started,
    payer: str | None = None,
    on: On = None,
    persona: str | None = None,
    family: str | None = None,
    severity: str | None = None,
) -> Response:
    """The rules that concern what is named; without names, all."""
    return Answer(
        rule_list(
            payer=payer,
            on=on,
            persona=persona,
            family=family,
            severity=severity,
            policy_folders=started.policy_folders,
        )
    )


@router.get("/rules/{rule}", response_class=Answer, responses=answers(shapes.RULE))
def rule(started: Started, rule: str, on: On = None) -> Response:
    """The page of a rule, with the values it reads on a date and its sources."""
    return Answer(explain(rule, on=on, policy_folders=started.policy_folders))


@router.get("/policy", response_class=Answer, responses=answers(shapes.POLICY))
def policy() -> Response:
    """Which tables answer, built-in and imported, with their dates and hashes."""
    return Answer(policy_list())


@router.get("/health", response_class=Answer, responses=answers(shapes.HEALTH))
def health(started: Started) -> Response:
    """That it answers, and by what version and policy."""
    return Answer(standing(started.policy_folders))
