"""The official files by content: what each is, what is read of it, and where it says it is wrong."""

import csv
import datetime as dt

import numpy as np
import pytest
from tests.interchange import official

from quarterhour.domain.code import code_number, modifier_number
from quarterhour.interchange.cms_files import Asked, LeftAside, official_files, read, recognised
from quarterhour.interchange.cms_files.releases import in_names
from quarterhour.interchange.errors import BadOfficialFile
from quarterhour.policy.forms import FOREVER, FORMS

EDIT = ("97150", "97530", dt.date(2020, 10, 1), None, "1")


def reading(path, **asked):
    (source,) = official_files([path])
    found = recognised(source)
    assert not isinstance(found, LeftAside), found.reason
    return read(found, Asked(**asked))


def table(path, **asked):
    found = reading(path, **asked)
    assert set(FORMS[found.table].columns) <= set(found.columns)
    return found


@pytest.mark.parametrize(
    "name, first",
    [
        ("ccipra-v322r0-f1.TXT", "2026-07-01"),
        ("medicare-ncci-2026q3-practitioner-ptp-edits-ccipra-v322r0-f1.zip", "2026-07-01"),
        ("MCR_MUE_PractitionerServices_Eff_07-01-2026.csv", "2026-07-01"),
        ("AOC_V2025Q4_01-MCR.txt", "2025-10-01"),
        ("add-code-edits-medicare-effective-10012026.zip", "2026-10-01"),
        ("PPRRVU22_JAN.csv", "2022-01-01"),
        ("PPRRVU2025_Oct.txt", "2025-10-01"),
        ("PPRRVU2026_Jul_nonQPP.csv", "2026-07-01"),
        ("rvu26c-updated-06-30-2026.zip", "2026-07-01"),
        ("pfrev26b-updated-03-10-2026.zip", "2026-04-01"),
        ("PFALL26AR.txt", "2026-01-01"),
        ("HCPC2026_OCT_ANWEB.csv", "2026-10-01"),
        ("july-2026-alpha-numeric-hcpcs-file.zip", "2026-07-01"),
        ("april-1-2026-code-descriptions.zip", "2026-04-01"),
        ("table.txt", None),
        ("99-99-2026.txt", None),
    ],
)
def test_names_say_a_release(name, first):
    assert in_names([name]) == (dt.date.fromisoformat(first) if first else None)


def test_genuine_lines_are_recognised_and_read(shared, tmp_path):
    """The header and sample lines of the genuine files, each as a file of its own."""
    files = {}
    with (shared / "data/cms_file_layout_samples.csv").open(encoding="utf-8") as opened:
        for row in csv.DictReader(opened):
            files.setdefault(row["file"], []).append(row["text"])
    expected = {
        "ccipra-v322r0-f1.TXT": ("ptp-professional", 4),
        "MCR_MUE_PractitionerServices_Eff_07-01-2026.csv": ("mue-professional", 2),
        "PPRRVU2026_Jul_nonQPP.csv": ("pprrvu", 1),
        "PPRRVU2025_Oct.csv": ("pprrvu", 7),
        "PPRRVU2025_Oct.txt": ("pprrvu", 5),
        "GPCI2025.csv": ("gpci", 3),
        "GPCI2025.txt": ("gpci", 3),
        "GPCI2026.csv": ("gpci", 2),
        "25LOCCO.csv": ("locality", 2),
        "ZIP5_OCT2025.txt": ("zip", 3),
        "PFALL26AR.txt": ("pfall", 1),
        "PFREV25C.txt": ("pfall", 2),
        "HCPC2026_OCT_ANWEB.csv": ("hcpcs", 2),
    }
    for name, (wanted, rows) in expected.items():
        path = official.lines_file(tmp_path / name, files[name])
        found = table(path)
        assert (found.table, found.rows) == (wanted, rows), name
        assert found.release, name
    for name in ("OPPSCAP_Oct.csv", "ANES2025.csv", "cy2026_telehealth_list.txt"):
        (source,) = official_files([official.lines_file(tmp_path / name, files[name])])
        assert recognised(source).reason.startswith("not needed")


