import codecs
import datetime as dt
import io
import random

import pytest
from tests.interchange.x12.samples import (
    ISA,
    institutional,
    interchange,
    professional,
    remittance,
    replaced,
    without,
    written,
)

from quarterhour.interchange.x12 import NotX12, Summary, TooLong, read, stream, write


def records(data, kind, table, **options):
    return read(data, **options).tables[kind][table].records()


def sorts(data, **options):
    return [(defect.name, defect.segment) for defect in read(data, **options).defects]


def counts(reading):
    summary = reading.summary
    return summary.claims, summary.lines, str(summary.charge)


def test_claims_and_lines_are_tables():
    first, second = records(written(professional()), "837P", "claims")
    assert (first["patient_control_number"], first["charge"], first["place"], first["frequency"]) == (
        "PCN1",
        25050,
        "11",
        "1",
    )
    assert (first["prior_authorization"], second["original_reference"]) == ("AUTH1", "ICN77")
    assert (first["lines"], first["line_charge"], first["patient"], second["patient"]) == (2, 25050, -1, 0)
    line = records(written(professional()), "837P", "lines")[0]
    assert line["code"] == int("97530", 36)
    assert (line["modifier1"], line["modifier2"], line["modifier3"]) == (int("GP", 36), int("KX", 36), -1)
    assert (line["charge"], line["units"], line["quantity"], line["pointer1"], line["pointer2"]) == (
        15050,
        2,
        2000,
        1,
        2,
    )
    assert (line["date_of_service"], line["control_number"]) == (dt.date(2026, 2, 3).toordinal(), "PCN1-1")


def test_people_and_providers_are_tables_and_claims_point_to_them():
    tables = read(written(professional())).tables["837P"]
    claims, people = tables["claims"].records(), tables["subscribers"].records()
    providers, patients = tables["providers"].records(), tables["patients"].records()
    billing = providers[claims[0]["billing"]]
    assert (billing["role"], billing["identifier"], billing["taxonomy"]) == ("85", "1234567893", "261QP2000X")
    assert (billing["tax_id"], billing["zip"]) == ("123456789", "752010001")
    assert providers[claims[0]["rendering"]]["taxonomy"] == "225100000X"
    member = people[claims[0]["subscriber"]]
    assert (member["name"], member["identifier"], member["filing"], member["payer_id"]) == (
        "DOE",
        "1EG4TE5MK73",
        "MB",
        "04412",
    )
    assert (member["birth_date"], member["sex"], member["zip"]) == (dt.date(1950, 5, 6).toordinal(), "F", "75201")
    child = patients[claims[1]["patient"]]
    assert (child["first_name"], child["relationship"], child["city"]) == ("ROBIN", "19", "DALLAS")
    other = people[2]
    assert (other["other"], other["claim"], other["order"], other["paid"], other["paid?"]) == (1, 1, "P", 7000, 1)
    assert [row["code"] for row in tables["diagnoses"].records()] == ["M25561", "M6281", "R2689", "F82"]
    adjustments = tables["adjustments"].records()
    assert [(row["claim"], row["line"], row["reason"], row["amount"]) for row in adjustments] == [
        (1, -1, "3", 1000),
        (1, 2, "3", 1000),
    ]


def test_institutional_claims_have_revenue_codes_and_statement_dates():
    tables = read(written(institutional())).tables["837I"]
    claim, lines = tables["claims"].records()[0], tables["lines"].records()
    assert (claim["place"], claim["patient_status"], claim["admission_type"]) == ("74", "30", "3")
    assert claim["statement_to"] - claim["statement_from"] == 27
    assert [line["revenue_code"] for line in lines] == ["0420", "0420"]
    assert [(row["qualifier"], row["code"], row["amount"]) for row in tables["codes"].records()[2:]] == [
        ("BH", "11", 0),
        ("BE", "50", 700),
    ]


def test_remittances_are_tables():
    tables = read(written(remittance())).tables["835"]
    payment, claims, lines = tables["payments"].records()[0], tables["claims"].records(), tables["lines"].records()
    assert (payment["amount"], payment["trace_number"], payment["payee_id"]) == (10500, "T1", "1234567893")
    assert [(row["status"], row["charge"], row["paid"]) for row in claims] == [("1", 25000, 11000), ("4", 9000, 0)]
    assert [(row["control_number"], row["allowed"], row["allowed?"]) for row in lines] == [
        ("PCN1-1", 9000, 1), ("PCN1-2", 4000, 1), ("", 0, 0),
    ]  # fmt: skip
    assert [row["code"] for row in tables["remarks"].records()] == ["N130", "MA04"]
    assert [(row["group"], row["reason"], row["amount"]) for row in tables["adjustments"].records()][-1] == (
        "CO",
        "197",
        9000,
    )
    assert [(row["reason"], row["reference"], row["amount"]) for row in tables["provider_adjustments"].records()] == [
        ("WO", "REF1", 500)
    ]


