"""The CMS-1500: what stands in which box, back again, and on paper where it belongs."""

import datetime as dt
import importlib
import sys
from pathlib import Path

import msgspec
import pytest
from tests.interchange.forms.samples import (
    BILLING,
    LINES,
    MEDICARE,
    REFERRING,
    dependent,
    lines,
    medicare_second,
    overlapping,
    professional,
    sheets,
)

from quarterhour.domain.json import dumps
from quarterhour.domain.money import Cents
from quarterhour.domain.visit import PersonName, Provider
from quarterhour.interchange import cms1500
from quarterhour.interchange.cms1500.layout import FIELDS, LEFT
from quarterhour.interchange.errors import NotInstalled, Unreadable
from quarterhour.interchange.paper import CannotPrint, read_form

HERE = Path(__file__).parent


def first(claim):
    return cms1500.boxes(claim).pages[0].boxes


def test_medicare_first_has_no_insured_and_says_none():
    box = first(professional())
    assert (box["1"], box["1a"], box["11"]) == ("medicare", "1EG4TE5MK73", "NONE")
    assert not {"4", "6", "7", "9", "11a", "11c", "11d"} & set(box)


def test_medicare_second_shows_the_first_payers_insured():
    box = first(medicare_second())
    assert (box["4"], box["6"], box["11"], box["11a"], box["11c"]) == (
        "Roe, Ruth", "spouse", "G1", "01 02 1980", "Example Plan",
    )  # fmt: skip


def test_a_dependent_and_another_payer():
    box = first(dependent())
    assert (box["1"], box["2"], box["4"], box["6"]) == ("group health plan", "Roe, Robin", "Roe, Ruth", "child")
    assert (box["9"], box["9a"], box["9d"], box["11d"]) == ("Roe, Robin", "X9", "Other Plan", "yes")
    assert (box["22"], box["22.reference"]) == ("7", "ICN77")
    assert (box["10a"], box["10b"], box["10b.state"], box["10c"]) == ("no", "yes", "TX", "no")
    assert box["19"] == "Fell at home   PWKOZFXA1"


def test_dates_codes_and_amounts_have_the_forms_own_shape():
    form = cms1500.boxes(professional())
    box, (row, _) = form.pages[0].boxes, form.pages[0].lines
    assert (box["3"], box["14"], box["14.qualifier"], box["21.indicator"], box["21A"]) == (
        "05 06 1950", "01 05 2026", "431", "0", "M25561",
    )  # fmt: skip
    assert (row["24A.from"], row["24A.to"], row["24B"], row["24D"], row["24D.modifiers"], row["24E"]) == (
        "02 03 26", "02 03 26", "11", "97530", "GP KX", "AB",
    )  # fmt: skip
    # 150.50 + 100.00
    assert (row["24F"], row["24G"], box["28"]) == ("150 50", "2", "250 50")
    assert (row["24I.shaded"], row["24J.shaded"], row["24J"]) == ("ZZ", "225100000X", "1234567919")


def test_addresses_have_no_commas_and_points():
    assert first(professional())["5"] == "7 Elm Street Apt 2"


@pytest.mark.parametrize(
    "role, qualifier",
    [("referring_provider", "DN"), ("ordering_provider", "DK"), ("supervising_provider", "DQ")],
)
def test_item_17_says_who_it_names(role, qualifier):
    box = first(professional(referring_provider=None) if role != "referring_provider" else professional())
    assert "17" not in box or role == "referring_provider"
    box = first(professional(**({"referring_provider": None} | {role: REFERRING})))
    assert (box["17.qualifier"], box["17"], box["17b"]) == (qualifier, "Roe, Rita", "1234567935")


def test_six_lines_a_page_the_total_on_the_last():
    form = cms1500.boxes(professional(lines=lines(13)))
    assert [len(page.lines) for page in form.pages] == [6, 6, 1]
    # seven of 150.50 and six of 100.00
    assert [page.boxes["28"] for page in form.pages] == ["CONTINUED", "CONTINUED", "1653 50"]


def test_what_a_patient_and_other_payers_paid():
    assert first(dependent())["29"] == "5 00"
    assert "29" not in first(professional())


