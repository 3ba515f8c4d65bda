"""A replay says exactly what two versions of the official tables judge otherwise, and why."""

import csv
import datetime as dt
import json
import random

import pytest
from tests.interchange import official
from tests.properties import visits as drawn

pa = pytest.importorskip("pyarrow")

import quarterhour  # noqa: E402
from quarterhour.domain.columns import moved, to_columns  # noqa: E402
from quarterhour.interchange.visit_json import read  # noqa: E402
from quarterhour.policy.errors import NoSuchVersion  # noqa: E402
from quarterhour.workflows.asked import with_tables  # noqa: E402
from quarterhour.workflows.errors import BadRequest  # noqa: E402
from quarterhour.workflows.policy_import import Wish, policy_import  # noqa: E402
from quarterhour.workflows.replay import sides  # noqa: E402
from quarterhour.workflows.scrub import wish  # noqa: E402

TODAY = "2026-11-21"
NEW_PAIR = ("97110", "97112", dt.date(2020, 1, 1), None, "1")
#: 97530 beside 97150 is an edit of indicator 1; the later version has none bypass it.
SHARPER = ("97150", "97530")
FEWER = "97535"


def limits(units):
    return [(code, units if code == FEWER else 8, 2) for code, _, _ in official.therapy_limits()]


@pytest.fixture(scope="module")
def versions(tmp_path_factory):
    """A store with two versions that differ by a new pair, an indicator and a limit."""
    folder = tmp_path_factory.mktemp("tables")
    store = folder / "store"
    rows = list(official.built_in_pairs())
    assert any(row[:2] == SHARPER and row[3] is None and row[4] == "1" for row in rows)
    later = [(*row[:4], "0") if row[:2] == SHARPER and row[3] is None else row for row in rows] + [NEW_PAIR]
    made = []
    for table, release, most in ((rows, "v300r0", 4), (later, "v301r0", 2)):
        files = official.pair_parts(folder, [official.pair_line(*row) for row in table], version=release)
        files.append(official.unlikely_file(folder, limits(most), effective="01-01-2024"))
        made.append(policy_import(files, Wish(store=store, today=TODAY, allow_older=True))["version"])
    return store, *made


def visit(name, services, day="2025-03-04", **more):
    return {
        "visit_id": name, "date_of_service": day, "payer": "medicare-b", "setting": "private-practice",
        "discipline": "PT", "zip": "75201", "patient": {"id": f"P-{name}"}, "therapist": {"npi": "1234567893"},
        "services": [
            {"code": code, "minutes": 15 * units, "units": units, "modifiers": ["GP", *modifiers], "charge": charge}
            for code, units, modifiers, charge in services
        ],
        **more,
    }  # fmt: skip


VISITS = [
    visit("new", [("97110", 1, [], "45.00"), ("97112", 2, [], "100.00")]),
    visit("idle", [("97110", 1, [], "45.00"), ("97112", 2, ["59"], "100.00")]),
    visit("sharper", [("97150", 1, [], "30.00"), ("97530", 1, ["59"], "50.00")], therapist={"npi": "1234567919"}),
    visit("fewer", [(FEWER, 5, [], "250.00")]),
    visit("few", [(FEWER, 3, [], "150.00")]),
    visit("same", [("97530", 2, [], "100.00")]),
    visit("plan", [("97110", 1, [], "45.00"), ("97112", 2, [], "100.00")], payer="self-pay"),
]


def as_lines(path, records):
    path.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    return path


def replayed(tmp_path, versions, records=VISITS, **options):
    store, one, other = versions
    out = tmp_path / "changes.jsonl"
    given = {"store": store, "today": TODAY, "workers": 1} | options
    report = quarterhour.replay(as_lines(tmp_path / "visits.jsonl", records), one, other, out, **given)
    return report, [json.loads(line) for line in out.read_text("utf-8").splitlines() if line]


@pytest.mark.covers("M1")
def test_it_shows_exactly_what_differs(tmp_path, versions):
    report, rows = replayed(tmp_path, versions)
    assert [(row["visit_id"], row["rule"], row["change"], row["code"]) for row in rows] == [
        ("new", "PTP101", "new", "97112"),
        ("idle", "PTP103", "gone", "97112"),
        ("idle", "PTP106", "new", "97112"),
        ("sharper", "PTP102", "new", "97530"),
        ("sharper", "PTP106", "gone", "97530"),
        ("fewer", "MUE101", "changed", FEWER),
        ("few", "MUE101", "new", FEWER),
    ]
    explained = {tuple(one["codes"]): one for one in report["explained"]}
    assert set(explained) == {("97110", "97112"), SHARPER, (FEWER,)}
    pair, limit = explained["97110", "97112"], explained[FEWER,]
    assert (pair["before"], pair["after"]) == ("no edit", "an edit from 2020-01-01, indicator 1")
    assert pair["release_before"] != pair["release_after"]
    assert limit["before"].startswith("at most 4 ")
    assert limit["after"].startswith("at most 2 ")
    assert explained[SHARPER]["after"].endswith("indicator 0")
    assert pair["rules"] == ["PTP101", "PTP103", "PTP106"]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_scrub_answers_from_the_version_chosen_in_every_process(tmp_path, versions, workers):
    store, one, other = versions
    path = as_lines(tmp_path / "visits.jsonl", VISITS)
    found = []
    for version in (one, other):
        out = tmp_path / f"{version}.jsonl"
        with with_tables(store, version):
            quarterhour.scrub(path, out, today=TODAY, workers=workers, select=["PTP101", "MUE101"])
        rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
        found.append([(row["visit_id"], row["rule"]) for row in rows])
    assert found == [[("fewer", "MUE101")], [("new", "PTP101"), ("fewer", "MUE101"), ("few", "MUE101")]]


