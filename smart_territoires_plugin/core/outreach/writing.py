"""Writing of the sheets with their mail merge, and of the note: whole or not at all, no page of a former run left."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from smart_territoires_plugin.core.errors import Problem, ResultsError
from smart_territoires_plugin.core.outreach.mail_merge import mail_merge
from smart_territoires_plugin.core.outreach.material import chosen_codes, read_material
from smart_territoires_plugin.core.outreach.note import note
from smart_territoires_plugin.core.outreach.sheet import index, sheet
from smart_territoires_plugin.core.outreach.subject import subject_of
from smart_territoires_plugin.core.results.publication import publication
from smart_territoires_plugin.core.results.tables import write_csv
from smart_territoires_plugin.core.results.workbook import column_labels, write_workbook

FILES = {"index": "index.html", "mail_merge": "mail_merge.csv", "workbook": "mail_merge.xlsx"}
_OURS = re.compile(r"sheet_[A-Za-z0-9_-]+\.html")


def write_sheets(
    folder: Path,
    out: Path,
    lang: str,
    audience: str = "internal",
    codes: Sequence[str] = (),
    first: int | None = None,
    level: str | None = None,
) -> dict[str, Path]:
    """Write a sheet per territory or call unit, their index and the table for mail merge.

    Parameters
    ----------
    folder : Path
        Results of a run.
    out : Path
        Folder of the sheets; sheets of a former writing that are not made again go.
    lang : {"fr", "en"}
    audience : {"internal", "public"}
        For the public the sheets stand in the order of names, since that of ranks would tell them.
    codes : sequence of str
        Territories or call units; the shortlist if there are none.
    first : int, optional
        Of those, how many.
    level : {"territories", "call_units"}, optional
        By default the call units, where the study asks for some and all the codes are theirs.

    Returns
    -------
    dict of str to Path
        The files by what they are; sheets by their code.

    Raises
    ------
    ResultsError
        If there are no results, no such territory, or the folder cannot be written.
    """
    material = read_material(folder, level, codes)
    if Path(out).resolve() == Path(folder).resolve():
        raise ResultsError(Problem("outreach.own_folder", str(out)))
    chosen = chosen_codes(material, codes, first)
    subjects = [subject_of(material, code, lang, audience) for code in chosen]
    if audience == "public":
        subjects.sort(key=lambda subject: (subject.name.casefold(), subject.code))
    pages = list(zip(page_names([subject.code for subject in subjects]), subjects, strict=True))
    table = mail_merge(material, pages, lang, audience)
    labels = column_labels(table.columns, material.theme_names(lang), lang)
    with publication(Path(out), optional=_former(Path(out))) as staging:
        for name, subject in pages:
            (staging / name).write_text(sheet(material, subject, lang, audience), encoding="utf-8")
        (staging / FILES["index"]).write_text(index(material, pages, lang, audience), encoding="utf-8")
        write_csv(table, staging / FILES["mail_merge"])
        notice = "; ".join(material.notices(lang))
        write_workbook(staging / FILES["workbook"], {"mail_merge": table}, labels, lang, notice)
    made = {name: Path(out) / file for name, file in FILES.items()}
    return {**made, **{subject.code: Path(out) / name for name, subject in pages}}


def write_note(folder: Path, path: Path, lang: str, level: str | None = None) -> Path:
    """Write the note to the director.

    Parameters
    ----------
    level : {"territories", "call_units"}, optional
        By default the call units, where the study asks for some.

    Raises
    ------
    ResultsError
        If there are no results, or the file cannot be written.
    """
    path = Path(path)
    if path.suffix.lower() not in (".html", ".htm"):
        raise ResultsError(Problem("outreach.not_html", str(path)))
    written = note(read_material(folder, level), lang)
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(written, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise ResultsError(Problem("outreach.not_written", str(path), {"reason": error.strerror or "?"})) from error
    return path


def page_names(codes: Sequence[str]) -> list[str]:
    """Return a file name for each code, safe on any system and its own.

    Examples
    --------
    >>> page_names(["01001", "a/b", "a:b"])
    ['sheet_01001.html', 'sheet_a_b.html', 'sheet_a_b_2.html']
    """
    seen: set[str] = set()
    made = []
    for code in codes:
        stem = re.sub(r"[^A-Za-z0-9-]", "_", code)
        name, copy = stem, 1
        # Two names that differ by case alone are one file on many systems.
        while name.casefold() in seen:
            copy += 1
            name = f"{stem}_{copy}"
        seen.add(name.casefold())
        made.append(f"sheet_{name}.html")
    return made


def _former(out: Path) -> list[str]:
    """Return the sheets that a former writing lists in its table."""
    path = out / FILES["mail_merge"]
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as stream:
        listed = [row.get("page") or "" for row in csv.DictReader(stream)]
    return [name for name in listed if _OURS.fullmatch(name)]
