"""``themes``: a theme matrix read, its pairwise comparisons and its register made into shares, weighed and written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from smart_territoires_plugin.core.errors import Problem, ResultsError, ScoringError, SmartTerritoiresError, StudyError
from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.results.evidence import read_manifest
from smart_territoires_plugin.core.results.publication import publication, settle
from smart_territoires_plugin.core.results.theme_tables import WeighedThemes, write_themes
from smart_territoires_plugin.core.scoring.pairwise import pairwise_judgement
from smart_territoires_plugin.core.study.model import Name
from smart_territoires_plugin.core.targeting.theme_demand import register_demand
from smart_territoires_plugin.core.targeting.theme_matrix import matrix_robustness, turning_points, weigh_themes
from smart_territoires_plugin.core.targeting.theme_matrix_reading import Consideration, MatrixFile
from smart_territoires_plugin.core.targeting.theme_weights_in_study import with_theme_weights


def weigh(file: MatrixFile) -> tuple[WeighedThemes, list[Problem]]:
    """Weigh the themes of a file.

    Returns
    -------
    WeighedThemes, list of Problem
        The second: comparisons that contradict each other too much, wishes for themes that are not weighed.

    Raises
    ------
    SmartTerritoiresError
        With every problem of comparisons and registers at once.
    """
    problems: list[Problem] = []
    warnings: list[Problem] = []
    consistency: dict[str, float] = {}
    demand: dict[str, np.ndarray] = {}
    themes = tuple(file.themes)
    columns = []
    for consideration in file.considerations:
        try:
            columns.append(_column(consideration, themes, warnings, consistency, demand))
        except SmartTerritoiresError as error:
            problems += _placed(error, consideration.where)
    names = tuple(consideration.id for consideration in file.considerations)
    weights = [consideration.weight for consideration in file.considerations]
    if file.comparisons is not None:
        try:
            weights = _compared(names, file.comparisons, file.comparisons_where, "weights", warnings, consistency)
        except ScoringError as error:
            problems += _placed(error, file.comparisons_where)
    if problems:
        raise ScoringError(*problems)
    matrix = weigh_themes(themes, names, weights, np.column_stack(columns))
    robustness = matrix_robustness(matrix, file.draws, file.seed, file.share)
    notice = text("notice.fictitious", "en") if file.fictitious else ""
    return WeighedThemes(file, matrix, robustness, turning_points(matrix), consistency, demand, notice), warnings


def _placed(error: SmartTerritoiresError, where: str) -> list[Problem]:
    """Return problems of a method with the line of the file that they come from."""
    return [replace(problem, where=where) for problem in error.problems]


def _column(
    consideration: Consideration, themes: Sequence[str], warnings: list, consistency: dict, demand: dict
) -> np.ndarray:
    """Return what a consideration says of each theme; notes what must be told of it."""
    said, where = consideration.said, consideration.where
    if consideration.way == "register":
        found, told = register_demand(said, themes, where)
        warnings += told
        demand[consideration.id] = found.counts
        return found.counts.astype(float)
    if consideration.way == "comparisons":
        return _compared(themes, said, where, consideration.id, warnings, consistency)
    return np.array([float(said[theme]) for theme in themes])


def _compared(
    names: Sequence[str], comparisons: Sequence, where: str, key: str, warnings: list, consistency: dict
) -> np.ndarray:
    judgement = pairwise_judgement(names, comparisons)
    consistency[key] = judgement.consistency_ratio
    if judgement.problem is not None:
        warnings.append(replace(judgement.problem, where=where))
    return judgement.weights


def named_as_in(file: MatrixFile, results: Path) -> tuple[MatrixFile, str]:
    """Return a matrix whose themes have the names of a results folder's study, and what its outputs must say.

    Raises
    ------
    ResultsError
        If the folder holds no results, or its study lacks a theme.
    """
    settle(results)
    study = read_manifest(results)["study"]
    known = {theme["id"]: Name(**theme["name"]) for theme in study["themes"]}
    unknown = [theme for theme in file.themes if theme not in known]
    if unknown:
        told = ", ".join(known) or "–"
        where = file.path.name
        raise ResultsError(*(Problem("matrix.theme_not_in_study", where, {"theme": t, "known": told}) for t in unknown))
    notices = ["fictitious"] if study.get("fictitious") or file.fictitious else []
    return replace(file, themes={theme: known[theme] for theme in file.themes}), "; ".join(
        text(f"notice.{code}", "en") for code in notices
    )


def weigh_to_folder(
    file: MatrixFile,
    folder: Path,
    lang: str,
    results: Path | None = None,
    study: Path | None = None,
    target: Path | None = None,
) -> tuple[WeighedThemes, list[Problem]]:
    """Weigh the themes of a file and write the ranking, the weights and their robustness, whole or not at all.

    Parameters
    ----------
    file : MatrixFile
    folder : Path
    lang : {"fr", "en"}
    results : Path, optional
        A results folder whose study names the themes.
    study, target : Path, optional
        A study, and where a copy of it with the weights of the themes goes; the study itself stays.

    Returns
    -------
    WeighedThemes, list of Problem
        The second: what must be known and refuses nothing.
    """
    notice = ""
    if results is not None:
        file, notice = named_as_in(file, Path(results))
    made, warnings = weigh(file)
    made = replace(made, notice=notice or made.notice)
    copied = None if study is None else study_with_weights(study, target, made)
    with publication(Path(folder)) as staging:
        write_themes(staging, made, lang)
    if copied is not None:
        _write(target, copied)
        if study.resolve().parent != target.resolve().parent:
            values = {"folder": str(study.resolve().parent)}
            warnings.append(Problem("matrix.paths_lead_elsewhere", str(target), values, "warning"))
    return made, warnings


def study_with_weights(study: Path, target: Path, made: WeighedThemes) -> str:
    """Return the text of a study with the weights of the themes; nothing else of it changes.

    Raises
    ------
    StudyError
        If the study is wrong, lacks a theme, or is itself the target.
    """
    from smart_territoires_plugin.core.study import read_study

    if study.resolve() == target.resolve():
        raise StudyError(Problem("matrix.study_itself", str(target)))
    read_study(study)
    with study.open(encoding="utf-8", newline="") as stream:
        return with_theme_weights(stream.read(), made.theme_weights, study.name)


def _write(target: Path, content: str) -> None:
    staged = target.with_name(f".{target.name}.part")
    try:
        with staged.open("w", encoding="utf-8", newline="") as stream:
            stream.write(content)
        os.replace(staged, target)
    except OSError as error:
        staged.unlink(missing_ok=True)
        values = {"reason": error.strerror or str(error)}
        raise StudyError(Problem("results.not_writable", str(target), values)) from error