def test_units_and_dollars_by_rule_code_and_provider(tmp_path, versions):
    told = replayed(tmp_path, versions)[0]["summary"]
    # New: two lines of 97112 (2 units, $100 each), one of 97530 (1, $50), one of 97535 (3, $150).
    new = told["new"]
    assert (new["findings"], new["lines"], new["units"], new["charge"]) == (4, 4, 8, "400.00")
    gone = told["gone"]
    assert (gone["findings"], gone["lines"], gone["units"], gone["charge"]) == (2, 2, 3, "150.00")
    assert told["changed"]["charge"] == "250.00"
    assert told["findings"] == 7
    assert told["by_code"]["97112"]["new"]["units"] == 4
    assert told["by_rule"]["MUE101"]["new"]["charge"] == "150.00"
    assert told["by_provider"]["1234567919"] == {
        "new": told["by_rule"]["PTP102"]["new"],
        "gone": told["by_code"]["97530"]["gone"],
    }
    # Its amounts are those of price for the same day.
    priced = quarterhour.price([("97110", 1), ("97112", 2)], zip="75201", on="2025-03-04")["services"]
    assert told["by_rule"]["PTP101"]["new"]["allowed"] == priced[1]["allowed"]
    assert told["new"]["lines_without_amount"] == 0


def test_it_is_what_two_checks_say(tmp_path, versions):
    """Of drawn visits: a finding is otherwise if and only if only one of the two checks has it."""
    draw = random.Random(7)
    records = [drawn.visit(draw) | {"visit_id": f"V{place}"} for place in range(300)]
    for record in records:
        record.setdefault("payer", "medicare-b")
    store, *both = versions
    said = []
    for version in both:
        with with_tables(store, version):
            found = quarterhour.check(records, today=TODAY)["findings"]
        said.append({(one["visit_id"], one["rule"], one["line"], one["message"], one["severity"]) for one in found})
    expected = {(row, side) for side, mine in enumerate(said) for row in mine if row not in said[1 - side]}
    rows = replayed(tmp_path, versions, records)[1]
    shown = {
        ((row["visit_id"], row["rule"], row["line"], row[f"message_{side}"], row[f"severity_{side}"]), place)
        for row in rows
        for place, side in enumerate(("before", "after"))
        if row[f"message_{side}"] is not None
    }
    assert expected
    assert shown == expected
    assert not [row for row in rows if row["cause"].startswith("day ")]


def test_neither_parts_nor_workers_change_the_answer(tmp_path, versions, monkeypatch):
    whole = replayed(tmp_path, versions)
    monkeypatch.setattr(wish, "_FEWEST_LINES", 2)
    monkeypatch.setattr(wish, "_MOST_LINES", 2)
    assert replayed(tmp_path, versions) == whole


def test_shifted_visits_meet_an_edit_that_begins_later(tmp_path):
    """The pair ended on 2019-12-31: moved from 2019 to 2020 the finding is gone, by the built-in tables alone."""
    records = [visit("old", [("97530", 1, [], "50.00"), ("97116", 1, [], "40.00")], day="2019-12-10")]
    path = as_lines(tmp_path / "visits.jsonl", records)
    still = quarterhour.replay(path, "built-in", "built-in", workers=1, today=TODAY, select=["PTP"])
    assert still["explained"] == []
    assert still["changes"] is None
    later = quarterhour.replay(path, "built-in", "built-in", shift="1q", workers=1, today=TODAY, select=["PTP"])
    assert later["to"]["shift_days"] == 91
    (one,) = later["explained"]
    assert (one["codes"], one["after"]) == (["97530", "97116"], "no edit after 2019-12-31")
    assert one["gone"]["findings"] == 1


def test_amounts_of_every_visit(tmp_path):
    records = [visit("old", [("97530", 1, [], "90.00")]), visit("none", [("97530", 1, [], "90.00")], zip=None)]
    path = as_lines(tmp_path / "visits.jsonl", records)
    told = quarterhour.replay(path, "built-in", "built-in", shift="-1y", amounts=True, workers=1, today=TODAY)
    before, after = (
        quarterhour.price([("97530", 1)], zip="75201", on=day)["total_allowed"] for day in ("2025-03-04", "2024-03-05")
    )
    assert before != after
    assert told["amounts"]["by_code"] == {"97530": {"units": 1, "allowed_before": before, "allowed_after": after}}
    assert told["amounts"]["lines_without_amount"] == 1


