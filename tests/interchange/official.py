"""Files in the layouts CMS publishes, made from rows: for tests of a few lines and for tables of millions.

Header lines follow the genuine files in layout; descriptions are blank, as no test needs them.
"""

import csv
import datetime as dt
import gzip
import io
import zipfile
import zlib
from pathlib import Path

from quarterhour.domain.code import code_text
from quarterhour.policy import load
from quarterhour.policy.edits import CLAIM_TYPES, SPAN

TAB = "\t"
PAIR_HEADER = (
    "CPT only copyright 2025 American Medical Association.  All rights reserved." + TAB * 6,
    "Column1/Column2 Edits" + TAB * 6,
    TAB.join(("Column 1", "Column 2", "*=in existence", "Effective", "Deletion", "Modifier", "PTP Edit Rationale")),
    TAB.join(("", "", "prior to 1996", "Date", "Date", "0=not allowed", "")),
    TAB.join(("", "", "", "", "*=no data", "1=allowed", "")),
    TAB.join(("", "", "", "", "", "9=not applicable", "")),
)
RATIONALE = "Misuse of Column Two code with Column One code"
OTHER_RATIONALE = "Standards of medical/surgical practice"
SHARED_TABLES = {"professional": "practitioner", "institutional": "outpatient_hospital"}


def built_in_pairs(claim="professional"):
    """The built-in pair edits as ``(column 1, column 2, first, last, indicator)``; unknown starts are 1996-01-01."""
    pairs = load().pairs
    at = CLAIM_TYPES.index(claim)
    for row in range(pairs.starts[at], pairs.starts[at + 1]):
        one, two = divmod(pairs.keys[row], SPAN)
        first = dt.date.fromordinal(pairs.firsts[row]) if pairs.firsts[row] else dt.date(1996, 1, 1)
        last = dt.date.fromordinal(pairs.lasts[row])
        yield code_text(one), code_text(two), first, None if last == dt.date.max else last, str(pairs.indicators[row])


def pair_line(one, two, first, last, indicator, rationale=RATIONALE, *, star=""):
    cells = (one, two, star, f"{first:%Y%m%d}", f"{last:%Y%m%d}" if last else "*", indicator, rationale)
    return TAB.join(cells)


def medicaid_line(one, two, first, last, indicator):
    return TAB.join((one, two, f"{first:%Y%m%d}", f"{last:%Y%m%d}" if last else "*", indicator, RATIONALE))


def pair_file(path, lines, header=PAIR_HEADER, *, end="\r\n"):
    path.write_text(end.join([*header, *lines, ""]), encoding="utf-8", newline="")
    return path


