"""Official files drawn and damaged: what is written is read back, and damage is told, never thrown."""

import datetime as dt
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.interchange import official

from quarterhour.domain.code import code_text
from quarterhour.interchange.cms_files import Asked, LeftAside, official_files, read, recognised
from quarterhour.interchange.cms_files.pair_table import joined
from quarterhour.interchange.errors import BadOfficialFile
from quarterhour.policy.edits import SPAN
from quarterhour.policy.forms import FOREVER

CODES = ["0001U", "0362T", "20560", "97110", "97112", "97140", "97150", "97530", "99213", "G0283", "Q5101", "W1234"]
DAYS = st.dates(dt.date(1996, 1, 1), dt.date(2026, 9, 30))


@st.composite
def rows(draw):
    """Edits of different pairs, each with a last day on or after its first."""
    pairs = draw(
        st.lists(st.permutations(CODES).map(lambda codes: tuple(codes[:2])), min_size=2, max_size=12, unique=True)
    )
    made = []
    for one, two in pairs:
        first = draw(DAYS)
        last = draw(st.none() | st.dates(first, dt.date(2027, 1, 1)))
        made.append((one, two, first, last, draw(st.sampled_from("019"))))
    return made


@settings(max_examples=60)
@given(rows=rows(), end=st.sampled_from(["\n", "\r\n"]), mark=st.booleans())
def test_pair_edits_that_are_written_are_read_back(tmp_path_factory, rows, end, mark):
    path = tmp_path_factory.mktemp("drawn") / "ccipra-v322r0-f1.TXT"
    official.pair_file(path, [official.pair_line(*row) for row in rows], end=end)
    if mark:
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    (source,) = official_files([path])
    whole = joined([read(recognised(source), Asked())])
    found = [
        (
            code_text(key // SPAN),
            code_text(key % SPAN),
            dt.date.fromordinal(first),
            None if last == FOREVER else dt.date.fromordinal(last),
            str(indicator),
        )
        for key, first, last, indicator in zip(
            *(whole.columns[name].tolist() for name in ("key", "first", "last", "indicator")), strict=True
        )
    ]
    assert found == sorted(rows, key=lambda row: row[:2])


def every_file(folder):
    """One file of every kind."""
    values = official.therapy_values()[:30]
    zips = [official.zip_line("TX", f"7520{number}", "04412", "11") for number in range(9)]
    amounts = [
        official.amount_line("2026", "01112", f"{number:02d}", "97530", "0000041.10", "1.00") for number in range(9)
    ]
    codes = [official.hcpcs_line(f"G02{number:02d}", "3", "20030101", "20030101") for number in range(9)]
    diagnoses = [f"{number:05d} M25{number:02d}   1 {'A title':<60} A title" for number in range(1, 9)]
    add_ons = [f"1971{number:02d}   97129   2013091   " for number in range(9)]
    lines = [official.pair_line(*row) for row in list(official.built_in_pairs())[:40]]
    return [
        official.pair_file(folder / "ccipra-v322r0-f1.TXT", lines),
        official.unlikely_file(folder, official.therapy_limits()[:40]),
        official.relative_values_csv(folder / "PPRRVU2025_Oct.csv", values),
        official.relative_values_txt(folder / "PPRRVU2025_Jul.txt", values),
        official.cost_indices_csv(folder / "GPCI2025.csv", [("04412", "TX", "11", "DALLAS", "1", "1.009", "0.772")]),
        official.localities_csv(folder / "25LOCCO.csv", [("04412", "11", "TEXAS", "DALLAS", "DALLAS")]),
        official.lines_file(folder / "ZIP5.txt", zips),
        official.lines_file(folder / "PFALL26AR.txt", amounts),
        official.lines_file(folder / "HCPC2026_OCT.csv", [official.HCPCS_HEADER, *codes]),
        official.lines_file(folder / "icd10cm_order_2027.txt", diagnoses),
        official.lines_file(folder / "AOC_V2026Q3.txt", add_ons),
    ]


def damaged(content, draw):
    """A file with a few bytes changed, a piece cut out, doubled or moved, or its end gone."""
    broken = bytearray(content)
    for _ in range(draw.randint(1, 3)):
        at, size = draw.randrange(len(broken)), draw.randint(1, 40)
        match draw.randrange(5):
            case 0:
                broken[at] = draw.choice(b'\x00\t\n\r",*9Z \xff\xc3')
            case 1:
                del broken[at : at + size]
            case 2:
                broken[at:at] = broken[at : at + size]
            case 3:
                del broken[at:]
            case _:
                broken[at:at] = bytes(draw.choices(b'\t\n",0 ', k=size))
        if not broken:
            break
    return bytes(broken)


def test_every_kind_is_read_before_it_is_damaged(tmp_path):
    for path in every_file(tmp_path):
        (source,) = official_files([path])
        assert read(recognised(source), Asked()).rows >= 1


@pytest.mark.slow
def test_damage_is_told_and_never_thrown(tmp_path):
    draw = random.Random(9)
    placeless = 0
    outcomes = {"read": 0, "refused": 0, "left aside": 0}
    for path in every_file(tmp_path):
        whole = path.read_bytes()
        for _ in range(150):
            path.write_bytes(damaged(whole, draw))
            (source,) = official_files([path])
            try:
                found = recognised(source)
                if isinstance(found, LeftAside):
                    outcomes["left aside"] += 1
                    continue
                reading = read(found, Asked())
                if reading.table.startswith("ptp-"):
                    joined([reading])
                outcomes["read"] += 1
            except BadOfficialFile as error:
                outcomes["refused"] += 1
                placeless += str(path) not in str(error)
    assert placeless == 0
    assert all(count > 50 for count in outcomes.values()), outcomes
