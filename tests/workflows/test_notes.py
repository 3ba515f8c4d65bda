"""Notes through the workflows: alone, beside a visit, in folders; what is asked of the clinician; a second reader."""

import json
import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pytest

import quarterhour
from quarterhour.cli.options import annotator_of
from quarterhour.domain.reading import ELEMENTS
from quarterhour.policy import UnknownName
from quarterhour.workflows.annotate import Annotation, Annotator, annotated
from quarterhour.workflows.check import Wish, check, check_paths, checked_paths
from quarterhour.workflows.draft import draft, questions
from quarterhour.workflows.errors import BadRequest
from quarterhour.workflows.kept import Kept
from quarterhour.workflows.note import note, note_of_path
from quarterhour.workflows.note_visit import NO_LINES
from quarterhour.workflows.reading import read_note
from quarterhour.workflows.sentence_model import Label, Labels, SentenceModel, sentence_model

NOTE = (
    "PT daily note\n"
    "S: Knee stiff, 4/10.\n"
    "O: Ther act 24 min: sit to stand from 17 in chair x 10, contact guard, two verbal cues.\n"
    "Ther ex 15 min: bridges 3x10. HEP: 97110 10 min daily.\n"
    "A: tolerated treatment well.\n"
    "P: cont POC\n"
    "Ann Able, PT\n"
)
WISH = Wish(today="2026-11-21", on="2026-03-04", payer="medicare-b")
VISIT = {
    "visit_id": "V-1",
    "date_of_service": "2026-03-04",
    "payer": "medicare-b",
    "discipline": "PT",
    "services": [
        {"code": "97530", "minutes": 24, "units": 2, "modifiers": ["GP"]},
        {"code": "97110", "minutes": 15, "units": 1, "modifiers": ["GP"]},
    ],
    "note": {"text": NOTE},
}


@pytest.fixture
def alone(tmp_path):
    path = tmp_path / "note.txt"
    path.write_bytes(NOTE.encode())
    return path


@pytest.mark.covers("D1")
def test_a_note_alone_is_judged_for_what_it_documents(alone):
    report = check_paths([alone], WISH)
    assert report["inputs"] == [{"path": str(alone), "kind": "note", "visits": 1, "lines": 2, "defects": []}]
    assert report["errors"] == []
    assert {one["kind"] for one in report["findings"]} <= {"documentation", "necessity", "time_conflict", "wrong_code"}
    assert "DOC103" in report["summary"]["by_rule"]
    assert {"rule": "UNT101", "reason": NO_LINES, "visits": 1} in report["not_checked"]
    assert all(one["line"] is None for one in report["findings"])


def test_the_visit_of_a_note_has_what_the_note_states_and_no_more(alone):
    (placed,) = checked_paths([alone], WISH).visits
    visit = placed.visit
    assert [(one.code, one.minutes, one.units, one.modifiers) for one in visit.services] == [
        ("97530", 24, None, ()),
        ("97110", 15, None, ()),
    ]
    assert (visit.discipline, visit.total_timed_minutes, visit.plan_of_care, visit.therapist) == (
        "PT",
        None,
        None,
        None,
    )
    assert (visit.date_of_service.isoformat(), visit.payer) == ("2026-03-04", "medicare-b")


def test_what_had_to_be_assumed_of_a_note_is_told(alone):
    (one,) = check_paths([alone], Wish(today="2026-11-21"))["inputs"]
    assert one["assumed"] == {"date_of_service": "2026-11-21", "payer": "medicare-b"}


@pytest.mark.parametrize(
    "head, assumed",
    [
        ("Date of service: 03/04/2026\n", None),
        ("DOS 3/4/26\n", None),
        ("", "2026-11-21"),
        ("DOS 03/04\n", "2026-11-21"),  # no year
        ("DOS 12/24/2026\n", "2026-11-21"),  # has not come
    ],
)
def test_the_date_of_service_is_the_notes_where_it_writes_one(tmp_path, head, assumed):
    path = tmp_path / "note.txt"
    path.write_text(head + "Therapeutic activities (97530) 25 min: cans put in a cupboard.\n")
    (one,) = check_paths([path], Wish(today="2026-11-21", payer="medicare-b"))["inputs"]
    assert one.get("assumed", {}).get("date_of_service") == assumed


