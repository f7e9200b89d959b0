"""What a study says, as frozen dataclasses; defaults are those of the documentation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional, Union

from smart_territoires_plugin.core.study.addresses import Address
from smart_territoires_plugin.core.study.specification import AXES, MEASURES, MeasureSpec, further_sources


@dataclass(frozen=True)
class Name:
    """What a person calls something, in both languages."""

    fr: str
    en: str

    def __getitem__(self, lang: str) -> str:
        """Return the name in a language."""
        return self.fr if lang == "fr" else self.en


@dataclass(frozen=True)
class Source:
    """A file, table or raster that measures read; ``options`` holds how to read it, as the study wrote it."""

    id: str
    path: Union[Path, Address]
    layer: Optional[str] = None
    where: Optional[str] = None
    band: int = 1
    key: Optional[str] = None
    crs: Optional[str] = None
    nodata: Optional[float] = None
    combine: Optional[str] = None
    status: str = "observed"
    survey: Optional[str] = None
    attribution: str = ""
    licence: str = ""
    date: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Group:
    """A column that groups territories: of the territories, or of another source by code."""

    name: str
    field: str
    source: Optional[str] = None


@dataclass(frozen=True)
class TerritoriesSpec:
    """Where the territories come from; ``population`` as a ``Group`` because it may come from another source."""

    source: str
    code: str
    name: Optional[str]
    population: Optional[Group]
    changes: Optional[str]
    dissolve: bool


@dataclass(frozen=True)
class Theme:
    """A priority theme and its weight among themes."""

    id: str
    name: Name
    weight: float = 1.0


@dataclass(frozen=True)
class Measure:
    """How an indicator's value is had from a source."""

    kind: str
    source: str
    where: Optional[str]
    parameters: Mapping[str, Any]

    @property
    def spec(self) -> MeasureSpec:
        """What this kind of measure needs and gives."""
        return MEASURES[self.kind]

    @property
    def nature(self) -> str:
        """``extensive`` if values of parts add up, else ``intensive``."""
        if self.spec.nature == "declared":
            return self.parameters.get("nature", "intensive")
        return self.spec.nature

    @property
    def sources(self) -> tuple[str, ...]:
        """Identifiers of every source that the measure reads, its own first."""
        further = [source for _, source in further_sources(self.spec, self.parameters)]
        return tuple(dict.fromkeys((self.source, *further)))


@dataclass(frozen=True)
class Method:
    """A method's textbook name and its parameters."""

    name: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Error:
    """Standard deviation of an indicator's error: ``share`` of its value, or ``value`` in its own unit."""

    share: float = 0.0
    value: float = 0.0


@dataclass(frozen=True)
class Indicator:
    """One number per territory, and what it is for."""

    id: str
    name: Name
    role: str
    measure: Measure
    theme: Optional[str] = None
    axis: Optional[str] = None
    unit: str = ""
    direction: int = 1
    weight: float = 1.0
    normalisation: Optional[Method] = None
    error: Optional[Error] = None
    parent: Optional[str] = None


@dataclass(frozen=True)
class Node:
    """A composite of the tree; the root of a framework has no parent, and no method here means the one of the whole."""

    id: str
    name: Name
    parent: Optional[str] = None
    weight: float = 1.0
    aggregation: Optional[Method] = None
    weights: Optional[Method] = None


@dataclass(frozen=True)
class Scoring:
    """How values become scores; ``weights`` is ``declared``, or a method that finds them."""

    missing: Method
    normalisation: Method = Method("min_max", {"low": 1.0, "high": 100.0})
    aggregation: Method = Method("arithmetic_mean")
    outliers: Method = Method("none")
    min_availability: float = 0.65
    weights: Method = Method("declared")


@dataclass(frozen=True)
class Exponents:
    """How much each part of the priority counts; a value judgement, shown as one."""

    readiness: float = 1.0
    stake: float = 1.0
    evidence: float = 1.0


@dataclass(frozen=True)
class Decision:
    """What a person decided of a territory: ``add`` it to the list, ``exclude`` it, or ``pin`` it at the top."""

    code: str
    action: str
    reason: str
    author: str
    date: str


@dataclass(frozen=True)
class CallUnits:
    """One level at which calls are made: the groups of one kind, or the territories from so many inhabitants on.

    ``group`` names a group, or several (``ept, epci``) of which the first that a territory has counts; ``names`` is the
    group that holds their names.
    """

    level: str
    group: Optional[str] = None
    least_population: float = 0.0
    names: Optional[str] = None


