"""The plan of a portfolio: means, costs, quotas and obligations, read from YAML with every problem at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from smart_territoires_plugin.core.errors import Problem, StudyError
from smart_territoires_plugin.core.study.documents import Document, read_document
from smart_territoires_plugin.core.study.schema import schema_problems

RESOURCES = ("days", "eur")
# The key of the plan that says how much of each there is.
LIMITS = {"days": "days", "eur": "budget_eur"}
_ALTERNATIVES, _GAP_PCT, _UNCHOSEN = 3, 2.0, 10


@dataclass(frozen=True)
class CostTable:
    """Costs by code in a table; ``otherwise`` is what a candidate without a cost there counts for.

    ``rate_pct`` and ``amount_eur`` name the columns of co-funding: a share of the cost, or euros.
    """

    path: Path
    code: str
    column: str
    otherwise: float | None = None
    rate_pct: str | None = None
    amount_eur: str | None = None


@dataclass(frozen=True)
class Cost:
    """What a call costs in one resource: classes of population with a cost each, or a table.

    ``by_size`` holds (population from, cost) in ascending order; one cost for all is the single class from 0.
    """

    by_size: tuple[tuple[float, float], ...] = ()
    table: CostTable | None = None


@dataclass(frozen=True)
class Quota:
    """How many at least and at most are chosen of one kind; ``least`` and ``most`` may be None.

    Parameters
    ----------
    kind : {"group", "theme", "size"}
    where : str
        The line of the plan.
    group, value : str, optional
        Of ``group``: its name, and the one value that is meant; every value of the group without one.
    themes : tuple of str
        Of ``theme``: those meant; every theme that has a stake where it is empty.
    population_from, population_to : float
        Of ``size``: the first inside, and the first above.
    """

    kind: str
    where: str
    least: int | None
    most: int | None
    group: str | None = None
    value: str | None = None
    themes: tuple[str, ...] = ()
    population_from: float = 0.0
    population_to: float = float("inf")


@dataclass(frozen=True)
class Plan:
    """All that a portfolio is chosen under.

    Parameters
    ----------
    limits : mapping of resource to float
        ``days``, ``eur``; a resource that is not there is not limited.
    costs : mapping of resource to Cost
    listed : str, optional
        The list of the results that the candidates are in, where they are not chosen by segment.
    segments : tuple of str
    level : {"territories", "call_units"}
    value : mapping of column to weight
        What a choice is worth: the weighted mean of columns of the results.
    quotas : tuple of Quota
    must_have, must_not : tuple of str
    alternatives : int
        How many other portfolios are looked for, that are worth at most ``gap_pct`` per cent less.
    unchosen : int
        Of how many that were not chosen it is said what imposing them would cost.
    """

    path: Path
    name: str
    limits: Mapping[str, float]
    costs: Mapping[str, Cost]
    listed: str | None = "engage"
    segments: tuple[str, ...] = ()
    level: str = "territories"
    value: Mapping[str, float] = field(default_factory=lambda: {"priority": 1.0})
    quotas: tuple[Quota, ...] = ()
    must_have: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    alternatives: int = _ALTERNATIVES
    gap_pct: float = _GAP_PCT
    unchosen: int = _UNCHOSEN
    lines: Mapping[str, str] = field(default_factory=dict)
    content: Mapping[str, Any] = field(default_factory=dict)

    def where(self, key: str) -> str:
        """Return the line of the plan that holds a key, or the plan's name."""
        return self.lines.get(key, self.path.name)


def read_plan(path: Path) -> Plan:
    """Read and check a plan; what only the results can tell is checked with them.

    Raises
    ------
    StudyError
        With every problem of the file at once.
    """
    document = read_document(Path(path))
    problems = schema_problems(document, "portfolio.schema.json")
    if not problems:
        problems = list(_cross_problems(document))
    if problems:
        raise StudyError(*problems)
    return _plan(document)