def test_columns_named_otherwise_are_mapped(tmp_path, versions):
    store, one, other = versions
    lines, mapping = tmp_path / "lines.csv", tmp_path / "mapping.yaml"
    head = "date_of_service,payer,setting,patient_id,therapist_npi,cpt,units,modifiers,charge"
    of_visit = "2025-03-04,medicare-b,private-practice,P1,1234567893"
    rows = [f"{of_visit},97110,1,GP,45.00", f"{of_visit},97112,2,GP,100.00"]
    lines.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    mapping.write_text("columns:\n  cpt: code\n", encoding="utf-8")
    options = {"store": store, "workers": 1, "today": TODAY, "mapping": mapping}
    told = quarterhour.replay(lines, one, other, **options)["summary"]
    assert (told["errors"], told["by_rule"]["PTP101"]["new"]["findings"]) == (0, 1)


def test_every_date_of_a_record_moves():
    record = VISITS[0] | {
        "plan_of_care": {"established": "2025-02-28", "goals": [{"text": "walk", "due": "2025-06-01"}]},
        "note": {"text": "S: fine", "signed_on": "2025-03-05"},
    }
    columns = to_columns(type(read_one(record)), [read_one(record)])
    (later,) = moved(columns, 91).records()
    week13 = dt.timedelta(days=91)
    assert later.date_of_service == dt.date(2025, 3, 4) + week13
    assert later.plan_of_care.established == dt.date(2025, 2, 28) + week13
    assert later.plan_of_care.goals[0].due == dt.date(2025, 6, 1) + week13
    assert later.note.signed_on == dt.date(2025, 3, 5) + week13
    assert later.services == columns.records()[0].services
    assert moved(moved(columns, 91), -91).records() == columns.records()


def read_one(record):
    return read(json.dumps(record).encode(), lines=False, payer_needed=True).visits[0].visit


def test_a_side_is_a_version_a_word_or_a_day(versions):
    store, one, other = versions
    assert sides.side_of("built-in", store, ()).version == "built-in"
    assert sides.side_of("current", store, ()).version == other
    assert sides.side_of(one[:8], store, ()).version == one
    assert sides.side_of("2026-11-20", store, ()).version == "built-in"
    assert sides.side_of(TODAY, store, ()).version == other
    with pytest.raises(BadRequest, match="expected a version"):
        sides.side_of("last quarter", store, ())
    with pytest.raises(NoSuchVersion):
        sides.side_of("0123456789abcdef", store, ())


@pytest.mark.parametrize("text, days", [(None, 0), ("1q", 91), ("-2q", -182), ("1y", 364), ("+1Q", 91)])
def test_a_shift_is_whole_weeks(text, days):
    assert sides.shift_of(text) == days


@pytest.mark.parametrize("text", ["q", "1m", "91", "1.5q"])
def test_another_shift_is_refused(text):
    with pytest.raises(BadRequest, match="expected a shift"):
        sides.shift_of(text)


def test_only_rules_that_rest_on_tables_can_differ():
    """What lets a replay judge by a few rules: facts made from official tables are read by these rules alone."""
    from quarterhour.rules.catalogue import catalogue

    derived = ("facts.pair", "facts.code_pair", "facts.unlikely", "base_missing", "meets_edit")
    for entry in catalogue():
        source = entry.page.with_suffix(".py").read_text("utf-8")
        if entry.rule.over in {"pair", "code_pair", "unlikely"} or any(name in source for name in derived):
            assert entry.rule.tables, entry.code


def test_as_a_table_it_has_a_row_for_every_cause_and_change(tmp_path, versions):
    from click.testing import CliRunner

    from quarterhour.cli.app import application

    store, one, other = versions
    path = as_lines(tmp_path / "visits.jsonl", VISITS)
    call = ["replay", str(path), "--from", one, "--to", other, "--store", str(store), "--today", TODAY]
    call += ["--workers", "1"]
    told = CliRunner().invoke(application, [*call, "--format", "csv"])
    assert told.exit_code == 1, told.stderr
    rows = list(csv.DictReader(told.stdout.splitlines()))
    assert [(row["codes"], row["change"], row["findings"], row["units"]) for row in rows] == [
        ("97110 97112", "new", "2", "4"),
        ("97110 97112", "gone", "1", "2"),
        (FEWER, "new", "1", "3"),
        (FEWER, "changed", "1", "5"),
        ("97150 97530", "new", "1", "1"),
        ("97150 97530", "gone", "1", "1"),
    ]
    text = CliRunner().invoke(application, call)
    assert "7 visits, 11 lines" in text.stdout
    flowing = " ".join(text.stdout.split())
    assert "pair 97110/97112 on professional claims: no edit (2024Q1) becomes an edit from 2020-01-01" in flowing
    same = CliRunner().invoke(application, [*call[:5], one, *call[6:]])
    assert same.exit_code == 0
    assert "no finding is otherwise" in same.stdout
    empty = CliRunner().invoke(application, ["replay", str(tmp_path / "no"), *call[2:]])
    assert empty.exit_code == 2
