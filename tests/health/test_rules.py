"""The catalogue as a whole: each rule names only what exists, says nothing it must not, and holds nobody's number."""

import ast
import re
import string
from pathlib import Path

import pytest
from tests.rules.judged import verdicts_of

from quarterhour.domain.reading import ELEMENTS
from quarterhour.policy import load
from quarterhour.policy.payers import TERMS
from quarterhour.rules import catalogue as catalogue_module
from quarterhour.rules import claim_facts, course_facts, facts
from quarterhour.rules.catalogue import catalogue, find
from quarterhour.rules.contract import CLAIM_TABLES, VISIT_TABLES
from quarterhour.rules.pages import read_page

POLICY = load()
ROOM = Path(catalogue_module.__file__).parent
ENTRIES = [pytest.param(entry, id=entry.code) for entry in catalogue()]
FILES = [pytest.param(path, id=f"{path.parent.name}/{path.stem}") for path in sorted(ROOM.glob("*/*.py"))]
TABLES = {
    "visit": facts.VisitFacts, "line": facts.LineFacts, "day": facts.DayFacts, "code_day": facts.CodeDayFacts,
    "pair": facts.PairFacts, "overlap": facts.OverlapFacts, "unlikely": facts.UnlikelyFacts,
    "code_pair": facts.CodePairFacts, "note": facts.NoteFacts, "note_code": facts.NoteCodeFacts,
    "note_activity": facts.NoteActivityFacts, "note_overlap": facts.NoteOverlapFacts,
    "course": course_facts.CourseFacts,
    "claim": claim_facts.ClaimFacts, "claim_line": claim_facts.ClaimLineFacts,
    "claim_provider": claim_facts.ClaimProviderFacts, "claim_diagnosis": claim_facts.ClaimDiagnosisFacts,
    "claim_code": claim_facts.ClaimCodeFacts, "repeat": claim_facts.RepeatFacts,
}  # fmt: skip
FEWEST = 45
ALLOWED_NUMBERS = {0, 1, -1}
#: What would tell who somebody is. A message carries codes, dates of service, numbers, titles and kinds of profession.
TELLING = {
    "name",
    "family",
    "given",
    "patient",
    "birth_date",
    "birth_day",
    "member",
    "member_id",
    "npi",
    "address",
    "text",
}


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_there_are_as_many_rules_as_users_expect_at_the_least():
    assert len(catalogue()) >= FEWEST


def test_every_rule_has_a_page_and_every_page_a_rule():
    pages = {path.with_suffix("") for path in ROOM.glob("*/*.md")}
    rules = {path.with_suffix("") for path in ROOM.glob("*/*.py") if not path.stem.startswith("_")}
    assert pages == rules == {entry.page.with_suffix("") for entry in catalogue()}


@pytest.mark.parametrize("path", FILES)
def test_no_number_of_an_authority_stands_in_a_rule(path):
    """What CMS or a payer can change is looked up by date of service; 0 and 1 are not numbers of that kind."""
    found = [
        (node.lineno, node.value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | float | complex)
        and not isinstance(node.value, bool)
        and node.value not in ALLOWED_NUMBERS
    ]
    assert found == []


@pytest.mark.parametrize("path", FILES)
def test_a_family_leans_on_no_other(path):
    shared = ("claim_facts", "contract", "facts", "note_codes")
    allowed = {f"quarterhour.rules.{name}" for name in (*shared, path.parent.name)}
    imported = {
        name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""])
        if name.startswith("quarterhour.rules")
    }
    assert {name for name in imported if not any(name == one or name.startswith(one + ".") for one in allowed)} == set()


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_rule_names_only_what_exists(entry):
    rule = entry.rule
    assert set(rule.reads) <= set(POLICY.parameter_names())
    assert rule.sources
    assert set(rule.sources) <= set(POLICY.sources)
    assert rule.applies is None or rule.applies in TERMS
    POLICY.modifiers.bits(*rule.modifiers)
    assert set(TABLES) == {*VISIT_TABLES, *CLAIM_TABLES}
    assert rule.over in VISIT_TABLES or not rule.tables, "official tables are of visits"
    for column in rule.needs:
        table, _, name = column.rpartition(".")
        assert name in TABLES[table or rule.over].__annotations__, column
    for condition in rule.only_where:
        if condition.table == "grades":
            assert rule.over in {"note", "note_code"}
            assert condition.column in ELEMENTS
        else:
            assert condition.table in {"", "visit", "history", "beside", "note"}
            assert condition.table != "beside" or rule.over == "line"
            assert condition.table != "note" or rule.over == "note_code"
            table = {"history": facts.HistoryFacts, "beside": facts.BesideFacts} | TABLES
            assert condition.column in table[condition.table or rule.over].__annotations__, condition


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_rule_reads_by_name_what_it_says_it_reads(entry):
    """The dated values behind a finding are cited from ``reads``; one looked up and not named there would not be."""
    read = {
        node.args[0].value
        for node in ast.walk(tree(entry.page.with_suffix(".py")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"parameter", "modifier_sets", "listed"}
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert read <= set(entry.rule.reads)


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_rule_is_named_as_the_bad_pattern(entry):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", entry.name)
    assert re.fullmatch(r"[A-Z]{3}\d{3}", entry.code)
    assert find(entry.code.lower()) is find(entry.name.upper()) is entry


def test_codes_of_a_family_begin_alike_and_no_two_families_share_a_beginning():
    beginnings = {}
    for entry in catalogue():
        beginnings.setdefault(entry.code[:3], set()).add(entry.family)
    assert {code: families for code, families in beginnings.items() if len(families) > 1} == {}


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_message_tells_what_is_wrong_and_not_who_it_is(entry):
    names = placeholders(entry.rule.message) | placeholders(entry.rule.remedy.text)
    assert names & TELLING == set()
    assert not re.search(r"\b(please|should|must)\b", entry.rule.message.lower()), "a message gives no instruction"
    if entry.rule.remedy.kind == "chart":
        assert "?" in entry.rule.remedy.text, "a fact of the chart is asked for, not supplied"


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_placeholder_is_filled(entry):
    """By the numbers of every hit on the page's examples, of which at least one is a hit."""
    wanted = placeholders(entry.rule.message) | placeholders(entry.rule.remedy.text)
    seen = 0
    for example in read_page(entry.page).examples:
        for verdict in verdicts_of(example, [entry]):
            seen += 1
            assert wanted <= set(verdict.hits.numbers)
            assert len(verdict.visits) == len(verdict.lines) == len(verdict.hits.rows)
    assert seen


@pytest.mark.parametrize("entry", ENTRIES)
def test_what_is_not_sure_is_no_error(entry):
    """A rule whose every source of dates is somebody's memory could never deny anything."""
    if entry.severity == "error" and entry.rule.reads:
        grades = [value.evidence for name in entry.rule.reads for value in POLICY.parameter(name).values]
        assert set(grades) != {"memory"}
