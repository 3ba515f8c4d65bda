"""From a visit to what is said of it: the requirements as visits, and how a finding speaks of what it rests on."""

import datetime as dt

import msgspec
import pytest

from quarterhour.domain.json import from_builtins
from quarterhour.domain.visit import Visit
from quarterhour.engine.findings import _filled
from quarterhour.engine.judge import NO_TIMES
from quarterhour.engine.run import judge_visits
from quarterhour.policy import UnknownName, load
from quarterhour.rules.catalogue import catalogue, find
from quarterhour.rules.contract import BadRule
from quarterhour.workflows.reading import readings

TODAY = dt.date(2026, 11, 21)
#: A visit that nothing can be said against; each test changes what it is about.
VISIT = {
    "visit_id": "V-1",
    "date_of_service": "2026-03-04",
    "payer": "medicare-b",
    "setting": "private-practice",
    "place_of_service": "11",
    "state": "TX",
    "discipline": "PT",
    "patient": {"id": "P-1", "birth_date": "1950-05-06"},
    "therapist": {"npi": "1234567893", "credential": "PT"},
    "billing_provider": {"npi": "1234567919"},
    "plan_of_care": {
        "established": "2026-02-02",
        "first_treatment": "2026-02-02",
        "certified_on": "2026-02-10",
        "certified_by": {"npi": "1234567968", "credential": "MD"},
        "diagnoses": ["M25.561"],
        "frequency": "2 per week",
        "duration": "8 weeks",
        "visit_number": 7,
        "last_progress_report_visit": 1,
        "goals": [{"id": "G1", "text": "Climb one flight of stairs with a rail"}],
    },
    "services": [
        {
            "code": "97530",
            "minutes": 24,
            "units": 2,
            "modifiers": ["GP"],
            "charge": "90.00",
            "intervals": [["09:00", "09:24"]],
        },
        {
            "code": "97110",
            "minutes": 23,
            "units": 1,
            "modifiers": ["GP"],
            "charge": "40.00",
            "intervals": [["09:24", "09:47"]],
        },
    ],
    "total_treatment_minutes": 50,
    "total_timed_minutes": 47,
    "note": {"type": "daily", "text": "S: Stairs are easier.", "signed_by": "L. W., PT", "signed_on": "2026-03-04"},
    "accrued": {"PT+SLP": "500.00", "OT": "0.00"},
}
LINE = {"code": "97530", "minutes": 24, "units": 2, "modifiers": ["GP"], "charge": "90.00"}


def judged(*records, entries=None, payer="medicare-b"):
    return judge_visits([from_builtins(record, Visit) for record in records], load(), payer, TODAY, entries)


def rules(*records):
    """The codes of the rules that find something in each visit; of one visit, just those."""
    found = [{finding.rule for finding in findings} for findings in judged(*records).findings]
    return found[0] if len(found) == 1 else found


def services(*lines):
    """The visit with other services: its totals are theirs."""
    timed = sum(line.get("minutes", 0) for line in lines)
    return {**VISIT, "services": list(lines), "total_timed_minutes": timed, "total_treatment_minutes": max(timed, 50)}


def line(code, minutes, units, *modifiers, **others):
    return {
        "code": code,
        "minutes": minutes,
        "units": units,
        "modifiers": ["GP", *modifiers],
        "charge": "40.00",
        **others,
    }


def test_a_visit_as_it_should_be():
    assert rules(VISIT) == set()


@pytest.mark.covers("C1", "T1", "T2")
@pytest.mark.parametrize("units, found", [((3, 1), "UNT101"), ((1, 1), "UNT102"), ((1, 2), "UNT103"), ((2, 1), None)])
def test_units_against_minutes(units, found):
    changed = services(
        *(
            {**LINE, "code": c, "minutes": m, "units": u}
            for c, m, u in zip(("97530", "97110"), (24, 23), units, strict=True)
        )
    )
    assert (found in rules(changed)) if found else not rules(changed) & {"UNT101", "UNT102", "UNT103", "UNT104"}


@pytest.mark.covers("T3")
def test_the_payers_method_decides():
    """Twenty-four and twenty-three minutes: three units by total time, four by the midpoint."""
    changed = services(line("97530", 24, 2), line("97110", 23, 2))
    assert "UNT101" in rules(changed)
    assert "UNT101" not in rules({**changed, "payer": "commercial-midpoint"})


