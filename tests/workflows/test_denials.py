"""What came back, told apart: standings, sums, matching, causes, ways and days, what the patient may be asked."""

import dataclasses
import datetime as dt
import json

import msgspec
import pytest
from tests.interchange.x12.samples import both, inserted, professional, remittance, replaced, written

from quarterhour.domain.answer import WORK
from quarterhour.domain.coverage import Adjustment
from quarterhour.domain.money import Cents
from quarterhour.interchange.x12.writing.acknowledge import write_acknowledgement
from quarterhour.interchange.x12.writing.pen import Envelope
from quarterhour.interchange.x12.writing.remittances import PaidClaim, PaidLine, Payment, write_remittances
from quarterhour.interchange.x12.writing.statuses import ClaimStatus, LineStatus, Status, write_statuses
from quarterhour.policy import UnknownName, load
from quarterhour.rules.catalogue import catalogue
from quarterhour.workflows.denials.command import denials_paths
from quarterhour.workflows.denials.wish import Wish

DAY = dt.date(2026, 2, 3)
PAID_ON = dt.date(2026, 3, 10)
TODAY = "2026-03-20"
ENVELOPE = Envelope(
    sender="PAYERID", receiver="RECEIVERID", created=dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC),
    submitter_name="Example Payer", contact_name="Office", contact_phone="5555550100", receiver_name="First Therapy",
)  # fmt: skip


def adjusted(*triples):
    return tuple(Adjustment(group=group, reason=reason, amount=Cents(amount)) for group, reason, amount in triples)


def line(code="97530", charge=15050, units=2, modifiers=("GP", "KX"), **changes):
    base = {"code": code, "charge": Cents(charge), "units": units, "modifiers": modifiers, "date_of_service": DAY}
    return PaidLine(**(base | changes))


def answered(number="PCN1", *lines, **changes):
    base = {
        "patient_control_number": number, "payer_control_number": f"ICN-{number}", "family": "Doe", "given": "Jane",
        "member_id": "1EG4TE5MK73", "lines": lines,
    }  # fmt: skip
    return PaidClaim(**(base | changes))


def paid(*claims, paid_on=PAID_ON, **changes):
    base = {
        "payer_name": "Example Payer", "payer_id": "04412", "payer_address": {"street": "1 Way", "city": "Dallas",
        "state": "TX", "zip": "75201"}, "payee_name": "First Therapy", "payee_npi": "1234567893", "trace_number": "T1",
        "paid_on": paid_on, "claims": claims,
    }  # fmt: skip
    return write_remittances([Payment(**(base | changes))], ENVELOPE)


@pytest.fixture
def worked(tmp_path):
    """The answer to some files: bytes, or texts that are JSON."""

    def told(*contents, **wish):
        paths = []
        for number, content in enumerate(contents):
            text = isinstance(content, bytes)
            path = tmp_path / f"f{number}{'.x12' if text else '.json'}"
            path.write_bytes(content if text else json.dumps(content).encode())
            paths.append(path)
        return denials_paths(paths, Wish(**({"today": TODAY} | wish)))

    return told


def only(answer):
    (row,) = answer["worklist"]
    return row


def denied(*triples, remarks=(), **changes):
    """An answer with one line that is adjusted so."""
    own = line(adjustments=adjusted(*triples), remarks=remarks, **changes)
    return paid(answered("PCN1", own))


def test_reduced_lines_and_the_patients_share_are_never_work(worked):
    """150.50 - 50.00 (fee schedule) - 8.00 (several procedures) - 15.00 (patient) - 1.50 (sequestration) = 76.00."""
    answer = worked(denied(("CO", "45", 5000), ("CO", "59", 800), ("PR", "2", 1500), ("CO", "253", 150)))
    assert answer["worklist"] == []
    assert answer["summary"]["balance"] == {
        "charge": "150.50", "paid": "76.00", "not_paid": {"reduced": "59.50", "patient-share": "15.00"},
        "difference": "0.00",
    }  # fmt: skip
    whole_share = worked(denied(("PR", "1", 15050)), every_line=True)
    assert (whole_share["worklist"], whole_share["lines"][0]["standing"]) == ([], "patient-share")