def test_genuine_relative_values_are_the_same_in_both_layouts(shared, tmp_path):
    files = {}
    with (shared / "data/cms_file_layout_samples.csv").open(encoding="utf-8") as opened:
        for row in csv.DictReader(opened):
            files.setdefault(row["file"], []).append(row["text"])
    both = [
        table(official.lines_file(tmp_path / f"PPRRVU2025_Oct.{end}", files[f"PPRRVU2025_Oct.{end}"]))
        for end in ("csv", "txt")
    ]
    for found in both:
        row = list(found.columns["code"]).index(code_number("97530"))
        values = {name: found.columns[name][row].item() for name in found.columns}
        assert (values["work"], values["pe_nonfacility"], values["mp"]) == (44, 62, 1)
        assert (values["conversion_factor"], values["status"], values["multiple"]) == (323465, b"A", b"5")
        assert (values["na_facility"], values["na_nonfacility"], values["qualifying"]) == (True, False, -1)
        assert found.release.first == dt.date(2025, 10, 1)


# Pair edits ----------------------------------------------------------------------------------------------------------


def test_pair_edits(tmp_path):
    lines = [
        official.pair_line(*EDIT),
        official.pair_line("97530", "97116", dt.date(1996, 1, 1), dt.date(1996, 1, 1), "9", star="*"),
    ]
    found = table(official.pair_file(tmp_path / "ccipra-v322r0-f1.TXT", lines))
    assert found.table == "ptp-professional"
    assert found.columns["first"].tolist() == [dt.date(2020, 10, 1).toordinal(), dt.date(1996, 1, 1).toordinal()]
    assert found.columns["last"].tolist() == [FOREVER, dt.date(1996, 1, 1).toordinal()]
    assert found.columns["indicator"].tolist() == [1, 9]
    assert found.columns["before_1996"].tolist() == [0, 1]
    assert found.lines.tolist() == [7, 8]


def test_medicaid_pair_edits_have_no_column_for_1996(tmp_path):
    header = ("Column 1\tColumn 2\tEffective Date\tDeletion Date\tModifier Indicator\tPTP Edit Rationale",)
    lines = [official.medicaid_line("97530", "97533", dt.date(2010, 10, 1), None, "1")]
    found = table(official.pair_file(tmp_path / "mcd-ptp-practitioner-2026q3.txt", lines, header))
    assert (found.table, found.rows, found.columns["indicator"][0]) == ("ptp-medicaid-professional", 1, 1)


