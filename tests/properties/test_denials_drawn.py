"""Remittances drawn at random: each line comes back, amounts balance to the cent, and the order of files is nothing."""

import datetime as dt
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.workflows.test_denials import answered, line, paid

from quarterhour.domain.answer import STANDINGS, WORK
from quarterhour.domain.coverage import Adjustment
from quarterhour.domain.money import Cents
from quarterhour.workflows.denials.command import denials_paths
from quarterhour.workflows.denials.wish import Wish

CODES = ("97530", "97110", "97112", "97140", "97035")
#: Reasons of every standing, one that no table has among them.
REASONS = ("1", "2", "3", "45", "59", "253", "4", "16", "18", "29", "50", "97", "119", "151", "197", "236", "B7", "888")
REMARKS = ("N519", "MA130", "N211", "M15", "N362", "Z9999")

adjustments = st.lists(
    st.builds(
        lambda group, reason, amount: Adjustment(group=group, reason=reason, amount=Cents(amount)),
        st.sampled_from(("CO", "PR", "OA", "PI")), st.sampled_from(REASONS), st.integers(-5000, 20000).filter(bool),
    ),
    max_size=4,
)  # fmt: skip
lines = st.builds(
    lambda code, charge, units, modifiers, adjusted, remarks, day, number: line(
        code, charge, units, tuple(modifiers), adjustments=tuple(adjusted), remarks=tuple(remarks),
        date_of_service=dt.date(2026, 1, day), control_number=number,
    ),
    st.sampled_from(CODES), st.integers(0, 50000), st.integers(0, 12), st.lists(st.sampled_from(("GP", "KX", "59")),
    unique=True, max_size=3), adjustments, st.lists(st.sampled_from(REMARKS), unique=True, max_size=2),
    st.integers(1, 28), st.none() | st.text("0123456789AB", min_size=1, max_size=8),
)  # fmt: skip
claims = st.lists(
    st.builds(
        lambda own, whole, status, filing: (own, tuple(whole), status, filing),
        st.lists(lines, max_size=4), adjustments, st.sampled_from(("1", "2", "4", "22")),
        st.sampled_from(("MB", "CI", "16", "MC", "ZZ")),
    ),
    min_size=1, max_size=5,
)  # fmt: skip


def worked(*contents, **wish):
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, content in contents:
            path = Path(folder) / f"{number}.835"
            path.write_bytes(content)
            paths.append(path)
        answer = denials_paths(paths, Wish(**({"today": "2026-06-01", "every_line": True} | wish)))
        for row in (*answer["worklist"], *answer["lines"], *answer["answered_later"]):
            row["where"]["path"] = Path(row["where"]["path"]).name
        return answer


def made(drawn, first=0, day=10):
    own = [
        answered(f"C{first + number}", *lines, adjustments=whole, status=status, filing=filing)
        for number, (lines, whole, status, filing) in enumerate(drawn)
    ]
    return own, paid(*own, paid_on=dt.date(2026, 3, day))


def cents(text):
    return int(Cents.parse(text))


@given(claims)
@settings(max_examples=40)
def test_every_line_comes_back_and_the_amounts_balance(drawn):
    own, content = made(drawn)
    answer = worked(("a", content))
    told = {(row["claim_id"], row["line"]): row for row in answer["lines"] if row["line"]}
    sent = {(claim.patient_control_number, n): each for claim in own for n, each in enumerate(claim.lines, 1)}
    assert set(told) == set(sent)
    for key, each in sent.items():
        row = told[key]
        assert (row["code"], tuple(row["modifiers"]), row["control_number"]) == (
            each.code, each.modifiers, each.control_number,
        )  # fmt: skip
        assert (cents(row["charge"]), cents(row["paid"])) == (each.charge, each.paid)
        # One CAS holds all of a group, so those of a group stand together.
        assert sorted((one["group"], one["code"], cents(one["amount"])) for one in row["reasons"]) == sorted(
            (one.group, one.reason, one.amount) for one in each.adjustments
        )
        assert tuple(row["remarks"]) == each.remarks
        assert each.charge == each.paid + sum(map(cents, row["amounts"].values()))
    balance = answer["summary"]["balance"]
    assert cents(balance["charge"]) == sum(claim.charge for claim in own)
    assert cents(balance["paid"]) == sum(claim.paid for claim in own)
    assert cents(balance["charge"]) == cents(balance["paid"]) + sum(map(cents, balance["not_paid"].values()))
    assert (balance["difference"], answer["unbalanced"]) == ("0.00", [])
    assert set(balance["not_paid"]) <= set(STANDINGS)
    by_code = sum(cents(one["amount"]) for one in answer["summary"]["by_code"])
    assert by_code == sum(map(cents, balance["not_paid"].values()))


@given(claims)
@settings(max_examples=30)
def test_the_worklist_is_what_was_not_paid_and_is_no_reduction(drawn):
    own, content = made(drawn)
    answer = worked(("a", content))
    reversals = {claim.patient_control_number for claim in own if claim.status == "22"}
    for row in answer["worklist"]:
        assert row["standing"] in WORK | {"reversed"}
        assert cents(row["amount"]) > 0
        assert (row["standing"] == "reversed") == (row["claim_id"] in reversals)
        assert row["patient"]["may_be_billed"] in {"no", "stop", "ask", "with-notice"}
        if row["payer"] == "medicare-b" and not {"GA", "GX", "GY"} & set(row["modifiers"]):
            assert row["patient"]["may_be_billed"] in {"no", "stop"}
        assert row["next"]
        if row["standing"] == "unprocessable":
            assert [one["way"] for one in row["ways"]] == ["resubmit"]
    order = [cents(row["amount"]) for row in answer["worklist"]]
    assert order == sorted(order, reverse=True)
    listed = {(row["claim_id"], row["line"]) for row in answer["worklist"]}
    work = {
        (row["claim_id"], row["line"])
        for row in answer["lines"]
        if row["standing"] in WORK and row["claim_id"] not in reversals
    }
    assert listed >= work


@given(claims, claims, st.integers(10, 12))
@settings(max_examples=20)
def test_the_order_of_files_is_nothing(one, other, day):
    files = [("a", made(one)[1]), ("b", made(other, first=3, day=day)[1])]
    first, second = worked(*files), worked(*files[::-1])
    assert first["worklist"] == second["worklist"]
    assert first["summary"] == second["summary"]
    assert sorted(map(str, first["answered_later"])) == sorted(map(str, second["answered_later"]))