@pytest.mark.parametrize(
    "group, reason, remarks, filing, standing",
    [
        ("CO", "97", (), "MB", "denied"),
        ("CO", "4", (), "MB", "unprocessable"),
        ("CO", "4", (), "CI", "denied"),
        ("CO", "16", ("N265",), "MB", "unprocessable"),
        ("CO", "31", ("MA130",), "MB", "unprocessable"),
        ("CO", "31", (), "MB", "denied"),
        ("CO", "777", (), "MB", "unknown"),
        ("CO", "777", ("MA130",), "MB", "unprocessable"),
        ("CO", "2", (), "MC", "reduced"),
        ("PR", "45", (), "MB", "patient-share"),
    ],
)
def test_the_standing_goes_by_group_reason_remarks_and_payer(worked, group, reason, remarks, filing, standing):
    own = line(adjustments=adjusted((group, reason, 15050)), remarks=remarks)
    answer = worked(paid(answered("PCN1", own, filing=filing)), every_line=True)
    assert [row["standing"] for row in answer["lines"]] == [standing]
    assert bool(answer["worklist"]) == (standing in WORK)


def test_a_code_our_table_does_not_have_is_told_with_its_number_and_queued(worked):
    row = only(worked(denied(("CO", "777", 15050), remarks=("N9999",))))
    assert [(one["code"], one["amount"], one["meaning"]) for one in row["reasons"]] == [("777", "150.50", None)]
    assert row["remarks"] == [{"code": "N9999", "meaning": None}]
    assert (row["amount"], row["cause"], row["deadline"]) == ("150.50", None, None)
    assert row["next"].startswith("Read the code in the payer's own list")
    assert row["why"] == "none of our rules speaks to it"


def test_a_line_paid_in_part_is_work_for_the_denied_part_alone(worked):
    row = only(worked(denied(("CO", "45", 5000), ("CO", "151", 7050), ("PR", "2", 600))))
    assert (row["amount"], row["paid"]) == ("70.50", "24.00")


def test_the_largest_amount_stands_first_and_then_the_nearest_deadline(worked):
    lines = [
        line(adjustments=adjusted(("CO", "97", 15050))),
        line("97110", 9000, adjustments=adjusted(("CO", "4", 9000))),
        line("97112", 9000, adjustments=adjusted(("CO", "50", 9000))),
    ]
    answer = worked(paid(answered("PCN1", *lines)))
    # The appeal of 97112 ends after 120 days, the new claim for 97110 a year after the service.
    assert [row["code"] for row in answer["worklist"]] == ["97530", "97112", "97110"]
    assert [row["number"] for row in answer["worklist"]] == [1, 2, 3]
    by_day = worked(paid(answered("PCN1", *lines)), order="deadline")
    assert [row["code"] for row in by_day["worklist"]] == ["97530", "97112", "97110"]
    lone = worked(paid(answered("PCN1", lines[1])), paid(answered("PCN2", line("97116", 900, adjustments=adjusted(
        ("CO", "50", 900))))), order="deadline")  # fmt: skip
    assert [row["code"] for row in lone["worklist"]] == ["97116", "97110"]


def test_days_are_counted_from_the_remittance_and_graded(worked):
    """120 days after 2026-03-10 are 2026-07-08; a year is 2027-03-10."""
    row = only(worked(denied(("CO", "97", 15050))))
    assert [(one["way"], one["by"], one["evidence"]) for one in row["ways"]] == [
        ("appeal", "2026-07-08", "secondary"), ("reopen", "2027-03-10", "near-primary"),
    ]  # fmt: skip
    assert (row["deadline"], row["days_left"], row["near"]) == ("2026-07-08", 110, False)
    assert only(worked(denied(("CO", "97", 15050)), today="2026-06-20"))["near"] is True


def test_what_has_passed_gives_way_to_what_is_still_open(worked):
    row = only(worked(denied(("CO", "97", 15050)), today="2026-08-01"))
    assert (row["deadline"], [one["passed"] for one in row["ways"]]) == ("2027-03-10", [False, True])
    row = only(worked(denied(("CO", "97", 15050)), today="2028-08-01"))
    assert (row["deadline"], row["days_left"] < 0) == ("2027-03-10", True)


