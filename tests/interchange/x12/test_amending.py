import pytest
from tests.interchange.x12.samples import professional, remittance, written
from tests.interchange.x12.shapes import wrapped

from quarterhour.interchange.x12 import Amendment, CannotWrite, amend, read


@pytest.mark.parametrize("encoding", ["ascii", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("size", [1 << 20, 150])
def test_only_what_is_amended_changes(encoding, size):
    text = written(professional(), "~\r\n").decode()
    reading = read(text.encode(encoding), size=size)
    claim = reading.tables["837P"]["claims"].records()[0]["segment"]
    line = reading.tables["837P"]["lines"].records()[1]["segment"]
    data, ledger = amend(
        reading,
        [
            Amendment(claim, 2, "250.50"),
            Amendment(line, 1, "KX", component=3),
            Amendment(claim, 12, "05"),
            Amendment(claim, 5, "7", 3),
        ],
    )
    wanted = text.replace("CLM*PCN1*250.5***11:B:1*Y*A*Y*Y~", "CLM*PCN1*250.50***11:B:7*Y*A*Y*Y***05~").replace(
        "HC:97110:GP", "HC:97110:KX"
    )
    assert data.decode(encoding) == wanted.lstrip("\ufeff")
    assert {(each.element, each.before, each.after) for each in ledger} == {
        ("CLM02", "250.5", "250.50"), ("SV101-3", "GP", "KX"), ("CLM12", "", "05"), ("CLM05-3", "1", "7"),
    }  # fmt: skip


@pytest.mark.parametrize("encoding", ["ascii", "utf-16", "utf-8-sig"])
def test_a_file_of_several_kinds_is_amended_in_each(encoding):
    text = (written(professional()) + written(remittance())).decode()
    reading = read(text.encode(encoding))
    assert "".join(chunk.raw.decode("latin-1") for chunk in reading.chunks) == text.encode(encoding).decode("latin-1")
    assert all(chunk.raw for chunk in reading.chunks)
    claim = reading.tables["837P"]["claims"].records()[0]["segment"]
    payment = reading.tables["835"]["claims"].records()[0]["segment"]
    data, _ = amend(reading, [Amendment(claim, 2, "250.50"), Amendment(payment, 1, "PCN7")])
    wanted = text.replace("CLM*PCN1*250.5*", "CLM*PCN1*250.50*").replace("CLP*PCN1*", "CLP*PCN7*")
    assert data.decode(encoding) == wanted


@pytest.mark.parametrize("width", [80, 128])
@pytest.mark.parametrize("size", [1 << 20, 150])
def test_an_amended_text_stands_no_more_in_lines_of_one_width(width, size):
    text = written(professional(), "~").decode()
    data = wrapped(text, width, "\r\n").encode()
    reading = read(data, size=size)
    claim = reading.tables["837P"]["claims"].records()[0]
    assert data[claim["offset"] :].replace(b"\r\n", b"").startswith(b"CLM*PCN1*250.5*")
    assert amend(reading, []) == (text.encode(), [])
    amended, _ = amend(reading, [Amendment(claim["segment"], 2, "250.50")])
    assert amended.decode() == text.replace("250.5*", "250.50*")


@pytest.mark.parametrize(
    "amendment", [Amendment(999, 1, "X"), Amendment(20, 2, "1*2"), Amendment(20, 2, "1~"), Amendment(20, 5, "X", 9)]
)
def test_what_cannot_be_amended_is_refused(amendment):
    with pytest.raises(CannotWrite):
        amend(read(written(professional())), [amendment])
