"""Tables of visits and claim lines: out and in again, a clinic's own columns, and what is wrong in which cell."""

import datetime as dt
import decimal
import io
from pathlib import Path

import msgspec
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet
from tests.interchange.forms.samples import professional

from quarterhour.domain.clock import Clock
from quarterhour.domain.json import dumps
from quarterhour.domain.money import Cents
from quarterhour.domain.visit import Accrued, Goal, Note, Patient, PersonName, PlanOfCare, Provider, Service, Visit
from quarterhour.interchange.errors import Unreadable
from quarterhour.interchange.tabular import (
    BadMapping,
    NotATable,
    read_claims,
    read_mapping,
    read_visits,
    table_named,
    write_claims,
    write_findings,
    write_visits,
)
from quarterhour.interchange.tabular.cells import guarded, unguarded
from quarterhour.interchange.tabular.columns import CLAIM_LINES, VISITS

ADDRESS = {"street": "100 Main Street", "city": "Dallas", "state": "TX", "zip": "75201"}
PROVIDER = Provider(npi="1234567893", name="Fox, Al", credential="PT", taxonomy="225100000X")
DAY = dt.date(2026, 3, 4)
TIMES = ((Clock(540), Clock(564)), (Clock(600), Clock(603)))
HEAD = "visit_id,date_of_service,payer,code"
BAD_DAY = 'date_of_service: expected a date such as "2026-03-04", got a day that is not in the calendar'
BAD_MINUTES = "minutes: expected a whole number of minutes, got a text of the form ##.#"
BAD_CODE = "code: expected a procedure code such as 97530 or G0283, got a text of 4 digits"
BAD_MODIFIER = "modifiers: expected a modifier such as GP or 59, got a text of 4 characters"
TOO_MANY = "7 cells, but 6 columns; quote a cell that holds what parts cells"
FULL = Visit(
    date_of_service=DAY, visit_id="V-1", payer="medicare-b", setting="private-practice", place_of_service="11",
    state="TX", zip="75201", discipline="PT",
    patient=Patient(id="P-1", name=PersonName(family="Doe", given="Jane"), birth_date=dt.date(1950, 5, 6), sex="F",
                    member_id="1EG4TE5MK73", address=ADDRESS),
    therapist=PROVIDER, assistant=Provider(npi="1234567919", name="Orr, Bo", credential="PTA"),
    supervisor=Provider(npi="1234567893", name="Fox, Al", credential="PT"),
    referring_provider=Provider(npi="1234567935", name="Roe, Rita", credential="MD"),
    billing_provider=Provider(
        npi="1234567828", name="First", tax_id="12-3456789", taxonomy="261QP2000X", address=ADDRESS
    ),
    plan_of_care=PlanOfCare(
        established=DAY, first_treatment=DAY, certified_on=DAY, certified_through=DAY, order_signed_on=DAY,
        sent_to_referrer_on=DAY, diagnoses=("M25.561", "M62.81"), frequency="2 per week", duration="8 weeks",
        visit_number=7, last_progress_report_visit=1, last_progress_report_on=DAY,
        certified_by=Provider(npi="1234567935", name="Roe, Rita", credential="MD"),
        goals=(Goal(id="G1", text="Stands up; from a low chair", baseline=19.0, target=12.0, unit="s", due=DAY),),
    ),
    services=(
        Service(code="97530", minutes=24, assistant_minutes=3, intervals=TIMES, mode="one-on-one",
                units=2, modifiers=("GP", "KX"), charge=Cents(9050), diagnosis_pointers=(1, 2), label="ther act"),
        Service(code="97110", minutes=8, units=0),
    ),
    total_treatment_minutes=50, total_timed_minutes=32,
    note=Note(type="daily", text='S: "better"\nO: gait, 12 min\n', signed_by="Al Fox, PT", signed_on=DAY),
    accrued=Accrued(pt_slp=Cents(120000), ot=Cents(0)), prior_authorization="AUTH1",
)  # fmt: skip
NOTE_ALONE = Visit(date_of_service=DAY, payer="medicare-b", visit_id="V-2", note=Note(text="- walked 40 ft"))


