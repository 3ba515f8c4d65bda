"""Synthetic claims: the same for the same seed, drawn like the published ones, clean, and spoilt as the truth says."""

import hashlib
import json
from collections import Counter

import pytest

pytest.importorskip("pyarrow")

import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq
from click.testing import CliRunner

import quarterhour
from quarterhour.cli.app import application
from quarterhour.domain.npi import check_digit_holds
from quarterhour.interchange.visit_json import read
from quarterhour.rules.catalogue import catalogue
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.synth import synth
from quarterhour.workflows.synth.defects import COURSE_DEFECTS, DEFECTS
from quarterhour.workflows.synth.defects.left_out import left_out, made_for
from quarterhour.workflows.synth.mix import mix

TODAY = "2026-11-21"
#: True of clean visits as well: the last day of a report period, and an amount above the one for review.
REMARKS = {"POC110", "MOD111"}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    path = tmp_path_factory.mktemp("synth") / "visits.parquet"
    synth(path, claims=60_000, seed=11)
    return pq.read_table(path)


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl", "837p", "837i", "claim-lines"])
def test_the_same_seed_gives_the_same_bytes(tmp_path, form):
    files = [tmp_path / f"{name}.{form}" for name in ("one", "same", "other")]
    for path, seed in zip(files, (3, 3, 4), strict=True):
        synth(path, claims=300, seed=seed, form=form)
    one, same, other = map(digest, files)
    assert one == same != other


def test_fewer_claims_are_the_first_of_more(tmp_path):
    few, many = tmp_path / "few.parquet", tmp_path / "many.parquet"
    synth(few, claims=500, seed=3)
    synth(many, claims=900, seed=3)
    whole = pq.read_table(many)
    kept = whole.filter(pc.is_in(whole["visit_id"].cast("string"), pq.read_table(few)["visit_id"].cast("string")))
    assert kept.to_pylist() == pq.read_table(few).to_pylist()


@pytest.mark.parametrize("discipline", ["PT", "OT"])
def test_units_are_mixed_as_published(drawn, discipline):
    own = drawn.filter(pc.equal(drawn["discipline"].cast("string"), discipline))
    units = Counter()
    for code, count in zip(own["code"].to_pylist(), own["units"].to_pylist(), strict=True):
        units[code] += count
    published = mix().published.codes[discipline]
    for code, count in published.items():
        wanted, got = count / sum(published.values()), units[code] / units.total()
        # A tenth of the share, and a fifth of a percent for what is rare.
        assert got == pytest.approx(wanted, rel=0.1, abs=0.002), code


def test_disciplines_and_states_are_mixed_as_published(drawn):
    published = mix().published
    units = Counter()
    for discipline, count in zip(drawn["discipline"].to_pylist(), drawn["units"].to_pylist(), strict=True):
        units[discipline] += count
    whole = sum(sum(codes.values()) for codes in published.codes.values())
    for discipline, codes in published.codes.items():
        assert units[discipline] / units.total() == pytest.approx(sum(codes.values()) / whole, rel=0.15, abs=0.003)
    states = Counter(drawn["state"].to_pylist())
    for state in ("CA", "NY", "NJ", "FL"):
        wanted = published.states[state] / sum(published.states.values())
        assert states[state] / states.total() == pytest.approx(wanted, abs=0.02)


def test_a_few_clinics_have_many_of_the_patients(drawn):
    clinic_of = dict(zip(drawn["patient_id"].to_pylist(), drawn["billing_npi"].to_pylist(), strict=True))
    sizes = sorted(Counter(clinic_of.values()).values(), reverse=True)
    assert sum(sizes[: len(sizes) // 10]) > 0.3 * sum(sizes)


def test_provider_numbers_are_nobodys_and_have_their_check_digit(drawn):
    numbers = {one for name in ("billing_npi", "therapist_npi", "assistant_npi") for one in drawn[name].to_pylist()}
    numbers.discard(None)
    assert all(number[0] == "2" and check_digit_holds("80840" + number) for number in numbers)


def test_nothing_is_wrong_with_clean_visits(tmp_path):
    path, found = tmp_path / "visits.parquet", tmp_path / "found.parquet"
    synth(path, claims=3_000, seed=5)
    report = quarterhour.scrub(path, out=found, today=TODAY, workers=1)
    assert set(report["summary"]["by_severity"]) <= {"info"}
    assert set(report["summary"]["by_rule"]) <= REMARKS
    assert report["errors"] == []


def test_the_truth_is_what_is_found_no_more_and_no_less(tmp_path):
    path, truth, found = (tmp_path / name for name in ("visits.parquet", "truth.csv", "found.parquet"))
    told = synth(path, claims=2_000, seed=1, defects=0.5, truth=truth)
    quarterhour.scrub(path, out=found, today=TODAY, workers=1)
    known, table = pyarrow.csv.read_csv(truth), pq.read_table(found)
    wanted = set(zip(known["visit_id"].to_pylist(), known["rule"].to_pylist(), strict=True))
    got = set(zip(table["visit_id"].to_pylist(), table["rule"].to_pylist(), strict=True))
    assert got == wanted
    assert told["defects"] > 850
    # Every kind of defect but those that few visits lend themselves to, or that take a note.
    assert len({rule for _, rule in wanted} & {defect.rule for defect in DEFECTS}) > len(DEFECTS) - 5
    assert len({rule for _, rule in wanted} & {defect.rule for defect in COURSE_DEFECTS}) >= 5


def test_every_rule_has_a_defect_or_a_reason_not_to():
    reasons = left_out(catalogue())
    assert not made_for() & set(reasons)
    assert made_for() | set(reasons) == {entry.code for entry in catalogue()}


def test_records_and_tables_hold_the_same_visits(tmp_path):
    lines, records = tmp_path / "visits.parquet", tmp_path / "visits.jsonl"
    synth(lines, claims=50, seed=2)
    synth(records, claims=50, seed=2)
    table = pq.read_table(lines)
    told = [json.loads(line) for line in records.read_text("utf-8").splitlines()]
    assert [one["visit_id"] for one in told] == list(dict.fromkeys(table["visit_id"].to_pylist()))
    assert sum(len(one["services"]) for one in told) == table.num_rows
    assert not read(records.read_bytes(), lines=True).defects


def test_claims_are_read_again_without_a_slip(tmp_path):
    path = tmp_path / "claims.837"
    told = synth(path, claims=200, seed=2)
    answer = CliRunner().invoke(application, ["check", str(path), "--today", TODAY, "--format", "json"])
    (one,) = json.loads(answer.stdout)["inputs"]
    assert (one["kind"], one.get("defects", [])) == ("837p", [])
    # The others go on institutional claims.
    assert 0.5 * told["visits"] < one["claims"] < told["visits"]


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({"claims": 0}, "at least one claim"),
        ({"claims": 5, "defects": 0.1}, "a file for the truth"),
        ({"claims": 5, "form": "837i", "notes": True}, "a claim carries no note"),
        ({"claims": 5, "form": "xlsx"}, "expected parquet, csv, jsonl, 837p, 837i or claim-lines"),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path, arguments, message):
    with pytest.raises(BadRequest, match=message):
        synth(tmp_path / "visits.parquet", **arguments)
