"""What is asked of policy by itself: codes, pairs of them, contractors, rules."""

import importlib

import pytest
from click.testing import CliRunner

import quarterhour
from quarterhour.cli.explain import command as explain_command
from quarterhour.policy import UnknownName
from quarterhour.rules.catalogue import catalogue
from quarterhour.workflows.code import code
from quarterhour.workflows.errors import BadRequest, UnknownCode
from quarterhour.workflows.explain import explain
from quarterhour.workflows.mac import mac
from quarterhour.workflows.pair import pair
from quarterhour.workflows.rule_list import rule_list
from quarterhour.workflows.scaffold import scaffold

DAY = "2026-03-04"


@pytest.mark.covers("C1", "C4")
def test_the_card_of_97530():
    card = code("97530", on=DAY)
    assert (card["timed"], card["unit_minutes"], card["contact"]) == (True, 15, "one-on-one")
    assert {"PT", "OT"} <= set(card["disciplines"])
    assert card["designation"] == "always"
    assert len(card["label"]) <= 60
    assert card["for"]
    assert card["not_for"]
    assert card["unlikely_units"]["professional"]["units"] > 0
    assert all(source["title"] and source["evidence"] for source in card["sources"])


@pytest.mark.covers("C7")
def test_two_codes_side_by_side_say_what_differs_and_that_minutes_count_once():
    told = code("97530", with_code="97150", on=DAY)
    differing = {row["what"] for row in told["differences"]}
    assert {"how it is counted", "contact"} <= differing
    assert told["edits"]["professional"]["edit"] is True
    assert code("97530", with_code="97110", on=DAY)["same_minutes"].startswith("the same minutes count under one")
    assert "97110" in {one["code"] for one in code("97530", on=DAY)["similar"]}


@pytest.mark.covers("C8")
def test_a_code_has_a_history_and_is_asked_as_of_a_date():
    card = code("97001", on=DAY)
    assert (card["valid"]["on_date"], card["valid"]["to"]) == (False, "2016-12-31")
    assert code("97001", on="2016-05-05")["valid"]["on_date"] is True
    history = code("97530", on=DAY)["history"]
    assert history
    assert all(event["on"] and event["source"] and event["evidence"] for event in history)


@pytest.mark.covers("M1", "C6")
def test_an_edit_in_force_names_columns_indicator_and_bypass():
    told = pair("97530", "97150", on=DAY)
    assert {
        key: told[key] for key in ("format", "codes", "on", "claim", "edit", "column1", "column2", "indicator")
    } == {
        "format": 1,
        "codes": ["97530", "97150"],
        "on": DAY,
        "claim": "professional",
        "edit": True,
        "column1": "97150",
        "column2": "97530",
        "indicator": "1",
    }
    assert told["bypass"][:5] == ["59", "XE", "XP", "XS", "XU"]
    assert (told["as_of"], told["known"], told["modifier_on"]) == ("2024-07-01", True, "either")


@pytest.mark.covers("M1")
def test_an_edit_that_ended_is_history():
    """97530 and 97140: an edit to the end of 2019, none since; payers are reported to deny the pair all the same."""
    now, then = pair("97530", "97140", on=DAY), pair("97140", "97530", on="2019-06-01")
    assert (now["edit"], now["column1"], now["indicator"], now["bypass"]) == (False, None, None, [])
    assert (then["edit"], then["column1"], then["column2"], then["indicator"]) == (True, "97140", "97530", "1")
    assert [(row["from"], row["to"], row["indicator"]) for row in now["history"]] == [(None, "2019-12-31", "1")]
    assert {note["payer"] for note in now["payer_notes"]} == {"commercial", "medicare-advantage"}
    assert then["payer_notes"] == []