def test_a_byte_order_mark_blank_lines_and_empty_spreadsheet_rows_are_nothing(tmp_path):
    path = official.pair_file(tmp_path / "ccipra-v322r0-f1.TXT", [official.pair_line(*EDIT), "", "\t\t\t\t\t\t"])
    plain = table(path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    marked = table(path)
    assert marked.rows == plain.rows == 1
    assert marked.lines.tolist() == [7]


@pytest.mark.parametrize(
    "line, told",
    [
        ("97150\t97530\t\t20201001\t*\t1", "line 7: expected 7 columns, got 6; the line is cut off"),
        ("97150\t97530\t\t20201001\t*\t1\tMisuse\tmore", "line 7: expected 7 columns, got 8"),
        ("9715\t97530\t\t20201001\t*\t1\tMisuse", "line 7, column 1: expected a five-place procedure code"),
        ("97150\t9753x\t\t20201001\t*\t1\tMisuse", "line 7, column 2: expected a five-place procedure code"),
        ("97150\t97530\t\t20201301\t*\t1\tMisuse", "line 7, column 4: expected a date, got '20201301'"),
        ("97150\t97530\t\t20190229\t*\t1\tMisuse", "line 7, column 4: expected a date, got '20190229'"),
        ("97150\t97530\t\t\t*\t1\tMisuse", "line 7, column 4: has no first day"),
        ("97150\t97530\t\t20201001\t20200101\t1\tMisuse", "line 7, column 5: the last day 2020-01-01 lies before"),
        ("97150\t97530\t\t20201001\t*\t2\tMisuse", "line 7, column 6: expected a modifier indicator of 0, 1 or 9"),
        ("97530\t97530\t\t20201001\t*\t1\tMisuse", "line 7, column 2: pairs 97530 with itself"),
    ],
)
def test_a_line_that_is_wrong_is_named(tmp_path, line, told):
    good = official.pair_line("97150", "97110", dt.date(2020, 10, 1), None, "1")
    path = official.pair_file(tmp_path / "ccipra-v322r0-f1.TXT", [line, good])
    # The header is told from the records by the first good one, so the bad line stands among them.
    path.write_bytes(path.read_bytes().replace(line.encode() + b"\r\n", b"", 1))
    path = official.pair_file(path, [good, line, good])
    with pytest.raises(BadOfficialFile) as error:
        reading(path)
    assert told.replace("line 7", "line 8") in str(error.value)
    assert path.name in str(error.value)


def test_a_file_that_ends_within_a_line_is_refused(tmp_path):
    path = official.pair_file(tmp_path / "ccipra-v322r0-f1.TXT", [official.pair_line(*EDIT)] * 3)
    for cut in (5, 20, 60):
        shorter = tmp_path / f"ccipra-v322r0-cut{cut}.TXT"
        shorter.write_bytes(path.read_bytes()[: -cut - 2])
        with pytest.raises(BadOfficialFile, match="line 9"):
            reading(shorter)
    whole = tmp_path / "ccipra-v322r0-whole.TXT"
    whole.write_bytes(path.read_bytes()[:-2])
    assert reading(whole).rows == 3


def test_lines_are_the_same_wherever_blocks_end(tmp_path):
    from quarterhour.interchange.cms_files.byte_lines import blocks

    path = official.pair_file(tmp_path / "ccipra-v322r0-f1.TXT", [official.pair_line(*EDIT)] * 9)
    content = path.read_bytes()
    for size in (1, 7, 64, 100, 1000):
        pieces = (content[at : at + 13] for at in range(0, len(content), 13))
        found = [
            (int(number), bytes(block.bytes[start:end]))
            for block in blocks(pieces, skip=6, size=size)
            for number, start, end in zip(block.numbers, block.starts, block.ends, strict=True)
        ]
        assert found == [(number, official.pair_line(*EDIT).encode()) for number in range(7, 16)], size


# The other tables ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind, medicaid, expected",
    [
        ("Practitioner", False, "mue-professional"),
        ("OutpatientHospital", False, "mue-institutional"),
        ("DMESupplier", False, "mue-equipment"),
        ("Practitioner", True, "mue-medicaid-professional"),
    ],
)
def test_unlikely_units(tmp_path, kind, medicaid, expected):
    found = table(official.unlikely_file(tmp_path, [("97530", 6, 3), ("97161", 1, 2)], kind, medicaid=medicaid))
    assert found.table == expected
    assert dict(zip(found.columns["code"], found.columns["units"], strict=True)) == {
        code_number("97530"): 6,
        code_number("97161"): 1,
    }
    assert sorted(found.columns["adjudication"].tolist()) == ([0, 0] if medicaid else [2, 3])


@pytest.mark.parametrize("year, release", [(2020, "January"), (2025, "October"), (2026, "July")])
def test_relative_values_of_every_layout(tmp_path, year, release):
    rows = [
        ("97530", "", "A", "0.44", ".62", "0.62", "0.01", "5", "32.3465"),
        ("97161", "", "A", "1.54", "1.45", "1.45", "0.04", "5", "32.3465"),
        ("76145", "TC", "A", "0", "1", "1", "0.1", "0", "32.3465"),
    ]
    found = table(official.relative_values_csv(tmp_path / "PPRRVU.csv", rows, year=year, release=release))
    row = list(found.columns["code"]).index(code_number("97530"))
    assert (found.columns["pe_nonfacility"][row], found.columns["multiple"][row]) == (62, b"5")
    assert found.columns["conversion_factor"][row] == 323465
    assert modifier_number("TC") in found.columns["modifier"]
    month = {"January": 1, "July": 7, "October": 10}[release]
    assert found.release.first == dt.date(year, month, 1)


