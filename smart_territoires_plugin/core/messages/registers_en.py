"""English wording of the register: its tables, their fields and values, and what is wrong in one."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {}

PROBLEMS: Mapping[str, tuple[str, str]] = {}