def test_what_the_tables_do_not_speak_of_is_not_known():
    early, strange = pair("97530", "97150", on="2018-03-04"), pair("99213", "99214", on=DAY)
    assert [(one["edit"], one["known"]) for one in (early, strange)] == [(None, False), (None, False)]
    assert early["reason"] == "the tables begin on 2019-01-01; what held on 2018-03-04 is not known"
    assert "do not speak of this pair" in strange["reason"]


@pytest.mark.parametrize(
    "arguments, message",
    [
        (("97530", "97530"), "two different codes"),
        (("97530", "9714"), "five-place procedure code"),
        (("97530", "97140", "both"), "expected a claim of professional or institutional"),
    ],
)
def test_a_pair_that_is_none_is_refused(arguments, message):
    one, other, *claim = arguments
    with pytest.raises(BadRequest, match=message):
        pair(one, other, claim=claim[0] if claim else "professional")


@pytest.mark.covers("M4")
def test_texas_belongs_to_novitas_and_its_therapy_policy_is_retired():
    told = mac("TX", on=DAY)
    assert (told["state"], told["contractor"], told["jurisdiction"]) == ("TX", "Novitas Solutions", "JH")
    policy = next(one for one in told["policies"] if one["id"] == "L35036")
    assert (policy["status"], policy["to"]) == ("retired", "2023-03-01")
    assert mac("75201", on=DAY)["state"] == "TX"
    before = next(one for one in mac("TX", on="2020-01-01")["policies"] if one["id"] == "L35036")
    assert before["status"] == "in force"


def test_a_place_there_is_not_is_refused():
    for place in ("ZZ", "00000", ""):
        with pytest.raises(UnknownName):
            mac(place)


def test_a_malformed_code_and_an_unknown_one_are_told_apart():
    with pytest.raises(BadRequest, match="five-place"):
        code("753")
    with pytest.raises(UnknownCode, match="99999"):
        code("99999")


def test_every_rule_can_be_explained_by_code_and_by_name():
    for entry in catalogue():
        told = explain(entry.code.lower())
        assert (told["rule"], told["name"]) == (entry.code, entry.name)
        assert told["sources"]
        assert told["page"].startswith("# ")
    assert explain("units-exceed-timed-minutes")["rule"] == "UNT101"
    with pytest.raises(UnknownName, match="did you mean 'UNT1"):
        explain("unt10l")


def test_the_values_of_a_rule_are_those_of_the_date():
    assert [one["known"] for one in explain("UNT101", on="1999-01-01")["values"]] == [False, False]
    assert [one["value"] for one in explain("UNT101", on=DAY)["values"]] == [15, 8]


def test_a_page_tells_amounts_in_dollars_and_sources_with_date_and_link():
    def shown(rule):
        return CliRunner().invoke(explain_command, [rule, "--on", DAY], env={"COLUMNS": "400"}).stdout

    told = shown("MOD106")
    assert "248000" not in told
    assert "$2,480.00" in told
    (source, *_) = explain("MOD106", on=DAY)["sources"]
    assert source["href"] in told
    assert source["retrieved"] in told
    # no heading over nothing
    assert "On 2026" not in shown("TIM107")
    assert "reads no dated value" in shown("TIM107")
    assert "Minutes of one unit of a timed service: 15 min" in shown("UNT101")


def test_the_list_of_rules_is_narrowed():
    every = rule_list()["rules"]
    assert len(every) == len(catalogue())
    assert {one["severity"] for one in rule_list(severity="error")["rules"]} == {"error"}
    assert {one["family"] for one in rule_list(family="units")["rules"]} == {"units"}
    assert all("therapist" in {one["persona"], *one["also_for"]} for one in rule_list(persona="therapist")["rules"])
    assert {one["persona"] for one in rule_list(persona="auditor")["rules"]} == {"auditor"}
    assert 0 < len(rule_list(payer="self-pay", on=DAY)["rules"]) < len(every)
    kx = [one["rule"] for one in rule_list(about="KX threshold")["rules"]]
    assert 0 < len(kx) < len(every)
    assert set(kx) < {one["rule"] for one in rule_list(about="kx")["rules"]}
    assert rule_list(about="kx no-such-word")["rules"] == []
    assert "UNT101" not in {one["rule"] for one in rule_list(on="1999-01-01")["rules"]}
    for wrong in ({"payer": "nobody"}, {"family": "unit"}, {"severity": "fatal"}, {"persona": "patient"}):
        with pytest.raises(UnknownName):
            rule_list(**wrong)