def test_what_was_not_processed_is_sent_again_within_the_time_for_filing_and_not_appealed(worked):
    row = only(worked(denied(("CO", "97", 15050), remarks=("MA130",))))
    assert [(one["way"], one["by"]) for one in row["ways"]] == [("resubmit", "2027-02-03")]


def test_a_remark_that_shuts_the_appeal_leaves_the_reopening(worked):
    row = only(worked(denied(("CO", "97", 15050), remarks=("N211",))))
    assert [one["way"] for one in row["ways"]] == ["reopen"]


@pytest.mark.parametrize("filing, reason", [("CI", "not in our tables"), ("ZZ", "whose terms hold is not told")])
def test_a_day_that_is_not_known_is_said_so(worked, filing, reason):
    own = line(adjustments=adjusted(("CO", "50", 15050)))
    row = only(worked(paid(answered("PCN1", own, filing=filing))))
    assert row["deadline"] is None
    assert all(one["by"] is None and reason in one["reason"] for one in row["ways"])


@pytest.mark.parametrize(
    "group, modifiers, filing, verdict",
    [
        ("CO", ("GP",), "MB", "no"),
        ("PR", ("GP",), "MB", "stop"),
        ("PR", ("GP", "GZ"), "MB", "stop"),
        ("PR", ("GP", "GA"), "MB", "with-notice"),
        ("PR", ("GP", "GY"), "MB", "with-notice"),
        ("PR", ("GP",), "CI", "ask"),
        ("OA", ("GP",), "MB", "no"),
    ],
)
def test_whether_the_patient_may_be_asked(worked, group, modifiers, filing, verdict):
    own = line(modifiers=modifiers, adjustments=adjusted((group, "50", 15050)))
    row = only(worked(paid(answered("PCN1", own, filing=filing))))
    assert row["patient"]["may_be_billed"] == verdict


def test_a_notice_the_payer_dropped_is_still_on_the_claim(worked):
    sent = written(replaced("SV1*HC:97530:GP:KX", "SV1*HC:97530:GP:GA")(professional()))
    own = line(modifiers=("GP",), adjustments=adjusted(("PR", "50", 15050)), control_number="PCN1-1")
    row = only(worked(paid(answered("PCN1", own)), sent))
    assert row["patient"]["may_be_billed"] == "with-notice"
    assert row["changes"] == [{"what": "modifiers", "sent": ["GA", "GP"], "answered": ["GP"]}]


def test_no_step_tells_to_add_a_modifier_that_attests():
    """The record has to bear it out; a denial is no reason. So no text says to add KX, 59 or a notice."""
    texts = [f"{one.next} {one.fact}" for one in load().denials.reasons()]
    assert texts
    for text in texts:
        assert not any(f"{verb} {what}" in text.lower() for verb in ("add", "append", "put on")
                       for what in ("kx", "59", "ga", "x{", "xe", "the modifier", "modifier"))  # fmt: skip


def test_every_rule_of_the_tables_is_in_the_catalogue_and_every_entry_is_sourced():
    denials, rules = load().denials, {entry.code for entry in catalogue()}
    named = [*denials.reasons(), *denials.remarks.values(), *denials.statuses.values()]
    assert {rule for one in named for rule in one.rules} <= rules
    assert all(one.source.title and one.evidence and one.meaning for one in named)
    work = [one for one in denials.reasons() if one.standing in WORK]
    assert all(one.cause and one.next and one.fact for one in work)
    # What is known from memory is told so; nothing here makes a finding.
    assert {one.cause_evidence for one in work} == {"memory"}
    assert all(len(one.meaning) <= 90 for one in named)


def test_a_line_is_known_by_its_control_number_whatever_else_the_payer_changed(worked):
    own = line("97110", 15050, 1, (), control_number="PCN1-1", adjustments=adjusted(("CO", "97", 15050)))
    row = only(worked(paid(answered("PCN1", own)), written(professional())))
    assert (row["matched"]["line"], row["matched"]["line_by"]) == (1, "line control number")
    assert {one["what"]: (one["sent"], one["answered"]) for one in row["changes"]} == {
        "code": ("97530", "97110"), "modifiers": (["GP", "KX"], []), "units": (2, 1),
    }  # fmt: skip