def _plan(document: Document) -> Plan:
    content = document.content
    candidates, value = content.get("candidates", {}), content.get("value", "priority")
    segments = tuple(candidates.get("segments", ()))
    limits = {name: float(content[key]) for name, key in LIMITS.items() if key in content}
    said = {"days": 1.0, **content.get("costs", {})} if "days" in limits else content.get("costs", {})
    return Plan(
        path=document.path,
        name=content.get("name", document.path.stem),
        limits=limits,
        costs={name: _cost(said[name], document.path.parent) for name in RESOURCES if name in said},
        listed=None if segments else candidates.get("list", "engage"),
        segments=segments,
        level=candidates.get("level", "territories"),
        value={value: 1.0} if isinstance(value, str) else {name: float(weight) for name, weight in value.items()},
        quotas=tuple(_quotas(document)),
        must_have=tuple(dict.fromkeys(str(code) for code in content.get("must_have", ()))),
        must_not=tuple(dict.fromkeys(str(code) for code in content.get("must_not", ()))),
        alternatives=content.get("alternatives", _ALTERNATIVES),
        gap_pct=float(content.get("gap_pct", _GAP_PCT)),
        unchosen=content.get("unchosen", _UNCHOSEN),
        lines={str(key): document.where((key,)) for key in content}
        | {f"costs.{name}": document.where(("costs", name)) for name in RESOURCES},
        content=content,
    )


def _cost(said: Any, folder: Path) -> Cost:
    if not isinstance(said, Mapping):
        return Cost(((0.0, float(said)),))
    if "by_size" in said:
        return Cost(tuple((float(item["population_from"]), float(item["cost"])) for item in said["by_size"]))
    table = CostTable(
        folder / said["table"],
        said.get("code", "code"),
        said["column"],
        said.get("otherwise"),
        said.get("cofunding_rate_pct"),
        said.get("cofunding_eur"),
    )
    return Cost(table=table)


def _quotas(document: Document) -> Iterator[Quota]:
    content = document.content
    for place, said in enumerate(content.get("quotas", ())):
        value = None if "value" not in said else str(said["value"])
        where = document.where(("quotas", place))
        yield Quota("group", where, said.get("min"), said.get("max"), said["group"], value)
    if "per_theme" in content:
        said = content["per_theme"]
        where = document.where(("per_theme",))
        yield Quota("theme", where, said.get("min"), said.get("max"), themes=tuple(said.get("themes", ())))
    for place, said in enumerate(content.get("size_mix", ())):
        yield Quota(
            "size",
            document.where(("size_mix", place)),
            said.get("min"),
            said.get("max"),
            population_from=float(said.get("population_from", 0)),
            population_to=float(said.get("population_to", float("inf"))),
        )


def _cross_problems(document: Document) -> Iterator[Problem]:
    """Find what a schema cannot see."""
    content = document.content
    costs, candidates = content.get("costs", {}), content.get("candidates", {})
    if not set(LIMITS.values()) & set(content):
        yield Problem("means.no_limit", document.path.name)
    if "budget_eur" in content and "eur" not in costs:
        yield Problem("means.no_cost_eur", document.where(("budget_eur",)))
    if "list" in candidates and "segments" in candidates:
        yield Problem("means.list_or_segments", document.where(("candidates",)))
    for name, said in costs.items():
        where = document.where(("costs", name))
        starts = [item["population_from"] for item in said["by_size"]] if _has(said, "by_size") else [0]
        if starts != sorted(set(starts)) or starts[0] != 0:
            yield Problem("means.sizes_not_ascending", where, {"starts": ", ".join(f"{start:g}" for start in starts)})
        if _has(said, "cofunding_rate_pct") and _has(said, "cofunding_eur"):
            yield Problem("means.cofunding_twice", where)
    blocks = [*((("quotas", place), item) for place, item in enumerate(content.get("quotas", ())))]
    blocks += [(("size_mix", place), item) for place, item in enumerate(content.get("size_mix", ()))]
    blocks += [(("per_theme",), content["per_theme"])] if "per_theme" in content else []
    for keys, said in blocks:
        if "min" not in said and "max" not in said:
            yield Problem("means.quota_without_number", document.where(keys))
        if said.get("min", 0) > said.get("max", float("inf")):
            values = {"minimum": said["min"], "maximum": said["max"]}
            yield Problem("means.quota_upside_down", document.where(keys), values)
        if said.get("population_from", 0) >= said.get("population_to", float("inf")):
            values = {"first": said["population_from"], "last": said["population_to"]}
            yield Problem("means.size_upside_down", document.where(keys), values)
    both = {str(code) for code in content.get("must_have", ())} & {str(code) for code in content.get("must_not", ())}
    for code in sorted(both):
        yield Problem("means.both_must", document.where(("must_not",)), {"code": code})
    if not isinstance(content.get("value", ""), str) and not any(content["value"].values()):
        yield Problem("means.no_weight", document.where(("value",)))


def _has(said: Any, key: str) -> bool:
    return isinstance(said, Mapping) and key in said
