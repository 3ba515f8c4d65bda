"""Starting up: what is not needed to answer is not loaded."""

import subprocess
import sys

import pytest

HEAVY = ("numpy", "numba", "pyarrow", "polars", "duckdb", "yaml", "typer", "rich")


def loaded_after(code):
    """The modules of ``HEAVY`` a fresh interpreter has loaded after running the code."""
    told = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*[name for name in {HEAVY!r} if name in sys.modules])"],
        capture_output=True,
        check=True,
        text=True,
    )
    return set(told.stdout.splitlines()[-1].split())


def test_importing_the_package_loads_nothing_heavy():
    assert loaded_after("import quarterhour") == set()


@pytest.mark.parametrize("words", ["import quarterhour.domain.visit", "import quarterhour.domain.money"])
def test_the_words_of_the_field_load_nothing_heavy(words):
    assert loaded_after(words) == set()


def test_judging_one_visit_loads_none_of_the_batch_parts():
    code = (
        "import datetime as dt\n"
        "from quarterhour.domain.json import from_builtins\n"
        "from quarterhour.domain.visit import Visit\n"
        "from quarterhour.engine.run import judge_visits\n"
        "from quarterhour.policy import load\n"
        "record = {'date_of_service': '2026-03-04', 'services': [{'code': '97530', 'minutes': 24}]}\n"
        "visit = from_builtins(record, Visit)\n"
        "assert judge_visits([visit], load(), 'medicare-b', dt.date(2026, 3, 4)).findings\n"
    )
    assert loaded_after(code) & {"numba", "pyarrow", "polars", "duckdb"} == set()
