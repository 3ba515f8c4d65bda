"""The README shows what the command answers: every call with its output is made again, but for the day of the call."""

import re
import shlex

import pytest
from click.testing import CliRunner

from quarterhour.cli.app import application

BLOCK = re.compile(r"^```console\n(.*?)^```", re.DOTALL | re.MULTILINE)
CALL = re.compile(r"^\$ quarterhour (?P<call>.+)\n(?P<answer>(?:(?!\$ ).*\n)+)", re.MULTILINE)
#: What is another tomorrow: the day, and the hash of policy data that a page beside it may change.
OF_TODAY = re.compile(r"(?<=policy data )[0-9a-f]{12}|\b2026-1[12]-\d\d\b|\b20(?:2[7-9]|[3-9]\d)-\d\d-\d\d\b")


@pytest.fixture(scope="module")
def calls(repository):
    page = (repository / "README.md").read_text(encoding="utf-8")
    return {call["call"]: call["answer"] for block in BLOCK.findall(page) for call in CALL.finditer(block)}


def test_the_readme_shows_calls_with_their_answers(calls):
    assert len(calls) >= 2


def test_every_call_answers_what_the_readme_shows(calls, repository, monkeypatch):
    monkeypatch.chdir(repository)
    monkeypatch.setenv("COLUMNS", "100")
    for call, answer in calls.items():
        told = CliRunner().invoke(application, shlex.split(call), prog_name="quarterhour").output
        assert OF_TODAY.sub("...", told).strip() == OF_TODAY.sub("...", answer).strip()