def test_a_new_rule_is_two_files_that_load(tmp_path):
    told = scaffold("units", "units-without-hands", into=tmp_path)
    rule, page = tmp_path / "units" / "without_hands.py", tmp_path / "units" / "without_hands.md"
    assert told["files"] == [str(rule), str(page), str(tmp_path / "units" / "__init__.py")]
    highest = max(entry.code for entry in catalogue() if entry.family == "units")
    assert int(told["rule"][3:]) == int(highest[3:]) + 1
    spec = importlib.util.spec_from_file_location("without_hands", rule)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (module.RULE.code, module.RULE.name) == (told["rule"], "units-without-hands")
    assert "```visit" in page.read_text(encoding="utf-8")
    with pytest.raises(BadRequest, match="is there already"):
        scaffold("units", "units-without-hands", into=tmp_path)


@pytest.mark.parametrize(
    "family, name, error",
    [
        ("units", "Units", BadRequest),
        ("units", "../x-y", BadRequest),
        ("units", "units-exceed-timed-minutes", BadRequest),
        ("../units", "a-b", UnknownName),
        ("cooking", "a-b", UnknownName),
    ],
)
def test_a_rule_that_cannot_be_is_not_written(family, name, error, tmp_path):
    with pytest.raises(error):
        scaffold(family, name, into=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_package_gives_the_same_functions():
    assert quarterhour.pair("97530", "97150", on=DAY) == pair("97530", "97150", on=DAY)
    assert quarterhour.units([("97530", 24)], on=DAY)["total_units"] == 2
    assert set(quarterhour.__all__) <= set(dir(quarterhour))
    assert all(callable(getattr(quarterhour, name)) for name in quarterhour.__all__ if name != "__version__")
    with pytest.raises(AttributeError):
        quarterhour.nothing  # noqa: B018


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda: quarterhour.mac(75201), "a state, a ZIP code or a locality: expected a text, got 75201"),
        (lambda: quarterhour.mac(None), "a state, a ZIP code or a locality: expected a text, got None"),
        (lambda: quarterhour.mac("ZZ"), "ZZ"),
        (lambda: quarterhour.price([("97530", 1)], zip=75201, on=DAY), "a ZIP code: expected a text, got 75201"),
        (lambda: quarterhour.price(None, national=True), "services: expected a list of (code, units), got None"),
        (lambda: quarterhour.units(None), "services: expected a list of (code, minutes), got None"),
        (lambda: quarterhour.units([("97530", 10)], payer=5), "no payer is called 5"),
        (lambda: quarterhour.units([("99999", 10)]), "99999"),
        (lambda: quarterhour.check({}, on="soon"), "expected a date"),
        (lambda: quarterhour.note(5), "expected the text of a note"),
        (lambda: quarterhour.explain("XXX1"), "XXX1"),
    ],
)
def test_what_is_refused_is_one_kind_of_error_and_says_what_is_wrong(call, message):
    with pytest.raises(quarterhour.QuarterhourError) as refused:
        call()
    assert message in str(refused.value)


def test_every_error_of_the_rooms_is_of_that_kind():
    from quarterhour.domain.errors import DomainError
    from quarterhour.interchange.errors import InterchangeError
    from quarterhour.policy.errors import PolicyError
    from quarterhour.workflows.errors import WorkflowError

    for kind in (DomainError, InterchangeError, PolicyError, WorkflowError):
        assert issubclass(kind, quarterhour.QuarterhourError), kind
    assert issubclass(WorkflowError, ValueError)
