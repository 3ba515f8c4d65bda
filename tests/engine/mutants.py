"""Kernels with one token changed, to see whether the trials would notice.

Every comparison, whole number, plus and minus, quotient and remainder, `and` and `or`, `break` and `continue` in the
body of a kernel is changed once at a time. A loop that no longer ends is stopped by a meter and counts as noticed.
"""

import ast
import copy
import inspect
from collections import Counter
from collections.abc import Iterator

COMPARISONS = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}
OPERATIONS = {
    ast.FloorDiv: (ast.Mod,),
    ast.Mod: (ast.FloorDiv,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.FloorDiv,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
WORDS = {ast.And: ast.Or, ast.Or: ast.And}
SIGNS = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
    ast.FloorDiv: "//", ast.Mod: "%", ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.BitAnd: "&", ast.BitOr: "|",
    ast.And: "and", ast.Or: "or",
}  # fmt: skip
#: More turns than any trial needs.
MOST_TURNS = 10_000


class Endless(Exception):
    """A changed loop goes on and on."""


def mutants(function) -> Iterator[tuple[str, object]]:
    """A description of each change, ``statement: old -> new``, and the changed function.

    Where a description comes again it is numbered, ``(2)`` and on.
    """
    module = inspect.getmodule(function)
    tree = ast.parse(inspect.getsource(function))
    said = Counter()
    for place, (node, changes) in enumerate(_changeable(tree.body[0])):
        for number, (words, _) in enumerate(changes):
            changed = copy.deepcopy(tree)
            _, again = list(_changeable(changed.body[0]))[place]
            again[number][1]()
            description = f"{_said(tree, node)} {words}"
            said[description] += 1
            again_said = f" ({said[description]})" if said[description] > 1 else ""
            yield description + again_said, _compile(changed, module, function.__name__)


def _said(tree, node) -> str:
    """The first line of the innermost statement the node stands in."""
    inside = [s for s in ast.walk(tree) if isinstance(s, ast.stmt) and any(one is node for one in ast.walk(s))]
    return ast.unparse(max(inside, key=lambda statement: statement.lineno)).splitlines()[0]


def _changeable(function):
    """Every node of the body that can be changed, with the changes: what is said of each, and a call that makes it."""
    for statement in function.body[1:]:  # the first is the docstring
        for node in ast.walk(statement):
            changes = list(_changes(node))
            if changes:
                yield node, changes


def _changes(node):
    match node:
        case ast.Compare():
            for place, old in enumerate(node.ops):
                for new in COMPARISONS[type(old)]:
                    yield _arrow(type(old), new), lambda place=place, new=new: node.ops.__setitem__(place, new())
        case ast.BinOp() | ast.AugAssign():
            for new in OPERATIONS[type(node.op)]:
                yield _arrow(type(node.op), new), lambda new=new: setattr(node, "op", new())
        case ast.BoolOp():
            new = WORDS[type(node.op)]
            yield _arrow(type(node.op), new), lambda: setattr(node, "op", new())
        case ast.Constant(value=int(value)):
            for new in (value + 1, value - 1):
                yield f"{value} -> {new}", lambda new=new: setattr(node, "value", new)
        case ast.If() | ast.For() | ast.While():
            for place, inner in enumerate(node.body):
                if isinstance(inner, ast.Break | ast.Continue):
                    other = ast.Pass() if isinstance(inner, ast.Continue) else ast.Continue()
                    words = f"{ast.unparse(inner)} -> {ast.unparse(other)}"
                    yield words, lambda place=place, other=other: node.body.__setitem__(place, other)


def _arrow(old, new) -> str:
    return f"{SIGNS[old]} -> {SIGNS[new]}"


class _Meter(ast.NodeTransformer):
    """Puts a call into every `while` that counts its turns."""

    def visit_While(self, node):
        self.generic_visit(node)
        node.body.insert(0, ast.Expr(ast.Call(ast.Name("_turn", ast.Load()), [], [])))
        return node


def _compile(tree, module, name):
    turns = 0

    def turn() -> None:
        nonlocal turns
        turns += 1
        if turns > MOST_TURNS:
            raise Endless

    def call(*arguments):
        nonlocal turns
        turns = 0
        return space[name](*arguments)

    tree = ast.fix_missing_locations(_Meter().visit(tree))
    space = {**vars(module), "_turn": turn}
    exec(compile(tree, f"<mutant of {name}>", "exec"), space)  # noqa: S102 - the source is our own
    return call
