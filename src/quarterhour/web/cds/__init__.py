"""CDS Hooks: findings as cards in the record system, where a note is signed or a claim is made."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