@pytest.mark.parametrize(
    "name, qualifying, variant", [("nonQPP", 0, "not-qualifying"), ("QPP", 1, "qualifying"), ("", -1, "")]
)
def test_the_two_files_of_2026_are_told_apart(tmp_path, name, qualifying, variant):
    path = tmp_path / f"PPRRVU2026_Jul_{name}.csv"
    found = table(official.relative_values_csv(path, official.therapy_values(), year=2026, release="July"))
    assert (found.columns["qualifying"][0], found.variant) == (qualifying, variant)


def test_relative_values_in_fixed_places(tmp_path):
    rows = [
        ("97530", "", "A", "0.44", "0.62", "0.62", "0.01", "5", "32.3465"),
        *[("97110", "", "A", "0.45", "0.43", "0.43", "0.01", "5", "32.3465")],
    ]
    found = table(official.relative_values_txt(tmp_path / "PPRRVU2025_Oct.txt", rows))
    assert found.columns["work"].tolist() == [45, 44]
    assert found.columns["conversion_factor"].tolist() == [323465, 323465]


INDICES = [
    ("10112", "AL", "00", "ALABAMA", "1", "0.869", "0.575"),
    ("02102", "AK", "01", "ALASKA*", "1.5", "1.081", "0.592"),
    ("04412", "TX", "11", "DALLAS", "1.018", "1.009", "0.772"),
]


@pytest.mark.parametrize("year, stars", [(2025, ""), (2026, "***")])
def test_cost_indices(tmp_path, year, stars):
    found = table(official.cost_indices_csv(tmp_path / "GPCI.csv", INDICES, year=year, stars=stars))
    assert found.release.first == dt.date(year, 1, 1)
    rows = {
        (int(c), int(n)): w
        for c, n, w in zip(*(found.columns[k] for k in ("carrier", "locality", "work")), strict=True)
    }
    assert rows == {(10112, 0): 1000, (2102, 1): 1500, (4412, 11): 1018}


def test_localities_carry_the_state_on(tmp_path):
    rows = [("01112", "54", "CALIFORNIA", "BAKERSFIELD", "KERN"), ("01112", "55", "", "CHICO", "BUTTE")]
    found = table(official.localities_csv(tmp_path / "25LOCCO.csv", rows))
    assert found.columns["state"].tolist() == ["CALIFORNIA", "CALIFORNIA"]
    assert found.columns["counties"].tolist() == ["KERN", "BUTTE"]


def test_zip_codes_of_five_and_nine_digits(tmp_path):
    five = [official.zip_line("TX", "75201", "04412", "11"), official.zip_line("NY", "00501", "13282", "02", flag="1")]
    found = table(official.lines_file(tmp_path / "ZIP5.txt", five))
    assert found.table == "zip"
    assert found.columns["zip"].tolist() == [501, 75201]
    assert found.columns["plus_four"].tolist() == [True, False]
    assert found.release.first == dt.date(2025, 10, 1)
    nine = [official.zip_line("TX", "75201", "04412", "11", plus_four="0007", flag="1")]
    found = table(official.lines_file(tmp_path / "ZIP9.txt", nine))
    assert (found.table, found.columns["plus_four"].tolist()) == ("zip9", [7])


def test_amounts_leave_the_trailer_out(tmp_path):
    lines = [
        official.amount_line(
            "2026", "01112", "05", "97530", "0000041.10", "0000041.10", therapy=("0000028.15", "0000028.15")
        ),
        '"TRL- THE FOLLOWING STATEMENT APPLIES TO ALL DENTAL CODES: "',
    ]
    found = table(official.lines_file(tmp_path / "PFALL26AR.txt", lines))
    assert found.rows == 1
    assert (found.columns["nonfacility"][0], found.columns["therapy_nonfacility"][0]) == (4110, 2815)


