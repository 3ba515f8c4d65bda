"""What is told of a whole column by its bytes is what a look at each text tells."""

import re

import pytest

pa = pytest.importorskip("pyarrow")

from quarterhour.interchange.line_table.letters import letters  # noqa: E402

FULL = re.compile(r"[0-9]{1,12}\.[0-9]{2}")
TEXTS = (
    "61.00", "0.00", "123456789012.99", "1234567890123.00", ".50", "61", "61.0", "61.000", "6.1.00", "-61.00", "6a.00",
    "61,00", "61.0 ", " 61.00", "", "12:50", "6/.00", "é.00",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_amounts_in_full_are_read_and_nothing_else(text):
    for column in ([text], ["7.25", text], [text, "7.25"]):
        wanted = [int(one.replace(".", "")) if FULL.fullmatch(one) else None for one in column]
        found = letters(pa.array(column, pa.string())).cents()
        assert (None if found is None else found.tolist()) == (None if None in wanted else wanted)


@pytest.mark.parametrize("text", ["A", "A B", "a~", "!", "", " A", "A ", "\u00a0A", "A\u3000", "\tA", "é", "'A"])
def test_a_text_with_nothing_to_take_off_is_bare(text):
    column = letters(pa.array(["x", text, "y"], pa.string()))
    assert not column.bare or text == text.strip() != ""
    assert column.bare == (text in {"A", "A B", "a~", "!", "'A"})


def test_a_guard_is_seen():
    assert letters(pa.array(["x", "'=1+1"], pa.string())).guarded
    assert not letters(pa.array(["x", "y'"], pa.string())).guarded


def test_part_of_a_column_is_looked_at_by_itself():
    part = pa.array([" A", "61.00", "7.25", ""], pa.string()).slice(1, 2)
    assert letters(part).bare
    assert letters(part).cents().tolist() == [6100, 725]


def test_a_column_of_nothing():
    none = letters(pa.array([], pa.string()))
    assert none.bare
    assert none.cents().size == 0