def table(text, mapping=None, **more):
    (batch,) = read_visits(io.BytesIO(text.encode()), mapping, **more)
    return batch


def told(batch):
    return [(defect.line, defect.column, defect.message) for defect in batch.defects]


def back(records, write, read, form, **more):
    out = io.BytesIO()
    write(records, out, form)
    out.seek(0)
    return list(read(out, **more))


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_visits_read_back_as_they_were_written(form):
    (batch,) = back([FULL, NOTE_ALONE], write_visits, read_visits, form)
    assert batch.defects == ()
    assert batch.records == (FULL, NOTE_ALONE)
    # a line of text counts from 1, the header being the first, and the note has two line ends; a row counts from 1
    assert batch.rows == (((2, 5), (8,)) if form == "csv" else ((1, 2), (3,)))


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_claim_lines_read_back_as_they_were_written(form):
    claim = msgspec.structs.replace(professional(), place_of_service=None)
    claim = msgspec.structs.replace(
        claim, coverage=msgspec.structs.replace(claim.coverage, payer_address=None),
        billing_provider=msgspec.structs.replace(claim.billing_provider, address=ADDRESS),
        patient=msgspec.structs.replace(claim.patient, member_id=None),
    )  # fmt: skip
    (batch,) = back([claim], write_claims, read_claims, form)
    assert batch.defects == ()
    assert batch.records == (claim,)


@pytest.mark.parametrize("table", [VISITS, CLAIM_LINES])
def test_every_column_names_a_place_of_the_record(table):
    names = [column.name for column in table.columns]
    assert sorted(names) == sorted(set(names))
    for column in table.columns:
        *way, last = column.path.replace("*.", "").split(".")
        record = table.record
        for part in way:
            (hint,) = [field.type for field in msgspec.structs.fields(record) if field.encode_name == part]
            inner = [one for one in getattr(hint, "__args__", (hint,)) if one not in {type(None), Ellipsis}]
            record = inner[0]
        if record != dict[str, str]:
            assert last in {field.encode_name for field in msgspec.structs.fields(record)}, column.name


def test_every_visit_of_a_record_column_is_written():
    out = io.BytesIO()
    write_visits([FULL], out)
    head, first, *_ = out.getvalue().decode().splitlines()
    assert len(head.split(",")) == len(VISITS.columns)
    assert first.startswith("V-1,2026-03-04,medicare-b,")


def test_a_batch_ends_between_two_visits_and_none_is_lost():
    visits = [msgspec.structs.replace(FULL, visit_id=f"V-{number}") for number in range(7)]
    batches = back(visits, write_visits, read_visits, "csv", batch=3)
    assert [visit for batch in batches for visit in batch.records] == visits
    assert max(len(batch.records) for batch in batches) == 2