def test_hcpcs_codes_and_modifiers(tmp_path):
    lines = [
        official.HCPCS_HEADER,
        official.hcpcs_line("G0283", "3", "20030101", "20030101"),
        official.hcpcs_line("G0283", "4", "20030101", "20030101"),
        official.hcpcs_line("GD", "7", "20080101", "20200101", "20191231"),
    ]
    found = table(official.lines_file(tmp_path / "HCPC2026_OCT_ANWEB.csv", lines))
    assert found.columns["kind"].tolist() == [b"C", b"M"]
    assert found.columns["last"].tolist() == [FOREVER, dt.date(2019, 12, 31).toordinal()]


def test_diagnoses_in_order(tmp_path):
    lines = [
        "00001 M25561  1 Pain in right knee                                           Pain in right knee",
        "00002 M25     0 Other joint disorder                                         Other joint disorder",
    ]
    found = table(official.lines_file(tmp_path / "icd10cm_order_2027.txt", lines))
    assert found.release.first == dt.date(2026, 10, 1)
    assert dict(zip(found.columns["code"], found.columns["billable"], strict=True)) == {b"M25561": True, b"M25": False}
    with pytest.raises(BadOfficialFile, match="line 2, column 1: has the number 00003"):
        reading(
            official.lines_file(tmp_path / "icd10cm_order_2026.txt", [lines[0], lines[1].replace("00002", "00003")])
        )


def test_without_the_extra_a_workbook_is_left_aside(tmp_path, monkeypatch):
    from quarterhour.interchange.cms_files import recognise

    path = official.workbook(tmp_path / "ZIP5.xlsx", [["STATE", "ZIP CODE"]])
    monkeypatch.setattr(recognise.importlib.util, "find_spec", lambda _name: None)
    (source,) = official_files([path])
    assert "needs the extra `excel`" in recognised(source).reason


def test_many_records_are_packed_as_few_are(tmp_path, monkeypatch):
    from quarterhour.interchange.cms_files import reading as readings

    lines = [official.zip_line("TX", f"{number:05d}", "04412", "11") for number in range(1, 40)]
    path = official.lines_file(tmp_path / "ZIP5.txt", reversed(lines))
    whole = table(path)
    monkeypatch.setattr(readings, "_PACKED", 7)
    packed = table(path)
    assert whole.lines.tolist() == packed.lines.tolist() == list(range(39, 0, -1))
    assert all(np.array_equal(whole.columns[name], packed.columns[name]) for name in whole.columns)


@pytest.mark.parametrize("form", ["csv", "fixed", "xlsx"])
def test_add_on_codes(tmp_path, form):
    if form == "fixed":
        lines = [
            f"1{add_on}   {primary}   2013091   "
            for add_on, primary in (("97130", "97129"), ("97546", "97545"), ("0054T", "CCCCC"))
        ]
        path = official.lines_file(tmp_path / "AOC_V2026Q3-MCR.txt", lines)
    else:
        rows = [
            [
                "ADD-ON_CODE",
                "AOC_DEL_DT",
                "PRIMARY_CODE",
                "PRIMARY_CODE_DEL_DT",
                "AOC_EDIT_TYPE",
                "AOC_EDIT_EFF_DT",
                "AOC_EDIT_DEL_DT",
                "SPECIAL_INSTRUCTION_NOTES",
            ],
            *(
                [add_on, "", primary, "", "1", "2013091", "", ""]
                for add_on, primary in (("97130", "97129"), ("97546", "97545"), ("0054T", "CCCCC"))
            ),
        ]
        path = tmp_path / f"AOC_V2026Q3-MCR.{form}"
        if form == "csv":
            official.lines_file(path, [",".join(row) for row in rows])
        else:
            official.workbook(path, rows)
    found = table(path)
    primaries = dict(zip(found.columns["add_on"].tolist(), found.columns["primary"].tolist(), strict=True))
    assert primaries == {
        code_number("97130"): code_number("97129"),
        code_number("97546"): code_number("97545"),
        code_number("0054T"): 0,
    }
    assert set(found.columns["first"].tolist()) == {dt.date(2013, 4, 1).toordinal()}