def test_evidence_is_the_very_words_and_the_place_is_their_line(alone):
    report = check_paths([alone], WISH)
    with_words = [one for one in report["findings"] if one["evidence"]]
    assert with_words
    for one in with_words:
        assert all(NOTE[span["start"] : span["end"]] == span["text"] for span in one["evidence"])
        first = min(span["start"] for span in one["evidence"])
        assert one["where"]["path"] == str(alone)
        assert one["where"]["line"] == NOTE[:first].count("\n") + 1
        assert NOTE.splitlines()[one["where"]["line"] - 1][one["where"]["column"] - 1 :].startswith(NOTE[first])


def test_the_note_of_a_visit_is_read_and_judged_with_it():
    report = check(VISIT, today="2026-11-21")
    assert any(one["rule"].startswith("DOC") for one in report["findings"])
    without = {key: value for key, value in VISIT.items() if key != "note"}
    assert not any(one["rule"].startswith("DOC") for one in check(without, today="2026-11-21")["findings"])


def test_without_a_note_nothing_of_the_notes_room_is_loaded():
    record = {key: value for key, value in VISIT.items() if key != "note"}
    code = (
        "import sys, quarterhour\n"
        f"quarterhour.check({record!r})\n"
        "sys.exit(any(name.startswith(('quarterhour.notes', 'ahocorasick')) for name in sys.modules))\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_folders_hold_notes_and_a_visits_own_note_is_judged_once(tmp_path):
    (tmp_path / "visit.json").write_text(json.dumps(VISIT))
    (tmp_path / "same.txt").write_text(NOTE + "\n")
    (tmp_path / "other.md").write_text("S: well\nO: gait training 15 min")
    (tmp_path / "README.md").write_text("# About these")
    report = check_paths([tmp_path], WISH)
    assert [(one["path"].rpartition("/")[2], one["kind"]) for one in report["inputs"]] == [
        ("other.md", "note"),
        ("visit.json", "visit"),
    ]
    assert [path.rpartition("/")[2] for path in report["skipped"]] == ["README.md", "same.txt"]
    assert check_paths([tmp_path / "same.txt", tmp_path / "visit.json"], WISH)["summary"]["visits"] == 2


@pytest.mark.parametrize(
    "content, kind",
    [
        (b"[PATIENT NAME] seen today. Ther act 15 min.", "note"),
        (b"\xef\xbb\xbfO: Ther act 15 min.", "note"),
        (b"ISABEL seen today", "note"),
        (b"", "visit"),
        (b" \n", "visit"),
        (b"ISA*00*", None),
        (b"\xff\xfeO", None),
        (b"O: \xe9", None),
        (b"{\\rtf1 note}", None),
        (b'{"date_of_service": ', None),
    ],
)
def test_content_tells_a_note_from_what_is_none(content, kind, tmp_path):
    path = tmp_path / "x.txt"
    path.write_bytes(content)
    (one,) = check_paths([path], WISH)["inputs"]
    assert one["kind"] == kind
    assert bool(one["defects"]) == (kind is None)


@pytest.mark.parametrize(
    "text", ["a\r\nO: Ther act 15 min\r\nb", "O: “Ther act” 15 min — 👩‍🦽 sit↔stand\n", "\x00\x07", ""]
)
def test_any_text_is_read_and_its_offsets_lie_inside(text):
    answer = note(text)
    spans = [span for one in answer["elements"].values() for span in one["evidence"]]
    spans += [*answer["services"], *answer["activities"], *answer["sections"], *answer["assistance"]]
    assert all(0 <= span["start"] <= span["end"] <= len(text) for span in spans)
    assert set(answer["elements"]) == set(ELEMENTS)


def test_note_has_the_keys_of_the_contract_and_support_beside_them():
    answer = quarterhour.note(NOTE)
    assert set(answer) == {
        "format",
        "discipline",
        "sections",
        "services",
        "activities",
        "assistance",
        "times",
        "elements",
        "by_assistant",
        "units",
        "support",
    }
    assert json.loads(json.dumps(answer)) == answer
    assert {one["code"]: one["minutes"] for one in answer["services"] if one["status"] == "performed"} == {
        "97530": 24,
        "97110": 15,
    }
    assert [one["service"]["code"] for one in answer["support"] if one["service"]] == ["97530", "97110"]
    with pytest.raises(BadRequest, match="expected the text of a note, got bytes"):
        note(b"x")


def test_the_note_of_a_file_is_its_text_or_that_of_its_one_visit(tmp_path, alone):
    record = tmp_path / "visit.json"
    record.write_text(json.dumps(VISIT))
    assert note_of_path(str(alone)) == note_of_path(str(record)) == NOTE
    record.write_text(json.dumps([VISIT, VISIT]))
    with pytest.raises(BadRequest, match="2 notes in it, expected one"):
        note_of_path(str(record))
    with pytest.raises(BadRequest, match="is a folder"):
        note_of_path(str(tmp_path))


def test_rules_are_chosen_by_persona(alone):
    every = check_paths([alone], WISH)
    ours = check_paths([alone], Wish(today="2026-11-21", on="2026-03-04", payer="medicare-b", persona=["auditor"]))
    assert {one["persona"] for one in ours["findings"]} == {"auditor"}
    assert ours["findings"] == [one for one in every["findings"] if one["persona"] == "auditor"]
    with pytest.raises(UnknownName, match="did you mean 'therapist'"):
        check(VISIT, persona=["theraphist"])


def test_a_clinics_own_phrases_are_read(tmp_path):
    pack = tmp_path / "ours.yaml"
    pack.write_text("pack: ours\nadd:\n  service/97530: zoomies\n", encoding="utf-8")
    text = "O: zoomies 20 min."
    assert note(text)["services"] == []
    assert [one["code"] for one in note(text, vocabulary=[pack])["services"]] == ["97530"]
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("pack: wrong\nadd:\n  nowhere/1: zoomies\n", encoding="utf-8")
    with pytest.raises(BadRequest, match="vocabulary"):
        note(text, vocabulary=[wrong])
    with pytest.raises(BadRequest, match="No such file"):
        note(text, vocabulary=[tmp_path / "none.yaml"])


@pytest.mark.parametrize(
    "pack, words",
    [
        (b"pack: caf\xe9", "voc.yaml: not UTF-8 (byte 10); save it as UTF-8"),
        (b"", "voc: not keys and values, or empty"),
        (b"- a", "voc: not keys and values, or empty"),
        (b"pack: ours\nentries: [a]", "ours: entries: expected keys and values"),
        (b"pack: ours\nremove: zoomies", "ours: remove: expected a list"),
        (b"pack: ours\nmove: [a]", "ours: move: expected keys and values"),
        (
            b"pack: ours\nmove: [a]\nremove: zoomies",
            "ours: move: expected keys and values; ours: remove: expected a list",
        ),
        (
            b"pack: ours\nadd:\n  service/97530: {a: b}",
            "ours: add: 'service/97530': expected a text or a list of texts",
        ),
        (b"pack: ours\nadd:\n  service/97530:", "ours: add: 'service/97530': expected a text or a list of texts"),
        (b"pack: ours\nheadings:\n  subjectve: gripe", "ours: headings: 'subjectve' is none of "),
        (b"pack: ours\nservices:\n  97530: zoomies", "ours: unknown key 'services'; known are add, "),
        (b"pack: ours\nadd:\n  service/99999: zoomies", "ours: no service of code '99999' is known"),
        (b"pack: ours\nadd:\n  activity/zoom: zoomies", "ours: 'activity/zoom' is none of activity/"),
        (b"pack: ours\nmove:\n  ther ex: service/99999", "ours: no service of code '99999' is known"),
    ],
)
def test_a_pack_that_says_what_is_not_understood_is_refused_in_words(tmp_path, pack, words):
    path = tmp_path / "voc.yaml"
    path.write_bytes(pack)
    with pytest.raises(BadRequest) as refused:
        note("O: zoomies 20 min.", vocabulary=[path])
    assert words in str(refused.value)


@pytest.mark.parametrize("titles", ["gripe | wish", "[gripe, wish]"])
def test_a_packs_own_headings_are_read(tmp_path, titles):
    pack = tmp_path / "ours.yaml"
    pack.write_text(f"pack: ours\nheadings:\n  subjective: {titles}\n", encoding="utf-8")
    found = note("Gripe: sore knee.\nO: TA 20 min.\n", vocabulary=[pack])["sections"]
    assert [one["name"] for one in found] == ["subjective", "objective"]


def test_every_element_has_a_question_for_each_grade_that_lacks():
    asked = questions()
    assert set(asked) == set(ELEMENTS)
    assert all(set(one) == {"absent", "partial"} for one in asked.values())
    assert all(text.endswith("?") for one in asked.values() for text in one.values())


def test_a_draft_asks_for_every_element_that_is_not_shown_and_supplies_nothing(alone):
    found = draft([alone], WISH).answer
    elements = note(NOTE)["elements"]
    lacking = {name for name, one in elements.items() if one["grade"] != "present"}
    asked = [one["element"] for one in found["questions"] if one["element"] in lacking]
    assert sorted(asked) == sorted(lacking)
    assert all(one["question"].endswith("?") for one in found["questions"])
    ruled = [one["rule"] is not None for one in found["questions"]]
    assert ruled == sorted(ruled, reverse=True)
    assert found["summary"] == {"visits": 1, "notes": 1, "questions": len(found["questions"]), "errors": 0}
    for one in found["questions"]:
        assert all(NOTE[span["start"] : span["end"]] == span["text"] for span in one["evidence"])


def test_a_draft_of_visits_without_notes_asks_nothing(tmp_path):
    path = tmp_path / "visit.json"
    path.write_text(json.dumps({key: value for key, value in VISIT.items() if key != "note"}))
    assert draft([path], WISH).answer["summary"] == {"visits": 1, "notes": 0, "questions": 0, "errors": 0}


class Marks:
    """Says what it was made to say."""

    def __init__(self, *annotations):
        self.annotations = annotations

    def annotate(self, _text):
        return self.annotations


def mark(words, **changes):
    start = NOTE.index(words)
    told = {"label": "assistance_level", "start": start, "end": start + len(words), "text": words, "confidence": 0.9}
    return Annotation(**(told | {"model": "m1"} | changes))


def test_an_annotator_may_doubt_what_is_present_and_then_it_is_partial():
    assert note(NOTE)["elements"]["assistance_level"]["grade"] == "present"
    answer = note(NOTE, annotator=Marks(mark("contact guard", speaks="against")))
    element = answer["elements"]["assistance_level"]
    assert element["grade"] == "partial"
    assert element["reason"].startswith("review: m1 doubts it (0.90)")
    others = {name: one for name, one in answer["elements"].items() if name != "assistance_level"}
    assert others == {name: one for name, one in note(NOTE)["elements"].items() if name != "assistance_level"}


def test_an_annotator_may_suggest_and_raises_nothing():
    plain = note(NOTE)
    absent = next(name for name, one in plain["elements"].items() if one["grade"] == "absent")
    answer = note(NOTE, annotator=Marks(mark("tolerated treatment well", label=absent)))
    assert [one["element"] for one in answer["suggested"]] == [absent]
    assert {key: answer[key] for key in plain} == plain


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "Contact guard"},
        {"start": 0},
        {"end": 10**9},
        {"start": -5},
        {"label": "minutes"},
        {"confidence": 0.49},
        {"confidence": 1.5},
        {"confidence": float("nan")},
    ],
)
def test_what_is_not_the_very_words_or_not_sure_is_dropped(changes):
    reading = read_note(NOTE)
    heard = annotated(reading, NOTE, Marks(mark("contact guard", speaks="against", **changes)))
    assert (heard.reading, heard.suggested, heard.dropped) == (reading, (), 1)


