"""Which contractor a place belongs to, and what local policy it has."""

import csv
import datetime as dt

import pytest

from quarterhour.policy import UnknownName, load

CONTRACTORS = load().contractors
STATES = (
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY",
    "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH",
    "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "AS", "GU", "MP",
    "PR", "VI",
)  # fmt: skip
JURISDICTIONS = {
    "J5": ("wps", "IA KS MO NE"),
    "J6": ("ngs", "IL MN WI"),
    "J8": ("wps", "IN MI"),
    "J15": ("cgs", "KY OH"),
    "JE": ("noridian", "CA HI NV AS GU MP"),
    "JF": ("noridian", "AK AZ ID MT ND OR SD UT WA WY"),
    "JH": ("novitas", "AR CO LA MS NM OK TX"),
    "JJ": ("palmetto", "AL GA TN"),
    "JK": ("ngs", "CT MA ME NH NY RI VT"),
    "JL": ("novitas", "DC DE MD NJ PA"),
    "JM": ("palmetto", "NC SC VA WV"),
    "JN": ("first-coast", "FL PR VI"),
}
#: No prefix below is used for mail; the file holds a few such numbers for places without a state.
FIRST_ZIP = "00500"
#: Parts of Kansas and Missouri as the locality file has them.
WHOLE = {"EK": "KS", "WK": "KS", "EM": "MO", "WM": "MO"}


@pytest.mark.covers("M4")
def test_texas_is_novitas():
    """A widely read document says Noridian, which has never had it."""
    texas = CONTRACTORS.place("TX")
    assert (texas.contractor_name, texas.jurisdiction, texas.part_b) == ("Novitas Solutions", "JH", ("04412",))
    assert "Noridian" in (texas.note or "")


@pytest.mark.covers("M4")
@pytest.mark.parametrize("jurisdiction", JURISDICTIONS)
def test_jurisdictions(jurisdiction):
    contractor, states = JURISDICTIONS[jurisdiction]
    places = [CONTRACTORS.place(state) for state in states.split()]
    assert {(place.contractor, place.jurisdiction) for place in places} == {(contractor, jurisdiction)}


@pytest.mark.covers("M4")
@pytest.mark.parametrize("state", STATES)
def test_every_state_and_territory_has_a_contractor(state):
    place = CONTRACTORS.place(state)
    assert place.contractor_name
    assert place.part_b
    assert place.source.title
    assert all(policy.source.title and policy.title for policy in place.policies)


@pytest.mark.covers("M4")
@pytest.mark.parametrize(
    "zip_code, state, jurisdiction",
    [
        ("75201", "TX", "JH"), ("75201-1234", "TX", "JH"), ("752011234", "TX", "JH"), ("10001", "NY", "JK"),
        ("22201", "VA", "JL"), ("22030", "VA", "JL"), ("23219", "VA", "JM"), ("00901", "PR", "JN"),
        ("96799", "AS", "JE"),
    ],
)  # fmt: skip
def test_zip_codes(zip_code, state, jurisdiction):
    place = CONTRACTORS.place(zip_code)
    assert (place.state, place.jurisdiction) == (state, jurisdiction)


@pytest.mark.parametrize("text", ["ZZ", "", "Texas", "7520", "00000", "123456"])
def test_places_there_are_not(text):
    with pytest.raises(UnknownName):
        CONTRACTORS.place(text)


@pytest.mark.covers("M4")
def test_local_policy_is_cited_only_while_it_is_in_force():
    (policy,) = [one for one in CONTRACTORS.place("TX").policies if one.id == "L35036"]
    assert policy.status_on(dt.date(2023, 2, 28)) == "in force"
    assert policy.status_on(dt.date(2023, 3, 1)) == "retired"
    assert policy.status_on(dt.date(2015, 9, 30)) == "not yet in force"


@pytest.mark.covers("M4")
def test_every_zip_code_of_the_locality_file(shared):
    """State and contractor number of all ZIP codes CMS lists for the fourth quarter of 2025."""
    with (shared / "data/zip5_locality_2025q4.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    wrong = []
    for row in rows:
        if row["zip"] < FIRST_ZIP:
            continue
        place = CONTRACTORS.place(row["zip"])
        if place.state != WHOLE.get(row["state"], row["state"]) or row["carrier"] not in place.part_b:
            wrong.append((row["zip"], row["state"], row["carrier"], place.state, place.part_b))
    assert len(rows) > 40_000
    assert wrong == []
