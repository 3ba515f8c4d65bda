"""The command `quarterhour`, short `qh`: one command a file, each imported only when it is called."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import PurePath

__all__ = ["main"]

#: So many new objects before garbage is looked for: more than starting up makes, fewer than memory minds.
_SELDOM = 200_000


class _WithoutPandas:
    """Answers that pandas is not there.

    Where it is installed, pyarrow imports it before making its first array, only to know one of its columns when it
    meets it. No command has any, unless Spark is asked for, and it takes half a second and 50 MB.
    """

    def find_spec(self, fullname: str, _path: object, _target: object = None) -> None:
        """Refuse pandas and leave every other module to those who find it.

        Raises:
            ModuleNotFoundError: for pandas.

        """
        if fullname == "pandas":
            raise ModuleNotFoundError("pandas is not used by commands", name=fullname)


def main() -> None:
    """Run the command with the arguments of the process."""
    arguments = sys.argv[1:]
    name = "qh" if PurePath(sys.argv[0]).stem == "qh" else "quarterhour"
    completing = f"_{name.upper()}_COMPLETE" in os.environ
    if not completing and (not arguments or arguments in (["--help"], ["-h"])):
        from quarterhour.cli.overview import overview

        # Called with nothing it was called wrongly: an empty variable in a script must not look like a clean check.
        print(overview(), file=sys.stdout if arguments else sys.stderr)
        sys.exit(0 if arguments else 2)
    # A command lives for a moment: what it makes while it starts up is no garbage to look for, and linear algebra on
    # many threads is not what it does.
    gc.set_threshold(_SELDOM)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if not any("spark" in argument for argument in arguments):
        sys.meta_path.insert(0, _WithoutPandas())
    from quarterhour.cli.app import application

    application(prog_name=name)