@pytest.mark.parametrize(
    "changes, by",
    [
        ({}, "code, modifiers, date, units and charge"),
        ({"modifiers": ("GP",)}, "code, date, units and charge"),
        ({"units": 1}, "code, modifiers, date and charge"),
        ({"modifiers": (), "units": 1}, "code, date and charge"),
        ({"charge": 14000}, "code, modifiers and date"),
        ({"code": "97112"}, "date, units and charge"),
    ],
)
def test_a_line_without_control_number_is_known_by_what_it_asked_for(worked, changes, by):
    charge = changes.get("charge", 15050)
    own = line(**changes | {"adjustments": adjusted(("CO", "97", charge))})
    row = only(worked(paid(answered("PCN1", own)), written(professional())))
    assert (row["matched"]["line"], row["matched"]["line_by"], row["matched"]["segment"]) == (1, by, 28)


def test_a_line_that_fits_several_or_none_is_matched_with_none(worked):
    twice = both(replaced("SV1*HC:97110:GP*100*UN*1", "SV1*HC:97530:GP*100*UN*2"))(professional())
    own = line(modifiers=(), charge=12000, adjustments=adjusted(("CO", "97", 12000)))
    row = only(worked(paid(answered("PCN1", own)), written(twice)))
    assert (row["matched"]["line"], row["not_matched"]) == (
        None, "no line of the claim, or more than one, fits what was answered",
    )  # fmt: skip
    away = line("97140", 7000, 1, date_of_service=dt.date(2026, 1, 1), adjustments=adjusted(("CO", "97", 7000)))
    assert only(worked(paid(answered("PCN1", away)), written(professional())))["matched"]["line"] is None


def test_what_the_payer_says_was_sent_is_what_is_matched(worked):
    segments = both(
        replaced("SVC*HC:97530:GP*150*75**2", "SVC*HC:97110:GP*150.5*75**1*HC:97530:GP:KX*2"),
        replaced("CAS*CO*45*60", "CAS*CO*97*60.5"),
    )(remittance())
    answer = worked(written(segments), written(professional()))
    row = next(row for row in answer["worklist"] if row["code"] == "97110")
    assert (row["matched"]["line"], row["amount"]) == (1, "60.50")
    # In small letters they are the same modifiers, as those of the line itself are.
    small = replaced("SVC*HC:97110:GP*150.5*75**1*HC:97530:GP:KX*2", "SVC*HC:97110:gp*150.5*75**1*HC:97530:gp:kx*2")
    alone = worked(written(small(segments)))["worklist"]
    row = next(row for row in alone if row["code"] == "97110")
    assert {one["what"]: one["sent"] for one in row["changes"]} == {
        "code": "97530", "modifiers": ["GP", "KX"], "units": 2,
    }  # fmt: skip


def test_our_rules_say_why_the_same_as_a_check(worked, tmp_path):
    from quarterhour.workflows.check import Wish as CheckWish
    from quarterhour.workflows.check import check_paths

    bare = written(replaced("SV1*HC:97530:GP:KX", "SV1*HC:97530")(professional()))
    own = line(modifiers=(), adjustments=adjusted(("CO", "4", 15050)), remarks=("N519", "MA130"))
    row = only(worked(paid(answered("PCN1", own)), bare))
    assert row["why"] == "our rules say why: MOD101"
    checked = check_paths([tmp_path / "f1.x12"], CheckWish(today="2026-03-10"))
    assert row["findings"] == [one for one in checked["findings"] if one["rule"] == "MOD101"]
    summary = worked(paid(answered("PCN1", own)), bare)["summary"]
    assert [(one["rule"], one["finds"]) for one in summary["by_rule"] if one["finds"]["lines"]] == [
        ("MOD101", {"lines": 1, "amount": "150.50"})
    ]


def test_rules_that_find_nothing_are_said_to_and_those_that_need_a_record_are_named(worked):
    row = only(worked(denied(("CO", "50", 15050)), written(professional())))
    assert row["why"].startswith("our rules for this code find nothing in the claim as it was given; ")
    assert "POC109" in row["not_asked"]
    assert "need the note or record" in row["why"]


