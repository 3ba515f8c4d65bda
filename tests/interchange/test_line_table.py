"""A table of service lines makes the very visits its rows were written from, however the rows stand."""

import csv
import datetime as dt
import decimal
import io
import random

import pytest
from tests.properties import visits as drawn

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

from quarterhour.domain.columns import ABSENT, to_columns  # noqa: E402
from quarterhour.domain.json import to_builtins  # noqa: E402
from quarterhour.domain.visit import Visit  # noqa: E402
from quarterhour.interchange.line_table import known_columns, lay_out, unknown_columns  # noqa: E402
from quarterhour.interchange.tabular import read_visits, write_visits  # noqa: E402
from quarterhour.policy import load  # noqa: E402


def cells_of(*visits):
    """Visits as the rows of a table of visits, every value as text."""
    out = io.BytesIO()
    write_visits(visits, out)
    rows = csv.DictReader(io.StringIO(out.getvalue().decode("utf-8"), newline=""))
    return [{name: cell for name, cell in row.items() if cell} for row in rows]


def table_of(rows):
    names = list(dict.fromkeys(name for row in rows for name in row))
    return pa.table({name: pa.array([row.get(name) for row in rows], pa.string()) for name in names})


def numbered(table):
    """Every column of a tree of tables, as lists."""
    return (
        {name: table[name].tolist() for name in table.columns},
        {name: (list(child.offsets), numbered(child)) for name, child in table.children.items()},
    )


def shape(table):
    """What is there and what is absent, in a tree of tables."""
    columns, children = numbered(table)
    return (
        {name: [number == ABSENT for number in column] for name, column in columns.items()},
        {name: (list(map(int, offsets)), shape(table.children[name])) for name, (offsets, _) in children.items()},
    )


def laid(table, **options):
    return lay_out(table, payers=load().payers, payer_needed=False, **options)


def without_what_no_cell_holds(record):
    """A biller's credential and what is there but empty have no column."""
    record = {key: value for key, value in record.items() if value not in ({}, None, "")}
    for key in ("patient", "therapist", "billing_provider", "plan_of_care", "note", "accrued", "assistant"):
        if isinstance(record.get(key), dict):
            inner = {name: value for name, value in record[key].items() if value not in ({}, None, "", [])}
            if key == "billing_provider":
                inner.pop("credential", None)
            record[key] = inner
            if not inner:
                del record[key]
    return record


def crowd(seed, size=60):
    draw = random.Random(seed)
    records = [without_what_no_cell_holds(drawn.visit(draw, who=place)) for place in range(size)]
    visits = [drawn.read(record | {"visit_id": f"V{place}"}) for place, record in enumerate(records)]
    return [visit for visit in visits if visit.services]


@pytest.mark.parametrize("seed", range(4))
def test_rows_make_the_visits_they_were_written_from(seed):
    visits = crowd(seed)
    rows = [row for visit in visits for row in cells_of(visit)]
    found = laid(table_of(rows))
    assert found.wrong == ()
    assert found.columns.records() == visits
    # The tables are those to_columns makes, but for the order in which texts were met.
    again = to_columns(Visit, found.columns.records())
    assert numbered(again.root) == numbered(to_columns(Visit, visits).root)
    assert shape(found.columns.root) == shape(again.root)


def test_rows_of_a_visit_need_not_stand_together():
    visits = crowd(9)
    rows = [(place, row) for place, visit in enumerate(visits) for row in cells_of(visit)]
    random.Random(1).shuffle(rows)
    found = laid(table_of([row for _, row in rows]))
    assert found.wrong == ()
    assert sorted(record.visit_id for record in found.columns.records()) == sorted(one.visit_id for one in visits)
    by_id = {visit.visit_id: visit for visit in visits}
    for record, first in zip(found.columns.records(), found.first.tolist(), strict=True):
        whole = by_id[record.visit_id]
        assert sorted(map(repr, record.services)) == sorted(map(repr, whole.services))
        assert rows[first][0] == visits.index(whole)
    assert found.first.tolist() == sorted(found.first.tolist())


def test_typed_columns_are_read_as_their_texts_are():
    table = pa.table(
        {
            "date_of_service": pa.array([dt.date(2026, 3, 4)] * 2),
            "patient_id": pa.array([17, 17]),
            "code": pa.array(["97530", "97110"]).dictionary_encode(),
            "minutes": pa.array([24.0, None]),
            "units": pa.array([2, 1], pa.int8()),
            "charge": pa.array([decimal.Decimal("90.50"), decimal.Decimal(45)]),
            "modifiers": pa.array([["GP", "59"], None], pa.list_(pa.string())),
            "payer": pa.array(["medicare-b", "medicare-b"]),
        }
    )
    (visit,) = laid(table).columns.records()
    told = to_builtins(visit)
    assert told["patient"] == {"id": "17"}
    assert list(told["services"]) == [
        {"code": "97530", "minutes": 24, "units": 2, "modifiers": ("GP", "59"), "charge": "90.50"},
        {"code": "97110", "units": 1, "charge": "45.00"},
    ]