def test_a_text_too_long_is_cut_and_told():
    long = msgspec.structs.replace(
        professional().patient, name=PersonName(family="Featherstonehaugh-Cholmondeley", given="Wilhelmina")
    )
    form = cms1500.boxes(professional(patient=long))
    assert form.pages[0].boxes["2"] == "Featherstonehaugh-Cholmondel"
    (change,) = [one for one in form.changes if one.place == "2"]
    assert (change.reason, change.before) == (
        "longer than 28 characters", "Featherstonehaugh-Cholmondeley, Wilhelmina",
    )  # fmt: skip


@pytest.mark.parametrize(
    "changes, box",
    [
        ({"patient_control_number": "123456789012345"}, "26"),
        ({"coverage": msgspec.structs.replace(MEDICARE, member_id="1" * 30)}, "1a"),
        ({"prior_authorization": "Auth №1"}, "23"),
    ],
)
def test_a_code_or_number_is_never_cut_or_changed(changes, box):
    with pytest.raises(CannotPrint, match="never cut or changed") as refused:
        cms1500.boxes(professional(**changes))
    assert refused.value.box == box


def test_a_long_note_goes_over_two_lines():
    note = "Plan revised after a fall at home, see the report sent by fax"
    sheet = sheets(cms1500.write_pdf([professional(note=note)], plain=True), LEFT)[0].splitlines()
    assert (sheet[35].strip(), sheet[36]) == ("PLAN REVISED AFTER A", "FALL AT HOME, SEE THE REPORT SENT BY FAX")


def test_a_long_city_is_cut_before_its_state_and_zip_code():
    address = {"street": "1 A", "city": "Rancho Santa Margarita Heights", "state": "CA", "zip": "92688-1234"}
    box = first(professional(billing_provider=msgspec.structs.replace(BILLING, address=address)))
    assert box["33.place"] == "Rancho Santa Ma CA 92688-1234"


def test_accents_are_taken_off_and_told():
    patient = msgspec.structs.replace(professional().patient, name=PersonName(family="Núñez", given="José"))
    form = cms1500.boxes(professional(patient=patient))
    assert form.pages[0].boxes["2"] == "Nunez, Jose"
    assert [change.place for change in form.changes] == ["2"]


@pytest.mark.parametrize(
    "changes, box",
    [
        ({"claim_type": "institutional"}, "1"),
        ({"coverage": None}, "1a"),
        ({"patient": None}, "2"),
        ({"billing_provider": None}, "33"),
        ({"diagnoses": tuple(f"M25.{at}" for at in range(500, 513))}, "21"),
        ({"lines": ()}, "24"),
        ({"coverage": msgspec.structs.replace(MEDICARE, filing="CI", relationship="01")}, "4"),
        ({"lines": (msgspec.structs.replace(LINES[0], diagnosis_pointers=(4,)),)}, "24 line 1"),
        ({"lines": (msgspec.structs.replace(LINES[0], modifiers=("GP", "KX", "59", "CQ", "XU")),)}, "24 line 1"),
    ],
)
def test_what_has_no_place_is_refused_by_its_box(changes, box):
    with pytest.raises(CannotPrint) as refused:
        cms1500.boxes(professional(**changes))
    assert refused.value.box == box


@pytest.mark.parametrize("claim", [professional(), professional(lines=lines(13)), dependent(), medicare_second()])
def test_json_of_the_boxes_reads_back_to_what_the_form_carries(claim):
    form = read_form(dumps(cms1500.boxes(claim)).encode())
    read = cms1500.claim_of(form)
    assert cms1500.boxes(read) == form
    assert (read.lines, read.diagnoses, read.charge) == (claim.lines, claim.diagnoses, claim.charge)


def test_what_is_no_form_is_refused():
    with pytest.raises(Unreadable, match="expected a filled form"):
        read_form(b'{"boxes": {}}')


def test_what_the_form_cannot_carry_is_named():
    assert cms1500.not_carried(professional()) == ("coverage.payer_id",)
    line = msgspec.structs.replace(LINES[0], control_number="C1-1")
    named = cms1500.not_carried(professional(lines=(line,), rendering_provider=Provider(npi="1234567919", name="Fox")))
    assert named == ("lines[0].control_number", "coverage.payer_id", "rendering_provider.name")
    assert {"others[0].coverage.payer_id", "others[0].coverage.member_id"} <= set(cms1500.not_carried(dependent()))


