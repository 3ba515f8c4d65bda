"""The report as one page that needs nothing else: no script, no style sheet or picture from elsewhere."""

from __future__ import annotations

from html import escape
from typing import Any, Final

from quarterhour.cli.report.groups import Group, by_visit, counted, not_checked, releases, service_of, totals

_STYLE: Final = """
:root { color-scheme: light dark; --line: #8888; --error: #b3261e; --warning: #7a5300; --info: #1a5fb4; }
@media (prefers-color-scheme: dark) { :root { --error: #ff9a92; --warning: #f2c063; --info: #9cc7ff; } }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line); }
th[scope=row] { white-space: nowrap; }
.error { color: var(--error); } .warning { color: var(--warning); } .info { color: var(--info); }
.severity { font-weight: 700; } .remedy, .source { margin: .2rem 0 0; } .source, footer { font-size: .875rem; }
a:focus-visible { outline: 3px solid var(--info); }
@media print { body { margin: 0; max-width: none; } tr { break-inside: avoid; } }
"""


_HEADS: Final = "".join(f'<th scope="col">{head}</th>' for head in ("Rule", "Severity", "About", "Finding"))


def text(report: dict[str, Any]) -> str:
    """The whole page."""
    groups = by_visit(report)
    main = [
        "<main>",
        "<h1>Visits checked</h1>",
        f"<p>{escape(totals(report))}.</p>",
        *_unread(report["errors"]),
        *(part for place, group in enumerate(groups, 1) for part in _visit(group, place)),
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
    return [
        f'<section aria-labelledby="{heading}">',
        f'<h2 id="{heading}">{escape(group.title)}</h2>',
        "<table>",
        f"<thead><tr>{_HEADS}</tr></thead>",
        "<tbody>",
        *(_row(finding) for finding in group.findings),
        "</tbody>",
        "</table>",
        "</section>",
    ]


def _row(finding: dict[str, Any]) -> str:
    severity = escape(finding["severity"])
    remedy = finding["remedy"]
    sources = dict.fromkeys(_source(source) for source in finding["sources"])
    return (
        f'<tr><th scope="row">{escape(finding["rule"])}</th>'
        f'<td class="severity {severity}">{severity}</td>'
        f"<td>{escape(service_of(finding) or 'visit')}</td>"
        f"<td>{escape(finding['message'])}"
        f'<p class="remedy"><strong>{escape(remedy["kind"].capitalize())}:</strong> {escape(remedy["text"])}</p>'
        f'<p class="source">{"<br>".join(sources)}</p></td></tr>'
    )


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


def _not_checked(report: dict[str, Any]) -> list[str]:
    if not report["not_checked"]:
        return []
    rows = [
        f"<li>{escape(reason)} ({counted(visits, 'visit')}): {escape(' '.join(rules))}</li>"
        for reason, visits, rules in not_checked(report)
    ]
    return ['<section aria-labelledby="open">', '<h2 id="open">Not checked</h2>', "<ul>", *rows, "</ul></section>"]


def _footer(report: dict[str, Any]) -> list[str]:
    tool = report["tool"]
    said = f"quarterhour {tool['version']}, policy data {tool['policy']['hash'][:12]}, {tool['today']}"
    return [
        "<footer>",
        f"<p>{escape(said)}</p>",
        "<ul>",
        *(f"<li>{escape(one)}</li>" for one in releases(report)),
        "</ul>",
        "<p>Information, not legal, coding or billing advice.</p>",
        "</footer>",
    ]
