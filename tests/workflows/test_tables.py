"""`check` on tables: recognised by their columns, the findings placed on their rows."""

import io
from pathlib import Path

import pytest
from tests.interchange.x12.samples import institutional, professional, written

from quarterhour.interchange.tabular import write_claims, write_visits
from quarterhour.interchange.visit_json import read
from quarterhour.workflows.check import Wish, check_paths
from quarterhour.workflows.claim_file import claims_in
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.note import note

EXAMPLES = Path(__file__).parents[2] / "examples" / "visits"
OVER = "date_of_service,payer,code,minutes,units\n2026-03-04,medicare-b,97110,8,1\n2026-03-04,medicare-b,97530,15,3\n"

CLAIM_LINES = (
    "patient_control_number,claim_type,payer,code,units,date_of_service\n"
    "C1,professional,medicare-b,97110,1,2026-03-04\nC1,professional,medicare-b,97161,2,2026-03-04\n"
)


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


@pytest.mark.covers("M5")
@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_table_of_claim_lines_gets_the_findings_of_its_claims(tmp_path, form):
    (tmp_path / "batch.837").write_bytes(written(professional()) + written(institutional()))
    claims = [one.claim for part in claims_in(str(tmp_path / "batch.837")) for one in part]
    # The payer of the claim is a column; without it the claim filing indicator tells of the terms.
    with (tmp_path / "lines.bin").open("wb") as out:
        write_claims(claims, out, form)
    of_file, of_table = checked(tmp_path / "batch.837"), checked(tmp_path / "lines.bin")
    (one,) = of_table["inputs"]
    assert (one["kind"], one["claims"], one["lines"], one["charge"]) == (form, 3, 5, "640.50")
    assert of_table["errors"] == []
    # What other payers paid and the total stated in the file have no column.
    names = ("rule", "claim_id", "line", "code", "message")
    told, expected = ({tuple(f[name] for name in names) for f in each["findings"]} for each in (of_table, of_file))
    assert told == expected
    assert told


def test_a_finding_about_a_claim_names_the_row_of_its_line(tmp_path):
    (tmp_path / "lines.csv").write_text(CLAIM_LINES, encoding="utf-8")
    report = checked(tmp_path / "lines.csv", select=["MUE", "PTY105"])
    assert [(one["rule"], one["claim_id"], one["line"], one["where"]["line"]) for one in report["findings"]] == [
        ("MUE101", "C1", 2, 3), ("PTY105", "C1", None, 2),
    ]  # fmt: skip


def test_a_clinics_own_table_of_claim_lines_is_read_by_its_mapping(tmp_path):
    (tmp_path / "own.csv").write_text(CLAIM_LINES.replace("patient_control_number", "Account"), encoding="utf-8")
    mapping = tmp_path / "clinic.yaml"
    mapping.write_text("table: claim-lines\ncolumns: {Account: patient_control_number}\n", encoding="utf-8")
    told = checked(tmp_path / "own.csv", mapping=mapping, select=["MUE"])
    assert [one["claim_id"] for one in told["findings"]] == ["C1"]
    assert checked(tmp_path / "own.csv")["errors"][0]["message"].startswith("no column payer") or told


def test_a_claim_of_an_unknown_payer_is_told_with_its_row_and_the_others_are_judged(tmp_path):
    (tmp_path / "lines.csv").write_text(CLAIM_LINES + "C2,professional,acme,97530,1,2026-03-04\n", encoding="utf-8")
    report = checked(tmp_path / "lines.csv", select=["MUE"])
    assert [(one["line"], one["message"]) for one in report["errors"]] == [(4, "payer: no such payer")]
    assert report["summary"]["claims"] == 1
    assert len(report["findings"]) == 1


def test_a_note_with_commas_stays_a_note(tmp_path):
    (tmp_path / "note.txt").write_text("code, minutes: therapeutic activities, 24 min\n", encoding="utf-8")
    assert checked(tmp_path / "note.txt")["inputs"][0]["kind"] == "note"


@pytest.mark.parametrize("end", ["\r", "\r\n", "\r\r\n"])
def test_a_table_or_a_note_may_end_its_lines_as_it_likes(tmp_path, end):
    """A carriage return alone, in a header or a note with commas, stopped the whole run."""
    (tmp_path / "visits.txt").write_bytes(OVER.replace("\n", end).encode())
    (tmp_path / "note.txt").write_bytes(f"S: Knee stiff, sore.{end}O: Ther act 24 min, sit to stand x 10{end}".encode())
    report = check_paths([tmp_path], Wish(today="2026-11-21"))
    assert [(one["kind"], one["visits"]) for one in report["inputs"]] == [("note", 1), ("csv", 1)]
    assert report["errors"] == []
    assert any(one["rule"] == "UNT101" and one["code"] == "97530" for one in report["findings"])
    read_sections = note((tmp_path / "note.txt").read_bytes().decode())["sections"]
    assert [one["name"] for one in read_sections] == ["subjective", "objective"]


def test_what_is_quoted_of_a_note_has_its_own_ends_of_lines():
    text = "S: sore.\rO: Gait\r training 9 minutes: walking\r150 ft, SBA.\r"
    read = note(text)
    assert [one["label"] for one in read["services"]] == ["Gait\r training"]
    assert all(one["text"] == text[one["start"] : one["end"]] for one in read["activities"])


def test_what_cannot_be_parted_into_cells_is_no_table_and_stops_nothing(tmp_path):
    (tmp_path / "long.txt").write_text("O: ther act 24 min, " + "x" * 140_000 + "\n", encoding="utf-8")
    (tmp_path / "twice.json").write_bytes(b"\xff\xfe" + '{"a": [1,\r\n2]}'.encode("utf-16"))
    report = check_paths([tmp_path / name for name in ("long.txt", "twice.json")], Wish(today="2026-11-21"))
    assert [one["kind"] for one in report["inputs"]] == ["note", None]
    assert [one["message"] for one in report["errors"]] == ["not UTF-8 but UTF-16; save it as UTF-8"]


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