def test_an_annotator_lowers_what_the_rules_judge():
    def rules(annotator):
        told = check(VISIT, today="2026-11-21", select=["DOC"], annotator=annotator)
        return {one["rule"] for one in told["findings"] if one["element"] == "assistance_level"}

    assert rules(None) == set()
    assert rules(Marks(mark("contact guard", speaks="against")))


class Letters:
    """A tokenizer whose tokens are letters."""

    def encode_batch(self, sentences):
        return [SimpleNamespace(ids=[ord(c) for c in one], attention_mask=[1] * len(one)) for one in sentences]


class Looks:
    """A model that is sure of its first label where a sentence has an exclamation mark."""

    def __init__(self, labels=2):
        self.labels, self.fed = labels, []

    def run(self, _names, feed):
        self.fed.append({name: values.shape for name, values in feed.items()})
        sure = (feed["input_ids"] == ord("!")).any(axis=1)
        return [np.where(sure[:, None], 4.0, -4.0) * np.ones((1, self.labels))]


def test_a_sentence_model_marks_whole_sentences():
    labels = Labels("tiny", (Label("patient_response"), None))
    model = Looks()
    reader = SentenceModel(model, Letters(), labels, ["input_ids", "attention_mask"])
    assert isinstance(reader, Annotator)
    text = "S: well.\nO: 10 reps at 2.5 lb, pain fell to 2/10!\n" + "Filler. " * 70
    (found,) = reader.annotate(text)
    assert text[found.start : found.end] == found.text == "O: 10 reps at 2.5 lb, pain fell to 2/10!"
    assert (found.label, found.model, found.speaks) == ("patient_response", "tiny", "for")
    assert found.confidence == pytest.approx(0.982, abs=0.001)
    assert len(model.fed) == 3
    assert set(model.fed[0]) == {"input_ids", "attention_mask"}
    assert list(reader.annotate("  \n")) == []
    with pytest.raises(BadRequest, match="its labels ask for"):
        list(SentenceModel(Looks(3), Letters(), labels, ["input_ids"]).annotate("a"))
    with pytest.raises(BadRequest, match="the model asks for pixels; it is given input_ids"):
        list(SentenceModel(model, Letters(), labels, ["input_ids", "pixels"]).annotate("a"))


