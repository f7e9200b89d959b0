"""From a results folder to PDF: what goes into which file, page after page, each file whole or not there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Optional

from qgis.core import Qgis, QgsAbstractLayoutIterator, QgsLayoutExporter, QgsPrintLayout, QgsProject

from smart_territoires_plugin.atlas import furniture, page_target
from smart_territoires_plugin.atlas.edition import Edition
from smart_territoires_plugin.atlas.file_names import distinct, target_file_name
from smart_territoires_plugin.atlas.locator import make_locator
from smart_territoires_plugin.atlas.map_layers import make_map_layers
from smart_territoires_plugin.atlas.page_list import list_pages
from smart_territoires_plugin.atlas.page_overview import overview_pages
from smart_territoires_plugin.atlas.page_sources import sources_pages
from smart_territoires_plugin.atlas.problems import atlas_error
from smart_territoires_plugin.atlas.results import Results, check_results, read_results
from smart_territoires_plugin.core.errors import Cancelled
from smart_territoires_plugin.core.messages import text

# Text is measured for that resolution; maps and drawings are vectors at any.
DPI = 300
OVERVIEW = "overview.pdf"
MAX_NAMED = 5
# Reading and preparing, then pages, then moving files.
PAGES_FROM, PAGES_TO = 0.1, 0.98
Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class PlannedPage:
    """One page: what is said while it is made, and what makes it."""

    label: str
    build: Callable[[int, int], QgsPrintLayout]


@dataclass(frozen=True)
class PlannedFile:
    """One file and its pages."""

    path: Path
    pages: tuple


def write_atlas(
    results_folder: Path,
    output: Path,
    lang: str,
    progress: Optional[Progress] = None,
    codes: Collection[str] = (),
) -> list:
    """Write the atlas; return the files, the overview first.

    See ``smart_territoires_plugin.atlas.export_atlas``; this one returns what was written.
    """
    report: Progress = progress or _silent
    check_results(results_folder, lang)
    check_output(output, lang)
    report(0.0, text("atlas.step.reading", lang))
    results = read_results(results_folder, lang)
    others = sorted(set(codes) - {target.code for target in results.targets})
    if codes and len(others) == len(set(codes)):
        raise atlas_error("atlas.no_target", results_folder, lang, codes=", ".join(others[:MAX_NAMED]))
    if others:
        report(0.0, text("atlas.step.no_page", lang, codes=", ".join(others[:MAX_NAMED])))
    with tempfile.TemporaryDirectory(prefix="smart_territoires_atlas_") as scratch:
        edition = make_edition(results, lang, Path(scratch))
        files = plan_files(edition, output, codes)
        return _write_files(edition, files, report)


def _silent(done: float, label: str) -> None:
    """Report nothing."""


def check_output(output: Path, lang: str) -> None:
    """Refuse a place that cannot be written before any work is done."""
    single = output.suffix.lower() == ".pdf" and not output.is_dir()
    if output.is_file() and not single:
        raise atlas_error("atlas.not_pdf", output, lang)
    folder = output.parent if single else output
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise atlas_error("atlas.not_writable", output, lang, detail=error.strerror or str(error)) from error


def make_edition(results: Results, lang: str, scratch: Path) -> Edition:
    """Return what all pages share."""
    layers = make_map_layers(results, lang)
    picture = make_locator(results, layers, scratch, page_target.LOCATOR_SIDE_MM, page_target.LOCATOR_HEIGHT_MM)
    return Edition(results, lang, QgsProject(), layers, picture, scratch)


def plan_files(edition: Edition, output: Path, codes: Collection[str] = ()) -> list:
    """Return the files and their pages: one file, or the overview and one file per target.

    Overview and list are of all targets, whichever have a page.
    """
    say = edition.say
    targets = [
        (
            target,
            [
                PlannedPage(say("atlas.step.target", rank=edition.rank(target), name=target.name), build)
                for build in page_target.target_pages(edition, target)
            ],
        )
        for target in edition.results.targets
        if not codes or target.code in codes
    ]
    overview = [PlannedPage(say("atlas.step.overview"), build) for build in overview_pages(edition)]
    sources = [PlannedPage(say("atlas.sources.title"), build) for build in sources_pages(edition)]
    if not output.is_dir() and output.suffix.lower() == ".pdf":
        # The list says on which page each target is, and its own length moves them: placeholders have the right width.
        lists = len(list_pages(edition, {target.code: 888 for target, _ in targets}))
        page_of, page = {}, len(overview) + lists + 1
        for target, pages in targets:
            page_of[target.code] = page
            page += len(pages)
        listed = [PlannedPage(say("atlas.list.title"), build) for build in list_pages(edition, page_of)]
        every = [page for _, pages in targets for page in pages]
        return [PlannedFile(output, (*overview, *listed, *every, *sources))]
    listed = [PlannedPage(say("atlas.list.title"), build) for build in list_pages(edition, {})]
    files = [PlannedFile(output / OVERVIEW, (*overview, *listed, *sources))]
    names = distinct(
        [target_file_name(target.code, target.name, target.value("group_departement")) for target, _ in targets]
    )
    # A page whose footer has no room for every attribution takes the page of sources along.
    appendix = [] if furniture.sources_fit(edition) else sources
    for name, (_, pages) in zip(names, targets):
        files.append(PlannedFile(output / name, (*pages, *appendix)))
    return files


def _write_files(edition: Edition, files: list, report: Progress) -> list:
    """Export every file beside its place under a temporary name, then move all of them."""
    total = sum(len(planned.pages) for planned in files)
    staged: list = []
    done = 0
    try:
        for planned in files:
            handle, name = tempfile.mkstemp(prefix=".atlas-", suffix=".pdf", dir=planned.path.parent)
            os.close(handle)
            staged.append((Path(name), planned.path))
            _export(planned, Path(name), report, done, total, edition.lang)
            done += len(planned.pages)
        report(PAGES_TO, text("atlas.step.writing", edition.lang))
        for temporary, path in staged:
            try:
                # What mkstemp makes is for its owner alone; a new file has the rights that the person's files have.
                temporary.chmod(0o666 & ~_umask())
                os.replace(temporary, path)
            except OSError as error:
                raise atlas_error(
                    "atlas.not_writable", path, edition.lang, detail=error.strerror or str(error)
                ) from error
    finally:
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)
    report(1.0, text("atlas.step.writing", edition.lang))
    return [planned.path for planned in files]


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _export(planned: PlannedFile, path: Path, report: Progress, done: int, total: int, lang: str) -> None:
    def told(index: int, label: str) -> None:
        report(PAGES_FROM + (PAGES_TO - PAGES_FROM) * (done + index) / total, label)

    pages = PageIterator(planned.pages, told)
    settings = QgsLayoutExporter.PdfExportSettings()
    settings.dpi = DPI
    settings.textRenderFormat = Qgis.TextRenderFormat.AlwaysText
    settings.forceVectorOutput = True
    settings.rasterizeWholeImage = False
    settings.simplifyGeometries = True
    settings.exportMetadata = True
    result, detail = QgsLayoutExporter.exportToPdf(pages, str(path), settings, None)
    if pages.failure is not None:
        raise pages.failure
    if result != QgsLayoutExporter.ExportResult.Success:
        raise atlas_error("atlas.export_failed", planned.path, lang, detail=detail or str(result))


class PageIterator(QgsAbstractLayoutIterator):
    """Hand pages to QGIS one by one: each is built when it is wanted and gone after, so memory stays flat.

    Parameters
    ----------
    pages : tuple of PlannedPage
        What to build.
    told : callable
        Takes the number of pages done and a label; raises ``Cancelled`` to stop.
    """

    def __init__(self, pages: Iterable[PlannedPage], told: Callable[[int, str], None]):
        super().__init__()
        self._pages = tuple(pages)
        self._told = told
        self._next = 0
        self._layout: Optional[QgsPrintLayout] = None
        self.failure: Optional[BaseException] = None

    def layout(self) -> Optional[QgsPrintLayout]:
        """Return the page to print."""
        return self._layout

    def beginRender(self) -> bool:
        """Say that pages are there."""
        return True

    def endRender(self) -> bool:
        """Let go of the last page."""
        self._layout = None
        return True

    def count(self) -> int:
        """Return the number of pages."""
        return len(self._pages)

    def filePath(self, base: str, extension: str) -> str:
        """Return the file of a page: the same for all."""
        return base

    def next(self) -> bool:
        """Build the next page; an exception ends the export and is kept, since it cannot pass through QGIS."""
        if self.failure is not None or self._next >= len(self._pages):
            return False
        page = self._pages[self._next]
        try:
            self._told(self._next, page.label)
            self._layout = page.build(self._next + 1, len(self._pages))
        except (Exception, Cancelled, KeyboardInterrupt) as failure:
            self.failure = failure
            return False
        self._next += 1
        return True