@pytest.mark.covers("T4")
@pytest.mark.parametrize(
    "total, recorded, found", [(46, 47, "TIM101"), (50, 46, "TIM102"), (50, 48, "TIM118"), (50, 47, None)]
)
def test_both_totals_are_held_against_the_minutes(total, recorded, found):
    told = rules({**VISIT, "total_treatment_minutes": total, "total_timed_minutes": recorded})
    assert (found in told) if found else told == set()


@pytest.mark.covers("T5")
def test_start_and_stop_times():
    shorter = {**VISIT["services"][0], "intervals": [["09:00", "09:20"]]}
    backwards = {**VISIT["services"][0], "intervals": [["09:24", "09:00"]]}
    across = {**VISIT["services"][0], "intervals": [["09:10", "09:34"]]}
    assert "TIM103" in rules({**VISIT, "services": [shorter, VISIT["services"][1]]})
    assert "TIM105" in rules({**VISIT, "services": [backwards, VISIT["services"][1]]})
    assert "TIM106" in rules({**VISIT, "services": [across, VISIT["services"][1]]})


@pytest.mark.covers("T5")
def test_one_therapist_with_two_patients_at_once():
    other = {**VISIT, "visit_id": "V-2", "patient": {"id": "P-2", "birth_date": "1950-05-06"}}
    assert {"TIM107"} <= set.union(*rules(VISIT, other))
    apart = {**other, "therapist": {"npi": "1234567935", "credential": "PT"}}
    assert rules(VISIT, apart) == [set(), set()]


def manual_therapy(day, *modifiers, begin="09:24", end="09:47"):
    """97140 beside 97530 on a day; the pair edit ended on 2019-12-31."""
    plan = {**VISIT["plan_of_care"], "established": day, "first_treatment": day, "certified_on": day}
    return {
        **services(
            {**LINE, "modifiers": ["GP", *modifiers], "intervals": [["09:00", "09:24"]]},
            line("97140", 23, 1, intervals=[[begin, end]]),
        ),
        "date_of_service": day,
        "plan_of_care": plan,
        "note": {**VISIT["note"], "signed_on": day},
    }


@pytest.mark.covers("M1", "C8")
def test_97530_with_97140_before_and_after_the_edit_ended():
    assert "PTP101" in rules(manual_therapy("2019-12-31"))
    assert not rules(manual_therapy("2026-03-04")) & {"PTP101", "PTP102"}


@pytest.mark.covers("M1", "M3", "T6")
def test_59_needs_distinct_times_and_an_edit_to_pass():
    """Supported by times apart, contradicted by times shared, pointless where there is no edit."""
    assert not rules(manual_therapy("2019-12-31", "59")) & {"PTP101", "PTP105", "PTP106"}
    assert "PTP105" in rules(manual_therapy("2019-12-31", "59", begin="09:10", end="09:33"))
    assert "PTP103" in rules(manual_therapy("2026-03-04", "59"))
    untold = manual_therapy("2019-12-31", "59")
    untold["services"] = [{**one, "intervals": []} for one in untold["services"]]
    del untold["note"]
    assert "PTP106" in rules(untold)


@pytest.mark.covers("C6")
@pytest.mark.parametrize("mode, found", [("group", "TIM110"), ("concurrent", "TIM112"), ("one-on-one", None)])
def test_97530_is_one_on_one(mode, found):
    told = rules(services({**LINE, "mode": mode}))
    assert told & {"TIM110", "TIM112"} == ({found} if found else set())


@pytest.mark.covers("C4")
def test_the_discipline_modifier_follows_the_plan_of_care():
    assert "MOD101" in rules(services({**LINE, "modifiers": []}))
    assert "MOD102" in rules(services({**LINE, "modifiers": ["GO"]}))
    occupational = {**VISIT, "discipline": "OT", "therapist": {"npi": "1234567893", "credential": "OT"}}
    assert rules({**occupational, "services": [{**one, "modifiers": ["GO"]} for one in VISIT["services"]]}) == set()


@pytest.mark.covers("M3")
def test_kx_and_the_assistants_modifier_must_rest_on_the_record():
    above = {**VISIT, "accrued": {"PT+SLP": "2480.01", "OT": "0.00"}}
    assert "MOD106" in rules(above)
    assert "MOD107" in rules(services({**LINE, "modifiers": ["GP", "KX"]}))
    assert "AST101" in rules(services({**LINE, "assistant_minutes": 24}))
    assert "AST103" in rules(services({**LINE, "modifiers": ["GP", "CQ"]}))


