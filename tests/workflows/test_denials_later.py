"""What settles an earlier answer and what does not, and rejections above and below the level of claims."""

import datetime as dt
import re

import pytest
from tests.workflows.test_denials import adjusted, answered, line, paid, worked

__all__ = ["worked"]
LATER = dt.date(2026, 4, 10)
FULL = 15050


def denial(*lines, **changes):
    own = lines or (line(adjustments=adjusted(("CO", "50", FULL))),)
    return paid(answered("PCN1", *own, **({"filing": "MB"} | changes)))


def later(*lines, on=LATER, **changes):
    return paid(answered("PCN1", *lines, **({"filing": "MB"} | changes)), paid_on=on)


def found(answer):
    return [(row["standing"], row["answered_on"]) for row in answer["worklist"]], len(answer["answered_later"])


@pytest.mark.parametrize(
    "triples, changes, settled",
    [
        ((("OA", "23", FULL),), {"status": "2", "filing": "MC"}, False),
        ((("OA", "23", 5050),), {"status": "2", "filing": "MC"}, False),
        ((("CO", "45", FULL),), {}, False),
        ((("CO", "45", 5050),), {}, True),
        ((("CO", "45", 5050), ("PR", "1", 10000)), {}, True),
    ],
)
def test_a_denial_is_settled_only_where_its_payer_paid_or_the_patient_owes(worked, triples, changes, settled):
    answer = worked(denial(), later(line(adjustments=adjusted(*triples)), **changes))
    assert found(answer) == (([], 1) if settled else ([("denied", "2026-03-10")], 0))


def test_another_claim_with_the_same_number_settles_no_claim_denied_as_a_whole(worked):
    first = denial(line(adjustments=()), adjustments=adjusted(("CO", "22", FULL)))
    other = line(code="97110", charge=9000, date_of_service=dt.date(2026, 2, 10), adjustments=adjusted(("CO", "45", 1)))
    assert found(worked(first, later(other)))[1] == 0
    own = line(adjustments=adjusted(("CO", "45", 5050)))
    assert found(worked(first, later(own))) == ([], 1)


def test_lines_of_one_code_and_day_are_settled_each_by_itself(worked):
    whole = adjusted(("CO", "50", FULL))
    numbers = ("A1", "A2")
    both = [
        line(modifiers=(each,), control_number=number, adjustments=whole)
        for each, number in zip(("GP", "GO"), numbers, strict=True)
    ]
    own = line(modifiers=("GP",), control_number="A1", adjustments=adjusted(("CO", "45", 5050)))
    assert found(worked(denial(*both), later(own))) == ([("denied", "2026-03-10")], 1)
    both = [line(modifiers=(each,), adjustments=whole) for each in ("GP", "GO")]
    own = line(modifiers=("GP",), adjustments=adjusted(("CO", "45", 5050)))
    assert found(worked(denial(*both), later(own))) == ([("denied", "2026-03-10")], 1)


def test_a_line_corrected_in_its_modifiers_is_known_where_it_is_alone(worked):
    own = line(modifiers=("GP",), adjustments=adjusted(("CO", "4", FULL)))
    corrected = line(modifiers=("GP", "59"), adjustments=adjusted(("CO", "45", 5050)))
    assert found(worked(denial(own), later(corrected))) == ([], 1)


def test_a_denial_taken_back_and_given_anew_is_one_row(worked):
    back = answered("PCN1", line(charge=-FULL, adjustments=adjusted(("CO", "50", -FULL))), status="22", filing="MB")
    anew = answered("PCN1", line(adjustments=adjusted(("CO", "50", FULL))), filing="MB")
    assert found(worked(denial(), paid(back, anew, paid_on=LATER))) == ([("denied", "2026-04-10")], 1)
    # A reversal alone leaves the denial: nothing else is known of the line.
    assert found(worked(denial(), paid(back, paid_on=LATER))) == ([("denied", "2026-03-10")], 0)


