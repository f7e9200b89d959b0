"""How the annex writes: sentences of one language, numbers, and every method with its parameters in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from inspect import Parameter, signature
from math import floor, isinf, isnan, log10
from typing import Any, Callable

from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.messages.numbers import number, with_unit
from smart_territoires_plugin.core.models.imputation import K
from smart_territoires_plugin.core.scoring.aggregation import AGGREGATIONS
from smart_territoires_plugin.core.scoring.normalisation import NORMALISATIONS
from smart_territoires_plugin.core.study.methods import WEIGHTINGS
from smart_territoires_plugin.core.study.model import Method

# Of methods that run in the engine; those of numpy say their defaults themselves.
_ENGINE_DEFAULTS: dict[str, dict] = {"knn": {"k": K}, "benefit_of_the_doubt": {"low": 0.0, "high": 1.0}}
_SEPARATOR = "; "


def _goalposts(given: Mapping) -> list[str]:
    return [*(["log"] if given["log"] else []), "capped" if given["cap"] else "uncapped"]


def _limits(given: Mapping) -> list[str]:
    return [name for name in ("low", "high") if given.get(name) is not None] or ["neither"]


def _owa(given: Mapping) -> list[str]:
    return ["order_weights" if given.get("order_weights") else "exponent"]


def _promethee(given: Mapping) -> list[str]:
    if given["preference"] == "usual" or given["strict"] is not None:
        return [given["preference"]]
    return [f"{given['preference']}_range"]


# What a method's wording is followed by, as its parameters make it.
_MORE: dict[str, Callable[[Mapping], list[str]]] = {
    "goalposts": _goalposts,
    "limits": _limits,
    "owa": _owa,
    "promethee_ii": _promethee,
    "mazziotta_pareto": lambda given: [given["penalty"]],
    "adjusted_mazziotta_pareto": lambda given: [given["penalty"]],
}

STEPS = (
    "framework", "data", "imputation", "multivariate", "normalisation", "weighting", "robustness", "details", "links",
    "presentation",
)  # fmt: skip


@dataclass(frozen=True)
class Words:
    """The wording of one language."""

    lang: str

    def say(self, code: str, /, **values: Any) -> str:
        """Return a sentence or a heading of the annex."""
        return text(f"annex.{code}", self.lang, **values)

    def number(self, value: float, digits: int | None = None) -> str:
        """Return a number as ``number`` writes it."""
        return number(value, self.lang, digits)

    def share(self, value: float, digits: int = 0) -> str:
        """Return a share (0–1) as a percentage without its sign."""
        return number(100 * value, self.lang, digits)

    def percent(self, value: float, digits: int = 0) -> str:
        """Return a share (0–1) as a percentage."""
        return "–" if isnan(value) else with_unit(100 * value, "%", self.lang, digits)

    def figure(self, value: float, figures: int = 4) -> str:
        """Return a value with so many significant figures, no more than it has.

        Examples
        --------
        >>> words = Words("en")
        >>> words.figure(0.0312345), words.figure(1234.56), words.figure(2.5), words.figure(2e-7)
        ('0.03123', '1,235', '2.5', '2e-07')
        """
        if value is None or isnan(value) or isinf(value) or value == 0:
            return number(value, self.lang)
        if not 1e-5 <= abs(value) < 1e15:
            return f"{value:.{figures}g}".replace(".", "," if self.lang == "fr" else ".")
        digits = max(0, figures - 1 - floor(log10(abs(value))))
        while digits and round(value, digits - 1) == round(value, digits):
            digits -= 1
        return number(value, self.lang, digits)

    def listed(self, names: Sequence[str], most: int = 10) -> str:
        """Return names one after another, and how many more there are."""
        shown = ", ".join(names[:most])
        return shown if len(names) <= most else self.say("and_more", names=shown, count=self.number(len(names) - most))

    def method(self, asked: Method) -> str:
        """Return a method and its parameters in words.

        Examples
        --------
        >>> Words("en").method(Method("min_max", {"low": 0, "high": 100}))
        'linear, from 0 (worst) to 100 (best)'
        """
        given = {**_defaults(asked.name), **asked.parameters}
        shown = {name: self._shown(name, value) for name, value in given.items()}
        parts = [text(f"method.{asked.name}", self.lang, **shown)]
        if asked.name in _MORE:
            parts += [text(f"method.{asked.name}.{more}", self.lang, **shown) for more in _MORE[asked.name](given)]
        return ", ".join(parts)

    def weighting(self, asked: Method) -> str:
        """Return how weights were had, in words, and whom such a method is for.

        Examples
        --------
        >>> Words("en").weighting(Method("critic"))
        'contrast and conflict (CRITIC), taken from the data'
        """
        said, nature = text(f"weighting.{asked.name}", self.lang), WEIGHTINGS[asked.name].nature
        return said if nature == "plain" else f"{said}, {text(f'weighting_kind.{nature}', self.lang)}"

    def _shown(self, name: str, value: Any) -> str:
        if name == "ties":
            return text(f"ties.{value}", self.lang)
        if name == "points":
            return _SEPARATOR.join(f"{self.figure(float(x))} → {self.figure(float(y))}" for x, y in value)
        if isinstance(value, (list, tuple)):
            return _SEPARATOR.join(self.figure(float(item)) for item in value)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return self.figure(float(value))
        return "" if value is None else str(value)


def _defaults(name: str) -> dict[str, Any]:
    """Return the parameters that a method takes where nothing is said."""
    function = NORMALISATIONS.get(name) or AGGREGATIONS.get(name)
    if function is None:
        return dict(_ENGINE_DEFAULTS.get(name, {}))
    known = signature(function).parameters.values()
    skipped = ("values", "direction", "scores", "weights")
    return {p.name: p.default for p in known if p.default is not Parameter.empty and p.name not in skipped}
