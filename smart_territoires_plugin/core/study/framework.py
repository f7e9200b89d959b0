"""A framework on its own: a tree of composites over the columns of a ready table, as frozen dataclasses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional

from smart_territoires_plugin.core.study.model import Error, Method, Name, Node, Robustness, Scoring


@dataclass(frozen=True)
class FrameworkIndicator:
    """A column of the table, and where it stands; ``denominator`` is another column that its values are divided by."""

    id: str
    name: Name
    parent: str
    direction: int = 1
    weight: float = 1.0
    unit: str = ""
    denominator: Optional[str] = None
    normalisation: Optional[Method] = None
    error: Optional[Error] = None


@dataclass(frozen=True)
class Framework:
    """All that a score depends on beside its table.

    Parameters
    ----------
    key : str
        The table's column that identifies a row.
    nodes : tuple of Node
        In the order of the file.
    indicators : tuple of FrameworkIndicator
        In the order of the file.
    strata : tuple of str
        Columns of the table within which ranks are given too.
    table : mapping
        How to read the table: separator, decimal mark and so on, as for a source of a study.
    content : mapping
        The file as written.
    """

    path: Path
    name: str
    key: str
    nodes: tuple[Node, ...]
    indicators: tuple[FrameworkIndicator, ...]
    scoring: Scoring
    robustness: Robustness
    strata: tuple[str, ...] = ()
    table: Mapping[str, Any] = field(default_factory=dict)
    content: Mapping[str, Any] = field(default_factory=dict)

    @property
    def root(self) -> Node:
        """The node without a parent."""
        return next(node for node in self.nodes if node.parent is None)
