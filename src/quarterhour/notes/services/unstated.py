"""Services that a note names as treatment without their minutes."""

from __future__ import annotations

from typing import Final

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.page.document import Document
from quarterhour.notes.page.status import status_of
from quarterhour.notes.services.services import EVALUATION, Label, Service, service_of
from quarterhour.notes.services.terse import UNTREATED, takes_rest
from quarterhour.notes.wording.patterns import folded


def add_unstated(document: Document, services: list[Service], labels: list[Label]) -> None:
    """Services named as treatment without minutes; they count for completeness and stay visible with ``minutes``
    None.
    """
    if document.summary:
        return
    low, codes = document.low, document.lexicon.codes
    counted = {service.code for service in services}
    stated = any(service.minutes is not None for service in services)
    for place, label in enumerate(labels):
        if label.code in counted or label.sentence.section in UNTREATED:
            continue
        if stated and label.sentence.section in ("header", "diagnosis") and not label.numbered:
            continue  # what the patient is treated for: "R BKA, prosthetic training"
        modality = label.code in codes.modality
        evaluated = label.code == EVALUATION and label.sentence.section == "treatment"
        if not (evaluated or (label.numbered and not modality) or _is_treatment(document, labels, place)):
            continue
        service = service_of(document, label, None, label.start, label.end)
        if modality and _ENDED.match(low, label.end):
            service.status = "negated"
        if service.status == "negated" and not evaluated:
            services.append(service)
        elif service.status == PERFORMED and (label.numbered or _is_introduced(low, label)):
            counted.add(label.code)
            services.append(service)


_ENDED: Final = folded(r" (?:(?:was|were|has been) )?(?:stopped|discontinued|dropped|ended|d/?c'?d)\b")


def _is_treatment(document: Document, labels: list[Label], place: int) -> bool:
    """The label names a treatment that is billed, by itself or by how it stands, or says that it was left out."""
    label, codes = labels[place], document.lexicon.codes
    if label.code not in codes.timed and label.code not in codes.untimed:
        return False
    return (
        label.strong
        or label.numbered
        or label.code in codes.stimulation
        or _is_headed(document.low, label)
        or takes_rest(document.low, label)
        or _is_listed(document, labels, place)
        or _is_left_out(document, label)
    )


def _is_headed(low: str, label: Label) -> bool:
    """What was done follows the word, or it is in full: "manual: mobs to L4", "gait training"."""
    words = low[label.start : label.end]
    return words == "gait training" or (words != "gait" and low.startswith(":", label.end))


def _is_listed(document: Document, labels: list[Label], place: int) -> bool:
    """An everyday word stands as a service in a list of services: "therapeutic activities, self care, and gait", or
    with another abbreviation: "TA, TE".
    """
    low, label = document.low, labels[place]
    before = labels[place - 1] if place else None
    after = labels[place + 1] if place + 1 < len(labels) else None
    short = document.text[label.start : label.end].isupper()
    return (
        before is not None and (before.strong or short) and _JOIN.fullmatch(low, before.end, label.start) is not None
    ) or (after is not None and (after.strong or short) and _JOIN.fullmatch(low, label.end, after.start) is not None)


_JOIN: Final = folded(r"(?:,| and|, and| ?/| \+| &) ?")


def _is_left_out(document: Document, label: Label) -> bool:
    """An everyday word, too, names a service where it was left out: "no manual today"."""
    if not document.low.startswith(_THIS_VISIT, label.end):
        return False
    return status_of(document, label.sentence, label.start, label.end) == "negated"


_THIS_VISIT: Final = (" today", " this visit", " this date")


def _is_introduced(low: str, label: Label) -> bool:
    """The label opens a line or a list, or a word before it tells that it was given."""
    return _NAMED.search(low, max(0, label.start - 40), label.start) is not None


_NAMED: Final = folded(
    r"(?:^|\[x\] ?|\(x\) ?|[☒☑] ?|[\n;.|:•*,(-][ \t]*|\d[.)] |\b(?:performed|provided|included|consisted of|received|"
    r"completed|and|with|did|then|of|for|(?:participated|engaged|instructed|trained|seen|treated) in|seen for|"
    r"utili[sz](?:ed|ing)|us(?:ed|ing)|employ(?:ed|ing)|comprising|through|via|today|skilled)[: ]+)"
    r"(?:(?:some|more|our|the|her|his) )?"
    r"(?:(?:[a-z-]+(?:ic|al|ive|ful|i[sz]ed)|graded|advanced|structured|targeted|focused) )?$"
)