def test_a_claim_is_judged_as_of_the_day_it_was_answered(worked):
    """Filed and answered within the year; that the year has passed by today is no cause of the denial."""
    row = only(worked(denied(("CO", "29", 15050)), written(professional()), today="2027-11-21"))
    assert row["findings"] == []


def test_a_visit_that_was_billed_is_matched_and_judged(worked):
    visit = {
        "visit_id": "PCN1", "date_of_service": "2026-02-03", "payer": "medicare-b", "setting": "private-practice",
        "discipline": "PT", "total_treatment_minutes": 40,
        "services": [{"code": "97530", "minutes": 20, "units": 4, "modifiers": ["GP"], "charge": "150.50"}],
    }  # fmt: skip
    own = line(modifiers=("GP",), units=4, adjustments=adjusted(("CO", "151", 15050)))
    row = only(worked(paid(answered("PCN1", own)), visit))
    assert (row["matched"]["origin"], row["matched"]["line"]) == ("visit", 1)
    assert "UNT101" in {one["rule"] for one in row["findings"]}
    # Beside the claim both are asked: the claim is what was answered.
    sent = written(both(replaced("SV1*HC:97530:GP:KX*150.5*UN*2", "SV1*HC:97530:GP*150.5*UN*4"))(professional()))
    row = only(worked(paid(answered("PCN1", own)), sent, visit))
    assert row["matched"]["origin"] == "claim"
    assert "UNT101" in {one["rule"] for one in row["findings"]}


def test_what_matches_nothing_is_listed_both_ways(worked):
    answer = worked(denied(("CO", "97", 15050)), written(professional()))
    assert answer["not_matched"]["answers"] == []
    assert [(one["claim_id"], one["charge"]) for one in answer["not_matched"]["claims"]] == [("PCN2", "90.00")]
    stranger = paid(answered("PCN7", line(adjustments=adjusted(("CO", "45", 1000)))))
    answer = worked(stranger, written(professional()))
    assert [one["claim_id"] for one in answer["not_matched"]["answers"]] == ["PCN7"]
    assert worked(stranger)["not_matched"] == {"answers": [], "claims": []}


def test_of_several_claims_with_one_number_the_one_that_was_answered_is_taken_or_none(worked):
    same = both(replaced("CLM*PCN2*90", "CLM*PCN1*90"))(professional())
    row = only(worked(denied(("CO", "97", 15050)), written(same)))
    assert row["matched"] is None
    assert "several claims given have this patient control number" in row["not_matched"]
    own = line(adjustments=adjusted(("CO", "97", 15050)), control_number="PCN1-1")
    assert only(worked(paid(answered("PCN1", own)), written(same)))["matched"]["line"] == 1


def test_lines_that_are_the_same_in_all_are_taken_in_their_order(worked):
    same = both(
        replaced("SV1*HC:97110:GP*100*UN*1***3", "SV1*HC:97530:GP:KX*150.5*UN*2***1:2"),
    )(professional())
    lines = [line(adjustments=adjusted(("CO", "18", 15050))), line(adjustments=adjusted(("CO", "45", 15050)))]
    assert only(worked(paid(answered("PCN1", *lines)), written(same)))["matched"]["line"] == 1
    assert only(worked(paid(answered("PCN1", *lines[::-1])), written(same)))["matched"]["line"] == 2


def test_what_does_not_add_up_is_said_and_its_rest_is_work(worked):
    segments = both(replaced("CAS*CO*45*60", "CAS*CO*45*50"))(remittance())
    answer = worked(written(segments))
    (wrong,) = answer["unbalanced"]
    assert (wrong["claim_id"], wrong["line"], wrong["difference"]) == ("PCN1", 1, "10.00")
    assert {row["standing"]: row["amount"] for row in answer["worklist"]}["unexplained"] == "10.00"
    assert answer["summary"]["balance"]["difference"] == "0.00"


