"""Claims of synthetic visits, professional and institutional: clean, and spoilt as the truth says."""

import json

import pytest

pytest.importorskip("pyarrow")

import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq
from click.testing import CliRunner

import quarterhour
from quarterhour.cli.app import application
from quarterhour.workflows.synth import synth
from quarterhour.workflows.synth.defects import CLAIM_DEFECTS

TODAY = "2025-12-31"
FORMS = {"837p": "claims.837", "837i": "stays.837i", "claim-lines": "claims.csv"}


@pytest.mark.parametrize("form", FORMS)
def test_nothing_is_wrong_with_clean_claims(tmp_path, form):
    path, found = tmp_path / FORMS[form], tmp_path / "found.parquet"
    synth(path, claims=800, seed=5, form=form)
    report = quarterhour.scrub(path, out=found, today=TODAY, workers=1)
    assert report["summary"]["by_rule"] == {}
    assert report["errors"] == []


@pytest.mark.parametrize("form", ["837p", "837i"])
def test_an_837_of_either_type_keeps_to_its_guide(tmp_path, form):
    path = tmp_path / FORMS[form]
    told = synth(path, claims=300, seed=2)
    answer = CliRunner().invoke(application, ["check", str(path), "--today", TODAY, "--format", "json"])
    (one,) = json.loads(answer.stdout)["inputs"]
    assert (one["kind"], one.get("defects", [])) == (form, [])
    assert 0 < one["claims"] < told["visits"]


def test_institutional_claims_have_what_only_they_have(tmp_path):
    path = tmp_path / "stays.837i"
    synth(path, claims=200, seed=2)
    text = path.read_text("ascii")
    assert text.count("~CLM*") == text.count("~DTP*434*")
    # A type of bill of an outpatient, a revenue code of therapy, dates of onset, plan and first treatment.
    assert any(f"*{bill}:A:1*" in text for bill in ("13", "74", "23", "75"))
    assert "SV2*0420*" in text
    assert all(code in text for code in ("BH:11:D8:", "BH:29:D8:", "BH:35:D8:"))


@pytest.mark.parametrize("form", FORMS)
def test_the_truth_of_claims_is_what_is_found(tmp_path, form):
    path, truth, found = tmp_path / FORMS[form], tmp_path / "truth.csv", tmp_path / "found.parquet"
    told = synth(path, claims=1_600, seed=4, form=form, defects=0.4, truth=truth)
    report = quarterhour.scrub(path, out=found, today=TODAY, workers=1)
    assert report["errors"] == []
    known, table = pyarrow.csv.read_csv(truth), pq.read_table(found)
    wanted = set(zip(known["visit_id"].to_pylist(), known["rule"].to_pylist(), strict=True))
    names = pc.coalesce(table["claim_id"], table["visit_id"])
    assert set(zip(names.to_pylist(), table["rule"].to_pylist(), strict=True)) == wanted
    assert told["defects"] > 100
    if form == "claim-lines":
        # Every kind of defect but those that few claims lend themselves to.
        assert len({rule for _, rule in wanted} & {defect.rule for defect in CLAIM_DEFECTS}) > len(CLAIM_DEFECTS) - 6


def test_each_rule_is_broken_in_one_way():
    rules = [defect.rule for defect in CLAIM_DEFECTS]
    assert len(set(rules)) == len(rules)