def test_a_model_folder_lacks_what_it_lacks(tmp_path, monkeypatch):
    assert annotator_of(None) is None
    with pytest.raises(BadRequest, match=r"no model\.onnx, tokenizer\.json, labels\.json there"):
        sentence_model(tmp_path)
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "labels.json").write_text('{"model": "m", "labels": [{"element": "minutes"}]}')
    with pytest.raises(BadRequest, match="labels"):
        sentence_model(tmp_path)
    (tmp_path / "labels.json").write_text('{"model": "m", "labels": [{"element": "plan"}, null]}')
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(BadRequest, match=r"quarterhour\[learned\]"):
        sentence_model(tmp_path)
    session = SimpleNamespace(get_inputs=lambda: [SimpleNamespace(name="input_ids")], run=Looks().run)
    runtime = SimpleNamespace(InferenceSession=lambda *_, **__: session)
    tokenizers = SimpleNamespace(Tokenizer=SimpleNamespace(from_file=lambda _: Letters()))
    monkeypatch.setitem(sys.modules, "onnxruntime", runtime)
    monkeypatch.setitem(sys.modules, "tokenizers", tokenizers)
    assert [one.label for one in annotator_of(tmp_path).annotate("P: home!")] == ["plan"]

    def broken(*_, **__):
        raise Exception("Protobuf parsing failed.")  # noqa: TRY002 - as the tokenizers library does

    monkeypatch.setattr(runtime, "InferenceSession", broken)
    with pytest.raises(BadRequest, match=r"model\.onnx: cannot be loaded \(Exception\)"):
        sentence_model(tmp_path)