def pair_parts(folder, lines, *, claim="professional", version="v322r0", parts=1, packed=False):
    """The parts f1, f2, ... of a table, as text or each in an archive as downloaded."""
    lines = list(lines)
    stem = {"professional": "ccipra", "institutional": "ccioph"}[claim]
    per = -(-len(lines) // parts)
    made = []
    for part in range(parts):
        path = pair_file(folder / f"{stem}-{version}-f{part + 1}.TXT", lines[part * per : (part + 1) * per])
        made.append(zipped(path) if packed else path)
    return made


def zipped(path, *others):
    """An archive of the files, beside them; they go."""
    archive = path.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for one in (path, *others):
            packed.write(one, one.name)
            one.unlink()
    return archive


def full_rows(shared, claim="professional"):
    """The whole table of 2024-07-01: column 1, column 2, last day (``9999-12-31``: none), indicator, rationale."""
    path = shared / f"data/ncci_ptp_full_20240701_{SHARED_TABLES[claim]}.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as opened:
        rows = csv.reader(opened)
        next(rows)
        return sorted((one, two, last or "9999-12-31", indicator, why) for one, two, last, indicator, why in rows)


def full_pair_parts(rows, folder, claim="professional", parts=4):
    """The whole table in the official layout, its missing first days filled with quarters.

    A first day lies before the last and after the last day of the pair's edit before, so that the table is sound.
    """
    return pair_parts(folder, _dated(rows), claim=claim, version="v302r0", parts=parts)


def _dated(rows):
    pair, ended = None, ""
    for one, two, last, indicator, rationale in rows:
        mixed = zlib.crc32(f"{one}{two}".encode())
        first = last if indicator == "9" else f"{1996 + mixed % 29}-{1 + 3 * (mixed % 3):02d}-01"
        if pair == (one, two) and indicator != "9" and first <= ended:
            first = (dt.date.fromisoformat(ended) + dt.timedelta(days=1)).isoformat()
        first = min(first, last)
        if indicator != "9":
            pair, ended = (one, two), last
        days = (first.replace("-", ""), "*" if last == "9999-12-31" else last.replace("-", ""))
        yield TAB.join((one, two, "", *days, indicator, rationale))


def unlikely_file(folder, rows, kind="Practitioner", effective="07-01-2026", *, medicaid=False):
    """``rows``: code, units, adjudication indicator."""
    names = {"Practitioner": "Practitioner", "OutpatientHospital": "Outpatient Hospital", "DMESupplier": "DME Supplier"}
    says = {1: "1 Line Edit", 2: "2 Date of Service Edit: Policy", 3: "3 Date of Service Edit: Clinical"}
    text = io.StringIO(newline="")
    out = csv.writer(text)
    out.writerow(["CPT codes, descriptions\nand other data only are copyright.\n\nAll rights reserved.", "", "", ""])
    header = ["HCPCS/\nCPT Code", f"{names[kind]} Services MUE Values", "MUE Adjudication Indicator", "MUE Rationale"]
    out.writerow([title for title in header if not (medicaid and "Adjudication" in title)])
    for code, units, how in rows:
        out.writerow([code, units, *([] if medicaid else [says[how]]), "Clinical: CMS Workgroup"])
    name = f"{'MCD' if medicaid else 'MCR'}_MUE_{kind}Services_Eff_{effective}.csv"
    (folder / name).write_text(text.getvalue(), encoding="utf-8", newline="")
    return folder / name


RVU_STACK_2025 = (
    ",,{year} National Physician Fee Schedule Relative Value File {release} Release" + "," * 28,
    ",,CPT codes and descriptions only are copyright {year} American Medical Association.  All Rights Reserved."
    + "," * 28,
    ",,Dental codes (D codes) are copyright American Dental Association.  All Rights Reserved." + "," * 28,
    ",, " + "," * 28,
    ",,RELEASED 09/11/{year}" + "," * 28,
    ",, , " + "," * 25 + "NON-FACILITY,FACILITY,",
    ",,,,NOT USED,,,,,,,,,,,,,,,,,,,,,PHYSICIAN,,DIAGNOSTIC,PE USED,PE USED,MP USED",
    ",,,,FOR,,,NON-FAC,,FACILITY ,,,,,,,,,,,,,,,,SUPERVISION OF,,IMAGING,FOR OPPS,FOR OPPS,FOR OPPS",
    (
        ",,,STATUS,MEDICARE ,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,POST,MULT,BILAT,"
        "ASST,CO-,TEAM,ENDO,CONV,DIAGNOSTIC,CALCULATION,FAMILY,PAYMENT,PAYMENT,PAYMENT"
    ),
    (
        "HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,"
        "PROC,SURG,SURG,SURG,SURG,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT"
    ),
)


def _with_price_indicator(line, place):
    """The layout of 2026 has a column PRIC IND between TEAM SURG and ENDO BASE."""
    cells = line.split(",")
    return ",".join([*cells[:23], {8: "PRIC", 9: "IND"}.get(place, ""), *cells[23:]])


def relative_values_csv(path, rows, *, year=2025, release="October"):
    """``rows``: code, modifier, status, work, practice expense, facility's, malpractice, multiple, factor."""
    header = [line.format(year=year, release=release) for line in RVU_STACK_2025]
    lines = []
    for code, modifier, status, work, pe, facility, mp, multiple, factor in rows:
        cells = [code, modifier, "", status, "", work, pe, "", facility, "NA", mp, "0", "0", "7", "XXX", "0", "0", "0"]
        cells += [multiple, "0", "0", "0", "0", "", factor, "09", "0", "99", "0.00", "0.00", "0.00"]
        lines.append(",".join(cells))
    if year >= 2026:
        header = [_with_price_indicator(line, place) for place, line in enumerate(header)]
        lines = [_with_price_indicator(line, None) for line in lines]
    path.write_text("\r\n".join([*header, *lines, ""]), encoding="utf-8", newline="")
    return path


def relative_values_txt(path, rows):
    lines = [f"HDR {'CPT CODES AND DESCRIPTIONS ONLY ARE COPYRIGHT':<196}"]
    for code, modifier, status, work, pe, facility, mp, multiple, factor in rows:
        line = list(" " * 200)
        for first, text in (
            (1, code), (6, modifier), (58, status), (60, f"{work:>6}"), (67, f"{pe:>6}"), (76, f"{facility:>6}"),
            (82, "NA"), (85, f"{mp:>5}"), (103, "7"), (104, "XXX"), (116, multiple), (133, f"{factor:>8}"),
        ):  # fmt: skip
            line[first - 1 : first - 1 + len(text)] = text
        lines.append("".join(line))
    path.write_text("\r\n".join([*lines, ""]), encoding="utf-8", newline="")
    return path


def cost_indices_csv(path, rows, *, year=2025, stars=""):
    """``rows``: carrier, state, locality, name and the three indices."""
    lines = [
        f"ADDENDUM E. FINAL CY {year} GEOGRAPHIC PRACTICE COST INDICES (GPCIs) BY STATE AND MEDICARE LOCALITY,,,,,,",
        ",,,,,,",
        (
            "Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,"
            f"{year} PW GPCI (with 1.0 Floor){stars},{year} PE GPCI,{year} MP GPCI"
        ),
        *(",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows),
        ",,,,,,",
        "* Work GPCI reflects a 1.5 floor in Alaska established by law.,,,,,,",
    ]
    path.write_text("\r\n".join([*lines, ""]), encoding="latin-1", newline="")
    return path


def localities_csv(path, rows, *, year=2025):
    """``rows``: carrier, locality, state, area, counties."""
    text = io.StringIO(newline="")
    out = csv.writer(text)
    out.writerows(
        [
            [f"COUNTIES INCLUDED IN {year} LOCALITIES. (ALPHABETICALLY BY STATE AND LOCALITY NAME)", "", "", "", ""],
            [""] * 5,
            ["Medicare Adminstrative Contractor", "Locality Number", "State ", "Fee Schedule Area ", "Counties"],
            [""] * 5,
        ]
    )
    for carrier, locality, state, area, counties in rows:
        out.writerow([str(int(carrier)), str(int(locality)), state, f"{area} ", f"{counties} "])
        out.writerow([""] * 5)
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    return path


def zip_line(state, zip_code, carrier, locality, *, quarter="20254", plus_four="", flag="0", rural=" "):
    line = list(" " * 80)
    parts = ((1, state), (3, zip_code), (8, carrier), (13, locality), (15, rural), (21, flag), (22, plus_four))
    for first, text in (*parts, (76, quarter)):
        line[first - 1 : first - 1 + len(text)] = text
    return "".join(line)


def lines_file(path, lines):
    path.write_text("\r\n".join([*lines, ""]), encoding="utf-8", newline="")
    return path


def amount_line(year, carrier, locality, code, office, facility, *, multiple="5", therapy=("0000000.00", "0000000.00")):
    cells = [year, carrier, locality, code, "  ", office, facility, " ", "7", "A", multiple, *therapy]
    return ",".join(f'"{cell}"' for cell in [*cells, "9", "0000000.00", "0000000.00"])


HCPCS_HEADER = (
    "HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,PRICE1,PRICE2,PRICE3,PRICE4,MULT_PI,CIM1,CIM2,CIM3,MCM1,MCM2,"
    "MCM3,STATUTE,LABCERT1,LABCERT2,LABCERT3,LABCERT4,LABCERT5,LABCERT6,LABCERT7,LABCERT8,XREF1,XREF2,XREF3,XREF4,"
    "XREF5,COV,ASC_GRP,ASC_DT,OPPS,OPPS_PI,OPPS_DT,PROCNOTE,BETOS,TOS1,TOS2,TOS3,TOS4,TOS5,ANEST_BU,ADD DT,ACT EFF DT,"
    "TERM DT,ACTION CD"
)


def hcpcs_line(code, record, added, effective, ended="", action="N"):
    titles = HCPCS_HEADER.split(",")
    cells = [""] * len(titles)
    values = {"HCPC": f"{code:>5}", "SEQNUM": "0010", "RECID": record, "COV": "C", "ADD DT": added}
    for title, value in (values | {"ACT EFF DT": effective, "TERM DT": ended, "ACTION CD": action}).items():
        cells[titles.index(title)] = value
    return ",".join(cells)


def workbook(path, rows):
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def therapy_values():
    """Relative values of every code the built-in facts know: enough for a file to pass as a whole one."""
    return [(code, "", "A", "0.45", "0.43", "0.43", "0.01", "5", "32.3465") for code in sorted(load().codes)]


def therapy_limits(units=4):
    return [(code, units, 3) for code in sorted(load().codes)]


def folder_of(path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path
