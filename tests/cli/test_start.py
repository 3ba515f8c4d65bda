"""Starting the command: what is loaded for what."""

import importlib.util
import subprocess
import sys

import pytest

HEAVY = {"numpy", "msgspec", "yaml", "rich", "numba", "pyarrow", "polars", "json", "pydantic", "typer"}


def loaded(*arguments):
    """The modules of ``HEAVY`` that a call of the command has loaded when it ends."""
    code = (
        "import sys, atexit\n"
        f"atexit.register(lambda: print(*[n for n in {sorted(HEAVY)!r} if n in sys.modules], file=sys.stderr))\n"
        f"sys.argv = ['quarterhour', *{list(arguments)!r}]\n"
        "from quarterhour.cli import main; main()\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True)
    return told.returncode, set(told.stderr.splitlines()[-1].split()) if told.stderr.strip() else set()


def test_the_overview_loads_nothing():
    assert loaded("--help") == (0, set())


COMMANDS = (
    "check", "scrub", "claim", "convert", "note", "draft", "units", "code", "pair", "mac", "price", "threshold",
    "rates", "days", "audit", "authorization", "denials", "explain", "rules", "schema", "scaffold", "synth",
)  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_loads_nothing_heavy(name):
    code, modules = loaded(name, "--help")
    assert code == 0
    assert modules & {"numpy", "msgspec", "yaml", "rich", "typer", "pydantic"} == set()


def test_an_answer_loads_neither_yaml_nor_colour_nor_the_batch_parts():
    loaded("units", "97530=24")  # the first call may read and keep the policy data
    code, modules = loaded("units", "97530=24")
    assert code == 0
    assert modules & {"yaml", "rich", "numba", "pyarrow", "polars", "typer", "pydantic"} == set()


@pytest.mark.skipif(not importlib.util.find_spec("pandas"), reason="pandas is not installed; Spark brings it")
@pytest.mark.parametrize("arguments, there", [(["code", "97530"], False), (["code", "97530", "--spark"], True)])
def test_pandas_is_kept_from_what_would_only_look_at_it(arguments, there):
    code = (
        "import sys\n"
        "from quarterhour.cli import main\n"
        f"sys.argv = ['quarterhour', *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    import pyarrow; pyarrow.array([1]); print('pandas' in sys.modules)\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert told.stdout.splitlines()[-1] == str(there)


def test_importing_the_application_loads_no_command():
    code = "import sys, quarterhour.cli.app; print([n for n in sys.modules if n.startswith('quarterhour.cli.')])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert "quarterhour.cli.check" not in told.stdout
    assert "quarterhour.cli.units" not in told.stdout