def test_a_note_that_names_no_service_is_asked_for_both_totals_and_not_for_minutes_it_tells(tmp_path):
    path = tmp_path / "note.txt"
    path.write_text("OT 02/11/2026\nMaking tea, min assist at elbow, 25 min. Donning a shirt, 18 min.\nK. Oye OTR/L\n")
    report = check_paths([path], WISH)
    assert {"DOC103", "DOC105", "DOC116"} <= set(report["summary"]["by_rule"])
    asked = {one["rule"]: one["question"] for one in draft([path], WISH).answer["questions"]}
    assert asked["DOC116"] == "Under which service, and in which of the minutes told, was this done?"
    assert asked["DOC103"] == "How many timed minutes were there in all?"
    path.write_text("OT 02/11/2026\nMaking tea, min assist at elbow.\nK. Oye OTR/L\n")
    asked = {one["rule"]: one["question"] for one in draft([path], WISH).answer["questions"]}
    assert asked["DOC116"] == "Under which service, and in how many minutes, was this done?"


def test_a_code_the_work_does_not_speak_for_is_shown_to_and_asked_of_the_therapist_who_picked_it(tmp_path):
    path = tmp_path / "note.txt"
    path.write_text(
        "Therapeutic activities 97530 23 min: leg press 60 lb 3x10, SLR 3x10, heel raises 3x15.\nA. Able, PT\n"
    )
    for persona in ("therapist", "biller"):
        wish = Wish(today="2026-11-21", on="2026-03-04", payer="medicare-b", persona=(persona,))
        assert check_paths([path], wish)["summary"]["by_rule"]["COD101"] == 1
    auditor = Wish(today="2026-11-21", on="2026-03-04", payer="medicare-b", persona=("auditor",))
    assert "COD101" not in check_paths([path], auditor)["summary"]["by_rule"]
    (asked,) = [one for one in draft([path], WISH).answer["questions"] if one["rule"] == "COD101"]
    assert "as part of a task the patient has to do?" in asked["question"]
    assert (asked["code"], asked["severity"]) == ("97530", "error")


