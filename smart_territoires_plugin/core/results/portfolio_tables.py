"""The tables of a portfolio: who is chosen and how replaceable each is, the alternatives, and all of it as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.results.notices import notice_in
from smart_territoires_plugin.core.results.tables import write_csv
from smart_territoires_plugin.core.targeting.portfolio import Choice
from smart_territoires_plugin.core.targeting.portfolio_alternatives import Alternative
from smart_territoires_plugin.core.targeting.portfolio_candidates import Candidates
from smart_territoires_plugin.core.targeting.portfolio_conditions import Condition
from smart_territoires_plugin.core.targeting.portfolio_plan import Plan
from smart_territoires_plugin.core.targeting.portfolio_replacement import Replacement

FILES = {"portfolio": "portfolio.csv", "alternatives": "alternatives.csv", "summary": "portfolio.json"}
_LISTED = 3
# Twelve digits, as the tables have.
_DIGITS = 12


@dataclass(frozen=True)
class Portfolio:
    """A plan, its candidates, and the choice that was made of them.

    Parameters
    ----------
    notice : str
        What every output must say of the data; empty where all of them are observed.
    """

    plan: Plan
    candidates: Candidates
    conditions: tuple[Condition, ...]
    best: Choice
    alternatives: tuple[Alternative, ...]
    replacements: tuple[Replacement, ...]
    notice: str

    @property
    def cofunding_eur(self) -> float:
        """Euros that others bring to those chosen."""
        return float(self.candidates.cofunding_eur[self.best.chosen].sum())

    @property
    def own_eur(self) -> float | None:
        """Euros of one's own that those chosen take; None where the plan has no costs in euros."""
        costs = self.candidates.costs.get("eur")
        return None if costs is None else float(costs[self.best.chosen].sum())

    @property
    def leverage(self) -> float | None:
        """Euros of others for each euro of one's own; None where nothing of one's own is spent."""
        return self.cofunding_eur / self.own_eur if self.own_eur else None

    def used(self, resource: str) -> float:
        """Return how much of a resource those chosen take."""
        return float(self.candidates.costs[resource][self.best.chosen].sum())


def portfolio_frame(made: Portfolio) -> pd.DataFrame:
    """Return one row per candidate: those chosen first, the most valuable first in each part.

    ``loss_without`` and ``loss_imposed`` are in the unit of the value; ``replaceability_pct`` is 100 where something
    else is worth as much and 0 where all of the candidate's value, or more, is lost without it.
    """
    candidates, chosen = made.candidates, made.best.chosen
    size = len(candidates)
    loss = {"without": np.full(size, np.nan), "imposed": np.full(size, np.nan)}
    share = np.full(size, np.nan)
    entering, standing = np.full(size, "", dtype=object), np.full(size, "", dtype=object)
    for found in made.replacements:
        kind = "without" if chosen[found.row] else "imposed"
        if np.isinf(found.loss):
            standing[found.row] = "irreplaceable" if kind == "without" else "impossible"
            share[found.row] = 0.0 if kind == "without" else np.nan
            continue
        loss[kind][found.row] = found.loss
        others = found.entering if kind == "without" else found.leaving
        entering[found.row] = "; ".join(str(candidates.codes[row]) for row in others[:_LISTED])
        value = candidates.values[found.row]
        if kind == "without" and value > 0:
            share[found.row] = 100 * min(1.0, max(0.0, 1 - found.loss / value))
    standing[candidates.imposed] = "imposed"
    columns: dict[str, Any] = {
        "code": candidates.codes,
        "name": candidates.names,
        "chosen": chosen.astype(int),
        "value": np.where(candidates.valued, candidates.values, np.nan),
        **{f"cost_{name}": amounts for name, amounts in candidates.costs.items()},
    }
    if "eur" in candidates.costs:
        columns["cofunding_eur"] = candidates.cofunding_eur
    columns["theme"] = candidates.themes
    columns["population"] = candidates.population
    columns.update({f"group_{name}": values for name, values in candidates.groups.items()})
    columns["standing"] = standing
    columns["loss_without"], columns["loss_imposed"] = loss["without"], loss["imposed"]
    columns["replaceability_pct"] = share
    columns["exchanged_for"] = entering
    columns["in_alternatives"] = sum(
        (found.choice.chosen.astype(int) for found in made.alternatives), np.zeros(size, int)
    )
    columns["notice"] = np.full(size, made.notice, dtype=object)
    order = np.lexsort((np.arange(size), -candidates.values, ~chosen))
    return pd.DataFrame(columns).iloc[order].reset_index(drop=True)


