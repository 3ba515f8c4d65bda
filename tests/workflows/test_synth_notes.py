"""Notes of synthetic visits: they tell what the record has, each otherwise, and what is wrong with them is known."""

import hashlib
import itertools
from collections import Counter

import pytest

pytest.importorskip("pyarrow")

import pyarrow.csv
import pyarrow.parquet as pq

import quarterhour
from quarterhour.interchange.visit_json import read
from quarterhour.workflows.reading import read_plain
from quarterhour.workflows.synth import synth
from quarterhour.workflows.synth.defects import COURSE_DEFECTS, NOTE_DEFECTS
from quarterhour.workflows.synth.mix import mix
from quarterhour.workflows.synth.notes.phrases import phrases
from quarterhour.workflows.synth.people import people

TODAY = "2025-12-31"
#: True of clean visits as well: the last day of a report period, and an amount above the one for review.
REMARKS = {"POC110", "MOD111"}


@pytest.fixture(scope="module")
def noted(tmp_path_factory):
    path = tmp_path_factory.mktemp("synth") / "visits.jsonl"
    synth(path, claims=400, seed=8, notes=True)
    return [one.visit for one in read(path.read_bytes(), lines=True).visits]


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl"])
def test_the_same_seed_gives_the_same_notes(tmp_path, form):
    files = [tmp_path / f"{name}.{form}" for name in ("one", "same", "other")]
    for path, seed in zip(files, (3, 3, 4), strict=True):
        synth(path, claims=200, seed=seed, notes=True)
    one, same, other = (hashlib.sha256(path.read_bytes()).hexdigest() for path in files)
    assert one == same != other


def test_visits_are_the_same_with_and_without_notes(tmp_path):
    without, with_notes = tmp_path / "without.parquet", tmp_path / "with.parquet"
    synth(without, claims=300, seed=3)
    synth(with_notes, claims=300, seed=3, notes=True)
    columns = ["note_text", "note_type"]
    assert pq.read_table(with_notes).drop_columns(columns).equals(pq.read_table(without).drop_columns(columns))
    assert pq.read_table(without)["note_text"].null_count == pq.read_table(without).num_rows


def test_a_note_tells_what_the_record_has(noted):
    for visit in noted:
        told = read_plain(visit.note.text)
        minutes = {one["code"]: one["minutes"] for one in told["services"] if one["status"] == "performed"}
        assert minutes == {service.code: service.minutes for service in visit.services}, visit.note.text
        assert told["times"]["total_treatment_minutes"] == visit.total_treatment_minutes
        assert (told["times"]["total_timed_minutes"] or 0) == visit.total_timed_minutes
        assert visit.patient.name.family in visit.note.text or visit.patient.name.family.upper() in visit.note.text


def test_notes_of_a_course_differ_and_come_in_several_forms(noted):
    by_patient = Counter(visit.patient.id for visit in noted)
    assert max(by_patient.values()) > 1
    assert len({visit.note.text for visit in noted}) == len(noted)
    assert len({visit.note.text.split("visit")[0][:12] for visit in noted}) > 3
    assert len({line.split(":")[0] for visit in noted for line in visit.note.text.splitlines()[1:3]}) > 4
    lines = {visit.visit_id: frozenset(visit.note.text.splitlines()) for visit in noted}
    courses = {}
    for visit in noted:
        courses.setdefault(visit.patient.id, []).append(lines[visit.visit_id])
    for course in courses.values():
        for before, after in itertools.pairwise(course):
            assert len(before & after) < 0.6 * len(after)


def test_nothing_is_wrong_with_clean_notes(tmp_path):
    path, found = tmp_path / "visits.parquet", tmp_path / "found.parquet"
    synth(path, claims=1_500, seed=6, notes=True)
    report = quarterhour.scrub(path, out=found, today=TODAY, workers=1)
    assert set(report["summary"]["by_rule"]) <= REMARKS
    assert report["errors"] == []


def test_the_truth_of_notes_and_courses_is_what_is_found(tmp_path):
    path, truth, found = (tmp_path / name for name in ("visits.parquet", "truth.csv", "found.parquet"))
    synth(path, claims=2_000, seed=12, notes=True, defects=0.6, truth=truth)
    quarterhour.scrub(path, out=found, today=TODAY, workers=1)
    known, table = pyarrow.csv.read_csv(truth), pq.read_table(found)
    wanted = set(zip(known["visit_id"].to_pylist(), known["rule"].to_pylist(), strict=True))
    got = set(zip(table["visit_id"].to_pylist(), table["rule"].to_pylist(), strict=True))
    assert got == wanted
    rules = {rule for _, rule in wanted}
    assert len(rules & {defect.rule for defect in NOTE_DEFECTS}) > len(NOTE_DEFECTS) - 8
    assert len(rules & {defect.rule for defect in COURSE_DEFECTS}) > len(COURSE_DEFECTS) - 5


def test_a_visit_spoilt_in_its_record_has_no_note_to_contradict_it(tmp_path):
    path, truth = tmp_path / "visits.parquet", tmp_path / "truth.csv"
    synth(path, claims=600, seed=2, notes=True, defects=0.5, truth=truth)
    of_units = {
        row["visit_id"] for row in pyarrow.csv.read_csv(truth).to_pylist() if row["defect"] in ("UNT101", "TIM101")
    }
    rows = [row for row in pq.read_table(path).to_pylist() if row["visit_id"] in of_units]
    assert rows
    assert all(row["note_text"] is None for row in rows)


_NUMBERS = {"few": 3, "some": 7, "many": 14, "load": 12, "less": 9, "back": 90}
_ELEMENTS = {"patient_response", "progress", "goal_linkage", "skilled_rationale", "assistance_level"}
_NOTE = """PT daily note, A. Aspen, date of service 01/02/2025, visit 3
Dx: right knee osteoarthritis (M17.11)
O: One-on-one in the gym.
Therapeutic exercise (97110), 15 min: {work}.
{treatment}
Total timed minutes: 15.
A: {assessment}
P: continue"""


def _graded(**told):
    """The elements for which a note with these sentences has anything."""
    sentences = {"work": "bridges 3 x 10", "treatment": "", "assessment": ""} | told
    elements = read_plain(_NOTE.format(**sentences))["elements"]
    return {name for name in _ELEMENTS if elements[name]["grade"] != "absent"}


def test_a_sentence_carries_its_own_element_and_no_other():
    """Or leaving one out would leave nothing out."""
    told = phrases()
    for words in told.conditions.values():
        for response in words.response:
            assert _graded(assessment=response.format(**_NUMBERS)) == {"patient_response"}, response
        for aim in words.aims:
            assert _graded(assessment=aim) == {"goal_linkage"}, aim
        for reason in words.reasons:
            for manner in told.manners.values():
                for change in manner.changes:
                    because = change.format(reason=reason.format(**_NUMBERS), **_NUMBERS)
                    assert _graded(treatment=because) == {"skilled_rationale"}, because
    for manner in told.manners.values():
        for help_ in manner.help:
            assert _graded(treatment=help_.format(**_NUMBERS)) == {"assistance_level"}, help_
    for service in told.services.values():
        for work in service.work:
            assert _graded(work=work.format(**_NUMBERS)) == set(), work


def test_every_code_drawn_has_words():
    told = phrases()
    assert {code for codes in mix().published.codes.values() for code in codes} <= set(told.services)
    courses = [course for ones in people().courses.values() for course in ones]
    assert {course.diagnoses.split()[0] for course in courses} == set(told.conditions)
    # Two responses at the least: they are told in turn.
    assert all(len(words.response) > 1 for words in told.conditions.values())