def test_a_draft_goes_through_the_findings_once_for_all_visits(tmp_path, monkeypatch):
    note = {"text": "Therapeutic activities 97530 23 min: leg press 60 lb 3x10.\nA. Able, PT\n"}
    record = {"date_of_service": "2026-03-04", "payer": "medicare-b", "discipline": "PT", "note": note, "services": []}
    path = tmp_path / "visits.json"
    path.write_text(json.dumps([record | {"visit_id": f"V-{number}"} for number in range(5)]))
    through = []

    def counted(kept):
        through.append(len(kept))
        return passed(kept)

    passed = Kept.__iter__
    monkeypatch.setattr(Kept, "__iter__", counted)
    check_paths([path], WISH)
    alone = len(through)
    assert draft([path], WISH).answer["summary"]["notes"] == 5
    assert len(through) <= 2 * alone + 1


OVER = "97530 23 min 3 units: car transfers x5 into sedan, min A.\n97110 15 min 2 units: SLR 3x10.\nChris Vale, PT\n"


def test_units_a_note_writes_are_held_against_its_minutes(tmp_path):
    path = tmp_path / "note.txt"
    path.write_text(OVER)
    report = check_paths([path], WISH)
    # 23 + 15 = 38 minutes: 3 units; 3 + 2 are written.
    (found,) = [one for one in report["findings"] if one["rule"] == "UNT101"]
    assert found["message"] == "5 timed units billed, but 38 timed minutes support 3"
    path.write_text(OVER.replace("3 units", "2 units").replace("15 min 2 units", "15 min 1 unit"))
    assert not {"UNT101", "UNT102"} & set(check_paths([path], WISH)["summary"]["by_rule"])
    # The second writes no units: nothing is decided.
    path.write_text(OVER.replace(" 2 units", ""))
    assert {"rule": "UNT101", "reason": NO_LINES, "visits": 1} in check_paths([path], WISH)["not_checked"]


def test_note_says_what_its_minutes_support_by_the_payers_method():
    told = note(OVER, on="2026-03-04")["units"]
    assert (told["payer"], told["method"], told["total_timed_minutes"], told["total_units"]) == (
        "medicare-b",
        "cms",
        38,
        3,
    )
    assert {one["code"]: one["units"] for one in told["services"]} == {"97530": 2, "97110": 1}
    assert [(one["code"], one["units"]) for one in told["written"]] == [("97530", 3), ("97110", 2)]
    assert note(OVER, on="2026-03-04", payer="commercial-midpoint")["units"]["method"] != "cms"
    assert note("97530: car transfers x5.\nChris Vale, PT")["units"] is None
    with pytest.raises(UnknownName):
        note(OVER, payer="nobody")
