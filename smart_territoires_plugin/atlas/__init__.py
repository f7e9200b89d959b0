"""The map atlas: print layouts and their export to PDF, in QGIS or headless."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Callable, Optional


def export_atlas(
    results_folder: Path,
    output: Path,
    lang: str = "fr",
    progress: Optional[Callable[[float, str], None]] = None,
    codes: Collection[str] = (),
) -> Path:
    """Export the atlas of a results folder to PDF.

    Parameters
    ----------
    results_folder : Path
        What ``smart-territoires run`` wrote: ``results.gpkg`` and ``manifest.json``; only read.
    output : Path
        A ``.pdf`` file for everything in one file, else a folder: ``overview.pdf`` and one file per target,
        named ``dep_<dep>_<name>_<code>.pdf``. What was there before stays whole until the new file is complete.
    lang : {"fr", "en"}
        Language of the pages.
    progress : callable, optional
        Takes the share done (0–1) and a short label; raises ``core.errors.Cancelled`` to stop.
    codes : collection of str
        Of the targets that have a page; all of them if none is given. Overview and list are of all targets; those who
        are no targets are told and left out.

    Returns
    -------
    Path
        The file or the folder written.

    Raises
    ------
    core.errors.ResultsError
        If the folder holds no results, no code is of a target, or the output cannot be written.

    Notes
    -----
    Needs a running ``QgsApplication``; QGIS asks that layouts be made and exported on its main thread.

    Examples
    --------
    >>> export_atlas(Path("results"), Path("atlas.pdf"), lang="fr")  # doctest: +SKIP
    PosixPath('atlas.pdf')
    """
    # Imported here so that ``python -m smart_territoires_plugin.atlas`` can say that PyQGIS is missing.
    from smart_territoires_plugin.atlas.export import write_atlas

    write_atlas(Path(results_folder), Path(output), lang, progress, codes)
    return Path(output)
