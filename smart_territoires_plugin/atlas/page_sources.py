"""The page of sources and indicators: what was measured, from what, owed to whom, under which licence."""

from __future__ import annotations

from qgis.core import QgsPrintLayout

from smart_territoires_plugin.atlas import canvas, furniture, tables
from smart_territoires_plugin.atlas.edition import Edition, PageBuilder

TOP_MM = 34.0
BOTTOM_MM = 182.0
HEADING_MM = 7.0
GAP_MM = 6.0
FEWEST_ROWS = 4


def sources_pages(edition: Edition) -> list:
    """Return the builders of the pages: sources, then indicators, on one page where they fit."""
    pages: list = [[]]
    y = TOP_MM
    for heading, table in (
        ("atlas.sources.sources", source_table(edition)),
        ("atlas.sources.indicators", indicator_table(edition)),
    ):
        if y > TOP_MM and _least_height(table) > BOTTOM_MM - y:
            pages.append([])
            y = TOP_MM
        rooms = (BOTTOM_MM - y - HEADING_MM, BOTTOM_MM - TOP_MM - HEADING_MM)
        for index, rows in enumerate(tables.split_rows(table, furniture.CONTENT_WIDTH_MM, *rooms)):
            if index:
                pages.append([])
                y = TOP_MM
            pages[-1].append((heading, table, rows, y))
            heights = (tables.row_height_mm(table, row, furniture.CONTENT_WIDTH_MM) for row in rows)
            y += HEADING_MM + tables.heading_height_mm(table) + sum(heights) + GAP_MM
    return [_page(edition, sections) for sections in pages]


def _least_height(table: tables.Table) -> float:
    """Return the height of a heading with a few rows: less than that is not worth beginning on a page."""
    rows = table.rows[:FEWEST_ROWS]
    heights = (tables.row_height_mm(table, row, furniture.CONTENT_WIDTH_MM) for row in rows)
    return HEADING_MM + tables.heading_height_mm(table) + sum(heights)


def source_table(edition: Edition) -> tables.Table:
    """Return the sources as words."""
    say = edition.say
    columns = (
        tables.Column(say("column.source"), 45, bold=True),
        tables.Column(say("atlas.sources.attribution"), 130),
        tables.Column(say("atlas.sources.date"), 30),
        tables.Column(say("atlas.sources.status"), 30),
    )
    rows = []
    for source_id, source in (edition.results.study.get("sources") or {}).items():
        owed = [str(source[key]) for key in ("attribution", "licence") if source.get(key)]
        status = source.get("status") or "observed"
        rows.append(
            (
                str(source_id),
                " – ".join(owed) or edition.written(None),
                edition.date(source["date"], short=True) if source.get("date") else edition.written(None),
                say(f"status.{status}"),
            )
        )
    return tables.Table(columns, tuple(rows))


def indicator_table(edition: Edition) -> tables.Table:
    """Return the indicators as words."""
    say = edition.say
    columns = (
        tables.Column(say("column.indicator"), 90, bold=True),
        tables.Column(say("column.role"), 32),
        tables.Column(f"{say('column.theme')}, {say('atlas.sources.axis')}", 60),
        tables.Column(say("column.unit"), 32),
        tables.Column(say("atlas.sources.weight"), 22),
        tables.Column(say("column.source"), 40),
    )
    rows = []
    for indicator in edition.results.study.get("indicators") or ():
        role = indicator.get("role")
        theme = edition.results.theme_name(indicator.get("theme"), edition.lang)
        axis = say(f"axis.{indicator['axis']}") if indicator.get("axis") else ""
        weight = indicator.get("weight")
        rows.append(
            (
                edition.results.label(indicator, edition.lang),
                say(f"role.{role}") if role else "",
                ", ".join(word for word in (theme, axis) if word) or "–",
                str(indicator.get("unit") or "–"),
                edition.written(float(weight)) if weight is not None else "–",
                str(indicator.get("source") or "–"),
            )
        )
    return tables.Table(columns, tuple(rows))


def _page(edition: Edition, sections: list) -> PageBuilder:
    def build(page: int, pages: int) -> QgsPrintLayout:
        title = edition.say("atlas.sources.title")
        layout = canvas.new_page(edition.project, title)
        kicker = f"{edition.say('atlas.title')} – {edition.results.study.get('name') or ''}"
        furniture.put_title(layout, kicker, title, furniture.date_sentence(edition))
        x, width = canvas.MARGIN_MM, furniture.CONTENT_WIDTH_MM
        for heading, table, rows, y in sections:
            furniture.put_heading(layout, edition.say(heading), x, y, width)
            if rows:
                tables.put_table(layout, table, rows, x, y + HEADING_MM, width)
            else:
                box = canvas.Box(x, y + HEADING_MM, width, 8)
                canvas.put_text(layout, edition.say("atlas.sources.none"), box, 10)
        furniture.put_footer(layout, edition, page, pages)
        return layout

    return build
