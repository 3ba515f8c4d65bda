"""The house itself: what is documented exists, nothing points at a place of one machine, and files stay readable."""

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from quarterhour.version import VERSION

LONGEST = 450  # lines; a longer file holds more than one thought
CALL = "import sys; from quarterhour.cli import main; sys.argv[0] = 'quarterhour'; main()"

# Written in parts, so that this file is not what it looks for.
INDEX_HOSTS = [f"{name}.org" for name in ("pypi", "pythonhosted", "npmjs", "debian")]
INDEX_OPTIONS = [f"{first}-{last}" for first, last in (("index", "url"), ("find", "links"), ("trusted", "host"))]


@pytest.fixture(scope="module")
def ours(repository: Path) -> list[Path]:
    """Every file that is or would be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607  (git from the path)
        cwd=repository, capture_output=True, check=True, text=True,
    )  # fmt: skip
    return [path for name in listed.stdout.split("\0") if name and (path := repository / name).is_file()]


def pages(repository: Path) -> list[Path]:
    made = {"generated", "rules"}
    hand_written = [path for path in (repository / "docs").rglob("*.md") if not made & set(path.parts)]
    return [repository / "README.md", repository / "CONTRIBUTING.md", *hand_written]


def code_of(page: Path) -> str:
    """The fenced blocks and code spans of a page, a line each."""
    text = page.read_text(encoding="utf-8")
    fences = re.findall(r"^```[^\n]*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE))
    return "\n".join([*fences, *spans])


def documented(repository: Path, pattern: str) -> set[str]:
    return {name for page in pages(repository) for name in re.findall(pattern, code_of(page), re.MULTILINE)}


def make_targets(repository: Path) -> dict[str, str]:
    """Target -> its comment, of every target a person may call."""
    lines = (repository / "Makefile").read_text(encoding="utf-8").splitlines()
    found = [re.match(r"([a-z][\w-]*):(?!=)[^#]*(?:## (.+))?", line) for line in lines]
    return {match[1]: match[2] or "" for match in found if match}


def test_no_file_names_a_package_index(ours):
    shown = []
    for path in ours:
        text = path.read_bytes().decode("utf-8", errors="replace").lower()
        shown += [f"{path}: {word}" for word in [*INDEX_HOSTS, *INDEX_OPTIONS] if word in text]
    assert shown == []


def test_no_file_leads_out_of_the_repository_by_a_link(ours, repository):
    assert [path for path in ours if not path.resolve().is_relative_to(repository.resolve())] == []


def test_no_folder_is_named_for_nothing(ours, repository):
    empty_words = {"utils", "util", "helpers", "common", "misc", "lib", "managers"}
    folders = {part for path in ours for part in path.relative_to(repository).parent.parts}
    stems = {path.stem for path in ours if path.suffix == ".py"}
    assert (folders | stems) & empty_words == set()


def test_source_files_are_short_enough_to_read(ours, repository):
    source = [path for path in ours if path.is_relative_to(repository / "src") and path.suffix in {".py", ".md"}]
    lengths = {str(path.relative_to(repository)): len(path.read_text(encoding="utf-8").splitlines()) for path in source}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_every_make_target_says_what_it_does(repository):
    targets = make_targets(repository)
    assert {"help", "setup", "demo", "test", "fast", "docs", "bench", "rule", "clean"} <= set(targets)
    assert [name for name, comment in targets.items() if not comment] == []


def test_every_make_target_of_the_pages_exists(repository):
    assert documented(repository, r"(?:^|\$ )make ([a-z]+)") <= set(make_targets(repository))


def test_every_command_of_the_pages_exists(repository):
    named = documented(repository, r"(?:quarterhour|qh) ([a-z]+)\b")
    answers = {
        name: subprocess.run([sys.executable, "-c", CALL, name, "--help"], capture_output=True, check=False, text=True)
        for name in sorted(named)
    }
    assert named
    assert {name: told.stderr for name, told in answers.items() if told.returncode != 0} == {}


def test_every_python_name_of_the_pages_exists(repository):
    import quarterhour

    named = documented(repository, r"quarterhour\.([a-z_]+)\(")
    assert [name for name in sorted(named) if not callable(getattr(quarterhour, name, None))] == []


def test_the_changelog_speaks_of_this_version(repository):
    text = (repository / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(VERSION)} ", text, re.MULTILINE)


def test_the_version_is_written_once(ours, repository):
    assigned = re.compile(r"^\s*(?:__version__|version|VERSION)\s*=\s*[\"']\d", re.MULTILINE)
    written = [path for path in ours if path.suffix in {".py", ".toml"}]
    assert [path for path in written if assigned.search(path.read_text(encoding="utf-8"))] == [
        repository / "src/quarterhour/version.py"
    ]


def test_every_rule_family_stands_in_the_contract_of_imports(repository):
    settings = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))
    named = [
        layer
        for contract in settings["tool"]["importlinter"]["contracts"]
        if contract.get("containers") == ["quarterhour.rules"]
        for layer in contract["layers"]
    ]
    families = {path.parent.name for path in (repository / "src/quarterhour/rules").glob("*/*.py")}
    assert families <= set(re.findall(r"\w+", " ".join(named)))


def test_every_pinned_version_is_a_plain_one(repository):
    lines = (repository / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert pins == sorted(pins, key=str.lower)
    assert [line for line in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line)] == []


@pytest.mark.slow
def test_an_installed_copy_carries_policy_data_and_rule_pages(repository, tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path]
    subprocess.run(build, cwd=repository, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    package = repository / "src/quarterhour"
    wanted = [*package.glob("policy/data/**/*.*"), *package.glob("rules/*/*.md"), package / "py.typed"]
    wanted += [*package.glob("web/templates/*"), *package.glob("web/static/*")]
    kept = {path for path in wanted if ".parsed" in path.parts}
    assert {path.relative_to(package.parent).as_posix() for path in {*wanted} - kept} <= packed
    assert not any(".parsed" in name for name in packed)