def test_a_claim_answered_as_a_whole_is_one_row(worked):
    claim = answered("PCN1", line(), adjustments=adjusted(("CO", "22", 15050)), status="4")
    row = only(worked(paid(claim), written(professional())))
    assert (row["line"], row["amount"], row["who"]) == (None, "150.50", "front-desk")
    assert row["matched"]["claim_by"] == "patient control number"


def test_a_reversal_is_no_denial_and_work_only_where_nothing_took_its_place(worked):
    taken = answered(
        "PCN1", line(charge=-15050, adjustments=adjusted(("CO", "97", -5050))), status="22",
    )  # fmt: skip
    row = only(worked(paid(taken)))
    assert (row["standing"], row["amount"]) == ("reversed", "100.00")
    corrected = answered("PCN1", line(adjustments=adjusted(("CO", "45", 3000))))
    answer = worked(paid(taken, corrected))
    assert answer["worklist"] == []
    assert answer["summary"]["balance"]["not_paid"] == {"reduced": "30.00", "reversed": "-50.50"}


def test_a_denial_that_was_paid_later_is_settled_whatever_the_order_of_the_files(worked):
    first = denied(("CO", "97", 15050))
    later = paid(answered("PCN1", line(adjustments=adjusted(("CO", "45", 5000)))), paid_on=dt.date(2026, 4, 10))
    for contents in ((first, later), (later, first)):
        answer = worked(*contents)
        assert answer["worklist"] == []
        (settled,) = answer["answered_later"]
        assert (settled["claim_id"], settled["settled_on"]) == ("PCN1", "2026-04-10")
    again = paid(answered("PCN1", line(adjustments=adjusted(("OA", "18", 15050)))), paid_on=dt.date(2026, 4, 10))
    # A duplicate's denial settles nothing: the first one keeps its day.
    assert [row["answered_on"] for row in worked(first, again)["worklist"]] == ["2026-03-10", "2026-04-10"]


def test_the_same_file_twice_is_read_once(worked):
    answer = worked(denied(("CO", "97", 15050)), denied(("CO", "97", 15050)))
    assert (answer["summary"]["claims"], len(answer["skipped"])) == (1, 1)


def test_a_rejected_claim_is_work_and_no_denial(worked):
    status = ClaimStatus(
        patient_control_number="PCN1", family="Doe", given="Jane", member_id="1EG4TE5MK73", charge=Cents(25050),
        statuses=(Status(category="A7", code="453"),), date_of_service=DAY,
        lines=(LineStatus(code="97530", charge=Cents(15050), status=Status(category="A7", code="453"),
                          control_number="PCN1-1"),),
    )  # fmt: skip
    good = ClaimStatus(
        patient_control_number="PCN2", family="Roe", given="Robin", member_id="M100", charge=Cents(9000),
        statuses=(Status(category="A2", code="20"),), date_of_service=DAY,
    )  # fmt: skip
    names = {"payer": ("Example Payer", "04412"), "submitter": ("First Therapy", "S1"),
             "provider": ("First Therapy", "1234567893")}  # fmt: skip
    answer = worked(write_statuses([status, good], ENVELOPE, batch="B1", **names), written(professional()))
    row = only(answer)
    assert (row["standing"], row["amount"], row["claim_id"]) == ("rejected", "250.50", "PCN1")
    assert (row["matched"]["line"], row["matched"]["line_by"]) == (1, "line control number")
    assert row["reasons"][0]["meaning"] == "rejected: something is wrong; modifiers"
    assert "MOD101" in row["prevented_by"]
    assert (row["payer"], row["deadline"]) == ("medicare-b", "2027-02-03")
    every = worked(write_statuses([status], ENVELOPE, batch="B1", **names))
    assert only(every)["claim_id"] == "PCN1"


def test_a_rejected_transaction_is_work_without_an_amount_and_stands_first(worked, tmp_path):
    from quarterhour.interchange.x12 import read

    spoilt = both(replaced("CLM*PCN1*250.5", "CLM**250.5"))(professional())
    rejected = write_acknowledgement(read(written(spoilt)), ENVELOPE)
    answer = worked(rejected, denied(("CO", "97", 15050)))
    first, second = answer["worklist"]
    assert (first["standing"], first["amount"], first["claim_id"]) == ("rejected", None, None)
    assert first["places"]
    assert second["standing"] == "denied"


