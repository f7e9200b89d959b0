"""The list of targets: who to call, about what, with whom, and how stable each rank is."""

from __future__ import annotations

from collections.abc import Mapping

from qgis.core import QgsPrintLayout

from smart_territoires_plugin.atlas import canvas, furniture, tables
from smart_territoires_plugin.atlas.edition import Edition, PageBuilder
from smart_territoires_plugin.atlas.results import Territory

TOP_MM = 34.0
HEIGHT_MM = 148.0
SIZE_PT = 7.5


def list_pages(edition: Edition, page_of: Mapping[str, int]) -> list:
    """Return the builders of the list.

    Parameters
    ----------
    edition : Edition
        The export.
    page_of : mapping
        The page of each target's code; empty where each target has its own file.
    """
    table = target_table(edition, page_of)
    pages = tables.split_rows(table, furniture.CONTENT_WIDTH_MM, HEIGHT_MM, HEIGHT_MM)
    return [_page(edition, table, rows, first=index == 0) for index, rows in enumerate(pages)]


def target_table(edition: Edition, page_of: Mapping[str, int]) -> tables.Table:
    """Return the list as words."""
    groups = edition.group_columns()
    headings = [
        edition.say("atlas.list.rank"),
        edition.say("column.name"),
        *(edition.group_label(column) for column in groups),
        edition.say("atlas.list.interval"),
        edition.say("column.stability"),
        edition.say("column.readiness"),
        edition.say("column.recommended_theme"),
        edition.say("column.peer_name"),
        *([edition.say("atlas.list.page")] if page_of else []),
    ]
    rows = tuple(_row(edition, target, groups, page_of) for target in edition.results.targets)
    columns = tuple(
        tables.column(heading, [row[index] for row in rows], SIZE_PT, bold=index < 2, accent=index == 0)
        for index, heading in enumerate(headings)
    )
    return tables.Table(columns, rows, SIZE_PT)


def _row(edition: Edition, target: Territory, groups: list, page_of: Mapping[str, int]) -> tuple:
    stability = target.value("stability")
    peer = edition.results.named(target.value("peer_code"))
    cells = [
        edition.rank(target),
        target.name,
        *(str(target.value(column) or "–") for column in groups),
        edition.interval(target),
        edition.say(f"stability.{stability}") if stability else edition.written(None),
        edition.written(target.number("readiness"), 0),
        edition.results.theme_name(target.value("recommended_theme"), edition.lang) or "–",
        peer.name if peer else "–",
    ]
    if page_of:
        cells.append(str(page_of.get(target.code, "")))
    return tuple(cells)


def _page(edition: Edition, table: tables.Table, rows: list, first: bool) -> PageBuilder:
    def build(page: int, pages: int) -> QgsPrintLayout:
        title = edition.say("atlas.list.title")
        layout = canvas.new_page(edition.project, title)
        kicker = f"{edition.say('atlas.title')} – {edition.results.study.get('name') or ''}"
        shown = title if first else edition.say("atlas.continued", title=title)
        furniture.put_title(layout, kicker, shown, edition.say("atlas.list.caption"))
        if rows:
            tables.put_table(layout, table, rows, canvas.MARGIN_MM, TOP_MM, furniture.CONTENT_WIDTH_MM)
        else:
            box = canvas.Box(canvas.MARGIN_MM, TOP_MM, furniture.CONTENT_WIDTH_MM, 8)
            canvas.put_text(layout, edition.say("atlas.list.empty"), box, 11)
        furniture.put_footer(layout, edition, page, pages)
        return layout

    return build