def test_only_a_decision_of_the_same_payer_that_stands_takes_the_place_of_what_was_taken_back(worked):
    cut = adjusted(("CO", "45", 5050))
    back = answered("PCN1", line(charge=-FULL, adjustments=adjusted(("CO", "45", -5050))), status="22", filing="MB")
    first = answered("PCN1", line(adjustments=cut), filing="MB")
    secondary = answered("PCN1", line(adjustments=adjusted(("OA", "23", 13050))), status="2", filing="MC")
    reversed_ = ([("reversed", "2026-03-10")], 0)
    assert found(worked(paid(back), paid(secondary, paid_on=LATER))) == reversed_
    assert found(worked(paid(first, back))) == reversed_
    assert found(worked(paid(back, first))) == ([], 0)
    assert found(worked(paid(back), paid(first, paid_on=LATER))) == ([], 0)


def test_of_two_files_of_one_day_neither_is_taken_to_be_the_later(worked):
    cut = adjusted(("CO", "45", 5050))
    back = answered("PCN1", line(charge=-FULL, adjustments=adjusted(("CO", "45", -5050))), status="22", filing="MB")
    first = answered("PCN1", line(adjustments=cut), filing="MB")
    files = paid(first), paid(back)
    assert found(worked(*files)) == found(worked(*files[::-1])) == ([("reversed", "2026-03-10")], 0)


def test_a_reversal_without_a_day_stays_open(worked):
    cut = adjusted(("CO", "45", 5050))
    back = answered("PCN1", line(charge=-FULL, adjustments=adjusted(("CO", "45", -5050))), status="22", filing="MB")
    undated = re.sub(rb"(BPR[^~]*|DTM\*405)\*20260310~", rb"\1~", paid(back))
    first = paid(answered("PCN1", line(adjustments=cut), filing="MB"))
    assert found(worked(first, undated)) == ([("reversed", None)], 0)


def enveloped(guide, group, *transactions, number=7):
    whole = [
        f"ISA*00*          *00*          *ZZ*PAYERID        *ZZ*RECEIVERID     *260310*1200*^*00501*{number:09d}*0*P*:",
        f"GS*{group}*P*R*20260310*1200*{number}*X*{guide}",
    ]
    for place, body in enumerate(transactions, 1):
        whole += [body[0].format(f"{place:04d}"), *body[1:], f"SE*{len(body) + 1}*{place:04d}"]
    return ("~\n".join([*whole, f"GE*{len(transactions)}*{number}", f"IEA*1*{number:09d}"]) + "~\n").encode()


def statuses(*bodies, number=7):
    head = [
        "ST*277*{}*005010X214", "BHT*0085*08*1*20260310*1200*TH", "HL*1**20*1", "NM1*PR*2*PAYER*****PI*04412",
        "TRN*1*1", "DTP*050*D8*20260310", "DTP*009*D8*20260310", "HL*2*1*21*1", "NM1*41*2*FIRST*****46*R", "TRN*2*B1",
        "STC*A1:19:PR*20260310*WQ*300",
    ]  # fmt: skip
    return enveloped("005010X214", "HN", *([*head, *body] for body in bodies), number=number)


def provider(place, npi, status):
    return [f"HL*{place}*2*19*1", f"NM1*85*2*FIRST*****XX*{npi}", "TRN*1*0", f"STC*{status}**U*150"]


def of_claim(place, number, status, day="20260310"):
    return [
        f"HL*{place}*3*PT", "NM1*QC*1*DOE*JANE****MI*1EG4TE5MK73", f"TRN*2*{number}", f"STC*{status}*{day}*U*150",
        "DTP*472*D8*20260203",
    ]  # fmt: skip


def test_each_provider_that_is_rejected_without_claims_is_a_row(worked):
    first, second = provider(3, "1234567893", "A3:562"), provider(4, "1234567828", "A3:562")
    assert len(worked(statuses(first + second))["worklist"]) == 2
    taken = provider(4, "1234567828", "A1:19") + of_claim(5, "P2", "A2:20")
    assert len(worked(statuses(first + taken))["worklist"]) == 1


@pytest.mark.parametrize("status, left", [("A2:20", []), ("A1:19", ["rejected"]), ("E1:1", ["rejected", "unknown"])])
def test_only_an_acceptance_settles_a_rejection(worked, status, left):
    first = provider(3, "1234567893", "A1:19") + of_claim(4, "P1", "A7:562")
    then = provider(3, "1234567893", "A1:19") + of_claim(4, "P1", status, "20260401")
    for contents in ([statuses(first), statuses(then, number=8)], [statuses(first, then)]):
        assert sorted(row["standing"] for row in worked(*contents)["worklist"]) == left