@pytest.mark.parametrize("end", ["~", "~\n", "~\r\n", "~\r", "~\n   ", "\n", "\r\n", "'", "|\n"])
@pytest.mark.parametrize("element, component", [("*", ":"), ("^", ">"), ("\x1d", "\x1f"), ("!", "<")])
def test_separators_are_found(end, element, component):
    segments = [segment.replace("^", "{").replace(":", component).replace("*", element) for segment in professional()]
    data = written(segments, end)
    reading = read(data)
    assert counts(reading) == (2, 3, "340.50")
    assert [defect for defect in reading.defects if defect.level == "error"] == []
    assert write(reading) == data


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-16-le", "utf-32", "cp037", "latin-1"])
@pytest.mark.parametrize("size", [1 << 20, 150])
def test_encodings_are_found_and_places_are_those_of_the_file(encoding, size):
    segments = professional()
    at = next(row for row, segment in enumerate(segments) if segment.startswith("NM1*IL"))
    segments[at] = segments[at].replace("JANE", "ZOÉ")
    segments = replaced("HI*ABK:M25561", "HI*ABK:9Q99")(segments)
    data = written(segments).decode().encode(encoding)
    reading = read(data, size=size)
    assert counts(reading) == (2, 3, "340.50")
    assert write(reading) == data
    assert reading.tables["837P"]["subscribers"].texts("first_name")[0] == "ZOÉ"
    place = next(defect for defect in reading.defects if defect.name == "diagnosis-invalid")
    start = "HI*ABK".encode(
        encoding.replace("-sig", "").replace("utf-16", "utf-16-le") if encoding in {"utf-8-sig", "utf-16"} else encoding
    )
    if encoding == "utf-32":
        start = "HI*ABK".encode("utf-32-le")
    assert data[place.offset :].startswith(start)


def test_an_isa_without_padding_is_read_and_told():
    segments = ["*".join(field.strip() for field in ISA.split("*")), *professional()[1:]]
    assert counts(read(written(segments))) == (2, 3, "340.50")
    assert ("isa-not-padded", 1) in sorts(written(segments))


def test_a_component_separator_the_isa_does_not_name_is_found_and_told():
    segments = [segment.replace(":", ">") if row else segment for row, segment in enumerate(professional())]
    reading = read(written(segments))
    assert counts(reading) == (2, 3, "340.50")
    assert [(defect.name, defect.element) for defect in reading.defects] == [("component-separator-wrong", "ISA16")]


@pytest.mark.parametrize(
    "left", [("ISA", "IEA"), ("ISA", "GS", "GE", "IEA"), ("ISA", "GS", "ST", "SE", "GE", "IEA"), ("HL",)]
)
@pytest.mark.parametrize("size", [1 << 20, 150])
def test_missing_parts_of_the_envelope_lose_no_claim(left, size):
    segments = [segment for segment in professional() if segment.split("*")[0] not in left]
    reading = read(written(segments), size=size)
    assert counts(reading) == (2, 3, "340.50")
    assert any(defect.level == "error" for defect in reading.defects)


def test_text_before_the_first_segment_is_kept_and_told():
    data = b"Subject: claims of March\n\n" + written(professional())
    reading = read(data)
    assert (counts(reading), write(reading)) == ((2, 3, "340.50"), data)
    assert "text-before-isa" in reading.summary.defects


def test_several_interchanges_with_separators_of_their_own():
    other = [segment.replace(":", ">").replace("*", "|") for segment in institutional()]
    data = written(professional()) + b"\n\n" + written(other, "'\n") + b"\xef\xbb\xbf" + written(remittance(), "~")
    for size in (1 << 20, 150):
        reading = read(data, size=size)
        assert reading.kinds == ["837P", "837I", "835"]
        assert (reading.summary.interchanges, reading.summary.transactions) == (3, 3)
        assert (reading.summary.claims, reading.summary.lines) == (5, 8)
        assert write(reading) == data
        assert [defect for defect in reading.defects if defect.level == "error"] == []


def test_a_file_that_stops_in_the_middle_is_read_up_to_there():
    data = written(professional())
    cut = data[: data.index(b"DTP*472*D8*20260204") + 12]
    reading = read(cut)
    assert counts(reading) == (2, 3, "340.50")
    names = {defect.name for defect in reading.defects}
    assert {"segment-not-ended", "st-not-ended", "gs-not-ended", "isa-not-ended"} <= names


def test_the_last_terminator_may_be_missing():
    data = written(professional())[:-2]
    reading = read(data)
    assert (counts(reading), write(reading)) == ((2, 3, "340.50"), data)
    assert sorts(data) == [("segment-not-ended", 62)]


def test_empty_segments_are_passed_over_and_told():
    data = written(professional()).replace(b"REF*G1*AUTH1~\n", b"REF*G1*AUTH1~\n~\n")
    reading = read(data)
    assert (reading.defects[0].name, counts(reading), write(reading)) == ("segment-empty", (2, 3, "340.50"), data)


def test_claims_of_version_4010_are_read():
    segments = [segment.replace("005010X222A1", "004010X098A1") for segment in professional()]
    segments[0] = segments[0].replace("*^*00501*", "*U*00401*")
    segments = [segment.replace("ABK:", "BK:").replace("ABF:", "BF:") for segment in segments]
    reading = read(written(segments))
    assert (reading.kinds, counts(reading), reading.defects) == (["837P"], (2, 3, "340.50"), [])


