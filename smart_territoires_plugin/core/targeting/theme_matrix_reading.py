"""The theme matrix as a file says it: themes, considerations, marks and weights, every problem at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from smart_territoires_plugin.core.errors import Problem, StudyError
from smart_territoires_plugin.core.scoring.named_elements import name_problems
from smart_territoires_plugin.core.study.documents import Document, read_document
from smart_territoires_plugin.core.study.model import Name
from smart_territoires_plugin.core.study.schema import schema_problems
from smart_territoires_plugin.core.study.written import name_of

# How a consideration says what it thinks of the themes; each has exactly one of them.
WAYS = ("marks", "counts", "comparisons", "register")


@dataclass(frozen=True)
class Consideration:
    """One reason to prefer a theme to another.

    Parameters
    ----------
    id : str
    name : Name
    weight : float
        Among considerations, before they are brought to a sum of 1.
    way : {"marks", "counts", "comparisons", "register"}
        Marks from 0 to 10, counts of answers, pairwise comparisons, or what the register asks for.
    said : mapping, sequence or Path
        By theme; comparisons; the register's path.
    where : str
        Its line in the file.
    """

    id: str
    name: Name
    weight: float
    way: str
    said: Any
    where: str


@dataclass(frozen=True)
class MatrixFile:
    """What a file says of the theme matrix.

    Parameters
    ----------
    themes : mapping of id to Name
    considerations : tuple of Consideration
    comparisons : sequence of [id, id, ratio], optional
        Of the considerations, in place of their weights.
    draws, seed : int
    share : float
        Of each weight within which draws vary it.
    """

    path: Path
    name: str
    fictitious: bool
    themes: Mapping[str, Name]
    considerations: tuple[Consideration, ...]
    comparisons: Sequence[Sequence] | None = None
    comparisons_where: str = ""
    draws: int = 1000
    seed: int = 1
    share: float = 0.25
    content: Mapping[str, Any] = field(default_factory=dict)


def read_matrix(path: Path) -> MatrixFile:
    """Read and check a theme matrix; comparisons and the register are checked when they are made into shares.

    Raises
    ------
    StudyError
        With every problem of the file at once.
    """
    document = read_document(Path(path))
    problems = schema_problems(document, "theme_matrix.schema.json")
    problems = problems or list(_cross_problems(document))
    if problems:
        raise StudyError(*problems)
    content = document.content
    robustness = content.get("robustness", {})
    return MatrixFile(
        path=document.path,
        name=content.get("name", document.path.stem),
        fictitious=content.get("fictitious", False),
        themes={_id(item): name_of(_name(item), _id(item)) for item in content["themes"]},
        considerations=tuple(
            _consideration(document, place, item) for place, item in enumerate(content["considerations"])
        ),
        comparisons=content.get("weights", {}).get("comparisons"),
        comparisons_where=document.where(("weights", "comparisons")),
        draws=robustness.get("draws", 1000),
        seed=robustness.get("seed", 1),
        share=float(robustness.get("share", 0.25)),
        content=content,
    )


def _id(theme: Any) -> str:
    return theme if isinstance(theme, str) else theme["id"]


def _name(theme: Any) -> Any:
    return None if isinstance(theme, str) else theme.get("name")


def _consideration(document: Document, place: int, content: Mapping) -> Consideration:
    way = next(way for way in WAYS if way in content)
    said = document.path.parent / content["register"] if way == "register" else content[way]
    where = document.where(("considerations", place, way))
    name = name_of(content.get("name"), content["id"])
    return Consideration(content["id"], name, float(content.get("weight", 1)), way, said, where)


def _cross_problems(document: Document) -> Iterator[Problem]:
    content = document.content
    themes = [_id(item) for item in content["themes"]]
    for theme in (name for name, count in Counter(themes).items() if count > 1):
        yield Problem("matrix.theme_twice", document.where(("themes",)), {"theme": theme})
    names = [item["id"] for item in content["considerations"]]
    for name in (name for name, count in Counter(names).items() if count > 1):
        yield Problem("matrix.consideration_twice", document.where(("considerations",)), {"consideration": name})
    for place, item in enumerate(content["considerations"]):
        where = document.where(("considerations", place))
        ways = [way for way in WAYS if way in item]
        if len(ways) != 1:
            told = ", ".join(ways) or "–"
            yield Problem("matrix.one_way", where, {"consideration": item["id"], "ways": told})
        for way in (way for way in ("marks", "counts") if way in item):
            inside = document.where(("considerations", place, way))
            yield from name_problems(inside, item[way], themes)
            if not any(item[way].values()):
                yield Problem("matrix.all_zero", inside, {"consideration": item["id"]})
        if "weights" in content and "weight" in item:
            yield Problem("matrix.weight_twice", where, {"consideration": item["id"]})
    if "weights" not in content and not any(item.get("weight", 1) for item in content["considerations"]):
        yield Problem("matrix.no_weight", document.where(("considerations",)))
