"""`check` on tables: recognised by their columns, the findings placed on their rows."""

import io
from pathlib import Path

import pytest

from quarterhour.interchange.tabular import write_visits
from quarterhour.interchange.visit_json import read
from quarterhour.workflows.check import Wish, check_paths
from quarterhour.workflows.errors import BadRequest

EXAMPLES = Path(__file__).parents[2] / "examples" / "visits"
OVER = "date_of_service,payer,code,minutes,units\n2026-03-04,medicare-b,97110,8,1\n2026-03-04,medicare-b,97530,15,3\n"


def checked(path, **wish):
    return check_paths([path], Wish(today="2026-11-21", **wish))


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_table_gets_the_findings_of_its_records(tmp_path, form):
    visits = [one.visit for path in sorted(EXAMPLES.glob("pt-*.json")) for one in read(path.read_bytes()).visits]
    for number, visit in enumerate(visits):
        assert visit.visit_id, number
    out = io.BytesIO()
    write_visits(visits, out, form)
    (tmp_path / "visits.bin").write_bytes(out.getvalue())
    of_table = checked(tmp_path / "visits.bin")
    records = [checked(path) for path in sorted(EXAMPLES.glob("pt-*.json"))]
    assert of_table["inputs"][0]["kind"] == form
    assert of_table["errors"] == []

    def told(reports):
        return sorted((one["visit_id"], one["rule"], one["message"]) for each in reports for one in each["findings"])

    assert told([of_table]) == told(records)


def test_a_finding_names_the_row_of_its_service(tmp_path):
    (tmp_path / "visits.txt").write_text(OVER, encoding="utf-8")
    report = checked(tmp_path / "visits.txt", select=["UNT101"])
    (finding,) = report["findings"]
    assert (finding["line"], finding["where"]["line"]) == (2, 3)


def test_of_a_folder_only_tables_of_visits_are_read(tmp_path):
    (tmp_path / "a.csv").write_text(OVER, encoding="utf-8")
    (tmp_path / "b.csv").write_text("name,age\nx,1\n", encoding="utf-8")
    (tmp_path / "c.parquet").write_bytes(b"PAR1")
    report = checked(tmp_path)
    assert [Path(one["path"]).name for one in report["inputs"]] == ["a.csv"]
    assert [Path(path).name for path in report["skipped"]] == ["b.csv", "c.parquet"]


def test_a_note_with_commas_stays_a_note(tmp_path):
    (tmp_path / "note.txt").write_text("code, minutes: therapeutic activities, 24 min\n", encoding="utf-8")
    assert checked(tmp_path / "note.txt")["inputs"][0]["kind"] == "note"


def test_a_mapping_names_a_clinics_columns(tmp_path):
    (tmp_path / "own.csv").write_text(OVER.replace("date_of_service", "DOS").replace("code", "CPT"), encoding="utf-8")
    (tmp_path / "own.yaml").write_text("columns: {DOS: date_of_service, CPT: code}\n", encoding="utf-8")
    report = checked(tmp_path / "own.csv", mapping=tmp_path / "own.yaml", select=["UNT101"])
    assert [finding["rule"] for finding in report["findings"]] == ["UNT101"]


def test_a_mapping_that_cannot_be_followed_says_where(tmp_path):
    (tmp_path / "own.csv").write_text(OVER, encoding="utf-8")
    (tmp_path / "own.yaml").write_text("columns: {CPT: cod}\n", encoding="utf-8")
    with pytest.raises(BadRequest, match=r"own\.yaml: columns: CPT: there is no column cod; did you mean code"):
        checked(tmp_path / "own.csv", mapping=tmp_path / "own.yaml")


def test_what_cannot_be_read_is_an_error_with_its_cell(tmp_path):
    (tmp_path / "visits.csv").write_text(OVER.replace(",15,", ",fifteen,"), encoding="utf-8")
    report = checked(tmp_path / "visits.csv")
    (error,) = report["errors"]
    assert (error["line"], error["column"]) == (3, 4)
    assert report["summary"]["visits"] == 0