@pytest.mark.covers("M5")
def test_the_place_of_service_fits_the_setting():
    assert "CLM103" in rules({**VISIT, "place_of_service": "00"})
    assert "CLM104" in rules({**VISIT, "place_of_service": "21"})
    assert "CLM105" in rules({**VISIT, "place_of_service": "10"})


@pytest.mark.covers("N4")
@pytest.mark.parametrize(
    "change, found",
    [
        ({"goals": []}, "POC102"),
        ({"established": "2026-03-05"}, "POC101"),
        ({"certified_through": "2026-03-03"}, "POC105"),
        ({"duration": "2 weeks"}, "POC118"),
        ({"diagnoses": []}, "POC111"),
    ],
)
def test_treatment_belongs_to_an_active_plan_with_goals(change, found):
    assert found in rules({**VISIT, "plan_of_care": {**VISIT["plan_of_care"], **change}})


SITUATIONS = [pytest.param(one, id=one.id) for one in load().providers.situations()]
WHO = {"billable": set(), "conditional": set(), "not-billable": {"ELG101"}}


@pytest.mark.covers("C9")
@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_ten_users_of_97530_as_visits(situation):
    """The tables' answer is the rules' answer: nobody is refused who may bill, nobody passed who may not."""
    discipline = {"GP": "PT", "GO": "OT", "GN": "SLP", None: "PT"}[situation.modifier]
    visit = {
        **services({**LINE, "modifiers": [situation.modifier or "GP"]}),
        "discipline": discipline,
        "therapist": {"npi": "1234567893", "credential": situation.credential},
    }
    findings = [one for one in judged(visit).findings[0] if one.rule.startswith(("ELG", "AST"))]
    refused = {one.rule for one in findings if one.severity == "error"}
    if situation.answer == "not-billable":
        explained = bool(findings)
    elif situation.answer == "billable":
        explained = not findings
    else:
        explained = not refused
    assert explained, [(one.rule, one.severity, one.message) for one in findings]


def test_a_finding_names_who_says_so_since_when():
    (finding,) = [one for one in judged(services(line("97530", 24, 3))).findings[0] if one.rule == "UNT101"]
    assert finding.numbers == {"billed": 3, "minutes": 24, "allowed": 2}
    assert finding.message == "3 timed units billed, but 24 timed minutes support 2"
    assert finding.remedy.kind == "choice"
    assert "20.2" in finding.sources[0].title
    dated = [source for source in finding.sources if source.effective_from]
    assert {source.effective_from for source in dated} == {"2000-04-01"}
    assert all(source.as_of is None for source in dated)


def test_a_line_is_pointed_to_as_the_record_has_it():
    record = services(line("97110", 23, 2), {**LINE, "modifiers": []})
    (finding,) = [one for one in judged(record).findings[0] if one.rule == "MOD101"]
    assert (finding.line, finding.code, finding.where) == (2, "97530", {"pointer": "/services/1"})


def test_an_answer_from_an_older_release_says_so_and_is_less_sure():
    (finding,) = [one for one in judged(services(line("97530", 240, 16))).findings[0] if one.rule.startswith("MUE")]
    entry = find(finding.rule)
    assert entry
    assert "2024-07-01" in {source.as_of for source in finding.sources}
    levels = ["low", "medium", "high"]
    assert levels.index(finding.confidence) < levels.index(entry.confidence)


def test_what_is_known_from_memory_is_never_an_error():
    """A rule of error level that reads a value from memory is lowered to a warning, and made less sure."""
    entry = find("UNT101")
    assert entry
    policy = load()
    name = next(
        name for name in policy.parameter_names() if any(v.evidence == "memory" for v in policy.parameter(name).values)
    )
    day = next(v.first for v in policy.parameter(name).values if v.evidence == "memory")
    rule = msgspec.structs.replace(entry.rule, reads=(name,), needs=())
    record = {**services(line("97530", 24, 3)), "date_of_service": day.isoformat()}
    entries = [msgspec.structs.replace(entry, rule=rule)]
    ((finding,),) = judged(record, entries=entries).findings
    assert (finding.severity, finding.confidence) == ("warning", "medium")


def test_errors_come_first_then_lines_in_order():
    record = services({**LINE, "modifiers": [], "units": 4}, line("97110", 23, 1, "ZZ"))
    found = judged(record).findings[0]
    order = {"error": 0, "warning": 1, "info": 2}
    keys = [(order[one.severity], one.line or 0, one.rule) for one in found]
    assert keys == sorted(keys)
    assert len({severity for severity, _, _ in keys}) > 1


