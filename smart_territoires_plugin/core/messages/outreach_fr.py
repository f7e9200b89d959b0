"""French wording of outreach sheets and the note to the director."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {}

PROBLEMS: Mapping[str, tuple[str, str]] = {}
