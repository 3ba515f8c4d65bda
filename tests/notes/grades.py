"""The grade of one element of a note, and of what is told below an ordinary treatment."""

from __future__ import annotations

from quarterhour.notes import read

#: A short treatment to tell something below.
WORK = "DOS 06/18/2026\nO: Therapeutic activities 30 min: pivoting to the wheelchair x 4, loading a bin x 3, min A.\n"
_TREATED = """\
PT DAILY NOTE 9/20/2026
Dx: L TKA
S: Slept well.
O: Ther act (97530) 24 min: floor-to-waist crate lifts 10# x 8, carrying basket up steps, stairs 3 flights CGA,
car transfer x 2, zip jacket, dressing, pay bills, pouring jug, cup drinking, bus steps. TherEx 97110 16 min: LAQ 3x10.
"""


def grade_of(element: str, note: str) -> str:
    """Present, partial or absent."""
    return read(note).elements[element].level


def grades_told(element: str, told: str, headings: tuple[str, ...] = ("", "A: ")) -> set[str]:
    """The grades of a note of many tasks whose last line tells ``told``, behind each of the headings."""
    return {grade_of(element, f"{_TREATED}{heading}{told}\nA. Nair, PT, DPT\n") for heading in headings}
