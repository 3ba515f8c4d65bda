"""What is said of a row of the worklist: who may be asked, until when, and what our rules find in its own line."""

import datetime as dt
import json

import pytest
from tests.interchange.x12.samples import both, inserted, professional, remittance, replaced, without, written
from tests.workflows.test_denials import DAY, adjusted, answered, denied, line, only, paid, worked  # noqa: F401
from tests.workflows.test_denials_later import enveloped, of_claim, provider, statuses

import quarterhour
from quarterhour.domain.answer import AnsweredClaim, AnsweredLine
from quarterhour.domain.money import Cents
from quarterhour.policy import load
from quarterhour.workflows.denials import worklist as room
from quarterhour.workflows.denials.command import denials_paths
from quarterhour.workflows.denials.given import Sent, SentLine
from quarterhour.workflows.denials.matching import Namesakes, same_lines
from quarterhour.workflows.denials.wish import Wish

# ruff: noqa: F811 - the fixture `worked` is the one of test_denials


@pytest.mark.parametrize("other", ["CO", "PI", "OA"])
@pytest.mark.parametrize("filing, modifiers", [("CI", ("GP",)), ("MB", ("GP", "GA"))])
def test_an_amount_the_provider_bears_outweighs_one_of_the_patients(worked, other, filing, modifiers):
    own = line(modifiers=modifiers, adjustments=adjusted((other, "97", 14050), ("PR", "96", 1000)))
    row = only(worked(paid(answered("PCN1", own, filing=filing))))
    assert row["patient"]["may_be_billed"] == "no"
    assert "10.00 of it has a group of the patient's" in row["patient"]["reason"]
    alone = line(modifiers=modifiers, adjustments=adjusted(("PR", "96", 15050)))
    row = only(worked(paid(answered("PCN1", alone, filing=filing))))
    assert row["patient"]["may_be_billed"] == ("ask" if filing == "CI" else "with-notice")


def test_what_was_filed_too_late_is_not_the_patients_whatever_its_group(worked):
    own = line(adjustments=adjusted(("PR", "29", 15050)))
    row = only(worked(paid(answered("PCN1", own, filing="CI"))))
    assert "never billed to the patient" in row["next"]
    assert row["patient"] == {
        "may_be_billed": "no",
        "reason": "code 29 is not billed to the patient, whatever its group",
    }


@pytest.mark.parametrize("reason", ["1", "2", "3", "66"])
def test_what_the_patient_shares_is_reduced_in_any_other_group(worked, reason):
    for group, standing in (("PR", "patient-share"), ("CO", "reduced"), ("OA", "reduced"), ("PI", "reduced")):
        answer = worked(denied((group, reason, 15050)), every_line=True)
        assert [row["standing"] for row in answer["lines"]] == [standing]


@pytest.mark.parametrize("paid_on", [dt.date(9999, 12, 31), dt.date(1999, 3, 10)])
@pytest.mark.parametrize("group", ["CO", "PR"])
def test_a_remittance_of_an_impossible_or_early_day_loses_no_row(worked, paid_on, group):
    own = line(adjustments=adjusted((group, "50", 15050)))
    row = only(worked(paid(answered("PCN1", own), paid_on=paid_on)))
    assert row["deadline"] is None
    assert all(way["by"] is None for way in row["ways"])
    if paid_on.year < 2000:
        assert row["patient"]["may_be_billed"] == "no"
        assert "not in our tables" in row["patient"]["reason"]


def test_a_service_beyond_the_calendar_has_no_deadline(worked):
    own = line(adjustments=adjusted(("CO", "4", 15050)), date_of_service=dt.date(9999, 2, 3))
    row = only(worked(paid(answered("PCN1", own))))
    assert [(way["way"], way["by"]) for way in row["ways"]] == [("resubmit", None)]


def test_before_anything_is_known_nothing_is_near_and_notices_lift_no_stop(worked):
    row = only(worked(denied(("CO", "50", 15050)), today="1990-01-01"))
    assert row["near"] is False
    tables = load().denials
    assert tables.notices("medicare-b", dt.date(1999, 3, 10)) == ()
    assert tables.bears("patient", dt.date(1999, 3, 10)) is None
    assert tables.near(dt.date(1990, 1, 1)) < 0


