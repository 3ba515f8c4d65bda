"""Every dated value: who says so, since when, how well it is known; and what is answered outside its dates."""

import datetime as dt
import itertools
from importlib.resources import files as resources

import numpy as np
import pytest

from quarterhour.policy import BadPolicyData, NotKnown, UnknownName, load
from quarterhour.policy.parameter import parameter
from quarterhour.policy.reading import read
from quarterhour.policy.source import GRADES, Source
from quarterhour.rules.catalogue import catalogue

POLICY = load()
NAMES = POLICY.parameter_names()
#: Amounts that are set anew every year; a value says through when it was published for.
YEARLY = (
    "cms/thresholds:kx_pt_slp",
    "cms/thresholds:kx_ot",
    "cms/conversion_factor:conversion_factor",
    "cms/conversion_factor:conversion_factor_qualifying",
    "cms/payment:part_b_deductible",
)
UNITS = {"min", "days", "months", "cents", "percent", "visits", "units", "text", "flag", "code-list"}
SOURCE = Source("ours", "Ours", "Nobody")


def built(*values):
    rows = [{"source": "ours", "evidence": "primary", **value} for value in values]
    return parameter("test:one", {"title": "One", "unit": "days", "values": rows}, {"ours": SOURCE})


@pytest.mark.parametrize("name", NAMES)
def test_every_value_is_dated_cited_and_graded(name):
    found = POLICY.parameter(name)
    firsts = [value.first for value in found.values]
    assert firsts == sorted(set(firsts))
    assert found.unit in UNITS
    assert found.title
    for value, following in zip(found.values, [*found.values[1:], None], strict=True):
        assert value.source.title
        assert value.source.publisher
        assert value.evidence in GRADES
        assert isinstance(value.value, int | str | bool | list)
        if value.last:
            assert value.first <= value.last
        if value.last and following:
            assert value.last < following.first
        if value.through:
            assert value.first <= value.through


@pytest.mark.parametrize("name", NAMES)
def test_before_the_first_day_nothing_is_known(name):
    found = POLICY.parameter(name)
    before = found.known_from - dt.timedelta(days=1)
    with pytest.raises(NotKnown, match=f"is not known for {before}; it is known from {found.known_from}"):
        found.on(before)
    assert found.on(found.known_from).first == found.known_from


@pytest.mark.parametrize("name", NAMES)
def test_many_days_are_answered_as_each_by_itself(name):
    found = POLICY.parameter(name)
    number = {value: place for place, value in enumerate(map(repr, (v.value for v in found.values)))}
    edges = {day for v in found.values for day in (v.first, v.last, v.through) if day}
    days = sorted({day + dt.timedelta(days=step) for day in edges for step in (-1, 0, 1)})
    expected = []
    for day in days:
        try:
            expected.append(number[repr(found.on(day).value)])
        except NotKnown:
            expected.append(-1)
    ordinals = np.array([day.toordinal() for day in days])
    assert found.at(ordinals, unknown=-1, number=lambda value: number[repr(value)]).tolist() == expected
    one_by_one = [
        found.at(np.array([day]), unknown=-1, number=lambda value: number[repr(value)]).item()
        for day in ordinals.tolist()
    ]
    assert one_by_one == expected


@pytest.mark.parametrize("name", YEARLY)
def test_yearly_amounts_say_through_when_they_were_published_for(name):
    values = POLICY.parameter(name).values
    assert all(value.through for value in values)
    assert all(value.first.year == value.through.year for value in values)
    for value, following in itertools.pairwise(values):
        assert following.first == value.through + dt.timedelta(days=1), "a year is missing"


@pytest.mark.parametrize("name", YEARLY)
def test_after_the_last_year_it_is_answered_as_of_that_year(name):
    last = POLICY.parameter(name).values[-1]
    later = last.through + dt.timedelta(days=1)
    value = POLICY.parameter(name).on(later)
    assert (value.value, value.as_of(later)) == (last.value, last.through)
    assert value.as_of(last.through) is None


def test_a_gap_is_not_known():
    found = built({"from": "2019-01-01", "to": "2019-12-31", "value": 1}, {"from": "2021-01-01", "value": 2})
    with pytest.raises(NotKnown, match=r"is not known for 2020-06-01$"):
        found.on(dt.date(2020, 6, 1))
    assert found.on(dt.date(2019, 12, 31)).value == 1
    assert found.on(dt.date(2021, 1, 1)).value == 2


@pytest.mark.parametrize(
    "values, words",
    [
        ([], "at least one value"),
        ([{"from": "2020-01-01", "value": 1}, {"from": "2020-01-01", "value": 2}], "dates must rise"),
        ([{"from": "2021-01-01", "value": 1}, {"from": "2020-01-01", "value": 2}], "dates must rise"),
        ([{"from": "sometime", "value": 1}], "expected a date"),
        ([{"from": "2020-01-01", "value": 1, "evidence": "hearsay"}], "evidence must be one of"),
    ],
)
def test_values_that_cannot_be_are_refused(values, words):
    with pytest.raises(BadPolicyData, match=words):
        built(*values)


def test_a_value_without_a_source_is_refused():
    with pytest.raises(BadPolicyData, match="every value needs a source"):
        parameter("test:one", {"values": [{"from": "2020-01-01", "value": 1, "evidence": "primary"}]}, {})
    with pytest.raises(UnknownName, match="no source is called"):
        built({"from": "2020-01-01", "value": 1, "source": "hearsay"})


def test_a_name_slipped_leads_to_the_nearest():
    with pytest.raises(UnknownName, match="did you mean 'cms/timed_units:minutes_per_unit'"):
        POLICY.parameter("cms/timed_units:minute_per_unit")


def test_every_source_that_is_described_is_named_somewhere():
    """A source nobody cites is a leftover; rules, data and the guides of X12 cite by id."""
    files = {name: content for name, content in read().files.items() if not name.startswith("sources/")}
    guides = [one.read_text() for one in (resources("quarterhour.interchange.x12") / "guides").iterdir()]
    text = repr(files) + "".join(guides)
    cited = {source for entry in catalogue() for source in entry.sources}
    assert [key for key in POLICY.sources if key not in text and key not in cited] == []


@pytest.mark.parametrize("key", POLICY.sources)
def test_every_source_says_who_published_what(key):
    source = POLICY.sources[key]
    assert source.title.strip()
    assert source.publisher.strip()
    assert source.retrieved
    assert source.href is None or source.href.startswith("https://")
    assert "github" not in f"{source.title} {source.publisher} {source.href}".lower()
