"""Which requirement is traced by which test: the facts the foundation answers for each have one."""

import ast
from pathlib import Path

TESTS = Path(__file__).parents[1]
ANSWERED = {
    *(f"C{n}" for n in range(1, 10)), *(f"T{n}" for n in range(1, 7)), *(f"M{n}" for n in range(1, 8)), "N4",
}  # fmt: skip


def claimed():
    """Requirement -> the tests that carry its mark."""
    found = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef):
                continue
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.covers":
                    for number in mark.args:
                        found.setdefault(ast.literal_eval(number), []).append(f"{path.stem}::{node.name}")
    return found


def test_every_requirement_answered_so_far_is_traced():
    assert ANSWERED - set(claimed()) == set()
