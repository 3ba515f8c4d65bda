"""The JSON API: a file a subject, each answer that of the command of its name."""

from __future__ import annotations

from fastapi import APIRouter

from quarterhour.web.api import check

router = APIRouter()
router.include_router(check.router)
