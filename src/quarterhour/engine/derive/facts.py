"""All facts of a batch."""

from __future__ import annotations

from collections.abc import Sequence

from quarterhour.domain.reading import Reading
from quarterhour.engine.derive.batch import Batch
from quarterhour.engine.derive.course import course_facts
from quarterhour.engine.derive.days import day_facts
from quarterhour.engine.derive.groups import group
from quarterhour.engine.derive.history import fill_history
from quarterhour.engine.derive.lines import line_facts
from quarterhour.engine.derive.lookup import lookup
from quarterhour.engine.derive.notes import note_facts
from quarterhour.engine.derive.overlaps import overlap_facts
from quarterhour.engine.derive.pairs import base_missing, billed_together, code_pair_facts, meets_edit, pair_facts
from quarterhour.engine.derive.unlikely import unlikely_facts
from quarterhour.engine.derive.visits import visit_facts
from quarterhour.policy import Policy
from quarterhour.rules.facts import Facts


def derive(batch: Batch, policy: Policy, today: int, readings: Sequence[Reading | None] = ()) -> Facts:
    """Compute every table that rules read. ``today`` is an ordinal; ``readings`` are none, or one a visit.

    Lines are put in order of patient, day and code once; every grouping of them then finds them all but sorted.
    """
    asked = lookup(policy, batch)
    lines = line_facts(batch, policy)
    visits = visit_facts(batch, lines, policy)
    fill_history(batch, visits, lines)
    order = group(visits.patient[lines.visit], visits.day[lines.visit], lines.code).order
    days, code_days = day_facts(batch, visits, lines, order, asked)
    rows, groups = billed_together(batch, visits, lines, order)
    pairs = pair_facts(visits, lines, rows, groups, asked, policy)
    lines.base_missing[:] = base_missing(lines, rows, groups, policy)
    lines.meets_edit[:] = meets_edit(lines, rows, groups, pairs)
    note, note_code, note_activity, reasons = note_facts(batch, visits, lines, readings, asked, policy)
    return Facts(
        days=batch.days,
        visit=visits,
        line=lines,
        day=days,
        code_day=code_days,
        pair=pairs,
        overlap=overlap_facts(batch, visits, lines),
        unlikely=unlikely_facts(visits, lines, order, policy),
        code_pair=code_pair_facts(visits, lines, rows, groups, policy),
        note=note,
        note_code=note_code,
        note_activity=note_activity,
        course=course_facts(batch, visits, lines, days, readings, asked, policy),
        reasons=reasons,
        term=asked.term,
        parameter=asked.parameter,
        modifiers=asked.modifiers,
        modifier_sets=asked.modifier_sets,
        listed=asked.listed,
        kinds=asked.kinds,
        provider=policy.providers.column,
        provider_labels=policy.providers.labels(),
        doubtful_codes=policy.providers.doubtful_codes(),
        live_modifiers=asked.live_modifiers,
        facility_places=policy.facility_places,
        known_places=policy.known_places,
        place_fits=policy.place_fits,
        today=today,
    )
