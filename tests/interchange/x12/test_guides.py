"""The codes of our guides beside those of another public table of the same guides, element by element."""

import re
import xml.etree.ElementTree as ET
from importlib.resources import files

import pytest

from quarterhour.interchange.x12.guide import guide
from quarterhour.policy import load

MAPS = {
    "837P": "837.5010.X222.A1.xml", "837I": "837Q3.I.5010.X223.A1.xml", "835": "835.5010.X221.A1.xml",
    "277CA": "277.5010.X214.xml", "999": "999.5010X231.A1.xml",
}  # fmt: skip
#: Loop, segment, element: codes that only ours has, codes that only the other has. Each is a code we let pass because
#: files that payers take have it, or one that belongs to another version of the guide.
DIFFERENT = {
    "837P": {
        ("1000A", "PER", 3): ((), ("ED",)), ("1000A", "PER", 5): ((), ("ED",)), ("1000A", "PER", 7): ((), ("ED",)),
        ("2300", "DTP", 2): (("DT", "TM"), ()), ("2300", "HCP", 1): (("06",), ()), ("HEADER", "BHT", 6): (("31",), ()),
        # Ours has the codes of the one CRC of this loop that names them all; those of the other CRC are not looked at.
        ("2300", "CRC", 3): ((), ("01", "04", "05", "06", "07", "08", "09", "12", "L1", "L2", "L3", "L4", "L5")),
    },
    "835": {
        ("2100", "CAS", 1): (("CR",), ()), ("2110", "CAS", 1): (("CR",), ()), ("2100", "CLP", 6): (("CI",), ()),
        ("2100", "NM1", 8): ((), ("AD", "C", "NI", "PI", "PP", "XV")),
    },
    "277CA": {
        ("2000C", "HL", 4): (("0",), ()), ("2100D", "NM1", 2): (("2",), ()), ("2220D", "STC", 3): (("WQ",), ()),
        ("2200D", "REF", 1): (("6P", "EJ"), ()),
    },
    "999": {("2110", "IK4", 3): ((), ("11",))},
}  # fmt: skip


def ours(kind):
    known = guide(kind)
    found = {}
    for row in known.rows[1:]:
        for element, (_, codes) in row.elements.items():
            if codes:
                found.setdefault((known.loops[row.loop].name, row.segment, element), set()).update(codes)
    return found


def theirs(kind):
    pytest.importorskip("pyx12", reason="pyx12 has the other table; it is not installed")
    found = {}

    def gather(node, loop):
        for part in node:
            if part.tag == "segment":
                for element in part.iter("element"):
                    at = (loop, part.get("xid"), int(element.findtext("seq")))
                    if element in list(part) and element.findtext("usage") != "N":
                        found.setdefault(at, set()).update(code.text for code in element.findall("valid_codes/code"))
            else:
                gather(part, part.get("xid") or loop)

    gather(ET.fromstring((files("pyx12") / "map" / MAPS[kind]).read_text()), "")  # noqa: S314  (a file of a package)
    return found


@pytest.mark.parametrize("kind", MAPS)
def test_codes_are_those_of_another_table_but_where_it_is_said(kind):
    other, differences, compared = theirs(kind), {}, 0
    for at, codes in ours(kind).items():
        # The other table calls the header's loops by other names.
        same = [listed for (loop, *rest), listed in other.items() if rest == list(at[1:]) and (
            loop == at[0] or (at[0] == "HEADER" and loop in {"HEADER", "DETAIL", "ST_LOOP", "FOOTER", ""})
        )]  # fmt: skip
        listed = set().union(*same)
        if listed:
            compared += 1
            if listed != codes:
                differences[at] = (tuple(sorted(codes - listed)), tuple(sorted(listed - codes)))
    assert compared > (10 if kind == "999" else 25)
    assert differences == DIFFERENT.get(kind, {})


@pytest.mark.parametrize("name", ["837p", "837i", "835", "277ca", "999", "elements"])
def test_a_table_says_where_it_is_from(name):
    text = (files("quarterhour.interchange.x12") / "guides" / f"{name}.txt").read_text()
    assert re.search(r"^# Source: (\S+) in the policy data", text, re.MULTILINE)[1] in load().sources