@pytest.mark.parametrize(
    "data", [b"", b"  \n", b"bad_file\n", b"\x00" * 50, b'{"resourceType": "Claim"}', b"name,age\nx,1\n"]
)
def test_what_is_not_x12_is_refused(data):
    with pytest.raises(NotX12):
        read(data)


def test_a_segment_without_end_is_refused_rather_than_held():
    endless = written(professional()) + b"NTE*ADD*" + b"X" * 100_000
    with pytest.raises(TooLong):
        list(stream(endless, size=1000, longest=20_000))


@pytest.mark.parametrize("build", [professional, institutional, remittance])
def test_tables_do_not_depend_on_the_size_of_the_parts(build):
    whole = [segment for segment in build() if not segment.startswith(("ISA", "GS", "SE", "GE", "IEA"))]
    guide = build()[1].split("*")[8]
    data = written(
        interchange(
            build()[1].split("*")[1], guide, *[[whole[0].replace("0001", f"{n:04d}"), *whole[1:]] for n in range(1, 9)]
        )
    )
    wanted = read(data)
    for size in (120, 333, 777, 2000):
        found = read(data, size=size)
        assert found.summary == wanted.summary
        assert found.defects == wanted.defects
        for kind, tables in wanted.tables.items():
            for name, table in tables.items():
                assert found.tables[kind][name].records() == table.records(), (size, name)


def test_paths_and_streams_are_read_alike(tmp_path):
    data = written(professional())
    path = tmp_path / "claims.837"
    path.write_bytes(data)
    assert read(path).summary == read(str(path)).summary == read(io.BytesIO(data)).summary == read(data).summary


def test_amounts_are_exact_in_every_form():
    forms = {
        "1": 100,
        "1.5": 150,
        ".5": 50,
        "-3.25": -325,
        "0": 0,
        "12345678901.25": 1234567890125,
        "7.500": 750,
        "007": 700,
    }
    for text, cents in forms.items():
        data = written(replaced("CLM*PCN1*250.5", f"CLM*PCN1*{text}")(professional()))
        assert records(data, "837P", "claims", snip=0)[0]["charge"] == cents, text
    for text in ("7.505", "1,000", "1e3", "--1", ".", "1.2.3", "+4"):
        data = written(replaced("CLM*PCN1*250.5", f"CLM*PCN1*{text}")(professional()))
        assert records(data, "837P", "claims", snip=0)[0]["charge"] == 0, text


def test_decimals_agree_with_python_on_drawn_numbers():
    from decimal import Decimal

    import numpy as np

    from quarterhour.interchange.x12.values import MARGIN, decimals, words_of

    draw = random.Random(5)
    texts = []
    for _ in range(3000):
        whole = "".join(draw.choice("0123456789") for _ in range(draw.randint(0, 13)))
        part = "".join(draw.choice("0123456789") for _ in range(draw.randint(0, 2)))
        texts.append(
            draw.choice(("", "-")) + (f"{whole}.{part}" if part or not whole else whole) if whole or part else "0"
        )
    raw = bytes(MARGIN) + "*".join(texts).encode() + bytes(MARGIN)
    block = np.frombuffer(raw, dtype=np.uint8)
    ends = np.cumsum([len(text) + 1 for text in texts]) - 1 + MARGIN
    starts = ends - np.array([len(text) for text in texts])
    values, bad = decimals(block, words_of(block), starts, ends, 2)
    assert not bad.any()
    assert values.tolist() == [int(Decimal(text) * 100) for text in texts]


def test_days_agree_with_the_calendar():
    import numpy as np

    from quarterhour.interchange.x12.values import MARGIN, days, words_of

    first = dt.date(1899, 12, 25).toordinal()
    texts = [f"{dt.date.fromordinal(first + 13 * step):%Y%m%d}" for step in range(9000)] + [
        "20260229",
        "20241301",
        "2024010",
        "x0240101",
    ]
    block = np.frombuffer(bytes(MARGIN) + "*".join(texts).encode() + bytes(MARGIN), dtype=np.uint8)
    ends = np.cumsum([len(text) + 1 for text in texts]) - 1 + MARGIN
    starts = ends - np.array([len(text) for text in texts])
    values, bad = days(words_of(block), starts, ends)
    assert values.tolist() == [first + 13 * step for step in range(9000)] + [-1] * 4
    assert bad.tolist() == [False] * 9000 + [True] * 4


def test_a_summary_can_be_filled_while_streaming():
    summary = Summary()
    for chunk in stream(written(without("IEA")(remittance())), size=200, summary=summary):
        assert chunk.kind.name in {"835", "envelope"}
    assert (summary.kinds, str(summary.paid), str(summary.payment)) == ({"835": 2}, "110.00", "105.00")
    assert summary.defects == {"isa-not-ended": 1}


def test_tables_become_arrow_tables():
    table = read(codecs.BOM_UTF8 + written(professional())).tables["837P"]["lines"].to_arrow()
    assert table.num_rows == 3
    assert table.column("procedure").to_pylist() == ["97530", "97110", "97535"]