@pytest.mark.parametrize(
    "change, rule, reason",
    [
        ({"therapist": None}, "ELG101", "therapist"),
        ({"total_treatment_minutes": None}, "TIM101", "total treatment minutes"),
        ({"date_of_service": "1999-06-30"}, "UNT101", "is not known before 2000-04-01"),
        ({"services": [{"code": "97530", "units": 2, "modifiers": ["GP"]}]}, "UNT101", "no units allowed"),
    ],
)
def test_what_could_not_be_judged_is_said_and_not_passed_over(change, rule, reason):
    record = {name: value for name, value in {**VISIT, **change}.items() if value is not None}
    reasons = [one.reason for one in judged(record).not_checked if one.rule == rule]
    assert any(reason in one for one in reasons), reasons
    assert all(one.visits == 1 for one in judged(record).not_checked)


def test_a_visit_without_a_payer_is_judged_by_the_one_given():
    record = {**services(line("97530", 24, 2), line("97110", 23, 2))}
    del record["payer"]
    assert "UNT101" in {one.rule for one in judged(record).findings[0]}
    assert "UNT101" not in {one.rule for one in judged(record, payer="commercial-midpoint").findings[0]}


def test_a_payer_nobody_knows_is_an_error_of_the_call():
    with pytest.raises(UnknownName, match="did you mean 'medicare-b'"):
        judged({**VISIT, "payer": "medicare-c"})


def test_no_visits_no_findings():
    outcome = judged()
    assert (outcome.findings, outcome.not_checked) == ([], [])


def test_every_rule_of_the_catalogue_can_be_run_by_itself():
    together = judged(VISIT, services({**LINE, "modifiers": [], "units": 5}))
    apart = [judged(VISIT, services({**LINE, "modifiers": [], "units": 5}), entries=[entry]) for entry in catalogue()]
    for place in range(2):
        one_by_one = {(f.rule, f.message) for outcome in apart for f in outcome.findings[place]}
        assert one_by_one == {(f.rule, f.message) for f in together.findings[place]}


#: 97530 with 97150 and 97533, and ten units of one code: whether these payers have edits is not known.
@pytest.mark.parametrize("payer", ["workers-compensation", "auto"])
@pytest.mark.parametrize(
    "services, rules, of",
    [
        ([("97530", 15, 1), ("97150", 15, 1), ("97533", 15, 1)], {"PTP101", "PTP102"}, "pair tables (NCCI)"),
        ([("97530", 150, 10)], {"MUE101", "MUE102"}, "unit limits (MUE)"),
    ],
)
def test_edits_of_a_payer_whose_tables_are_not_held_are_not_checked(payer, services, rules, of):
    lines = [{"code": code, "minutes": minutes, "units": units} for code, minutes, units in services]
    visit = from_builtins(VISIT | {"payer": payer, "services": lines}, Visit)
    told = judge_visits([visit], load(), "medicare-b", TODAY).not_checked
    why = f"no {of} of this payer are held for the date of service"
    assert {one.rule for one in told if one.reason == why and one.visits == 1} >= rules


#: Medicaid's pairs and limits stand in tables of its own, which CMS publishes and which are not built in.
@pytest.mark.parametrize(
    "setting, title", [("private-practice", "practitioners"), ("outpatient-hospital", "outpatient hospital")]
)
def test_of_medicaid_without_its_tables_it_is_said_which_to_import(setting, title):
    lines = [{"code": code, "minutes": 150, "units": 10} for code in ("97530", "97150", "97533")]
    visit = from_builtins(VISIT | {"payer": "medicaid", "setting": setting, "services": lines}, Visit)
    outcome = judge_visits([visit], load(), "medicare-b", TODAY)
    assert [one.rule for one in outcome.findings[0] if one.rule.startswith(("PTP", "MUE"))] == []
    of = {one.rule: one.reason for one in outcome.not_checked if one.rule.startswith(("PTP", "MUE"))}
    how = "`quarterhour policy import` takes the file CMS publishes"
    assert of["PTP101"] == of["PTP102"] == f"not imported: NCCI pair edits, {title} (Medicaid); {how}"
    assert of["MUE101"] == of["MUE102"] == f"not imported: MUE, {title} (Medicaid); {how}"
    assert of["PTP201"] == "no add-on codes of this payer are held for the date of service"


