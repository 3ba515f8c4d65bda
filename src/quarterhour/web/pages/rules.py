"""/rules: the catalogue, and each rule's page."""

from __future__ import annotations

import functools
from typing import Any

from fastapi import APIRouter
from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.responses import Response

from quarterhour.web.asked import Started
from quarterhour.web.pages.shown import asked, given
from quarterhour.workflows.choices import choices
from quarterhour.workflows.explain import explain
from quarterhour.workflows.rule_list import rule_list

router = APIRouter()


@router.get("/rules")
def listed(
    started: Started,
    payer: str = "",
    on: str = "",
    persona: str = "",
    family: str = "",
    severity: str = "",
    about: str = "",
) -> Response:
    """The rules; each field narrows the list."""
    form = {"payer": payer, "on": on, "persona": persona, "family": family, "severity": severity, "about": about}
    wishes = {name: given(word) for name, word in form.items()}
    return asked(
        "rules.html",
        "/rules",
        lambda: rule_list(**wishes, policy_folders=started.policy_folders),
        form=form,
        choices=choices(policy_folders=started.policy_folders),
    )


@router.get("/rules/{rule}")
def told(started: Started, rule: str, on: str = "") -> Response:
    """What a rule says, who says so, and what can be done."""

    def ask() -> dict[str, Any]:
        answer = explain(rule, on=given(on), policy_folders=started.policy_folders)
        return answer | {"html": _html(answer["page"])}

    return asked("rule.html", "/rules", ask, rule=rule, on=on)


@functools.lru_cache(maxsize=512)
def _html(page: str) -> Markup:
    """A page of Markdown without its title. Pages are the house's own; what looks like HTML in one is shown as text."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    body = page.partition("\n")[2] if page.startswith("# ") else page
    tokens = markdown.parse(body)
    for token in tokens:
        # The style attribute that aligns the cells of a table is what the policy of content forbids.
        token.attrs.pop("style", None)
    return Markup(markdown.renderer.render(tokens, markdown.options, {}))  # noqa: S704 - escaped by the renderer