def test_a_stated_total_that_is_not_the_sum_is_kept():
    form = cms1500.boxes(professional())
    page = msgspec.structs.replace(form.pages[0], boxes=form.pages[0].boxes | {"28": "1 00"})
    assert cms1500.claim_of(msgspec.structs.replace(form, pages=(page,))).stated_charge == Cents(100)


@pytest.mark.parametrize(
    "box, value", [("28", "much"), ("3", "31 31 1950"), ("99", "x"), ("6", "cousin"), ("21A", None)]
)
def test_boxes_that_cannot_be_read_are_refused(box, value):
    form = cms1500.boxes(professional())
    boxes = {key: text for key, text in form.pages[0].boxes.items() if key != box} | ({box: value} if value else {})
    changed = msgspec.structs.replace(form, pages=(msgspec.structs.replace(form.pages[0], boxes=boxes),))
    if value is None:
        # the diagnoses move up: nothing points past the end of those that are left
        assert cms1500.claim_of(changed).diagnoses == ("M62.81", "R26.89")
        return
    with pytest.raises(CannotPrint):
        cms1500.claim_of(changed)


def test_no_box_prints_over_another_and_all_are_on_the_sheet():
    assert overlapping(FIELDS.values()) == []
    assert [field.box for field in FIELDS.values() if field.column + field.width - 1 > 79] == []


def test_every_box_lies_inside_one_outline():
    outline = importlib.import_module("quarterhour.interchange.cms1500.outline")
    free = {"carrier.name", "carrier.street", "carrier.street2", "carrier.place"}
    for field in FIELDS.values():
        columns = [column for _, column in field.choices] or [field.column, field.column + field.width - 1]
        around = [
            cell
            for cell in outline.LAYOUT.cells
            if cell.top <= field.line <= cell.bottom and cell.left <= min(columns) and max(columns) <= cell.right
        ]
        assert (len(around) == 1) is (field.box not in free), field.box


@pytest.mark.parametrize("name, claim", [("cms1500-medicare", professional()), ("cms1500-dependent", dependent())])
def test_every_text_is_printed_at_its_place(name, claim):
    (sheet,) = sheets(cms1500.write_pdf([claim], plain=True), LEFT)
    assert sheet == (HERE / f"{name}.txt").read_text(encoding="utf-8")


def test_places_by_the_inch():
    # NUCC: the first data line begins 1.33 inch from the upper edge, column 1 is 0.3 inch from the left one.
    assert (FIELDS["1a"].line - 1) / 6 == pytest.approx(1.33, abs=0.01)
    assert pytest.approx(0.3) == LEFT


def test_the_drawn_form_says_that_it_is_not_the_official_one():
    import pypdfium2

    document = pypdfium2.PdfDocument(cms1500.write_pdf([professional(lines=lines(13)), dependent()]))
    texts = [page.get_textpage().get_text_range() for page in document]
    assert len(texts) == 4
    assert all("not the official form" in text for text in texts)


def test_shift_moves_all_to_the_right_and_down():
    straight = sheets(cms1500.write_pdf([professional()], plain=True), LEFT)
    moved = sheets(cms1500.write_pdf([professional()], plain=True, shift=(0.1, 1 / 6)), LEFT + 0.1)
    assert [page.splitlines()[1:] for page in moved] == [page.splitlines()[:] for page in straight]


def test_the_same_claims_give_the_same_bytes():
    assert cms1500.write_pdf([dependent()]) == cms1500.write_pdf([dependent()])


def test_without_the_extra_it_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "reportlab.pdfgen.canvas", None)
    with pytest.raises(NotInstalled, match=r"quarterhour\[pdf\]"):
        cms1500.write_pdf([professional()])


def test_a_line_of_several_days_keeps_both_ends():
    line = msgspec.structs.replace(LINES[0], date_to=dt.date(2026, 2, 4))
    form = cms1500.boxes(professional(lines=(line,)))
    assert form.pages[0].lines[0]["24A.to"] == "02 04 26"
    assert cms1500.claim_of(form).lines == (line,)
