"""Files written elsewhere, kept beside the checkout: counted alike, and told of what is wrong in them."""

import csv
from decimal import Decimal

import pytest

from quarterhour.interchange.x12 import NotX12, read, write

#: Words of the list of facts, and the defects that say the same.
SAME = {
    "SE01=": {"st-segments-wrong"}, "ST02/SE02": {"st-control-mismatch"}, "GE01=": {"gs-transactions-wrong"},
    "GS06/GE02": {"gs-control-mismatch"}, "IEA01=": {"isa-groups-wrong"}, "ISA13/IEA02": {"isa-control-mismatch"},
    "no IEA": {"isa-not-ended"}, "charge != sum": {"claim-charge-unbalanced", "claim-line-charge-unbalanced"},
}  # fmt: skip
FIGURES = {
    "isa": "interchanges", "gs": "groups", "st": "transactions", "segments": "segments", "claims": "claims",
    "lines": "lines",
    "total_charge": "charge", "line_charge": "line_charge", "clp04_paid": "paid", "bpr02": "payment",
}  # fmt: skip


@pytest.fixture(scope="module")
def facts(shared):
    listed = shared / "edi" / "FACTS.csv"
    if not listed.is_file():
        pytest.skip(f"no published examples at {listed.parent}")
    with listed.open(newline="") as lines:
        return [(row, (listed.parent / row["file"]).read_bytes()) for row in csv.DictReader(lines)]


@pytest.mark.parametrize("size", [1 << 21, 400])
def test_figures_and_defects_are_those_counted_elsewhere(facts, size):
    for row, data in facts:
        if row["kind"] == "not X12":
            with pytest.raises(NotX12):
                read(data)
            continue
        reading = read(data, size=size)
        assert write(reading) == data
        for name, figure in FIGURES.items():
            if row[name]:
                assert Decimal(row[name]) == Decimal(str(getattr(reading.summary, figure))), (row["file"], name)
        names = set(reading.summary.defects)
        for told in filter(None, row["defects"].split("; ")):
            wanted = next(same for words, same in SAME.items() if words in told)
            assert wanted & names, (row["file"], told)


def test_the_examples_of_the_guides_have_no_error(facts):
    clean = [(row["file"], data) for row, data in facts if "/X22" in row["file"]]
    assert len(clean) > 20
    for name, data in clean:
        assert [defect for defect in read(data).defects if defect.level == "error"] == [], name
