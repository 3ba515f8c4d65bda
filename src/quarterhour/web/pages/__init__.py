"""Pages for people: a file a page, a template each, calling one function of the workflows."""

from __future__ import annotations

from fastapi import APIRouter

from quarterhour.web.pages import check, codes, contractors, denials, pairs, policy, price, rules, style, units

router = APIRouter()
for page in (check, denials, units, codes, pairs, contractors, price, rules, policy, style):
    router.include_router(page.router)
