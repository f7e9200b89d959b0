"""French wording of expected activity, its model and its evidence."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {}

PROBLEMS: Mapping[str, tuple[str, str]] = {}
