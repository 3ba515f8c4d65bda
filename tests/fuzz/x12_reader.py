"""Coverage-guided fuzzing of the X12 reader: ``python tests/fuzz/x12_reader.py -max_total_time=3600 corpus/``.

Needs atheris. Any bytes must be refused as unreadable or read, told of and written back as they were.
"""

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[2]))

with atheris.instrument_imports(include=["quarterhour.interchange.x12"]):
    from tests.interchange.x12.mutations import holds

from tests.interchange.x12.samples import institutional, professional, remittance, written
from tests.interchange.x12.shapes import wrapped


def one_input(data: bytes) -> None:
    """Judge one input."""
    holds(data, 90, 400)


def main() -> None:
    """Seed the corpus, if it is empty, and run."""
    folders = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("-")]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
        if not any(folder.iterdir()):
            for build in (professional, institutional, remittance):
                (folder / build.__name__).write_bytes(written(build()))
                (folder / f"{build.__name__}-wrapped").write_bytes(
                    wrapped(written(build(), "~").decode(), 80, "\n").encode()
                )
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