def test_a_group_refused_as_a_whole_is_a_row(worked):
    group = ["ST*999*{}*005010X231A1", "AK1*HC*5*005010X222A1", "AK9*R*1*1*0*1"]
    (row,) = worked(enveloped("005010X231A1", "FA", group))["worklist"]
    assert (row["standing"], row["amount"]) == ("rejected", None)
    told = [*group[:2], "AK2*837*0001*005010X222A1", "IK5*R*5", "AK9*R*1*1*0"]
    assert len(worked(enveloped("005010X231A1", "FA", told))["worklist"]) == 1


@pytest.mark.parametrize(
    "first, then, left",
    [("DD", "P", 1), ("DD", "PD", 1), ("DD", "PP", 0), ("PD", "PD", 1), ("PD", "P", 0), ("PD", "PP", 0), ("D", "PD", 0),
     ("PDD", "PPD", 1)],
)  # fmt: skip
def test_of_lines_alike_in_everything_as_many_are_settled_as_were_paid(worked, first, then, left):
    """Denied (D) or paid (P) first, and later; without control numbers nothing else tells one from the other."""
    lines = {"D": line(adjustments=adjusted(("CO", "50", FULL))), "P": line(adjustments=adjusted(("CO", "45", 5050)))}
    answer = worked(denial(*(lines[one] for one in first)), later(*(lines[one] for one in then)))
    still = [row for row in answer["worklist"] if row["answered_on"] == "2026-03-10"]
    assert (len(still), len(answer["answered_later"])) == (left, first.count("D") - left)


def test_a_claim_taken_back_settles_each_of_its_denials(worked):
    back = [
        line(charge=-FULL, adjustments=adjusted(("CO", code, -amount))) for code, amount in (("45", 5050), ("50", FULL))
    ]
    anew = [line(adjustments=adjusted(("CO", "45", 5050)))] * 2
    first = denial(line(adjustments=adjusted(("CO", "45", 5050))), line(adjustments=adjusted(("CO", "50", FULL))))
    claims = answered("PCN1", *back, status="22", filing="MB"), answered("PCN1", *anew, filing="MB")
    assert found(worked(first, paid(*claims, paid_on=LATER))) == ([], 1)


@pytest.mark.parametrize("cut", [(), ("TRN*2*P1",)])
def test_two_rejected_claims_of_one_number_are_two_rows(worked, cut):
    both = of_claim(4, "P1", "A7:562") + of_claim(5, "P1", "A3:21")
    body = provider(3, "1234567893", "A1:19") + [one for one in both if not one.startswith(cut or "-")]
    assert [row["amount"] for row in worked(statuses(body))["worklist"]] == ["150.00", "150.00"]


def interchange_answer(verdict):
    whole = enveloped("", "")
    first, last = whole.index(b"GS*"), whole.index(b"IEA*")
    return whole[:first] + f"TA1*000000005*260309*1200*{verdict}*010~\n".encode() + whole[last:].replace(b"*1*", b"*0*")


@pytest.mark.parametrize("verdict, rows", [("R", 1), ("A", 0), ("E", 0)])
def test_an_interchange_refused_as_a_whole_is_a_row(worked, verdict, rows):
    answer = worked(interchange_answer(verdict))
    assert (len(answer["worklist"]), answer["summary"]["acknowledgements"]) == (rows, 1)
    for row in answer["worklist"]:
        assert (row["standing"], row["amount"], row["transmission"]) == (
            "rejected", None, {"interchange": "000000005"},
        )  # fmt: skip
        assert [one["code"] for one in row["reasons"]] == ["R", "010"]


def test_what_a_999_rejects_is_told_by_its_numbers(worked):
    group = ["ST*999*{}*005010X231A1", "AK1*HC*5*005010X222A1", "AK2*837*0003*005010X222A1", "IK5*R*5", "AK9*R*1*1*0"]
    (row,) = worked(enveloped("005010X231A1", "FA", group))["worklist"]
    assert row["transmission"] == {"transaction": "0003", "group": "5"}