def test_a_damaged_remittance_keeps_the_rest(worked):
    segments = [*remittance()]
    at = next(row for row, segment in enumerate(segments) if segment.startswith("SVC*HC:97530"))
    segments[at] = "SVC*HC:97530:GP*x*75**2"
    answer = worked(written(segments))
    assert answer["summary"]["claims"] == 2
    assert {row["claim_id"] for row in answer["worklist"]} == {"PCN2"}
    assert any(one["defects"] for one in answer["inputs"])
    assert answer["summary"]["balance"]["difference"] == "0.00"
    cut = written(remittance()[:-9])
    assert worked(cut)["summary"]["claims"] == 2


def test_a_line_outside_any_claim_is_told(worked):
    segments = inserted("LX*1", "SVC*HC:97530:GP*40*0**1")(remittance())
    (alone,) = worked(written(segments))["outside_claims"]
    assert (alone["lines"], alone["charge"], alone["paid"]) == (1, "40.00", "0.00")


def test_what_was_kept_from_the_payment_apart_from_claims_is_told(worked):
    (kept,) = worked(written(remittance()))["provider_adjustments"]
    assert kept["amount"] == "5.00"


def test_a_payer_there_is_not_is_refused(worked):
    with pytest.raises(UnknownName, match="payer"):
        worked(denied(("CO", "97", 15050)), payer="medicair")


def test_a_named_payer_holds_where_the_remittance_does_not_tell(worked):
    own = line(adjustments=adjusted(("CO", "50", 15050)))
    content = paid(answered("PCN1", own, filing="ZZ"))
    assert only(worked(content, payer="tricare"))["deadline"] == "2026-06-08"


def test_a_rejected_claim_that_was_taken_later_is_settled(worked):
    names = {"payer": ("Example Payer", "04412"), "submitter": ("First Therapy", "S1"),
             "provider": ("First Therapy", "1234567893")}  # fmt: skip
    status = ClaimStatus(
        patient_control_number="PCN1", family="Doe", given="Jane", member_id="1EG4TE5MK73", charge=Cents(15050),
        statuses=(Status(category="A3", code="21"),), date_of_service=DAY,
    )  # fmt: skip
    rejected = write_statuses([status], ENVELOPE, batch="B1", **names)
    own = line(adjustments=adjusted(("CO", "97", 15050)))
    for later in (dt.date(2026, 3, 10), dt.date(2026, 4, 10)):
        answer = worked(rejected, paid(answered("PCN1", own), paid_on=later), today="2026-05-01")
        standings = [row["standing"] for row in answer["worklist"]]
        assert standings == (["denied"] if later.month == 4 else ["denied", "rejected"])
    accepted = msgspec.structs.replace(status, statuses=(Status(category="A2", code="20"),))
    when = dataclasses.replace(ENVELOPE, created=dt.datetime(2026, 3, 15, 12, tzinfo=dt.UTC))
    answer = worked(rejected, write_statuses([accepted], when, batch="B2", **names))
    assert (answer["worklist"], len(answer["answered_later"])) == ([], 1)


def test_a_line_brought_to_nothing_by_contract_codes_is_counted_and_not_queued(worked):
    answer = worked(denied(("CO", "45", 15050)))
    assert (answer["worklist"], answer["summary"]["reduced_to_nothing"]) == ([], 1)
    assert worked(denied(("CO", "45", 9050), ("PR", "1", 6000)))["summary"]["reduced_to_nothing"] == 0


def test_a_patients_claims_are_judged_together(worked):
    """The second claim of the patient bills the line again: CLM208 needs both."""
    segments = professional()
    at = next(row for row, one in enumerate(segments) if one.startswith("HL*3"))
    copy = [one.replace("HL*2*", "HL*3*").replace("PCN1", "PCN3") for one in segments[11:at]]
    twice = [*segments[:at], *copy, *segments[at:]]
    own = line(adjustments=adjusted(("OA", "18", 15050)))
    row = only(worked(paid(answered("PCN3", own)), written(twice)))
    assert "CLM208" in {one["rule"] for one in row["findings"]}