@dataclass(frozen=True)
class Targeting:
    """Whom to call: how long the shortlist is, where high begins, what priority is made of, and who decided what.

    Parameters
    ----------
    shortlist : int
    readiness_threshold, activity_threshold : float or Method
        A number, or how it is found: ``quantile`` (``q``) or ``jenks`` (``classes``).
    exponents : Exponents
    decisions : tuple of Decision
    call_units : tuple of CallUnits
        Empty where the territories themselves are called.
    register : str, optional
        The source with interviews, contacts and calls; that of the measure ``register_activity`` where not said.
    elsewhere : str, optional
        The group outside of which peers are sought, and by which folds of the activity model are made.
    theme_thresholds : mapping of theme id to float
        Where the activity of a theme begins to be high, once frozen.
    unit_thresholds : mapping of ``readiness`` and ``activity`` to float
        Those of call units, once frozen; else they are found among the units, or are the numbers of the whole.
    """

    shortlist: int = 50
    readiness_threshold: Union[float, Method] = Method("quantile", {"q": 0.5})
    activity_threshold: Union[float, Method] = Method("quantile", {"q": 0.5})
    exponents: Exponents = Exponents()
    decisions: tuple[Decision, ...] = ()
    call_units: tuple[CallUnits, ...] = ()
    register: Optional[str] = None
    elsewhere: Optional[str] = "epci"
    theme_thresholds: Mapping[str, float] = field(default_factory=dict)
    unit_thresholds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Robustness:
    """What is drawn to know how stable the results are, how often, and from which seed.

    Parameters
    ----------
    draws, seed : int
    error_share : float
        Share of each declared weight within which ``range`` draws it, where ``weights`` does not say.
    weights : Method
        ``range`` (``share``: uniform within a share of the declared weight) or ``dirichlet`` (``concentration``: the
        higher, the nearer to the declared weights). Either parameter is a number, or a mapping by level:
        ``indicators``, ``nodes``, ``themes``.
    normalisation, aggregation, outliers : tuple of Method
        Other methods that a draw may take in place of the study's own, each as likely as the others.
    imputation : bool
        Whether imputed values are drawn anew, from the residuals of their rule.
    thresholds : float
        Share (0–1) of territories by which the quantiles where high begins are moved up or down, uniformly; points
        of score where the threshold is a number.
    sobol : int
        Size of the samples, a power of 2, from which Sobol' indices of each group of choices are computed; 0 for none.
    """

    draws: int = 1000
    seed: int = 1
    error_share: float = 0.25
    weights: Method = Method("range")
    normalisation: tuple[Method, ...] = ()
    aggregation: tuple[Method, ...] = ()
    outliers: tuple[Method, ...] = ()
    imputation: bool = True
    thresholds: float = 0.0
    sobol: int = 0


@dataclass(frozen=True)
class Study:
    """Everything that a result depends on."""

    path: Path
    name: str
    crs: str
    territories: TerritoriesSpec
    sources: Mapping[str, Source]
    groups: tuple[Group, ...]
    themes: tuple[Theme, ...]
    indicators: tuple[Indicator, ...]
    scoring: Scoring
    targeting: Targeting
    robustness: Robustness
    fictitious: bool
    date: str
    content: Mapping[str, Any]
    nodes: tuple[Node, ...] = ()

    def of_role(self, role: str) -> tuple[Indicator, ...]:
        """Return the indicators of a role, in the order of the file."""
        return tuple(i for i in self.indicators if i.role == role)

    @property
    def axes(self) -> tuple[str, ...]:
        """The axes that have a success factor, in the order of the documentation."""
        used = {i.axis for i in self.of_role("success_factor")}
        return tuple(axis for axis in AXES if axis in used)

    @property
    def scored_themes(self) -> tuple[Theme, ...]:
        """The themes that have a stake, in the order of the file."""
        used = {i.theme for i in self.of_role("stake")}
        return tuple(theme for theme in self.themes if theme.id in used)

    @property
    def notices(self) -> tuple[str, ...]:
        """What every output must say: ``fictitious``, ``synthetic``, ``proxy``."""
        statuses = {self.sources[name].status for i in self.indicators for name in i.measure.sources}
        codes = ["fictitious"] if self.fictitious else []
        return tuple(codes + [status for status in ("synthetic", "proxy") if status in statuses])
