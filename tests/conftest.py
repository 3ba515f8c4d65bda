"""What all tests share: the folder of reference cases, Hypothesis's profile, and a look at the `covers` marks."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import settings

REPOSITORY = Path(__file__).parents[1]
REQUIREMENT = re.compile(r"[CTDNM][1-9]\d?")

# What somebody imported on this machine must not answer in a test.
os.environ["QUARTERHOUR_POLICY_STORE"] = str(REPOSITORY / "build" / "no-store")
os.environ.pop("QUARTERHOUR_POLICY_VERSION", None)

# A busy machine must not fail a property; speed is measured by the benchmarks. What is drawn is the same at every run,
# so that a change is judged by what it changes; `make explore` draws anew.
settings.register_profile("house", deadline=None, print_blob=True, derandomize=True)
settings.register_profile("explore", deadline=None, print_blob=True)
settings.load_profile("house")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder that holds pyproject.toml."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """Published worked cases and reference tables that are kept beside the checkout rather than in it."""
    folder = Path(os.environ.get("QUARTERHOUR_SHARED") or REPOSITORY.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"no reference cases at {folder}; set QUARTERHOUR_SHARED to the folder that holds them")
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse a `covers` mark that names no requirement, since a slip there would look like a traced one."""
    for item in items:
        for mark in item.iter_markers("covers"):
            strange = [number for number in mark.args if not REQUIREMENT.fullmatch(str(number))]
            if strange or not mark.args or mark.kwargs:
                wrong = strange or mark
                raise pytest.UsageError(f"{item.nodeid}: covers() takes requirement numbers such as T3, not {wrong}")
