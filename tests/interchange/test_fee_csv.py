"""A payer's own amounts: what is read, and what is refused with its line."""

import datetime as dt

import pytest

from quarterhour.interchange.errors import Unreadable
from quarterhour.interchange.fee_csv import read


def rows(tmp_path, text):
    path = tmp_path / "plan.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path)


def test_every_column(tmp_path):
    (row,) = rows(tmp_path, "code,amount,modifier,from,to,units\ng0283,12.5,gp,2026-01-01,2026-12-31,Then  75\n")
    assert (row.code, row.modifier, row.amount, row.further_percent, row.line) == ("G0283", "GP", 1250, 75, 2)
    assert dt.date(2026, 12, 31) in row.period
    assert dt.date(2027, 1, 1) not in row.period


def test_a_byte_order_mark_capitals_and_blank_lines(tmp_path):
    found = rows(tmp_path, b"\xef\xbb\xbfAmount,CODE\r\n$31.00,97110\r\n\r\n40,97530\r\n")
    assert [(row.code, row.amount, row.further_percent) for row in found] == [
        ("97110", 3100, 100),
        ("97530", 4000, 100),
    ]


@pytest.mark.parametrize(
    "text, said",
    [
        ("", "expected the columns code, amount"),
        ("code\n97110\n", "expected the columns"),
        ("code,amount,fee\n", "expected the columns"),
        ("code,amount,code\n", "expected the columns"),
        ("code,amount\n97110\n", "line 2: 1 cells under 2 columns"),
        ("code,amount\n97110,31.00\n9711,31.00\n", "line 3: expected a five-place procedure code"),
        ("code,amount\n97110,31.005\n", "line 2: expected an amount"),
        ("code,amount\n97110,-1\n", "line 2: an amount is not negative"),
        ("code,amount,units\n97110,31,twice\n", "line 2: units: expected each, once or then NN"),
        ("code,amount,units\n97110,31,then 101\n", "line 2: units"),
        ("code,amount,modifier\n97110,31,GPX\n", "line 2: expected a two-place modifier"),
        ("code,amount,from\n97110,31,1 May\n", "line 2: Invalid isoformat string"),
        ("code,amount,from,to\n97110,31,2026-05-01,2026-04-01\n", "line 2: a period cannot end"),
        ("code,amount\n97110,31\n97110,32\n", "line 3: 97110 has an amount for these days on line 2 already"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_with_its_line(tmp_path, text, said):
    with pytest.raises(Unreadable, match=said):
        rows(tmp_path, text)


def test_a_new_amount_from_a_day_on(tmp_path):
    found = rows(tmp_path, "code,amount,from,to\n97110,31,,2026-06-30\n97110,32,2026-07-01,\n")
    assert len(found) == 2


def test_no_such_file(tmp_path):
    with pytest.raises(Unreadable, match="cannot be read"):
        read(tmp_path / "none.csv")