def undated(*changes):
    """The sample remittance with no date on its first line, the day told of the claim as a whole, and CO-4."""
    told = [without("DTM*472", 0),
            replaced("CAS*CO*45*60", "CAS*CO*4*60"), *changes]  # fmt: skip
    return written(both(*told)(remittance()))


def inserted_dates(*dates):
    def change(segments):
        at = next(row for row, one in enumerate(segments) if one.startswith("NM1*82"))
        return [*segments[: at + 1], *dates, *segments[at + 1 :]]

    return change


@pytest.mark.parametrize(
    "dates, served",
    [
        (["DTM*232*20260202"], "2026-02-02"),
        (["DTM*232*20260202", "DTM*233*20260202"], "2026-02-02"),
    ],
)
def test_a_line_without_a_date_has_the_one_day_of_its_claim(worked, dates, served):
    row = only_of(worked(undated(inserted_dates(*dates)), every_line=True), "97530")
    assert row["date_of_service"] == served


def test_a_line_of_a_claim_of_several_days_takes_its_day_from_what_was_sent(worked):
    both_days = undated(without("DTM*472", 0), inserted_dates("DTM*232*20260202", "DTM*233*20260205"))
    assert only_of(worked(both_days), "97530")["date_of_service"] is None
    row = only_of(worked(both_days, written(professional())), "97530")
    assert row["date_of_service"] == "2026-02-03"
    assert row["deadline"] is not None


def only_of(answer, code):
    (row,) = [row for row in answer["worklist"] if row["code"] == code]
    return row


def visit(*services):
    return {
        "visit_id": "PCN1", "date_of_service": "2026-02-03", "payer": "medicare-b", "setting": "private-practice",
        "discipline": "PT", "total_treatment_minutes": 60, "services": list(services),
    }  # fmt: skip


def service(code, minutes, units, modifiers, **changes):
    return {"code": code, "minutes": minutes, "units": units, "modifiers": modifiers} | changes


def test_what_is_found_in_a_visit_is_told_of_the_line_it_was_billed_on(worked):
    """The claim's lines are 97530 and 97110; the visit has 97140 (not billed), 97110 and 97530."""
    sent = written(professional())
    came = paid(answered("PCN1", line(adjustments=adjusted(("CO", "4", 15050)))))

    def told(bare):
        services = [service("97140", 5, 0, ["GP"]), service("97110", 20, 1, ["GP"], charge="100"),
                    service("97530", 30, 2, ["GP", "KX"], charge="150.50")]  # fmt: skip
        services[bare]["modifiers"] = []
        row = only(worked(came, sent, visit(*services)))
        return row["matched"]["line"], [
            (one["rule"], one["line"]) for one in row["findings"] if one["rule"] == "MOD101"
        ]

    assert told(2) == (1, [("MOD101", 3)])
    assert told(1) == (1, [])


def sent(origin, *lines):
    made = tuple(
        SentLine(number, code, modifiers, 1, None, dt.date(2026, 2, 3), "", {}) for number, code, modifiers in lines
    )
    return Sent(origin, 0, 0, None, "PCN1", made)


def test_lines_of_which_several_fit_are_the_same_as_none():
    claim = sent("claim", (1, "97110", ("GP",)), (2, "97530", ("GP",)), (3, "97530", ("GP", "59")))
    assert same_lines(claim, sent("visit", (4, "97530", ("GP", "59")), (7, "97530", ("GP",)))) == {3: 4, 2: 7}
    assert same_lines(claim, sent("visit", (4, "97530", ("GO",)))) == {}


def test_a_claim_of_many_lines_is_matched_once(worked):
    """It took seconds where every line was matched anew with its whole claim."""
    lines = [line(charge=1000 + n, adjustments=adjusted(("CO", "197", 1000 + n))) for n in range(300)]
    calls = []
    before = room.matched_lines
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(room, "matched_lines", lambda *each: calls.append(1) or before(*each))
        answer = worked(paid(answered("PCN1", *lines)), written(professional()))
    assert len(answer["worklist"]) == 300
    assert len(calls) == 1