def test_before_medicaid_had_tables_of_its_own_nothing_is_known():
    visit = from_builtins(VISIT | {"payer": "medicaid", "date_of_service": "2010-09-30"}, Visit)
    told = {one.rule: one.reason for one in judge_visits([visit], load(), "medicare-b", TODAY).not_checked}
    assert told["PTP101"] == "no pair tables (NCCI) of this payer are held for the date of service"


def test_who_has_no_edits_has_none_to_check():
    visit = from_builtins(VISIT | {"payer": "self-pay"}, Visit)
    told = judge_visits([visit], load(), "medicare-b", TODAY).not_checked
    assert [one for one in told if one.rule.startswith(("PTP", "MUE"))] == []


def test_a_visit_without_a_note_says_which_rules_read_notes():
    bare = from_builtins({name: value for name, value in VISIT.items() if name != "note"}, Visit)
    noted = from_builtins(VISIT | {"note": {"text": "Lifted a basket, 97530 24 min."}}, Visit)
    visits = [noted, bare, bare]
    outcome = judge_visits(visits, load(), "medicare-b", TODAY, readings=readings(visits))
    told = {one.rule: one.visits for one in outcome.not_checked if one.reason == "no note in the input"}
    # Rules that look at a modifier no line carries, or at terms the payer does not have, have nothing to say of them.
    of_notes = {e.code for e in catalogue() if e.rule.over.startswith("note") and not e.rule.modifiers}
    silent = {e.code for e in catalogue() if e.rule.applies in {"per_code_minutes", "start_stop_times"}}
    assert of_notes - silent <= set(told)
    assert set(told.values()) == {2}
    alone = judge_visits([bare], load(), "medicare-b", TODAY).not_checked
    assert {one.rule for one in alone if one.reason == "no note in the input"} == set(told)


def test_who_asks_for_no_note_has_none_that_is_missing():
    asking = {"treatment_note", "per_code_minutes", "start_stop_times"}
    bare = {name: value for name, value in VISIT.items() if name != "note"} | {"payer": "self-pay"}
    told = judge_visits([from_builtins(bare, Visit)], load(), "medicare-b", TODAY).not_checked
    missing = {one.rule for one in told if one.reason == "no note in the input"}
    assert {e.code for e in catalogue() if e.rule.applies in asking} & missing == set()


#: 4 units for 47 minutes, of which every method here supports 3.
@pytest.mark.parametrize(
    "payer, severity, grades",
    [
        ("medicare-b", "error", {"primary"}),
        ("commercial", "error", {"primary", "secondary"}),
        # How these count units is known from memory alone, and what was not read makes no error.
        ("workers-compensation", "warning", {"primary", "memory"}),
        ("auto", "warning", {"primary", "memory"}),
    ],
)
def test_a_unit_finding_names_the_payers_terms_it_rests_on(payer, severity, grades):
    record = services(line("97530", 24, 2), line("97110", 23, 2)) | {"payer": payer}
    (finding,) = [one for one in judged(record).findings[0] if one.rule == "UNT101"]
    assert finding.severity == severity
    assert {one.evidence for one in finding.sources} == grades
    terms = load().payers.terms(payer, "private-practice", dt.date(2026, 3, 4).toordinal())
    behind = [terms.value(name).source.title for name in ("unit_method", "cap_units_at_total")]
    titles = [one.title for one in finding.sources]
    assert set(behind) <= set(titles)
    assert titles[0] == behind[0]


def test_without_times_of_day_overlaps_are_not_checked():
    bare = services(line("97530", 60, 4)) | {"visit_id": "V-2"}
    told = {(one.rule, one.visits) for one in judged(bare).not_checked if one.reason == NO_TIMES}
    assert ("TIM107", 1) in told
    assert [one for one in judged(VISIT).not_checked if one.reason == NO_TIMES] == []


@pytest.mark.parametrize(
    "words, told",
    [
        ("{minuts} minutes", "its words name {minuts}, but its function finds minutes"),
        ("{} minutes", "its words cannot be filled: Replacement index 0 out of range"),
        ("{minutes.most} minutes", "its words cannot be filled: 'int' object has no attribute 'most'"),
        ("{minutes[0]} minutes", "its words cannot be filled: 'int' object is not subscriptable"),
        ("{minutes", "its words cannot be filled"),
    ],
)
def test_a_rule_whose_words_name_what_it_does_not_find_says_so(words, told):
    rule = catalogue()[0].rule
    with pytest.raises(BadRule, match=f"^rule {rule.code}: ") as refused:
        _filled(words, {"minutes": 8}, rule)
    assert told in str(refused.value)
