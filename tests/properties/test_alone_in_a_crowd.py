"""A visit gets the same findings by itself, in any batch, in any order, however its record is cut up."""

import datetime as dt
import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.properties import visits as drawn

from quarterhour.domain.json import from_builtins
from quarterhour.domain.visit import Visit
from quarterhour.engine.compiled import ENOUGH
from quarterhour.engine.run import judge_visits
from quarterhour.policy import load
from quarterhour.rules.catalogue import catalogue
from quarterhour.rules.contract import VISIT_TABLES
from quarterhour.rules.pages import read_page
from quarterhour.workflows.reading import readings

TODAY = dt.date(2026, 11, 21)


def judged(visits):
    """The findings of each visit, and for each rule the number of visits it could not judge and why."""
    outcome = judge_visits(visits, load(), "medicare-b", TODAY, readings=readings(visits))
    return outcome.findings, sorted((u.rule, u.reason, u.visits) for u in outcome.not_checked)


def said(findings):
    """What the order of entry leaves alone: of two services begun at the same minute either may be named first."""
    return sorted((finding.rule, sorted(map(str, finding.numbers.values()))) for finding in findings)


@settings(max_examples=100)
@given(drawn.crowds, st.randoms(use_true_random=False))
def test_alone_equals_in_a_crowd(records, order_of):
    visits = [drawn.read(record) for record in records]
    alone = [judged([visit])[0][0] for visit in visits]
    assert judged(visits)[0] == alone
    order = list(range(len(visits)))
    order_of.shuffle(order)
    assert judged([visits[place] for place in order])[0] == [alone[place] for place in order]


def test_a_thousand_visits_at_once():
    """One crowd in which most rules find something in some visit, so that whatever looks beyond its rows shows."""
    draw = random.Random(11)
    visits = [drawn.read(drawn.visit(draw, who=place)) for place in range(1_000)]
    together, _ = judged(visits)
    beyond = Counter()
    for visit, findings in zip(visits, together, strict=True):
        alone = judged([visit])[0][0]
        beyond.update(finding.rule for finding in [*findings, *alone] if (finding in findings) != (finding in alone))
    assert beyond == {}
    heard = {finding.rule for findings in together for finding in findings}
    of_visits = [entry for entry in catalogue() if entry.rule.over in VISIT_TABLES]
    of_records = [entry for entry in of_visits if not entry.rule.over.startswith("note")]
    assert len(heard) > len(of_records) * 3 // 4


def test_what_is_not_checked_adds_up():
    """A rule that could not judge a visit by itself could not judge it in the crowd, and the other way round."""
    draw = random.Random(7)
    for _ in range(40):
        visits = [drawn.read(drawn.visit(draw, who=place)) for place in range(4)]
        apart = Counter()
        for visit in visits:
            apart.update({(rule, reason): count for rule, reason, count in judged([visit])[1]})
        assert Counter({(rule, reason): count for rule, reason, count in judged(visits)[1]}) == apart


def of_pages():
    """Every visit of every rule's examples, by example, so that each rule has something to say."""
    return [
        (f"{entry.code}:{example.line}", example.visits)
        for entry in catalogue()
        for example in read_page(entry.page).examples
        if example.visits
    ]


def made_strangers(number, records):
    """The records of an example with patients, people and numbers no other example has."""
    found = []
    for record in records:
        record = {**record}  # noqa: PLW2901 - the example itself must stay as it is
        for name in ("patient", "therapist", "billing_provider"):
            if name in record:
                key = "id" if name == "patient" else "npi"
                people = {**record[name]}
                if key in people:
                    people[key] = f"{number}-{people[key]}"
                elif "name" in people and name != "patient":
                    people["name"] = f"{number}-{people['name']}"
                record[name] = people
        found.append(from_builtins(record, Visit))
    return found


@pytest.fixture(scope="module")
def examples():
    return [(name, made_strangers(number, records)) for number, (name, records) in enumerate(of_pages())]


def test_every_rule_finds_the_same_in_a_crowd_of_all_examples(examples):
    """The drawn visits may never break some rule; the examples of its page do."""
    crowd = [visit for _, visits in examples for visit in visits]
    together, _ = judged(crowd)
    heard = set()
    place = 0
    for name, visits in examples:
        mine = together[place : place + len(visits)]
        place += len(visits)
        assert mine == judged(visits)[0], name
        heard |= {finding.rule for findings in mine for finding in findings}
    assert {entry.code for entry in catalogue() if entry.rule.over in VISIT_TABLES} - heard == set()


@pytest.mark.slow
def test_a_large_crowd_is_no_different():
    """The examples over and over, as strangers each time: enough lines that they are judged the way batches are."""
    pages = of_pages()
    size = sum(len(records) for _, records in pages)
    lines = sum(len(record.get("services", ())) for _, records in pages for record in records)
    times = 1 + ENOUGH // lines
    crowd = [
        visit
        for again in range(times)
        for number, (_, records) in enumerate(pages)
        for visit in made_strangers(f"{again}-{number}", records)
    ]
    found, _ = judged(crowd)
    alone = [
        findings
        for number, (_, records) in enumerate(pages)
        for findings in judged(made_strangers(f"0-{number}", records))[0]
    ]
    assert sum(len(visit.services) for visit in crowd) >= ENOUGH
    assert [found[again * size : (again + 1) * size] == alone for again in range(times)] == [True] * times


def split(record, place, minutes):
    """The record with one service entered as two."""
    service = record["services"][place]
    units = service["units"]
    one = {**service, "minutes": minutes, "units": units, "assistant_minutes": 0}
    two = {**service, "minutes": service["minutes"] - minutes, "units": 0}
    two.pop("charge", None)
    services = [*record["services"][:place], one, *record["services"][place + 1 :], two]
    return {**record, "services": services}


@settings(max_examples=100)
@given(drawn.records, st.integers(0, 5), st.integers(0, 240))
def test_a_service_entered_as_two_supports_the_same_units(record, place, minutes):
    """Fifteen minutes now and eight later are twenty-three minutes of the code."""
    usable = [
        number
        for number, service in enumerate(record.get("services", ()))
        if service.get("minutes") is not None and service.get("units")
    ]
    if not usable:
        return
    place = usable[place % len(usable)]
    minutes = min(minutes, record["services"][place]["minutes"])
    units = [entry for entry in catalogue() if entry.family == "units" and entry.rule.over in {"day", "code_day"}]
    whole = judge_visits([drawn.read(record)], load(), "medicare-b", TODAY, units)
    parted = judge_visits([drawn.read(split(record, place, minutes))], load(), "medicare-b", TODAY, units)
    assert said(parted.findings[0]) == said(whole.findings[0])


@settings(max_examples=100)
@given(drawn.records, st.randoms(use_true_random=False))
def test_the_order_of_services_changes_no_finding(record, order_of):
    """Every code on one line, as it is billed: of several lines of a code the first one stands for all."""
    services = list({service["code"]: service for service in record.get("services", ())}.values())
    record = {**record, **({"services": services} if services else {})}
    shuffled = sorted(services, key=lambda _: order_of.random())
    before, _ = judged([drawn.read(record)])
    after, _ = judged([drawn.read({**record, **({"services": shuffled} if services else {})})])
    assert said(after[0]) == said(before[0])
