"""The examples show what their README says: the table of findings is compared with what a check of the folder finds."""

import re
from pathlib import Path

import pytest
import yaml

from quarterhour.workflows.check import Wish, check_paths
from quarterhour.workflows.note import note
from quarterhour.workflows.units import units

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


def fenced(page, language):
    """The first block of that language on a how-to page."""
    text = (EXAMPLES.parent / "docs/how-to" / page).read_text(encoding="utf-8")
    return yaml.safe_load(re.search(rf"^```{language}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)[1])


def test_the_example_of_a_clinics_own_payer_is_what_its_page_shows_and_judges():
    shown = fenced("add-your-payers.md", "yaml")
    given = yaml.safe_load((EXAMPLES / "policy/payers/harbor-health.yaml").read_text(encoding="utf-8"))
    assert shown == given | {"note": shown["note"]}
    both = [("97530", 8), ("97110", 8)]
    own = units(both, payer="harbor-health", on="2026-03-04", policy_folders=EXAMPLES / "policy")
    assert (own["total_units"], units(both, on="2026-03-04")["total_units"]) == (2, 1)


def test_the_example_of_a_clinics_own_phrases_is_what_its_page_shows_and_reads():
    path = EXAMPLES / "vocabulary/clinic.yaml"
    assert fenced("add-your-phrases.md", "yaml") == yaml.safe_load(path.read_text(encoding="utf-8"))
    text = "O: FAB 24 min: crate carries from floor to shelf x 10."
    assert note(text)["services"] == []
    told = note(text, vocabulary=path)
    assert [(one["code"], one["minutes"]) for one in told["services"]] == [("97530", 24)]
    assert "crate carries" in " ".join(one["text"] for one in told["activities"])
