"""A client of the application, and the command beside it."""

import json

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from quarterhour.cli.app import application
from quarterhour.web.app import create
from quarterhour.web.settings import Settings

TODAY = "2026-11-21"


@pytest.fixture(scope="session")
def client(repository):
    clinic = repository / "examples/claims/clinic.yaml"
    return TestClient(create(Settings(clinic=clinic)), base_url="http://localhost")


@pytest.fixture(scope="session")
def example(repository):
    """The bytes of an example."""
    return lambda name: (repository / "examples" / name).read_bytes()


@pytest.fixture(scope="session")
def told():
    """What the command prints with `--format json`; bytes stand on its standard input."""

    def run(*words, given=None):
        result = CliRunner().invoke(application, [*map(str, words), "--format", "json"], input=given)
        return json.loads(result.stdout)

    return run
