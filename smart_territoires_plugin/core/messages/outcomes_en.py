"""English wording of what changed since a former run, and what outreach did."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {}

PROBLEMS: Mapping[str, tuple[str, str]] = {}
