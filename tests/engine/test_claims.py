"""Facts of claims: dates to file by, who is one patient, lines that say the same, and policy by the day of a line."""

import datetime as dt

import msgspec
import pytest

from quarterhour.domain.claim import Claim
from quarterhour.domain.columns import ABSENT, to_columns
from quarterhour.domain.json import from_builtins
from quarterhour.engine.run import judge_claim_columns, judge_claims
from quarterhour.policy import UnknownName, load
from quarterhour.rules.catalogue import catalogue
from quarterhour.rules.examples import read_example

TODAY = dt.date(2026, 11, 21)


def claims_of(text):
    return [from_builtins(record, Claim) for record in read_example(text, of_claims=True).claims]


def facts_of(text, policy=None):
    columns = to_columns(Claim, claims_of(text))
    return judge_claim_columns(columns, policy or load(), "medicare-b", TODAY, [])[1].facts


def found(text, *rules):
    entries = [entry for entry in catalogue() if entry.code in rules]
    return [
        finding
        for one in judge_claims(claims_of(text), load(), "medicare-b", TODAY, entries).findings
        for finding in one
    ]


@pytest.mark.parametrize(
    "text, last",
    [
        ("97530 1 unit GP, on 2026-03-04", "2027-03-04"),
        ("97530 1 unit GP, on 2024-02-29", "2025-02-28"),
        ("97530 1 unit GP, on 2023-02-28", "2024-02-28"),
        ("97530 1 unit GP, on 2026-03-09\n97110 1 unit GP, on 2026-03-02", "2027-03-02"),
        ("payer: tricare\n97530 1 unit GP, on 2022-12-31", "2023-12-31"),
        ("type: institutional\ninstitutional.statement_to: 2026-03-31\n97530 1 unit GP, on 2026-03-04", "2027-03-31"),
        ("payer: commercial\n97530 1 unit GP", None),
        ("97530 1 unit GP, on 2009-12-31", None),
        ("97530 1 unit GP, no date", None),
    ],
)
def test_the_last_day_to_file(text, last):
    (day,) = facts_of(text).claim.file_by.tolist()
    assert day == (ABSENT if last is None else dt.date.fromisoformat(last).toordinal())


def test_a_limit_in_days_by_contract(tmp_path):
    (tmp_path / "payers").mkdir()
    (tmp_path / "payers/harbor.yaml").write_text(
        "id: harbor\ntitle: Harbor\ninherits: commercial\nterms:\n"
        + "".join(
            f"  {term}:\n    name: by-contract\n    values:\n"
            f"      - {{from: 2024-01-01, value: {value}, source: commercial-practice, evidence: primary}}\n"
            for term, value in (("timely_filing", "true"), ("timely_filing_months", 0), ("timely_filing_days", 90))
        ),
        encoding="utf-8",
    )
    (day,) = facts_of("payer: harbor\n97530 1 unit GP, on 2026-03-04", load([tmp_path])).claim.file_by.tolist()
    assert dt.date.fromordinal(day) == dt.date(2026, 6, 2)


ONE = "97530 2 units GP $90.00"


@pytest.mark.parametrize(
    "first, second, repeats",
    [
        ("", "", 1),
        ("patient.id: P-1", "patient.id: P-1", 1),
        ("patient.id: P-1", "patient.id: P-2", 0),
        ("", "patient.name.given: Beth", 0),
        ("", "patient.birth_date: 1950-05-07", 0),
        ('coverage.member_id: ""', 'coverage.member_id: ""', 0),
        ("", 'coverage.payer_id: "60054"', 0),
        ("", 'rendering_provider.npi: "1234567968"', 0),
        ("", "frequency: 7\noriginal_reference: 1", 0),
    ],
)
def test_one_patient_two_claims(first, second, repeats):
    """Twins have one member id and one birth date, and each a given name."""
    assert facts_of(f"{first}\n{ONE}\n---\n{second}\n{ONE}").repeat.line.size == repeats


def test_modifiers_in_another_order_are_the_same_modifiers():
    facts = facts_of("97530 1 unit GP KX\n97530 1 unit KX GP\n97530 1 unit GP RT\n97530 1 unit GP LT")
    assert facts.claim_line.same_as.tolist() == [ABSENT, 1, ABSENT, ABSENT]


