"""Known defects, by the rule that must find each; and the rules no defect is made for, with the reason."""

from quarterhour.workflows.synth.defects import claim, modifiers, pairs, people, plan, times, units
from quarterhour.workflows.synth.defects.claims import CLAIM_DEFECTS
from quarterhour.workflows.synth.defects.contract import Defect, Made, Told
from quarterhour.workflows.synth.defects.courses import COURSE_DEFECTS, CourseDefect
from quarterhour.workflows.synth.defects.notes import NOTE_DEFECTS

#: Every defect of a single visit's record, in the order of the rules.
DEFECTS: tuple[Defect, ...] = tuple(
    sorted(
        units.DEFECTS
        + times.DEFECTS
        + modifiers.DEFECTS
        + people.DEFECTS
        + plan.DEFECTS
        + claim.DEFECTS
        + pairs.DEFECTS,
        key=lambda defect: defect.rule,
    )
)

__all__ = ["CLAIM_DEFECTS", "COURSE_DEFECTS", "DEFECTS", "NOTE_DEFECTS", "CourseDefect", "Defect", "Made", "Told"]