def test_of_claims_with_one_number_each_answer_looks_at_few():
    """By charge and control number; none of a thousand others is compared."""
    looked = []

    class Lines(tuple):
        __slots__ = ()

        def __iter__(self):
            looked.append(1)
            return super().__iter__()

    claims = [
        Sent("claim", 0, n, None, "PCN1", Lines([SentLine(1, "97530", ("GP",), 2, Cents(1000 + n), DAY, f"L{n}", {})]))
        for n in range(50)
    ]
    names = Namesakes(claims)
    looked.clear()
    asked = AnsweredClaim("PCN1", "", "4", "MB", Cents(1007), Cents(0), 1, (AnsweredLine(1, 2, Cents(1007), Cents(0),
                          "97530", date_of_service=DAY, control_number="L7"),))  # fmt: skip
    assert names.answered_by(asked) == (claims[7], "")
    assert looked == []


#: A visit with minutes for one unit and four billed, one with minutes for four, and the answer: too many units.
FEW = service("97530", 20, 4, ["GP"], charge="150.50")
ENOUGH = service("97530", 60, 4, ["GP"], charge="150.50")


def too_many():
    return paid(answered("PCN1", line(modifiers=("GP",), units=4, adjustments=adjusted(("CO", "151", 15050)))))


def rules(row):
    return {one["rule"] for one in row["findings"]}


def test_a_record_that_cannot_be_read_moves_no_finding_to_another_visit(worked):
    broken, few, enough = {"visit_id": "PCN0", "services": 3}, visit(FEW), visit(ENOUGH)
    assert "UNT101" in rules(only(worked(too_many(), [broken, few, enough | {"visit_id": "PCN2"}])))
    assert "UNT101" not in rules(only(worked(too_many(), [broken, few | {"visit_id": "PCN2"}, enough])))


def test_of_visits_with_one_id_only_the_one_that_was_answered_is_asked(worked):
    """The other, of a patient whose visits are counted anew, was longer on paper than it took."""
    other = visit(FEW) | {"date_of_service": "2026-02-05", "patient": {"id": "B"}, "total_treatment_minutes": 5}
    row = only(worked(too_many(), other, visit(ENOUGH)))
    assert (row["matched"]["path"][-7:], row["findings"]) == ("f2.json", [])
    sent = written(both(replaced("SV1*HC:97530:GP:KX*150.5*UN*2", "SV1*HC:97530:GP*150.5*UN*4"))(professional()))
    assert "TIM101" not in rules(only(worked(too_many(), sent, other)))
    assert "TIM101" in rules(only(worked(too_many(), sent, other | {"date_of_service": "2026-02-03"})))


def test_why_a_rejection_is_matched_with_none_is_told_as_it_is(worked):
    body = provider(3, "1234567893", "A1:19") + of_claim(4, "PCN1", "A7:562")
    same = written(replaced("CLM*PCN2*90", "CLM*PCN1*90")(professional()))
    assert only(worked(statuses(body), same))["not_matched"].startswith("several claims given")
    group = ["ST*999*{}*005010X231A1", "AK1*HC*5*005010X222A1", "AK9*R*1*1*0*1"]
    whole = only(worked(enveloped("005010X231A1", "FA", group), same))
    assert whole["not_matched"] == "it names no patient control number"


def test_what_is_found_on_one_day_of_a_claim_is_no_cause_on_another(worked):
    """97530 beside 97150 on 2026-02-03, and 97530 alone two days later."""
    more = ["LX*3", "SV1*HC:97530:GP*150.5*UN*2***1", "DTP*472*D8*20260205", "REF*6R*PCN1-3"]
    sent = written(
        both(
            replaced("CLM*PCN1*250.5", "CLM*PCN1*401"),
            replaced("SV1*HC:97530:GP:KX", "SV1*HC:97530:GP"),
            replaced("SV1*HC:97110:GP", "SV1*HC:97150:GP"),
            *(inserted("REF*6R*PCN1-2", segment) for segment in reversed(more)),
        )(professional())
    )

    def found(number, day):
        own = line(modifiers=("GP",), adjustments=adjusted(("CO", "236", 15050)), date_of_service=day,
                   control_number=number)  # fmt: skip
        row = only(worked(paid(answered("PCN1", own)), sent))
        assert row["matched"]["line"] == int(number[-1])
        return rules(row)

    assert "PTP101" in found("PCN1-1", DAY)
    assert "PTP101" not in found("PCN1-3", dt.date(2026, 2, 5))


def test_the_same_visits_in_two_files_are_read_once(worked):
    answer = worked(too_many(), visit(FEW), visit(FEW))
    assert (only(answer)["matched"]["line"], len(answer["skipped"])) == (1, 1)


