"""Pages for people: a file a page, a template each, calling one function of the workflows."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