def test_a_mapping_says_what_a_clinics_columns_are():
    mapping = read_mapping(
        "table: visits\n"
        "columns:\n"
        '  DOS: {to: date_of_service, date: "%m/%d/%Y"}\n'
        "  CPT: code\n"
        "  Insurance: {to: payer, values: {MCR: medicare-b}}\n"
        '  Mods: {to: modifiers, split: ","}\n'
        "constants: {discipline: PT, mode: one-on-one}\n"
        "ignore: [Front desk]\n"
    )
    batch = table(
        'DOS;CPT;Insurance;Mods;units;Front desk;charge\n03/04/2026;97530;MCR;GP, KX;2;hello;"$1,090.50"\n', mapping
    )
    assert batch.defects == ()
    assert batch.records == (
        Visit(
            date_of_service=DAY, payer="medicare-b", discipline="PT",
            services=(Service(code="97530", mode="one-on-one", units=2, modifiers=("GP", "KX"), charge=Cents(109050)),),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    "row, place, message",
    [
        ("2026-02-30,97530,medicare-b,24,2,GP", (2, 1), BAD_DAY),
        ("2026-03-04,9753,medicare-b,24,2,GP", (2, 2), BAD_CODE),
        ("2026-03-04,97530,medicare-b,24.5,2,GP", (2, 4), BAD_MINUTES),
        ("2026-03-04,97530,medicare-b,24,2,GP59", (2, 6), BAD_MODIFIER),
        ("2026-03-04,97530,medicare-b,24,2,GP,x", (2, 7), TOO_MANY),
        (",97530,medicare-b,24,2,GP", (2, 1), "date_of_service is missing"),
        ("2026-03-04,97530,,24,2,GP", (2, 1), "no payer: the record names none and no default is given"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_line_and_column(row, place, message):
    batch = table(f"date_of_service,code,payer,minutes,units,modifiers\n{row}\n2026-03-05,97530,medicare-b,24,2,GP\n")
    assert told(batch) == [(*place, message)]
    assert len(batch.records) == 1


def test_a_second_row_is_told_by_its_own_line():
    text = HEAD + ",units\nV-1,2026-03-04,medicare-b,97530,2\nV-1,2026-03-04,medicare-b,97110,x\n"
    assert [defect[:2] for defect in told(table(text))] == [(3, 5)]


def test_rows_of_one_visit_that_disagree_are_told():
    text = HEAD + "\nV-1,2026-03-04,medicare-b,97530\nV-1,2026-03-05,medicare-b,97110\n"
    assert told(table(text)) == [(3, 2, "date_of_service is not what it is on line 2 of this visit")]


def test_without_a_visit_id_rows_that_agree_are_one_visit():
    rows = ("2026-03-04,medicare-b,97530", "2026-03-04,medicare-b,97110", "2026-03-05,medicare-b,97110")
    batch = table("\n".join(("date_of_service,payer,code", *rows)))
    assert [len(visit.services) for visit in batch.records] == [2, 1]
    assert batch.rows == ((2, 3), (4,))


def test_an_empty_cell_contradicts_no_other_row_of_the_visit():
    head = HEAD + ",note_text,total_timed_minutes\n"
    rows = "V-1,2026-03-04,medicare-b,97530,Stairs,\nV-1,2026-03-04,,97110,,40\nV-1,2026-03-04,medicare-b,97112,,40\n"
    (batch,) = read_visits(io.BytesIO((head + rows).encode()))
    assert batch.defects == ()
    (visit,) = batch.records
    assert (visit.note.text, visit.total_timed_minutes, len(visit.services)) == ("Stairs", 40, 3)
    # the third row contradicts what the second was the first to say
    assert told(table(head + rows.replace("97112,,40", "97112,,41"))) == [
        (4, 6, "total_timed_minutes is not what it is on line 3 of this visit")
    ]


# visits are counted anew for each patient, and the last row leaves the note's cell empty
COUNTED_ANEW = """patient_id,visit_id,date_of_service,payer,code,note_text
P,1,2026-03-04,medicare-b,97530,Stairs
Q,1,2026-03-04,medicare-b,97530,
P,2,2026-03-05,medicare-b,97530,
P,1,2026-03-04,medicare-b,97110,
"""
WITHOUT_ID = """patient_id,date_of_service,payer,code,note_text
P,2026-03-04,medicare-b,97530,
Q,2026-03-04,medicare-b,97530,
P,2026-03-04,medicare-b,97110,Stairs
"""
NAMELESS = """date_of_service,payer,code
2026-03-04,medicare-b,97530
2026-03-05,medicare-b,97530
2026-03-04,medicare-b,97110
"""


@pytest.mark.parametrize(
    "text, rows, noted",
    [
        (COUNTED_ANEW, ((2, 5), (3,), (4,)), [True, False, False]),
        (WITHOUT_ID, ((2, 4), (3,)), [True, False]),
        (NAMELESS, ((2,), (3,), (4,)), [False, False, False]),
    ],
)
def test_rows_of_one_visit_may_stand_apart_where_all_are_held(text, rows, noted):
    batch = table(text, apart=True)
    assert batch.defects == ()
    assert batch.rows == rows
    assert [visit.note is not None for visit in batch.records] == noted


def test_an_unknown_column_is_told_once_with_the_nearest_known():
    batch = table("date_of_service,code,payer,minuts\n2026-03-04,97530,medicare-b,24\n2026-03-05,97530,medicare-b,24\n")
    assert told(batch) == [
        (
            1,
            4,
            'unknown column "minuts"; did you mean minutes? rename it, or name it in a mapping under columns or ignore',
        )
    ]
    assert len(batch.records) == 2


def test_a_column_given_twice_is_told():
    assert told(table("date_of_service,code,payer,Code\n2026-03-04,97530,medicare-b,97110\n")) == [
        (1, 4, 'column "Code" is code, and so is "code"')
    ]


def test_several_columns_may_be_parts_of_one_list():
    mapping = read_mapping(
        "columns: {Mod1: modifiers, Mod2: modifiers, Mod3: {to: modifiers, split: '/'}, Dx1: plan_diagnoses, "
        "Dx2: plan_diagnoses}"
    )
    batch = table(
        "date_of_service,code,payer,Dx1,Dx2,Mod1,Mod2,Mod3\n2026-03-04,97530,medicare-b,M25.561,M62.81,GP,,KX/59\n"
        "2026-03-04,97110,medicare-b,M25.561,M62.81,,GP,\n",
        mapping,
    )
    assert batch.defects == ()
    (visit,) = batch.records
    assert [service.modifiers for service in visit.services] == [("GP", "KX", "59"), ("GP",)]
    assert visit.plan_of_care.diagnoses == ("M25.561", "M62.81")


def test_a_modifier_a_column_needs_no_mapping():
    batch = table("date_of_service,code,payer,modifier_1,Modifier_2\n2026-03-04,97530,medicare-b,GP,KX\n")
    assert batch.defects == ()
    assert batch.records[0].services[0].modifiers == ("GP", "KX")


def test_columns_that_are_no_list_and_constants_have_one_origin():
    with pytest.raises(BadMapping, match="each of our columns has one origin, unless it is a list"):
        read_mapping("columns: {Mod1: modifiers}\nconstants: {modifiers: GP}")
    doubled = table("date_of_service,code,payer,modifiers,Mod2\n2026-03-04,97530,medicare-b,GP,KX\n",
                    read_mapping("columns: {Mod2: modifiers}"))  # fmt: skip
    assert "and so is" in told(doubled)[0][2]


NEEDED = {"patient_control_number": "X1", "claim_type": "professional", "code": "97530", "units": "2"}
COVERAGE = {"filing": "MB", "payer_name": "NGS", "payer_id": "06102", "member_id": "1EG4TE5MK73"}


def claim_table(cells, mapping=None):
    text = f"{','.join(cells)}\n{','.join(cells.values())}\n"
    (batch,) = read_claims(io.BytesIO(text.encode()), mapping)
    return batch


def test_what_the_page_names_is_all_a_claim_line_needs(repository):
    page = (repository / "docs/reference/tables.md").read_text(encoding="utf-8")
    said = page.partition("## Claim lines")[2].partition("## Your own columns")[0]
    assert all(f"`{name}`" in said for name in NEEDED | COVERAGE)
    for cells in (NEEDED, NEEDED | COVERAGE):
        batch = claim_table(cells)
        assert (len(batch.records), batch.defects) == (1, ())


@pytest.mark.parametrize("name", NEEDED)
def test_a_column_every_claim_needs_is_told_once_for_the_table(name):
    without = {key: cell for key, cell in NEEDED.items() if key != name}
    with pytest.raises(NotATable, match=f"no column {name}"):
        claim_table(without)
    mapping = read_mapping(f"table: claim-lines\nconstants: {{{name}: '{NEEDED[name]}'}}")
    assert len(claim_table(without, mapping).records) == 1


def test_all_columns_that_lack_are_told_at_once():
    with pytest.raises(NotATable, match=r"no column claim_type: .*; it lacks units too"):
        claim_table({key: cell for key, cell in NEEDED.items() if key not in {"claim_type", "units"}})


@pytest.mark.parametrize("name", ["payer_name", "payer_id", "member_id"])
def test_a_claim_that_says_anything_of_its_coverage_names_it_whole(name):
    cells = NEEDED | COVERAGE
    batch = claim_table({key: cell for key, cell in cells.items() if key != name})
    assert [defect.message for defect in batch.defects] == [f"{name} is missing"]
    mapping = read_mapping(f"table: claim-lines\nconstants: {{{name}: '{cells[name]}'}}")
    assert len(claim_table({key: cell for key, cell in cells.items() if key != name}, mapping).records) == 1


def test_nothing_is_defaulted():
    (visit,) = table("date_of_service,code\n2026-03-04,97530\n", payer_needed=False).records
    assert visit == Visit(date_of_service=DAY, services=(Service(code="97530"),))


def test_goals_are_texts_or_json():
    head = "date_of_service,code,payer,plan_goals\n"
    (visit,) = table(head + "2026-03-04,97530,medicare-b,stairs; low chair\n").records
    assert [goal.text for goal in visit.plan_of_care.goals] == ["stairs", "low chair"]
    assert told(table(head + "2026-03-04,97530,medicare-b,[stairs\n")) == [
        (2, 4, "plan_goals: expected the goals as JSON, as in the visit record, or their texts with ; between")
    ]


def test_no_message_repeats_what_is_private():
    head = "date_of_service,code,payer,patient_family,patient_birth_date,charge\n"
    batch = table(head + "2026-03-04,97530,medicare-b,Doe,06.05.1950,ninety\n")
    messages = " ".join(message for _, _, message in told(batch))
    assert "1950" not in messages
    assert "ninety" not in messages


@pytest.mark.parametrize(
    "content, said",
    [
        (b"", "the first line is empty"),
        (b"name,age\nx,1\n", "no column date_of_service"),
        (b"\xff\xfed\x00", "UTF-16"),
        (b"date_of_service,code\n2026-03-04,\xff\n", "not UTF-8"),
        (b"PAR1 and nothing more", "a Parquet file that is damaged or cut off"),
    ],
)
def test_what_is_no_table_is_refused(content, said):
    with pytest.raises(Unreadable, match=said):
        list(read_visits(io.BytesIO(content)))


def test_a_file_that_is_refused_is_closed(tmp_path: Path):
    (tmp_path / "x.csv").write_bytes(b"DOS,code\n")
    with pytest.raises(NotATable):
        read_visits(tmp_path / "x.csv")


def test_the_needed_column_says_how_to_give_it():
    with pytest.raises(NotATable, match="say in a mapping which of your columns it is"):
        read_visits(io.BytesIO(b"DOS,code\n"))


@pytest.mark.parametrize(
    "text, said",
    [
        ("columns: {CPT: cod}", "columns: CPT: there is no column cod; did you mean code?"),
        ("colums: {}", "the mapping: unknown key colums; did you mean columns?"),
        ("table: visit", "table: expected one of visits, claim-lines"),
        ("columns: {CPT: code, Code2: code}", "code is given twice; each of our columns has one origin"),
        ("columns: {CPT: code}\nconstants: {code: '97530'}", "code is given twice; each of our columns has one origin"),
        ("columns: {CPT: {to: code, date: '%d'}}", "columns: CPT: date is the form of a date"),
        (
            "columns: {CPT: {to: code, split: ','}}",
            "columns: CPT: split is for a column that holds a list; code does not",
        ),
        ("columns: {CPT: {from: code}}", "columns: CPT: expected a column of ours"),
        ("columns: [CPT]", "columns: expected names with what they are"),
        ("a: [", "the mapping is not YAML"),
        ("[]", "expected a mapping with the keys table and columns"),
        ("format: 2", "format: this version reads format 1"),
    ],
)
def test_a_mapping_that_cannot_be_followed_says_why(text, said):
    with pytest.raises(BadMapping) as refused:
        read_mapping(text)
    assert refused.value.message.startswith(said)


def test_a_word_the_mapping_does_not_have_is_told():
    mapping = read_mapping("columns: {Ins: {to: payer, values: {MCR: medicare-b, BC: commercial}}}")
    batch = table("date_of_service,code,Ins\n2026-03-04,97530,XX\n", mapping)
    assert told(batch) == [(2, 3, "payer: a word that the mapping does not have; it has MCR, BC")]


def test_a_mapping_of_another_table_is_refused():
    with pytest.raises(BadMapping, match="for claim-lines, not for visits"):
        read_visits(io.BytesIO(b"x"), read_mapping("table: claim-lines"))


def test_parquet_of_other_types_is_read():
    columns = {
        "date_of_service": [dt.datetime(2026, 3, 4, tzinfo=dt.UTC), dt.datetime(2026, 3, 5, tzinfo=dt.UTC)],
        "payer": ["medicare-b", "medicare-b"], "code": ["97530", "97110"], "units": [2, 1],
        "modifiers": ["GP KX", "GP"], "charge": [decimal.Decimal("90.50"), decimal.Decimal("30.00")],
    }  # fmt: skip
    out = io.BytesIO()
    parquet.write_table(pa.table(columns), out)
    (batch,) = read_visits(out)
    assert [visit.services[0].charge for visit in batch.records] == [9050, 3000]
    assert [visit.date_of_service.day for visit in batch.records] == [4, 5]


def test_parquet_with_binary_fractions_as_money_is_told():
    out = io.BytesIO()
    columns = {"date_of_service": ["2026-03-04"], "payer": ["medicare-b"], "code": ["97530"], "charge": [90.5]}
    parquet.write_table(pa.table(columns), out)
    (batch,) = read_visits(out)
    assert told(batch) == [(1, 4, 'charge: expected an amount as a text such as "34.61", got a number')]


def test_findings_are_written_with_every_column(tmp_path: Path):
    finding = {
        "rule": "UNT101", "name": "units-exceed-timed-minutes", "severity": "error", "confidence": "high",
        "persona": "biller", "visit_id": "V-1", "claim_id": None, "kind": "units_over", "element": None, "line": 1,
        "code": "97530", "message": "4 billed", "numbers": {"billed": 4}, "evidence": [],
        "remedy": {"kind": "choice", "text": "Bill 3"}, "sources": [{"title": "Manual"}, {"title": "Manual"}],
        "where": {"path": "visits.csv", "visit": 1, "line": 2, "column": 1},
    }  # fmt: skip
    out = io.BytesIO()
    write_findings([finding], out, "parquet")
    (row,) = parquet.read_table(out).to_pylist()
    assert (row["rule"], row["line"], row["numbers"], row["sources"], row["file_line"]) == (
        "UNT101", 1, dumps({"billed": 4}), "Manual", 2,
    )  # fmt: skip


def test_no_findings_are_a_table_with_a_header():
    out = io.BytesIO()
    write_findings([], out, "csv")
    assert out.getvalue().startswith(b"path,visit,visit_id,")
    out = io.BytesIO()
    write_findings([], out, "parquet")
    assert parquet.read_table(out).num_rows == 0


@given(st.text())
def test_a_cell_that_could_run_is_guarded_and_comes_back(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(
    "names, table",
    [
        (["date_of_service", "code"], "visits"),
        (["code", "minutes"], None),
        (["date_of_service", "note_text"], "visits"),
        (["patient_control_number", "date_of_service", "code"], "claim-lines"),
        (["patient_control_number", "date_of_service"], None),
    ],
)
def test_a_header_is_known_by_its_columns(names, table):
    found = table_named(names)
    assert (found and found.name) == table
