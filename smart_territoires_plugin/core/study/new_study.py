"""A first study file: territories, themes and sources as a person chose them, with a comment on every part."""

from __future__ import annotations

import os
import tempfile
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Optional

from smart_territoires_plugin.core.errors import Problem, StudyError
from smart_territoires_plugin.core.messages import text
from smart_territoires_plugin.core.study.catalogue import TERRITORIES, Known, field_for
from smart_territoires_plugin.core.study.editing import laid_out, one_line
from smart_territoires_plugin.core.study.model import Name
from smart_territoires_plugin.core.study.reading import read_study

# The five priority themes; a study may have others.
THEMES: dict[str, Name] = {
    "energy": Name("Transition énergétique", "Energy transition"),
    "air": Name("Qualité de l'air", "Air quality"),
    "flood": Name("Résilience aux inondations et gestion de crise", "Flood resilience and crisis management"),
    "green": Name("Aménagement durable, espaces verts et naturels", "Sustainable planning, green and natural spaces"),
    "planning": Name("Outils et pratiques d'aménagement", "Planning tools and practices"),
}
SOURCE = "territories"
# Names under which files have it, the most telling first; those of the catalogue go before.
_CODES = "code_insee|insee_com|codgeo|code_commune|insee|code_com|depcom|com|code_epci|siren_epci|siren|code"
_NAMES = "nom_officiel|nom_com|libgeo|nom_commune|nom_com_m|libelle|nom|name|label"
_POPULATIONS = "population|pmun|ptot|pop_municipale|population_municipale|pop|p21_pop|p20_pop|popul"
_COMMENT_WIDTH = 118


@dataclass(frozen=True)
class Guessed:
    """Which fields of a layer tell code, name, population and groups; empty where none does."""

    code: str = ""
    name: str = ""
    population: str = ""
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FirstStudy:
    """What a first study says.

    Parameters
    ----------
    name, crs : str
        ``crs`` is projected.
    territories : mapping
        Entry of ``sources``: path, layer, where.
    code : str
    name_field, population_field : str
        Empty where there is none.
    groups : mapping of group to column
    themes : sequence of str
        Those of ``THEMES``.
    sources : mapping of id to entry
        Beside the territories.
    population : mapping
        ``{source, field}`` where the population comes from another source.
    indicators : sequence of mapping
        One at least.
    """

    name: str
    crs: str
    territories: Mapping[str, Any]
    code: str
    name_field: str = ""
    population_field: str = ""
    groups: Mapping[str, str] = field(default_factory=dict)
    themes: Sequence[str] = ()
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    population: Mapping[str, str] = field(default_factory=dict)
    indicators: Sequence[Mapping[str, Any]] = ()


def guessed_fields(fields: Sequence[str], catalogue: Sequence[Known] = ()) -> Guessed:
    """Guess the fields of a layer of territories by their names.

    Examples
    --------
    >>> guessed_fields(["fid", "INSEE_COM", "NOM", "POPULATION"])
    Guessed(code='INSEE_COM', name='NOM', population='POPULATION', groups={})
    """
    groups: dict[str, str] = {}
    known = [one.content["territories"] for one in catalogue if one.use == TERRITORIES]
    for written in known:
        for key, names in written.items():
            found = field_for(names, fields) if key.startswith("group_") else None
            if found is not None:
                groups.setdefault(key[len("group_") :], found)

    def first(key: str, names: str) -> str:
        needs = [written[key] for written in known if key in written] + [names]
        return next((found for found in (field_for(need, fields) for need in needs) if found is not None), "")

    return Guessed(first("code", _CODES), first("name", _NAMES), first("population", _POPULATIONS), groups)


def relative_path(path: Path, folder: Path) -> str:
    """Return a file's path as a study in a folder writes it; absolute where they are on different drives."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return Path(path).as_posix()


def study_text(first: FirstStudy, lang: str) -> str:
    """Return the YAML of a first study, with its comments in a language."""
    territories: dict[str, Any] = {"source": SOURCE, "code": first.code}
    if first.name_field:
        territories["name"] = first.name_field
    if first.population or first.population_field:
        territories["population"] = dict(first.population) or first.population_field
    lines = [
        *_comment("head", lang),
        "version: 1",
        f"name: {one_line(first.name)}",
        f"crs: {one_line(first.crs)}   # {text('editing.crs', lang)}",
        "",
        *_comment("territories", lang),
        f"territories: {one_line(territories)}",
    ]
    if first.groups:
        lines += ["", *_comment("groups", lang), f"groups: {one_line(dict(first.groups))}"]
    lines += ["", *_comment("sources", lang), "sources:", f"  {SOURCE}: {one_line(dict(first.territories))}"]
    lines += [f"  {name}: {one_line(dict(entry))}" for name, entry in first.sources.items()]
    if first.themes:
        lines += ["", *_comment("themes", lang), "themes:"]
        for theme in first.themes:
            known = THEMES[theme]
            lines += _item({"id": theme, "name": {"fr": known.fr, "en": known.en}, "weight": 1})
    lines += ["", *_comment("indicators", lang), "indicators:" if first.indicators else "indicators: []"]
    for indicator in first.indicators:
        lines += _item(indicator)
    lines += ["", *_comment("scoring", lang), "scoring: {missing: renormalise}"]
    lines += ["", *_comment("targeting", lang), "targeting: {shortlist: 30}"]
    lines += ["", *_comment("robustness", lang), "robustness: {draws: 1000, seed: 1}"]
    return "\n".join(lines) + "\n"


def new_study(path: Path, first: FirstStudy, lang: str) -> Path:
    """Write a first study.

    Parameters
    ----------
    path : Path
        Of the file to make; one that is there is not overwritten.
    first : FirstStudy
    lang : {"fr", "en"}
        Language of the comments.

    Raises
    ------
    StudyError
        With every problem of what was chosen; then nothing is written.
    """
    path = Path(path)
    if path.exists():
        raise StudyError(Problem("editing.study_exists", str(path)))
    if not first.indicators:
        raise StudyError(Problem("editing.no_indicator", path.name))
    draft: Optional[Path] = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, made = tempfile.mkstemp(prefix=".new-", suffix=".yaml", dir=path.parent)
        draft = Path(made)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(study_text(first, lang))
        read_study(draft, needs_schema=False)
        draft.chmod(0o644)
        os.replace(draft, path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StudyError(Problem("editing.not_written", str(path), {"reason": reason})) from error
    except StudyError as error:
        told = [Problem(p.code, p.where.replace(draft.name, path.name), p.values, p.severity) for p in error.problems]
        raise StudyError(*told) from error
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)
    return path


def _comment(part: str, lang: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(text(f"editing.{part}", lang), _COMMENT_WIDTH)]


def _item(item: Mapping[str, Any]) -> list[str]:
    return [f"  {line}" for line in laid_out(item, _COMMENT_WIDTH)]