def alternatives_frame(made: Portfolio) -> pd.DataFrame:
    """Return one row per candidate of each choice; 0 is the best one, the others are nearly as good."""
    frames = []
    for number, choice in enumerate((made.best, *(found.choice for found in made.alternatives))):
        rows = np.flatnonzero(choice.chosen)
        frames.append(
            pd.DataFrame(
                {
                    "alternative": number,
                    "total_value": choice.value,
                    "value_pct": 100 * choice.value / made.best.value if made.best.value else np.nan,
                    "code": made.candidates.codes[rows],
                    "name": made.candidates.names[rows],
                    "value": np.where(made.candidates.valued, made.candidates.values, np.nan)[rows],
                    "in_best": made.best.chosen[rows].astype(int),
                    "notice": made.notice,
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def portfolio_record(made: Portfolio) -> dict[str, Any]:
    """Return the whole as plain data: the same bytes for the same results and plan."""
    best = made.best
    chosen = np.flatnonzero(best.chosen)
    return {
        "audience": "internal",
        "notice": made.notice,
        "plan": {"name": made.plan.name, "content": made.plan.content},
        "status": "optimal" if best.optimal else "best_found",
        "candidates": len(made.candidates),
        "chosen": [str(made.candidates.codes[row]) for row in chosen],
        "value": _rounded(best.value),
        "bound": _rounded(best.bound),
        "gap_pct": _rounded(best.gap_pct),
        "means": {
            name: {"used": _rounded(made.used(name)), "limit": made.plan.limits.get(name)}
            for name in made.candidates.costs
        },
        "cofunding_eur": _rounded(made.cofunding_eur) if made.own_eur is not None else None,
        "leverage": _rounded(made.leverage),
        "conditions": [_condition(condition, best) for condition in made.conditions],
        "alternatives": [
            {
                "value": _rounded(found.choice.value),
                "optimal": found.choice.optimal,
                "kept": found.kept,
                "chosen": [str(code) for code in made.candidates.codes[found.choice.chosen]],
            }
            for found in made.alternatives
        ],
    }


def write_portfolio(folder: Path, made: Portfolio) -> dict[str, Path]:
    """Write every file; return their paths by name."""
    paths = {name: folder / file for name, file in FILES.items()}
    write_csv(portfolio_frame(made), paths["portfolio"])
    write_csv(alternatives_frame(made), paths["alternatives"])
    written = json.dumps(portfolio_record(made), ensure_ascii=False, indent=1, sort_keys=True)
    paths["summary"].write_text(written + "\n", encoding="utf-8")
    return paths


def portfolio_summary(made: Portfolio, theme_names: Mapping[str, str], lang: str) -> list[str]:
    """Return what a person is told of a portfolio, a sentence a line."""
    from smart_territoires_plugin.core.messages.numbers import number

    count = int(made.best.chosen.sum())
    told = {"chosen": number(count, lang), "candidates": number(len(made.candidates), lang)}
    value = number(made.best.value, lang)
    proven = text("means.optimal", lang) if made.best.optimal else _open(made, lang)
    lines = [text("means.summary", lang, **told, value=value, proven=proven)]
    for name, limit in made.plan.limits.items():
        spent = {"used": number(made.used(name), lang), "limit": number(limit, lang)}
        lines.append(text("means.used_days" if name == "days" else "means.used_eur", lang, **spent))
    if made.cofunding_eur > 0 and made.leverage is not None:
        euros = {"cofunding": number(made.cofunding_eur, lang), "own": number(made.own_eur, lang)}
        lines.append(text("means.leverage", lang, **euros, leverage=number(made.leverage, lang, 2)))
    binding = [item for item in made.conditions if item.binds(made.best.chosen)]
    if binding:
        words = "; " if lang == "en" else "\u00a0; "
        lines.append(text("means.binding", lang, conditions=words.join(_words(c, theme_names, lang) for c in binding)))
    if made.plan.alternatives:
        asked = {"found": number(len(made.alternatives), lang), "gap": number(made.plan.gap_pct, lang)}
        lines.append(text("means.alternatives", lang, **asked))
    return [*lines, notice_in(made.notice, lang)] if made.notice else lines


def _open(made: Portfolio, lang: str) -> str:
    from smart_territoires_plugin.core.messages.numbers import number

    return text("means.best_found", lang, gap=number(made.best.gap_pct, lang, 2))


def _words(condition: Condition, theme_names: Mapping[str, str], lang: str) -> str:
    """Return a condition in words."""
    values = dict(condition.values)
    if "theme" in values:
        values["theme"] = theme_names.get(values["theme"], values["theme"])
    return text(f"means.condition.{condition.kind}", lang, **values)


def _condition(condition: Condition, best: Choice) -> dict[str, Any]:
    values = {name: value for name, value in condition.values.items() if name in ("group", "value", "theme", "size")}
    return {
        "kind": condition.kind,
        **values,
        "at_least": condition.low if np.isfinite(condition.low) else None,
        "at_most": condition.high if np.isfinite(condition.high) else None,
        "total": _rounded(condition.total(best.chosen)),
        "binding": condition.binds(best.chosen),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.{_DIGITS}g}")


__all__: Sequence[str] = ["FILES", "Portfolio", "portfolio_summary", "write_portfolio"]
