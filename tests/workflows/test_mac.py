"""Which contractor and payment locality a place has, as somebody asks for it."""

import csv

import pytest
from click.testing import CliRunner

import quarterhour
from quarterhour.cli.app import application
from quarterhour.policy import NotKnown, UnknownName
from quarterhour.workflows.errors import BadRequest


def told(*arguments):
    return CliRunner().invoke(application, list(arguments), prog_name="quarterhour")


@pytest.mark.covers("M4")
def test_a_state_lists_its_localities():
    answer = quarterhour.mac("TX")
    assert (answer["contractor"], answer["locality"]) == ("Novitas Solutions", None)
    assert [one["locality"] for one in answer["localities"]] == ["09", "11", "15", "18", "20", "28", "31", "99"]


@pytest.mark.covers("M4")
def test_a_zip_code_has_one():
    answer = quarterhour.mac("75201")
    assert (answer["carrier"], answer["locality"], answer["locality_name"]) == ("04412", "11", "Dallas")
    assert (answer["locality_shared"], len(answer["localities"])) == (False, 1)
    assert quarterhour.mac("75201-1234")["locality"] == "11"


def test_a_zip_code_of_two_localities_is_told():
    assert quarterhour.mac("94514")["locality_shared"]
    assert "the nine-digit ZIP code decides" in " ".join(told("mac", "94514").stdout.split())


@pytest.mark.covers("M4")
def test_a_locality_and_a_contractors_number():
    """04412 by itself is a ZIP code of Maine; said to be a contractor's number it is that of Texas."""
    assert quarterhour.mac("04412-18")["locality_name"] == "Houston"
    assert (quarterhour.mac("04412")["state"], quarterhour.mac("04412", carrier=True)["state"]) == ("ME", "TX")
    assert len(quarterhour.mac("04412", carrier=True)["localities"]) == 8
    assert told("mac", "04412", "--carrier").stdout.startswith("Novitas Solutions")
    with pytest.raises(UnknownName):
        quarterhour.mac("75201", carrier=True)


@pytest.mark.covers("M4")
def test_every_state_and_territory_has_the_localities_of_its_contractor():
    from quarterhour.policy import load

    for state in load().contractors.states():
        answer = quarterhour.mac(state)
        assert answer["localities"], state
    california = {one["carrier"] for one in quarterhour.mac("CA")["localities"]}
    assert california == set(quarterhour.mac("CA")["part_b"]) == {"01112", "01182"}


@pytest.mark.parametrize("place", ["TX", "75201", "04412-11", "IL"])
def test_a_date_before_the_first_locality_that_is_known_is_an_error(place):
    with pytest.raises(NotKnown, match=r"is not known for 1990-01-01; it is known from 2020-01-01"):
        quarterhour.mac(place, on="1990-01-01")
    assert quarterhour.mac(place, on="2020-01-01")["contractor"]
    assert told("mac", place, "--on", "1990-01-01").exit_code == 2


@pytest.mark.parametrize("zip_code", ["99999", "75999", "60000", "75999-1234"])
def test_a_zip_code_of_no_cms_file_is_refused(zip_code):
    """Its first three digits are those of a state, but no such ZIP code was ever given out."""
    with pytest.raises(BadRequest, match=f"ZIP code {zip_code[:5]} is not in the CMS file"):
        quarterhour.mac(zip_code)
    assert told("mac", zip_code).exit_code == 2


@pytest.mark.slow
@pytest.mark.covers("M4")
def test_every_tenth_zip_code_by_the_workflow(shared):
    with (shared / "data/zip5_locality_2025q4.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))[::10]
    wrong = []
    for row in rows:
        if row["zip"] >= "00500":
            answer = quarterhour.mac(row["zip"])
            if (answer["carrier"], answer["locality"]) != (row["carrier"], row["locality"]):
                wrong.append(row)
    assert len(rows) > 4_000
    assert wrong == []
