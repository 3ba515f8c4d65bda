"""Minutes of each service: numbers beside a label in its line (``pairing``), cells of a row and ranges of clock times
(``tables``), or a line of their own below it.

Once the totals are known, bare numbers count where several labels are followed by one in the same way (``terse``), or
where they make up a total (``vouched``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quarterhour.domain.reading import PERFORMED
from quarterhour.notes.figures.clocks import Clock
from quarterhour.notes.figures.numbers import NUMBER, value_of
from quarterhour.notes.figures.statements import Times
from quarterhour.notes.page.document import Document
from quarterhour.notes.page.mode_columns import Cell, find_mode_rows
from quarterhour.notes.services.mentions import Mention
from quarterhour.notes.services.others_rows import rows_of_others
from quarterhour.notes.services.pairing import pair_row
from quarterhour.notes.services.repeats import without_repeats
from quarterhour.notes.services.services import EVALUATION, Label, Service, Told, left_out, service_of
from quarterhour.notes.services.tables import Columns, clock_of, row_minutes
from quarterhour.notes.services.terse import has_bare_figure, terse_services
from quarterhour.notes.services.unstated import add_unstated
from quarterhour.notes.services.vouched import vouched_minutes
from quarterhour.notes.wording.between import LONGEST_ROW
from quarterhour.notes.wording.patterns import folded
from quarterhour.notes.wording.spans import started
from quarterhour.notes.wording.text import is_row

_MOST: Final = 240  # minutes of one service


def find_services(
    document: Document, labels: Sequence[Label], mentions: Sequence[Mention]
) -> tuple[list[Service], list[Label]]:
    """Services with minutes beside them, and the labels that have none yet."""
    services: list[Service] = []
    loose: list[Label] = []
    if not labels:
        return services, loose
    rows: dict[int, list[Label]] = {}
    for label in labels:
        rows.setdefault(document.line_at(label.start)[0], []).append(label)
    columns = Columns(document)
    modes = find_mode_rows(document.low, document.lines)
    for start in rows_of_others(document.low, document.lines, document.gates):
        rows.pop(start, None)
    for start, row in rows.items():
        if start in modes and len(row) == 1:
            services += _in_modes(document, row[0], modes[start])
        else:
            told, untold = _in_row(document, start, row, mentions, columns)
            services += told
            loose += untold
    services.extend(_across_lines(document, loose, {service.code for service in services}))
    return services, loose


def complete_services(document: Document, services: list[Service], loose: list[Label], times: Times) -> list[Service]:
    """Add terse bare numbers, services without minutes, and the minutes that a total settles; in order of place."""
    totals = times.total_timed, times.total_treatment
    services.extend(terse_services(document, services, loose, totals))
    while loose and any(totals) and (vouched := vouched_minutes(document, services, loose, totals)):
        for told in vouched:
            loose.remove(told.label)
            services.append(service_of(document, *told))
    add_unstated(document, services, loose)
    services.sort(key=lambda service: service.start)
    kept = without_repeats(document, services, times.total_timed)
    _settle(document, kept, times)
    return kept


def _in_modes(document: Document, label: Label, cells: Sequence[Cell]) -> list[Service]:
    """A service for each mode of delivery it has minutes under; one that was left out where it has none."""
    if not cells:
        return [left_out(document, label)]
    return [service_of(document, label, cell.value, cell.start, cell.end) for cell in cells]


def _in_row(
    document: Document, start: int, row: list[Label], mentions: Sequence[Mention], columns: Columns
) -> tuple[list[Service], list[Label]]:
    """The services of the line that begins at ``start``, and the labels that have no minutes in it."""
    low = document.low
    end = max(document.line_at(start)[1], row[-1].sentence.end)  # a sentence may wrap
    clocks = list(started(document.clocks, start, end))
    inside = list(started(mentions, start, end))
    table = bool(clocks) and is_row(low[start:end])
    paired = pair_row(document, row, inside, end)
    free = clocks  # those that no service before has told with its minutes: "15 minutes, 7:58-8:13: NMES"
    services: list[Service] = []
    loose: list[Label] = []
    if clocks and not paired and len(row) > 1 and all(has_bare_figure(low, label) for label in row):
        return services, list(row)  # the clock times are those of the visit: "TA 24, NMR 14, in 10:02, out 10:44"
    for index, label in enumerate(row):
        found = paired.get(index)
        if found is None and len(row) == 1 and _EMPTY_ROW.match(low, label.end, end) is not None:
            services.append(left_out(document, label))
            continue
        if found is None and len(row) <= LONGEST_ROW:
            found = row_minutes(document, label, row, start, end, free, columns, bool(inside))
        if found is None:
            loose.append(label)
            continue
        service = service_of(document, label, *found)
        if clocks:
            service.clock = _own_clock(service, label, row, index, clocks, end, table=table)
            if index in paired and service.clock is not None:
                free = [clock for clock in free if clock != service.clock]
        services.append(service)
    return services, loose


# A row of a form or flow sheet with a dash or nothing where the minutes stand: the service was not done.
_EMPTY_ROW: Final = folded(
    r"(?: ?\((?:\d{5}|min)\)){0,2}(?:[ ]*[|\t][ ]*|[ ]{2,}|[ ]?:[ ]*)(?:\w+\t)?(?:0(?: ?min)?|-{1,2}|n/?a|none)"
    r"[ ]*(?:[|\t\r\n]|[ ]{2}|$)"
)


def _own_clock(
    service: Service, label: Label, row: list[Label], index: int, clocks: list[Clock], end: int, *, table: bool
) -> Clock | None:
    """The range of clock times of a service. One that differs from its minutes is its own only in a row of a table."""
    previous = row[index - 1].end if index else 0
    following = row[index + 1].start if index + 1 < len(row) else end
    clock = clock_of(label, clocks, (previous, following), clocks[0].start < row[0].start, table)
    if clock is None:
        return None
    return clock if clock.minutes == service.minutes or (table and len(row) == 1) else None


def _across_lines(document: Document, labels: list[Label], counted: set[str]) -> list[Service]:
    """Labels with their minutes in a line of their own: in the next one, or below what was done under each."""
    low = document.low
    heads = {document.line_at(label.start)[0]: label for label in labels if label.strong or label.numbered}
    if not heads:
        return []
    found: list[Told] = []
    opened = 0
    next_line = False
    head: Label | None = None
    under = 0  # lines below the head
    for start, end in document.lines:
        label = heads.get(start)
        if label is not None:
            opens = _BEFORE_NAME.fullmatch(low, start, label.start) is not None
            head, under = (label if opens and label.code not in counted else None), 0
            opened += head is not None
            continue
        under += 1
        match = _TIME_LINE.match(low, start, end) if head is not None and under <= _BLOCK else None
        if head is None or match is None or not (match["named"] or match["unit"]):
            continue
        value = value_of(match[2]) or 0
        if not 0 < value <= _MOST:
            continue
        if match["unit"] or under == 1 or len(heads) > 1:
            found.append(Told(head, value, head.start, match.end()))
            next_line = under == 1
        head = None
    if len(found) == 1 and not ((opened == 1 or next_line) and found[0].end - found[0].label.end < _CLOSE):
        return []
    for told in found:
        labels.remove(told.label)
    return [service_of(document, *told) for told in found]


_BEFORE_NAME: Final = folded(
    r"[ \t*|>(\d.)-]*(?:(?:procedure|service|intervention|cpt|code|treatment)s?[ /]?){0,2}[ #:]*"
)
# A line that tells nothing but minutes: "Minutes: 15", "Time 15 min", "(15 min)".
_TIME_LINE: Final = folded(
    rf"[ \t]*[*(\[>=@-]*[ ]?(?P<named>(?:time|minutes|duration|"
    rf"min)[ :=]+)?(?:x ?)?({NUMBER})"
    r"(?P<unit>[ -]?(?:min(?:ute)?s?\b|'))?[.)\]]*(?:[ ,;(/=|-]{1,4}\d ?u(?:nits?)?\b[.)]*)?(?: (?:timed|direct|1:1))?"
    r"[ \t]*\r?$"
)
_BLOCK: Final = 10  # so many lines under a service may tell what was done before its minutes are told
_CLOSE: Final = 80  # one service alone has its minutes no further behind it


def _settle(document: Document, services: Sequence[Service], times: Times) -> None:
    """The one service performed, where its minutes are not told, takes those that the note states in all."""
    done = [service for service in services if service.status == PERFORMED]
    if len(done) != 1 or done[0].minutes is not None or done[0].code == EVALUATION:
        return
    codes = document.lexicon.codes
    settled = None
    if done[0].code in codes.timed:
        settled = times.total_timed
    elif done[0].code in codes.speaks_for and not times.spanned:
        settled = times.total_treatment
    if settled:
        done[0].minutes, done[0].derived = settled, True
