"""The table of findings says what the findings say one by one, in the same order."""

import datetime as dt
import json
import random

import pytest
from tests.properties import visits as drawn

from quarterhour.domain.code import code_text
from quarterhour.domain.columns import ABSENT, to_columns
from quarterhour.domain.finding import SEVERITIES
from quarterhour.domain.visit import Visit
from quarterhour.engine.findings import CONFIDENCES, findings
from quarterhour.engine.run import judge_columns
from quarterhour.engine.tabulate import tabulate
from quarterhour.policy import load
from quarterhour.workflows.reading import readings

TODAY = dt.date(2026, 11, 21)


def both(visits):
    """Every finding as a row, by the table and one by one."""
    laid_out, judgement = judge_columns(
        to_columns(Visit, visits), load(), "medicare-b", TODAY, readings=readings(visits)
    )
    table = tabulate(judgement, laid_out, load())
    rows = [
        (
            visit,
            table.rules[rule],
            SEVERITIES[severity],
            CONFIDENCES[confidence],
            None if number == ABSENT else number,
            None if code == ABSENT else code_text(code),
            table.messages[said],
            json.loads(table.numbers[said]),
        )
        for visit, rule, severity, confidence, number, code, said in zip(
            *(
                column.tolist()
                for column in (
                    table.visit, table.rule, table.severity, table.confidence, table.number, table.code, table.said,
                )
            ),
            strict=True,
        )
    ]  # fmt: skip
    found = [
        (visit, f.rule, f.severity, f.confidence, f.line, f.code, f.message, f.numbers)
        for visit, of_visit in enumerate(findings(judgement, laid_out, load()))
        for f in of_visit
    ]
    return rows, found


@pytest.mark.parametrize("seed", range(6))
def test_a_table_holds_the_findings_in_their_order(seed):
    draw = random.Random(seed)
    rows, found = both([drawn.read(drawn.visit(draw, who=place)) for place in range(150)])
    assert found
    assert rows == found


def test_of_days_before_and_after_all_releases_too():
    """What a finding rests on differs by day: severity and confidence follow it."""
    draw = random.Random(3)
    days = [dt.date(2003, 5, 5), dt.date(2017, 5, 5), dt.date(2024, 5, 5), dt.date(2026, 5, 5), dt.date(2031, 5, 5)]
    records = [
        drawn.visit(draw, who=place) | {"date_of_service": days[place % len(days)].isoformat()} for place in range(200)
    ]
    rows, found = both([drawn.read(record) for record in records])
    assert len({row[3] for row in rows}) == len(CONFIDENCES)
    assert rows == found


def test_no_visits_make_no_rows():
    assert both([]) == ([], [])