def test_what_cannot_be_read_is_told_with_its_place(worked):
    (wrong, *_) = worked(too_many(), [visit(FEW), {"visit_id": "PCN0", "services": 3}])["errors"]
    assert (wrong["pointer"], wrong["line"]) == ("/1/services", 1)


def test_a_payer_named_for_all_does_not_outweigh_the_one_a_claim_names(worked):
    """Medicare's claim: its time for filing is a year, and PTP101 an error; of a commercial plan neither is so."""
    pair = both(replaced("SV1*HC:97530:GP:KX", "SV1*HC:97530:GP"), replaced("SV1*HC:97110:GP", "SV1*HC:97150:GP"))
    sent = written(pair(professional()))
    body = statuses(provider(3, "1234567893", "A1:19") + of_claim(4, "PCN1", "A7:562"))
    row = only(worked(body, sent, payer="commercial"))
    assert (row["payer"], row["deadline"]) == ("medicare-b", "2027-02-03")
    assert only(worked(body, payer="commercial"))["payer"] == "commercial"
    own = line(modifiers=("GP",), adjustments=adjusted(("CO", "236", 15050)), control_number="PCN1-1")
    row = only(worked(paid(answered("PCN1", own, filing="MB")), sent, payer="commercial"))
    assert ("PTP101", "error") in {(one["rule"], one["severity"]) for one in row["findings"]}


def test_a_visit_of_a_payer_there_are_no_terms_of_does_not_end_the_work(worked):
    own = line(modifiers=("GP",), units=4, adjustments=adjusted(("CO", "16", 15050)), remarks=("MA130",))
    row = only(worked(paid(answered("PCN1", own, filing="ZZ")), visit(FEW) | {"payer": "nobody"}))
    assert (row["payer"], row["matched"]["line"], row["deadline"]) == (None, 1, None)
    assert row["ways"][0]["reason"] == "whose terms hold is not told"


def test_a_visit_beside_its_claim_is_not_listed_as_another_that_was_not_answered(worked):
    answer = worked(denied(("CO", "97", 15050)), written(professional()), visit(FEW) | {"visit_id": "PCN2"})
    assert [(one["claim_id"], one["origin"]) for one in answer["not_matched"]["claims"]] == [("PCN2", "claim")]


def test_from_python_it_is_the_command(tmp_path):
    path = tmp_path / "in.835"
    path.write_bytes(denied(("CO", "97", 15050)))
    answer = quarterhour.denials(path, today="2026-03-20", every_line=True)
    assert answer == denials_paths([path], Wish(today="2026-03-20", every_line=True))
    with pytest.raises(quarterhour.QuarterhourError, match="order: expected amount or deadline"):
        quarterhour.denials([path], order="day")


def test_a_claim_of_fhir_whose_lines_name_their_visit_is_asked_all_the_same(worked, repository):
    """A check judges such lines with the visit's record; the answer knows the claim by its own number alone."""
    bundle = json.loads((repository / "examples/fhir/pt-stairs-searchset.json").read_text(encoding="utf-8"))
    item = {
        "sequence": 1, "quantity": {"value": 2}, "servicedDate": "2026-05-06", "net": {"value": 96, "currency": "USD"},
        "productOrService": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "97530"}]},
        "encounter": [{"reference": "Encounter/e-3101"}],
    }  # fmt: skip
    claim = {
        "resourceType": "Claim", "id": "k-1", "status": "active", "use": "claim", "item": [item],
        "identifier": [{"system": "urn:quarterhour:patient-control-number", "value": "C-77"}],
        "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/claim-type", "code": "professional"}]},
        "patient": {"reference": "Patient/p-31"},
        "insurance": [{"sequence": 1, "focal": True, "coverage": {"reference": "Coverage/v-31"}}],
    }  # fmt: skip
    bundle["entry"].append({"resource": claim})
    own = line(charge=9600, modifiers=(), date_of_service=dt.date(2026, 5, 6), adjustments=adjusted(("CO", "4", 9600)))
    row = only(worked(paid(answered("C-77", own), paid_on=dt.date(2026, 6, 1)), bundle, today="2026-06-02"))
    assert (row["matched"]["origin"], row["matched"]["line"]) == ("claim", 1)
    assert "MOD101" in rules(row)
