"""How often services are said to be distinct, counted by hand."""

import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from quarterhour.cli.rates import command
from quarterhour.workflows.modifier_rates import modifier_rates, modifier_rates_paths

CLAIMS = Path(__file__).parents[2] / "examples" / "claims"
ONE, OTHER, THIRD = "1234567893", "1234567919", "1234567935"


def visit(number, provider, *, modifier=None, apart=True, payer="medicare-b"):
    """97530 and 97150 of one day, which meet an edit; their times overlap unless they were apart."""
    second = "09:24" if apart else "09:10"
    return {
        "visit_id": f"V-{number}",
        "date_of_service": "2026-03-04",
        "payer": payer,
        "setting": "private-practice",
        "discipline": "PT",
        "patient": {"id": f"P-{number}"},
        "therapist": {"npi": provider, "credential": "PT"},
        "services": [
            {"code": "97530", "minutes": 24, "units": 2, "modifiers": ["GP", *([modifier] if modifier else [])],
             "intervals": [["09:00", "09:24"]]},
            {"code": "97150", "minutes": 15, "units": 1, "modifiers": ["GP"], "intervals": [[second, "09:39"]]},
        ],
    }  # fmt: skip


def records():
    """One provider says so on every visit, half of them with shared minutes; two say so on 3 and on 6 of 12."""
    found = [visit(n, ONE, modifier="59", apart=n % 2 == 0) for n in range(12)]
    found += [visit(100 + n, OTHER, modifier="59" if n < 3 else None) for n in range(12)]
    found += [visit(200 + n, THIRD, modifier="XU" if n < 6 else None) for n in range(12)]
    return found


@pytest.mark.covers("M2")
def test_a_rate_stands_beside_the_peers_and_the_share_without_support():
    rows = {row["provider"]: row for row in modifier_rates(records())["rows"]}
    one = rows[ONE]
    # 24 lines of 12 visits, 12 of them with 59; each visit meets one edit; 6 visits share minutes.
    assert (one["visits"], one["lines"], one["with_modifier"], one["edits_met"], one["bypassed"]) == (
        12,
        24,
        12,
        12,
        12,
    )
    assert one["unsupported"] == 6
    assert (one["rate"], one["bypassed_share"], one["unsupported_share"]) == (50.0, 100.0, 50.0)
    # The others: 3 and 6 of 24 lines, that is 12.5 and 25 %.
    assert (one["peers"], one["peer_median"]) == (2, 18.8)
    assert (rows[OTHER]["rate"], rows[OTHER]["peer_median"]) == (12.5, 37.5)
    assert rows[OTHER]["unsupported"] == 0


@pytest.mark.covers("M2")
def test_a_share_of_too_few_lines_is_not_told():
    rows = modifier_rates([visit(1, ONE, modifier="59"), visit(2, OTHER)])["rows"]
    assert [row["rate"] for row in rows] == [None, None]
    assert [row["peer_median"] for row in rows] == [None, None]
    rows = {row["provider"]: row for row in modifier_rates(records())["rows"]}
    # Three lines with a modifier are too few for a share of them.
    assert rows[OTHER]["unsupported_share"] is None


def test_payers_are_peers_of_their_own_and_order_changes_nothing():
    given = records() + [visit(300 + n, ONE, payer="commercial") for n in range(12)]
    rows = modifier_rates(given)["rows"]
    assert [(row["provider"], row["payer"]) for row in rows] == [
        (ONE, "commercial"),
        (ONE, "medicare-b"),
        (OTHER, "medicare-b"),
        (THIRD, "medicare-b"),
    ]
    assert rows[0]["peers"] == 0
    random.Random(3).shuffle(given)
    assert modifier_rates(given)["rows"] == rows


def test_the_command_says_the_same(tmp_path):
    path = tmp_path / "visits.json"
    path.write_text(json.dumps({"visits": records()}))
    told = CliRunner().invoke(command, [str(path), "--format", "json"])
    assert told.exit_code == 0
    assert json.loads(told.stdout)["rows"] == modifier_rates_paths([path])["rows"]
    told = CliRunner().invoke(command, [str(path)])
    assert f"{ONE}  medicare-b" in told.stdout
    assert "18.8%" in told.stdout
    path.write_text("[]")
    assert CliRunner().invoke(command, [str(path)]).exit_code == 3
    assert "nothing to count" in CliRunner().invoke(command, [str(path)]).stderr


def test_claims_are_counted_by_the_visits_they_bill(tmp_path):
    path = CLAIMS / "pair-without-modifier.837"
    answer = modifier_rates_paths([path])
    (row,) = answer["rows"]
    assert (answer["claims"], answer["visits"]) == (1, 0)
    assert (row["provider"], row["lines"], row["edits_met"], row["with_modifier"]) == (ONE, 2, 1, 0)
    told = CliRunner().invoke(command, [str(path)])
    assert told.exit_code == 0
    assert "Of 1 claim neither times nor notes are known" in " ".join(told.stdout.split())
    # the first claim is voided by the second, which asks for nothing
    text = path.read_text()
    first, again = (tmp_path / "first.837", tmp_path / "void.837")
    first.write_text(text)
    again.write_text(text.replace("B:1*", "B:8*"))
    assert again.read_text() != text
    answer = modifier_rates_paths([first, again])
    assert answer["rows"] == []
    assert answer["left_out"] == [{"reason": "a void asks for nothing", "lines": 2}]


def test_a_mapping_says_which_column_is_which(tmp_path):
    table, mapping = tmp_path / "visits.csv", tmp_path / "clinic.yaml"
    table.write_text("DOS,code,payer,therapist_npi\n2026-03-04,97530,medicare-b," + ONE + "\n")
    mapping.write_text("columns: {DOS: date_of_service}\n")
    assert CliRunner().invoke(command, [str(table)]).exit_code == 2
    told = CliRunner().invoke(command, [str(table), "--mapping", str(mapping), "--format", "json"])
    assert [row["provider"] for row in json.loads(told.stdout)["rows"]] == [ONE]