def test_the_first_pointer_beyond_and_the_repeated_one():
    facts = facts_of(
        'diagnoses: ["M25.561", "R26.89"]\n97530 1 unit dx 2,4,3\n97110 1 unit dx 2,1,2\n97140 1 unit, no dx'
    )
    assert facts.claim_line.pointer_beyond.tolist() == [4, ABSENT, ABSENT]
    assert facts.claim_line.repeated_pointer.tolist() == [ABSENT, 2, ABSENT]
    assert facts.claim_line.pointers.tolist() == [3, 3, 0]
    assert facts.claim_diagnosis.pointed_to.tolist() == [True, True]


@pytest.mark.covers("M4")
def test_each_line_is_judged_by_the_policy_of_its_own_day():
    """KX thresholds begin with 2018: of a claim across the change, each line has the term of its day."""
    facts = facts_of("97530 1 unit GP, on 2017-12-31\n97530 1 unit GP, on 2018-01-02")
    assert facts.term("kx_threshold")[facts.claim_line.subject].tolist() == [0, 1]
    assert facts.term("kx_threshold")[facts.claim.subject].tolist() == [0]


def test_a_payer_nobody_named_is_the_default_and_an_unknown_one_is_an_error():
    (claim,) = claims_of(ONE)
    nameless = msgspec.structs.replace(claim, payer="")
    columns = to_columns(Claim, [nameless])
    laid_out, _ = judge_claim_columns(columns, load(), "tricare", TODAY, [])
    assert laid_out.terms[0].payer == "tricare"
    with pytest.raises(UnknownName):
        judge_claims([msgspec.structs.replace(claim, payer="medicare_b")], load(), "medicare-b", TODAY)


@pytest.mark.parametrize(
    "text, rule, line, pointer",
    [
        ('billing_provider.npi: "123"\n97530 1 unit GP', "PTY102", None, "/billing_provider"),
        ("97110 1 unit GP\n97530 1 unit GP, npi 1234567890", "PTY101", 2, "/lines/1/rendering_provider"),
        (
            'type: institutional\ninstitutional.attending.npi: "12"\n97530 1 unit GP',
            "PTY102",
            None,
            "/institutional/attending",
        ),
        ('diagnoses: ["M25.561", "M25.561"]\n97530 1 unit GP', "DGN107", None, "/diagnoses/1"),
        ("97110 1 unit GP\n97530 0 units GP", "CLM204", 2, "/lines/1"),
        ("lines: []", "CLM205", None, None),
    ],
)
def test_where_a_finding_stands(text, rule, line, pointer):
    (finding,) = found(text, rule)
    assert (finding.claim_id, finding.visit_id, finding.line) == ("C-1", None, line)
    assert finding.where.get("pointer") == pointer


def test_the_other_claim_is_named_in_the_numbers_and_not_in_the_message():
    (finding,) = found(f"{ONE}\n---\n{ONE}", "CLM208")
    assert finding.claim_id == "C-2"
    assert finding.numbers["other"] == "C-1"
    assert "C-1" not in finding.message


def test_nothing_of_a_patient_stands_in_a_message():
    text = (
        "patient.name.family: Zyxwvut\ncoverage.member_id: H0H0H0\nonset: 2026-03-20\n"
        "referring_provider: none\n97530 0 units GO, npi 1234567890\n97530 1 unit GP, no charge"
    )
    (findings,) = judge_claims(claims_of(text), load(), "medicare-b", TODAY).findings
    assert len(findings) > 4
    for finding in findings:
        assert not any(word in finding.message for word in ("Zyxwvut", "H0H0H0", "1234567890", "1950"))


def test_what_memory_alone_says_denies_nothing():
    """The types of bill are held from memory, so however grave the rule, the finding is a warning."""
    (finding,) = found("type: institutional\ninstitutional.facility: 11\n97530 1 unit GP", "INS108")
    assert finding.severity == "warning"


def test_a_rule_says_of_how_many_claims_it_could_not_speak():
    claims = claims_of(
        "payer: commercial\n97530 1 unit GP\n---\npayer: commercial\n97110 1 unit GP\n---\n97140 1 unit GP"
    )
    unchecked = judge_claims(claims, load(), "medicare-b", TODAY).not_checked
    (late,) = [one for one in unchecked if one.rule == "CLM218"]
    assert (late.claims, late.visits) == (2, 0)
    assert "timely_filing" in late.reason


@pytest.mark.covers("M5")
@pytest.mark.parametrize("place, rules", [("pos 12", []), ("pos 88", ["CLM230"])])
def test_a_line_has_a_place_of_its_own(place, rules):
    assert [finding.rule for finding in found(f"97530 1 unit GP, {place}", "CLM229", "CLM230")] == rules
