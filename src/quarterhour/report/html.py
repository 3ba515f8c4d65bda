"""The report as one page that needs nothing else: no script, no style sheet or picture from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any, Final

from quarterhour.domain.line_ends import line_number
from quarterhour.domain.plural import counted
from quarterhour.report.groups import (
    PLAIN,
    Group,
    Remark,
    View,
    beside,
    by_visit,
    claim_files,
    defect_place,
    hidden,
    hidden_words,
    made_by,
    not_checked,
    places_of,
    releases,
    service_of,
    totals,
)
from quarterhour.report.marked import STYLE, mark_id, marked, words_under

_STYLE: Final = f"""
:root {{ color-scheme: light dark; --line: #8888; --error: #b3261e; --warning: #7a5300; --info: #1a5fb4; }}
@media (prefers-color-scheme: dark) {{ :root {{ --error: #ff9a92; --warning: #f2c063; --info: #9cc7ff; }} }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }}
h1 {{ font-size: 1.5rem; }} h2 {{ font-size: 1.15rem; margin-top: 2rem; overflow-wrap: anywhere; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); }}
th[scope=row] {{ white-space: nowrap; }}
.error {{ color: var(--error); }} .warning {{ color: var(--warning); }} .info {{ color: var(--info); }}
.severity {{ font-weight: 700; }} .remedy, .source, .beside {{ margin: .2rem 0 0; }}
.source, .beside, footer {{ font-size: .875rem; }}
a:focus-visible {{ outline: 3px solid var(--info); }}
@media (max-width: 40rem) {{
  .findings, .findings tbody, .findings tr, .findings td {{ display: block; border: 0; padding: .1rem 0; }}
  .findings thead {{ position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }}
  .findings tr {{ border-bottom: 1px solid var(--line); padding: .6rem 0; }}
  .findings th[scope=row], .findings td:not(:last-child) {{
    display: inline-block; border: 0; padding: 0 .6rem 0 0;
  }}
}}
@media print {{ body {{ margin: 0; max-width: none; }} tr {{ break-inside: avoid; }} }}
{STYLE}"""


_HEADS: Final = "".join(f'<th scope="col">{head}</th>' for head in ("Rule", "Severity", "About", "Finding"))

_DEFECT_HEADS: Final = "".join(f'<th scope="col">{head}</th>' for head in ("Place", "Severity", "Defect"))


def text(report: dict[str, Any], view: View = PLAIN) -> str:
    """The whole page."""
    groups = list(by_visit(report, view))
    left_out = hidden(report, view)
    main = [
        "<main>",
        "<h1>Visits checked</h1>",
        f"<p>{escape(totals(report))}.</p>",
        *([f"<p>{escape(hidden_words(left_out))}.</p>"] if left_out else []),
        *_unread(report["errors"]),
        *(part for place, group in enumerate(groups, 1) for part in _visit(group, place)),
        *_claim_files(report),
        *_not_checked(report),
        "</main>",
    ]
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            "<title>Visits checked: Quarterhour</title>",
            f"<style>{_STYLE}</style>",
            "</head>",
            "<body>",
            *main,
            *_footer(report),
            "</body>",
            "</html>",
        ]
    )


def _visit(group: Group, place: int) -> list[str]:
    heading = f"visit-{place}"
    rows = (_row(one, f"{heading}-{number}", heading, group.note) for number, one in enumerate(group.remarks, 1))
    return [
        f'<section aria-labelledby="{heading}">',
        f'<h2 id="{heading}">{escape(group.title)}</h2>',
        '<table class="findings">',
        f"<thead><tr>{_HEADS}</tr></thead>",
        "<tbody>",
        *rows,
        "</tbody>",
        "</table>",
        *_note(group, heading),
        "</section>",
    ]


def _row(remark: Remark, anchor: str, heading: str, note: str) -> str:
    finding = remark.finding
    others = "".join(f'<p class="beside">also {escape(beside(one))}</p>' for one in remark.beside)
    severity = escape(finding["severity"])
    remedy = finding["remedy"]
    sources = dict.fromkeys(_source(source) for source in finding["sources"])
    return (
        f'<tr id="{anchor}"><th scope="row">{escape(finding["rule"])}</th>'
        f'<td class="severity {severity}">{severity}</td>'
        f"<td>{escape(service_of(finding) or 'visit')}</td>"
        f"<td>{escape(finding['message'])}"
        f"{_words(remark, heading, note)}{others}"
        f'<p class="remedy"><strong>{escape(remedy["kind"].capitalize())}:</strong> {escape(remedy["text"])}</p>'
        f'<p class="source">{"<br>".join(sources)}</p></td></tr>'
    )


def _words(remark: Remark, heading: str, note: str) -> str:
    """Links to the words in the note that a finding, or one beside it, rests on."""
    places = places_of((remark.finding, *remark.beside))
    if not note or not places:
        return ""
    links = [f'<a href="#{mark_id(heading, place)}">note, line {line_number(note, place[0])}</a>' for place in places]
    return f'<p class="evidence">{", ".join(links)}</p>'


def _note(group: Group, heading: str) -> list[str]:
    """The note with the words marked, where a finding rests on any."""
    places = words_under(group, heading)
    if not group.note or not places:
        return []
    return ["<h3>Note</h3>", *marked(group.note, places, heading)]


def _source(source: dict[str, Any]) -> str:
    title = escape(source["title"])
    href = source.get("href") or ""
    named = f'<a href="{escape(href)}" rel="noreferrer">{title}</a>' if href.startswith("https://") else title
    dated = [f"from {source['effective_from']}"] if source.get("effective_from") else []
    dated += [f"answered as of {source['as_of']}"] if source.get("as_of") else []
    return f"{named}{escape(''.join(f', {one}' for one in dated))}"


def _unread(errors: list[dict[str, Any]]) -> list[str]:
    if not errors:
        return []
    rows = []
    for error in errors:
        place = "".join(f":{error[key]}" for key in ("line", "column") if error[key])
        about = f"{error['path'] or ''}{place} {error['pointer'] or ''}".strip()
        rows.append(f"<li>{escape(about)}: {escape(error['message'])}</li>")
    return [
        '<section aria-labelledby="unread">',
        '<h2 id="unread">Could not be read</h2>',
        "<ul>",
        *rows,
        "</ul></section>",
    ]


def _claim_files(report: dict[str, Any]) -> list[str]:
    """A table of the defects of every X12 file, under its figures."""
    rows: list[str] = []
    for place, (title, defects) in enumerate(claim_files(report), 1):
        heading = f"file-{place}"
        rows += [f'<section aria-labelledby="{heading}">', f'<h2 id="{heading}">{escape(title)}</h2>']
        if defects:
            rows += ["<table>", f"<thead><tr>{_DEFECT_HEADS}</tr></thead>", "<tbody>"]
            rows += [
                f'<tr><th scope="row">{escape(defect_place(defect))}</th>'
                f'<td class="severity {defect["level"]}">{defect["level"]}</td>'
                f"<td>{escape(defect['message'])}</td></tr>"
                for defect in defects
            ]
            rows += ["</tbody>", "</table>"]
        rows.append("</section>")
    return rows


#: More rules than this are folded away behind their number.
_RULES: Final = 12


def _named(rules: Sequence[str]) -> str:
    named = escape(" ".join(rules))
    folded = f"<details><summary>{counted(len(rules), 'rule')}</summary>{named}</details>"
    return folded if len(rules) > _RULES else named


def _not_checked(report: dict[str, Any]) -> list[str]:
    if not report["not_checked"]:
        return []
    rows = [f"<li>{escape(reason)} ({about}): {_named(rules)}</li>" for reason, about, rules in not_checked(report)]
    return ['<section aria-labelledby="open">', '<h2 id="open">Not checked</h2>', "<ul>", *rows, "</ul></section>"]


def _footer(report: dict[str, Any]) -> list[str]:
    return [
        "<footer>",
        f"<p>{escape(made_by(report))}</p>",
        f"<p>{escape(releases(report))}</p>",
        "<p>Information, not legal, coding or billing advice.</p>",
        "</footer>",
    ]
