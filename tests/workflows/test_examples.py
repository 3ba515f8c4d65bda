"""The examples show what their README says: the table of findings is compared with what a check of the folder finds."""

import re
from pathlib import Path

import pytest

from quarterhour.workflows.check import Wish, check_paths

EXAMPLES = Path(__file__).parents[2] / "examples"
#: A row of a table: the file it links to, and its last cell.
ROW = re.compile(r"^\| \[[^\]]+\]\((?P<file>[^)]+)\) \|.*\| (?P<told>[^|]+) \|$", re.MULTILINE)
FINDING = re.compile(r"(?P<severity>error|warning) (?P<rule>[A-Z]{3}\d{3}): (?P<message>.+)")
NOTHING = "nothing"


@pytest.fixture(scope="module")
def report():
    return check_paths([EXAMPLES], Wish(today="2026-11-21"))


@pytest.fixture(scope="module")
def found(report):
    """Errors and warnings by file, each once, in the form of the README's last column."""
    cells = {Path(one["path"]).relative_to(EXAMPLES).as_posix(): [] for one in report["inputs"]}
    for one in report["findings"]:
        cell = cells[Path(one["where"]["path"]).relative_to(EXAMPLES).as_posix()]
        if one["severity"] != "info" and (line := f"{one['severity']} {one['rule']}: {one['message']}") not in cell:
            cell.append(line)
    return {file: "<br>".join(sorted(cell)) or NOTHING for file, cell in cells.items()}


@pytest.fixture(scope="module")
def told():
    return {row["file"]: row["told"] for row in ROW.finditer((EXAMPLES / "README.md").read_text())}


def rules_of(cell):
    """(level, rule) of every finding in a cell; any other words than findings or *nothing* are a slip of the README."""
    if cell == NOTHING:
        return set()
    return {FINDING.fullmatch(line).group("severity", "rule") for line in cell.split("<br>")}


def test_every_example_is_read_without_a_defect(report):
    assert not report["errors"]
    assert not any(one["defects"] for one in report["inputs"])
    assert sum(one["visits"] for one in report["inputs"] if one["kind"] == "visit") >= 15
    assert sum(one["kind"] == "note" for one in report["inputs"]) >= 6
    assert sum(one.get("claims", 0) for one in report["inputs"]) >= 4


def test_every_example_stands_in_the_readme(found, told):
    assert sorted(told) == sorted(found)


def test_the_readme_tells_the_rules_that_each_example_breaks(found, told):
    wrong = {file: cell for file, cell in found.items() if rules_of(cell) != rules_of(told[file])}
    assert not wrong, "the last column of these rows should read as here"


def test_a_faulty_example_shows_few_faults(found):
    assert {file: cell for file, cell in found.items() if len(rules_of(cell)) > 3} == {}


def test_the_first_finding_is_one_finding(report):
    rules = [one["rule"] for one in report["findings"] if one["where"]["path"].endswith("pt-knee-units-over.json")]
    assert rules == ["UNT101"]


def test_a_file_by_itself_shows_what_it_shows_among_all(found):
    for file in (
        "visits/pt-two-patients-same-minutes.json",
        "visits/pt-kx-missing.json",
        "notes/ot-stock-phrases.txt",
        "claims/pair-without-modifier.837",
    ):
        alone = check_paths([EXAMPLES / file], Wish(today="2026-11-21"))
        rules = {(one["severity"], one["rule"]) for one in alone["findings"] if one["severity"] != "info"}
        assert rules == rules_of(found[file])


def test_the_examples_hold_both_clean_and_faulty_ones(told):
    for folder in ("visits/", "notes/", "claims/"):
        cells = [cell for file, cell in told.items() if file.startswith(folder)]
        assert 0 < cells.count(NOTHING) < len(cells)
