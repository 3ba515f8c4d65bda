"""One grader for each element that documentation of a visit is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from quarterhour.domain.reading import Element
from quarterhour.notes.elements import (
    clinical,
    company,
    delivery,
    diagnosis,
    environment,
    functional_goal,
    linkage,
    plan,
    progress,
    rationale,
    response,
    signature,
)
from quarterhour.notes.elements.company import find_delivery
from quarterhour.notes.elements.grade import Delivery, Facts, Grade
from quarterhour.notes.elements.stuffed import find_stuffed

#: Graders by element, in the order of the outward contract.
GRADERS: Final[Mapping[Element, Callable[[Facts], Grade]]] = {
    "activities": clinical.activities,
    "service_minutes": delivery.service_minutes,
    "total_timed_minutes": delivery.total_timed_minutes,
    "total_treatment_time": delivery.total_treatment_time,
    "start_stop_times": delivery.start_stop_times,
    "assistance_level": clinical.assistance_level,
    "patient_response": response.patient_response,
    "functional_goal": functional_goal.functional_goal,
    "goal_linkage": linkage.goal_linkage,
    "skilled_rationale": rationale.skilled_rationale,
    "progress": progress.progress,
    "diagnosis": diagnosis.diagnosis,
    "environment": environment.environment,
    "one_on_one_or_group": company.one_on_one_or_group,
    "plan": plan.plan,
    "signature": signature.signature,
}

__all__ = ["GRADERS", "Delivery", "Facts", "Grade", "find_delivery", "find_stuffed"]