def test_a_modifier_a_column_is_a_list_too():
    table = table_of(
        [{"date_of_service": "2026-03-04", "code": "97530", "modifier_1": "GP", "modifier_2": "", "modifier_3": "59"}]
    )
    (visit,) = laid(table).columns.records()
    assert visit.services[0].modifiers == ("GP", "59")


def test_what_cannot_be_read_is_told_and_its_visit_left_out():
    row = {"date_of_service": "2026-03-04", "visit_id": "A", "code": "97530", "minutes": "24", "payer": "medicare-b"}
    rows = [
        row,
        row | {"visit_id": "B", "minutes": "2400"},
        row | {"visit_id": "B"},
        row | {"visit_id": "C", "date_of_service": "04/03/2026"},
        row | {"visit_id": "D", "payer": "nobody"},
        row | {"visit_id": "E", "code": ""},
        row | {"visit_id": "F", "payer": "commercial"},
        row | {"visit_id": "F"},
    ]
    found = laid(table_of(rows))
    assert [visit.visit_id for visit in found.columns.records()] == ["A"]
    told = {(row, one.column): one.message for one in reversed(found.wrong) for row in one.rows.tolist()}
    assert told == {
        (1, "minutes"): "minutes cannot be more than 1440, got a number of 4 digits",
        (3, "date_of_service"): 'expected a date such as "2026-03-04", got a text of the form ##/##/####',
        (4, "payer"): "no such payer",
        (5, "code"): "code is missing",
        (7, "payer"): "the rows of one visit differ in this column",
    }


def test_a_value_of_the_visit_may_stand_on_one_of_its_rows():
    row = {"date_of_service": "2026-03-04", "visit_id": "A", "code": "97530"}
    (visit,) = laid(table_of([row, row | {"total_timed_minutes": "40"}, row])).columns.records()
    assert visit.total_timed_minutes == 40
    assert len(visit.services) == 3


def test_rows_that_name_nobody_are_a_visit_each():
    row = {"date_of_service": "2026-03-04", "code": "97530"}
    assert len(laid(table_of([row, row])).columns.records()) == 2


def test_without_ids_rows_alike_in_patient_and_day_are_one_visit():
    row = {"date_of_service": "2026-03-04", "patient_id": "P", "discipline": "PT", "code": "97530"}
    found = laid(table_of([row, row | {"code": "97110"}, row | {"discipline": "OT"}])).columns.records()
    assert [len(visit.services) for visit in found] == [2, 1]


def test_amounts_as_binary_fractions_are_refused_as_by_check():
    row = {"date_of_service": pa.array(["2026-03-04"]), "code": pa.array(["97530"]), "charge": pa.array([90.5])}
    found = laid(pa.table(row))
    assert [one.message for one in found.wrong] == ['expected an amount as a text such as "34.61", got a number']


def test_a_table_is_read_as_check_reads_it(tmp_path):
    """Two readers of one file: record by record, and column by column."""
    for seed in range(3):
        path = tmp_path / f"{seed}.parquet"
        with path.open("wb") as out:
            write_visits([visit for visit in crowd(seed) if visit.payer], out, "parquet")
        records = [visit for batch in read_visits(path) for visit in batch.records]
        assert laid(pq.read_table(path)).columns.records() == records


def test_check_and_scrub_take_the_same_rows_for_one_visit():
    row = {"date_of_service": "2026-03-04", "payer": "medicare-b", "code": "97530", "note_text": ""}
    rows = [
        row | {"visit_id": "1", "patient_id": "P", "note_text": "Stairs"},
        row | {"visit_id": "1", "patient_id": "Q"},
        row | {"visit_id": "", "patient_id": "R", "note_text": "Low chair"},
        row | {"visit_id": "1", "patient_id": "P", "code": "97110"},
        row | {"visit_id": "", "patient_id": "R", "code": "97110"},
        row | {"visit_id": "1", "patient_id": "P", "date_of_service": "2026-03-05"},
    ]
    out = io.BytesIO()
    pq.write_table(table_of(rows), out)
    out.seek(0)
    records = [visit for batch in read_visits(out, apart=True) for visit in batch.records]
    assert [len(visit.services) for visit in records] == [2, 1, 2, 1]
    assert laid(table_of(rows)).columns.records() == records


def test_an_empty_table_makes_no_visits():
    assert laid(pa.table({"code": pa.array([], pa.string())})).columns.records() == []


def test_unknown_columns_are_told_with_the_nearest_known():
    assert unknown_columns(["Minutes", " patient_id", "patient_city", "minuts", "zzz"]) == {
        "minuts": "minutes", "zzz": None,
    }  # fmt: skip


def test_no_two_columns_have_one_name():
    assert len(set(known_columns())) == len(known_columns())