def test_a_workbook_says_the_same_as_the_text(tmp_path):
    rows = [line.split("\t") for line in (*official.PAIR_HEADER, official.pair_line(*EDIT))]
    text = table(official.pair_file(tmp_path / "ccipra-v322r0-f1.TXT", [official.pair_line(*EDIT)]))
    book = table(official.workbook(tmp_path / "ccipra-v322r0-f1.xlsx", rows))
    assert all(np.array_equal(text.columns[name], book.columns[name]) for name in text.columns)
    zips = [
        [
            "STATE",
            "ZIP CODE",
            "CARRIER",
            "LOCALITY",
            "RURAL IND",
            "LAB CB LOCALITY",
            "RURAL IND2",
            "PLUS 4 FLAG",
            "PART B DRUG INDICATOR",
            "YEAR/QTR",
        ],
        ["TX", "75201", "04412", "11", "", "", "", "0", "A", "20254"],
    ]
    assert table(official.workbook(tmp_path / "ZIP5.xlsx", zips)).columns["zip"].tolist() == [75201]


DALLAS = official.zip_line("TX", "75201", "04412", "11")
LATER = official.zip_line("TX", "75202", "04412", "11", quarter="20261")
AMOUNT = official.amount_line("2026", "01112", "05", "97530", "1.00", "1.00")
TOO_FINE = ("97530", "", "A", "0.444", "1", "1", "1", "5", "32")


def zips(*lines):
    return lambda to: official.lines_file(to / "ZIP5.txt", lines)


def indices(*last):
    return lambda to: official.cost_indices_csv(to / "GPCI.csv", [*INDICES, ("04412", "TX", "31", "AUSTIN", *last)])


def amounts(*lines):
    return lambda to: official.lines_file(to / "PFALL26AR.txt", lines)


@pytest.mark.parametrize(
    "make, told",
    [
        (zips(DALLAS, DALLAS[:12]), "line 2: expected 80 characters, got 12; the line is cut off"),
        (zips(DALLAS, DALLAS), "line 2: says again what line 1 says"),
        (zips(DALLAS, LATER), "line 2, column 8: is of the quarter 20261"),
        (indices("1", "1", ""), "line 7, column 7: an index is missing"),
        (indices("1", "x", "1"), "line 7, column 6: expected a number, got 'x'"),
        (lambda to: official.unlikely_file(to, [("97530", "six", 3)]), "column 2: expected a whole number, got 'six'"),
        (lambda to: official.unlikely_file(to, []), "it has a header but no records"),
        (
            lambda to: official.relative_values_csv(to / "P.csv", [TOO_FINE]),
            "line 11, column 6: expected at most 2 decimal places, got '0.444'",
        ),
        (amounts(AMOUNT, AMOUNT[:14]), "line 2: expected 16 columns, got 2; the line is cut off"),
        (
            amounts(AMOUNT.replace("2026", "2025")),
            "line 1, column 1: is of the year 2025, the name",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path, make, told):
    with pytest.raises(BadOfficialFile) as error:
        reading(make(tmp_path))
    assert told in str(error.value)


def test_what_is_no_official_file_is_left_aside(tmp_path):
    (source,) = official_files([official.lines_file(tmp_path / "visits.csv", ["visit,code,units", "1,97530,2"])])
    assert "not one of the official files" in recognised(source).reason


def test_a_damaged_archive_is_named(tmp_path):
    (path,) = official.pair_parts(tmp_path, [official.pair_line(*EDIT)] * 2000, packed=True)
    content = bytearray(path.read_bytes())
    content[200:260] = bytes(60)
    path.write_bytes(content)
    with pytest.raises(BadOfficialFile, match="damaged"):
        reading(path)
    path.write_bytes(bytes(content[: len(content) // 2]))
    with pytest.raises(BadOfficialFile, match="damaged"):
        reading(path)
