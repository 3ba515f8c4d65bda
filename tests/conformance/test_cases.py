"""Published worked cases, told in our words, put to the engine; and the collection they were told from, where it is."""

import dataclasses
import datetime as dt
import itertools

import pytest
from tests.conformance.cases import ON, Case, answer, collected, ours

import quarterhour
from quarterhour.domain.code import code_text
from quarterhour.domain.columns import to_columns
from quarterhour.domain.json import from_builtins
from quarterhour.domain.visit import Visit
from quarterhour.engine.run import judge_columns
from quarterhour.policy import load

UNITS = [*ours("units.yaml"), *ours("slips.yaml")]
ASSISTANTS = ours("assistants.yaml")
CASES = [*UNITS, *ASSISTANTS]
COLLECTION = ("units.yaml", "assistant.yaml")
#: Not read at a source; nothing is held against it.
UNVERIFIED = "memory"


def derived(visit: dict):
    columns = to_columns(Visit, [from_builtins(visit, Visit)])
    return judge_columns(columns, load(), "medicare-b", dt.date(2026, 11, 21), [])[1].facts


def allocations(case: Case) -> set[frozenset[tuple[str, int]]]:
    """Every way the engine lets the day's timed units be dealt to its codes."""
    facts = derived(case.visit())
    codes = facts.code_day
    rows = [row for row in range(codes.code.size) if codes.timed[row]]
    if not rows:
        return {frozenset()}
    assert facts.day.visit.size == 1
    ranges = [range(codes.units_low[row], codes.units_high[row] + 1) for row in rows]
    return {
        frozenset((code_text(codes.code[row]), units) for row, units in zip(rows, way, strict=True) if units)
        for way in itertools.product(*ranges)
        if sum(way) == facts.day.units_allowed[0]
    }


def timed(case: Case) -> set[frozenset[tuple[str, int]]]:
    """The case's answers, its untimed codes left out and units of one code summed."""
    card = load().codes.card
    ways = set()
    for way in case.answers:
        codes = {code for code, _, _ in way if card(code).timed}
        ways.add(frozenset((one, sum(units for code, _, units in way if code == one)) for one in codes))
    return ways


def assistant_units(case: Case) -> dict[str, tuple[int, int]]:
    """For every code with units the fewest and most of them that need CQ or CO, the units being those of the case."""
    way = min(case.answers, key=sorted)
    visit = case.visit(case.since)
    for service in visit["services"]:
        service["units"] = sum(units for code, _, units in way if code == service["code"])
    facts = derived(visit)
    if facts.term("assistant_modifiers")[0] != 1:
        return {code: (0, 0) for code, _, _ in way}
    codes = facts.code_day
    return {
        code_text(codes.code[row]): (int(codes.assistant_low[row]), int(codes.assistant_high[row]))
        for row in range(codes.code.size)
    }


def with_assistant_modifier(case: Case) -> dict[str, set[int]]:
    """For every code how many of its units carry CQ or CO in some answer of the case."""
    counts: dict[str, set[int]] = {}
    for way in case.answers:
        for code in {code for code, _, _ in way}:
            counts.setdefault(code, set()).add(
                sum(units for one, modifiers, units in way if one == code and {"CQ", "CO"} & set(modifiers.split()))
            )
    return counts


def holds(case: Case) -> None:
    """The engine deals the units as the case does, all ways and no other, and marks the assistant's as it does."""
    assert allocations(case) == timed(case)
    if any(assistant for _, _, assistant in case.services):
        marked = with_assistant_modifier(case)
        for code, (low, high) in assistant_units(case).items():
            assert set(range(low, high + 1)) == marked[code], code


def answered(case: Case, **others):
    """Every way to bill that ``quarterhour.units`` gives; without modifiers where the case says nothing of them."""
    told = quarterhour.units(
        case.services, method=case.method, discipline=case.discipline, setting=case.setting, on=case.since, **others
    )
    silent = not any(modifiers for way in case.answers for _, modifiers, _ in way)
    return {
        answer((line["code"], line["units"], "" if silent else " ".join(line["modifiers"])) for line in lines)
        for lines in [told["lines"], *told["alternatives"]]
    }


@pytest.mark.covers("T1", "T2", "T3", "M3")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_answer_a_user_gets(case):
    """Untimed codes and modifiers included; ties are listed, all of them and no other."""
    assert answered(case) == set(case.answers)


@pytest.mark.covers("C1", "T1", "T2", "T3")
@pytest.mark.parametrize("case", UNITS, ids=lambda case: case.id)
def test_units(case):
    holds(case)


@pytest.mark.covers("T1", "M3")
@pytest.mark.parametrize("case", ASSISTANTS, ids=lambda case: case.id)
def test_assistants(case):
    holds(case)


def test_the_order_of_entry_changes_nothing():
    for case in CASES:
        for order in itertools.permutations(case.services):
            entered = dataclasses.replace(case, services=order)
            holds(entered)
            assert answered(entered) == set(case.answers)


def test_every_case_has_a_name_of_its_own_and_a_source():
    assert len({case.id for case in CASES}) == len(CASES)
    assert [case.id for case in CASES if not case.source.strip()] == []
    assert {case.evidence for case in CASES} <= {"seen", "partial", "derived", "implementer"}


def test_the_two_methods_part_ways_both_up_and_down():
    """Neither method is the generous one: three eights gain by the midpoint, three sevens lose by it."""
    by_method = {case.id: case for case in CASES}
    up = allocations(by_method["three-eights-are-three-units"])
    down = allocations(by_method["three-sevens-by-themselves-are-nothing"])
    assert [sum(units for _, units in way) for way in (*up, *down)] == [3, 0]


def of_the_collection(shared) -> list[Case]:
    return [case for name in COLLECTION for case in collected(shared / "cases" / name)]


def test_every_verified_case_of_the_collection_is_told_here(shared):
    told = {name for case in CASES for name in case.collection}
    verified = {case.id for case in of_the_collection(shared) if case.evidence != UNVERIFIED}
    assert verified == told


def test_each_case_is_told_with_the_collections_minutes_and_answers(shared):
    theirs = {case.id: case for case in of_the_collection(shared)}
    for case in CASES:
        for name in case.collection:
            assert sorted(case.services) == sorted(theirs[name].services), name
            assert case.answers == theirs[name].answers, name
            assert (case.method, case.evidence) == (theirs[name].method, theirs[name].evidence), name


@pytest.mark.covers("T1", "T2", "T3")
def test_the_collection_itself(shared):
    """Straight from its files, so that what is added there is met here without being retold first."""
    failed = []
    for case in of_the_collection(shared):
        if case.evidence == UNVERIFIED or case.rejected:
            continue
        try:
            holds(case)
            assert answered(case) == set(case.answers)
        except AssertionError as error:
            failed.append(f"{case.id}: {error}")
    assert failed == []


def test_cases_from_memory_hold_too(shared):
    """They prove nothing about the world, but a change of their answer should be noticed."""
    unverified = [case for case in of_the_collection(shared) if case.evidence == UNVERIFIED]
    assert unverified
    for case in unverified:
        holds(case)


def test_answers_are_compared_without_regard_to_order():
    assert answer([["97110", 1, "GP CQ"], ["97140", 2]]) == answer([["97140", 2], ["97110", 1, "CQ GP"]])
    assert answer([["97110", 0]]) == frozenset()
    assert ON.year == 2026
