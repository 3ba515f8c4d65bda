"""The UB-04: what stands in which form locator, back again, and on paper where it belongs."""

import datetime as dt
import importlib
from pathlib import Path

import msgspec
import pytest
from tests.interchange.forms.samples import institutional, overlapping, professional, sheets

from quarterhour.domain.json import dumps
from quarterhour.interchange import ub04
from quarterhour.interchange.paper import CannotPrint, read_form
from quarterhour.interchange.ub04.layout import FIELDS, LEFT

HERE = Path(__file__).parent
CREATED = dt.date(2026, 3, 1)


def first(claim):
    return ub04.locators(claim, CREATED).pages[0].boxes


def test_the_bill_and_its_dates():
    box = first(institutional())
    assert (box["4"], box["6.from"], box["6.to"], box["12"], box["13"], box["14"], box["15"], box["17"]) == (
        "0741", "020126", "022826", "020126", "09", "3", "1", "30",
    )  # fmt: skip


def test_codes_stand_in_the_locators_of_their_kind():
    box = first(institutional())
    assert (box["18"], box["31a"], box["31a.on"], box["32a"], box["32a.on"]) == ("A1", "11", "010526", "35", "010626")
    assert (box["35a"], box["35a.from"], box["35a.to"]) == ("74", "011026", "011226")
    assert (box["39a"], box["39a.amount"], box["40a"], box["40a.amount"]) == ("50", "7 00", "A2", "125 50")


def test_a_service_line():
    (row, _) = ub04.locators(institutional()).pages[0].lines
    assert row == {
        "42": "0420", "43": "Physical therapy", "44": "97530GPKX", "45": "020326", "46": "2", "47": "150 50",
    }  # fmt: skip


def test_payers_stand_in_the_order_in_which_they_pay():
    claim = institutional()
    other = msgspec.structs.replace(claim.others[0].coverage, order="P")
    swapped = msgspec.structs.replace(
        claim, coverage=msgspec.structs.replace(claim.coverage, order="S"),
        others=(msgspec.structs.replace(claim.others[0], coverage=other),),
    )  # fmt: skip
    assert (first(claim)["50A"], first(claim)["50B"], first(claim)["54B"]) == ("Example MAC", "Other Plan", "10 00")
    box = first(swapped)
    assert (box["50A"], box["50B"], box["63B"], box["38.name"]) == ("Other Plan", "Example MAC", "AUTH1", "Example MAC")
    assert ub04.claim_of(ub04.locators(swapped)).coverage == swapped.coverage.__class__(
        **(msgspec.structs.asdict(swapped.coverage) | {"filing": "CI"})
    )


def test_twenty_two_lines_a_page_the_sum_on_the_last():
    form = ub04.locators(institutional(45), CREATED)
    assert [len(page.lines) for page in form.pages] == [22, 22, 1]
    assert [page.boxes["43.page"] + "/" + page.boxes["43.pages"] for page in form.pages] == ["1/3", "2/3", "3/3"]
    # 23 of 150.50 and 22 of 100.00
    assert [page.boxes.get("47.sum") for page in form.pages] == [None, None, "5661 50"]


@pytest.mark.parametrize("number", [1, 2, 23])
def test_json_of_the_locators_reads_back_to_what_the_form_carries(number):
    claim = institutional(number)
    form = read_form(dumps(ub04.locators(claim, CREATED)).encode())
    read = ub04.claim_of(form)
    assert ub04.locators(read, CREATED) == form
    assert (read.lines, read.diagnoses, read.institutional) == (claim.lines, claim.diagnoses, claim.institutional)


def test_what_the_form_cannot_carry_is_named():
    assert ub04.not_carried(institutional()) == ("coverage.filing",)


@pytest.mark.parametrize(
    "changes, box",
    [
        ({"institutional": None}, "4"),
        ({"lines": ()}, "42"),
        ({"patient": None}, "8b"),
        ({"billing_provider": None}, "1"),
        ({"coverage": None}, "50A"),
        ({"diagnoses": tuple(f"M25.{at}" for at in range(500, 519))}, "67"),
        ({"note": "many words " * 12}, "80"),
    ],
)
def test_what_has_no_place_is_refused_by_its_locator(changes, box):
    with pytest.raises(CannotPrint) as refused:
        ub04.locators(msgspec.structs.replace(institutional(), **changes))
    assert refused.value.box == box


def test_a_professional_claim_is_refused():
    with pytest.raises(CannotPrint, match="institutional"):
        ub04.locators(professional())


def test_no_locator_prints_over_another_and_all_are_on_the_sheet():
    assert overlapping(FIELDS.values()) == []
    assert [field.box for field in FIELDS.values() if field.column + field.width - 1 > 82] == []


def test_every_locator_lies_inside_one_outline():
    outline = importlib.import_module("quarterhour.interchange.ub04.outline")
    for field in FIELDS.values():
        around = [
            cell
            for cell in outline.LAYOUT.cells
            if cell.top <= field.line <= cell.bottom
            and cell.left <= field.column
            and field.column + field.width - 1 <= cell.right
        ]
        assert len(around) == 1, field.box


def test_every_text_is_printed_at_its_place():
    (sheet,) = sheets(ub04.write_pdf([institutional()], created=CREATED, plain=True), LEFT)
    assert sheet == (HERE / "ub04-two-payers.txt").read_text(encoding="utf-8")
