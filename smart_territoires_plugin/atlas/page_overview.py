"""The overview pages: where the territories stand, where projects are likely to work, where to start."""

from __future__ import annotations

from statistics import median

from qgis.core import QgsPrintLayout, QgsVectorLayer

from smart_territoires_plugin.atlas import canvas, furniture, palette, symbology
from smart_territoires_plugin.atlas.canvas import Box
from smart_territoires_plugin.atlas.edition import Edition, PageBuilder

MAP_BOX = Box(10, 34, 181, 147)
PANEL_X, PANEL_WIDTH = 197.0, 90.0
FIRST_TARGETS = 10
MOST_GROUPS_LISTED = 10


def overview_pages(edition: Edition) -> list:
    """Return the builders of the three overview pages."""
    return [_segments_page(edition), _readiness_page(edition), _priority_page(edition)]


def _page(edition: Edition, title: str, subtitle: str, layers: tuple) -> QgsPrintLayout:
    layout = canvas.new_page(edition.project, title)
    kicker = f"{edition.say('atlas.title')} – {edition.results.study.get('name') or ''}"
    furniture.put_title(layout, kicker, title, subtitle)
    extent = edition.layers.extent
    item = canvas.put_map(layout, layers, extent, edition.results.crs, MAP_BOX)
    item.zoomToExtent(extent.buffered(0.03 * max(extent.width(), extent.height())))
    canvas.put_scale_bar(layout, item, MAP_BOX.x + 3, MAP_BOX.bottom - 2.5, 40)
    if edition.layers.outlined:
        words = _boundary_words(edition)
        box = Box(MAP_BOX.right - 62, MAP_BOX.bottom - 6, 60, 4)
        canvas.put_text(layout, f"━ {words}", box, 6.5, palette.GROUP_BOUNDARY, across=canvas.RIGHT)
    return layout


def _boundary_words(edition: Edition) -> str:
    try:
        return edition.say(f"legend.{edition.layers.outlined}")
    except KeyError:
        return edition.say("legend.group")


def _over(edition: Edition, layer: QgsVectorLayer, *above: QgsVectorLayer) -> tuple:
    outlines = (edition.layers.groups,) if edition.layers.groups is not None else ()
    return (*above, *outlines, layer)


def _segments_page(edition: Edition) -> PageBuilder:
    def build(page: int, pages: int) -> QgsPrintLayout:
        layers = _over(edition, edition.layers.segments)
        layout = _page(edition, edition.say("atlas.segments.title"), edition.say("atlas.question"), layers)
        _put_key_figures(layout, edition, Box(PANEL_X, 34, PANEL_WIDTH, 21))
        furniture.put_heading(layout, edition.say("atlas.strategy"), PANEL_X, 59, PANEL_WIDTH)
        _put_segment_table(layout, edition, Box(PANEL_X, 66, PANEL_WIDTH, 90))
        _put_caption(layout, edition, "atlas.segments.caption", Box(PANEL_X, 158, PANEL_WIDTH, 23))
        furniture.put_footer(layout, edition, page, pages)
        return layout

    return build


def _readiness_page(edition: Edition) -> PageBuilder:
    def build(page: int, pages: int) -> QgsPrintLayout:
        layers = _over(edition, edition.layers.readiness)
        layout = _page(edition, edition.say("atlas.readiness.title"), edition.say("atlas.readiness.subtitle"), layers)
        furniture.put_heading(layout, edition.say("atlas.by_class"), PANEL_X, 34, PANEL_WIDTH)
        _put_histogram(layout, edition, "readiness", palette.READINESS_COLOURS, Box(PANEL_X, 41, PANEL_WIDTH, 48))
        _put_group_medians(layout, edition, Box(PANEL_X, 94, PANEL_WIDTH, 58))
        _put_caption(layout, edition, "atlas.readiness.caption", Box(PANEL_X, 156, PANEL_WIDTH, 25))
        furniture.put_footer(layout, edition, page, pages)
        return layout

    return build


def _priority_page(edition: Edition) -> PageBuilder:
    def build(page: int, pages: int) -> QgsPrintLayout:
        layers = _over(edition, edition.layers.priority, edition.layers.ranks)
        layout = _page(edition, edition.say("atlas.priority.title"), edition.say("atlas.priority.subtitle"), layers)
        furniture.put_heading(layout, edition.say("atlas.by_class"), PANEL_X, 34, PANEL_WIDTH)
        _put_histogram(layout, edition, "priority", palette.PRIORITY_COLOURS, Box(PANEL_X, 41, PANEL_WIDTH, 48))
        _put_first_targets(layout, edition, Box(PANEL_X, 94, PANEL_WIDTH, 64))
        _put_caption(layout, edition, "atlas.priority.caption", Box(PANEL_X, 161, PANEL_WIDTH, 20))
        furniture.put_footer(layout, edition, page, pages)
        return layout

    return build


def _put_key_figures(layout: QgsPrintLayout, edition: Edition, box: Box) -> None:
    results = edition.results
    core = sum(1 for target in results.targets if target.value("stability") == "core")
    figures = (
        (len(results.territories), "atlas.key.territories", palette.INK),
        (len(results.in_segment("engage")), "atlas.key.engage", palette.ACCENT),
        (len(results.targets), "atlas.key.targets", palette.ACCENT),
        (core, "atlas.key.core", palette.ACCENT),
    )
    width = (box.width - 2 * (len(figures) - 1)) / len(figures)
    for index, (count, label, colour) in enumerate(figures):
        cell = Box(box.x + index * (width + 2), box.y, width, box.height)
        canvas.put_panel(layout, cell)
        inner = cell.inset(1.5, 1)
        written = edition.written(count, 0)
        canvas.put_text(layout, written, inner._replace(height=9), 17, colour, bold=True)
        canvas.put_text(layout, edition.say(label), Box(inner.x, inner.y + 9.2, inner.width, 9.6), 7, palette.INK)


def _put_segment_table(layout: QgsPrintLayout, edition: Edition, box: Box) -> None:
    results = edition.results
    total = max(1, len(results.territories))
    row = box.height / len(palette.SEGMENT_ORDER)
    for index, segment in enumerate(palette.SEGMENT_ORDER):
        y = box.y + row * index
        count = len(results.in_segment(segment))
        canvas.put_symbol(layout, symbology.segment_symbol(segment), Box(box.x, y + 0.6, 7, 5))
        name = furniture.capitalised(edition.say(f"segment.{segment}"))
        canvas.put_text(layout, name, Box(box.x + 9, y, 52, 5.4), 10.5, bold=True, down=canvas.MIDDLE)
        counted = f"{edition.written(count, 0)} ({edition.share(count / total)})"
        canvas.put_text(
            layout,
            counted,
            Box(box.right - 28, y, 28, 5.4),
            9.5,
            bold=True,
            across=canvas.RIGHT,
            down=canvas.MIDDLE,
        )
        meaning = furniture.capitalised(edition.say(f"segment.{segment}.meaning"))
        words = f"{meaning}\n→ {edition.say(f'segment.{segment}.action')}"
        canvas.put_text(layout, words, Box(box.x + 9, y + 5.3, box.width - 9, row - 6.3), 7.5, palette.INK_SOFT)


def _put_histogram(layout: QgsPrintLayout, edition: Edition, column: str, colours: tuple, box: Box) -> None:
    breaks = palette.CLASS_BREAKS
    numbers = [t.number(column) for t in edition.results.territories]
    entries = []
    for low, high, colour in reversed(list(zip(breaks[:-1], breaks[1:], colours))):
        first, last = low == breaks[0], high == breaks[-1]
        count = sum(1 for n in numbers if n is not None and (first or n >= low) and (last or n < high))
        entries.append((symbology.plain_fill(colour), symbology.class_label(low, high, edition.lang), count))
    missing = symbology.hatched_fill() if column == "readiness" else symbology.plain_fill(symbology.NOT_CONCERNED)
    entries.append((missing, edition.say(f"legend.{column}_missing"), numbers.count(None)))
    widest = max(1, *(count for _, _, count in entries[:-1]))
    row = box.height / len(entries)
    for index, (symbol, words, count) in enumerate(entries):
        y = box.y + row * index
        furniture.put_legend_entry(layout, symbol, words, Box(box.x, y, 42, row), 8.5)
        room = box.width - 42 - 12
        # The last entry counts what is outside the scale: a number, no bar that would flatten the others.
        if index < len(entries) - 1 and count:
            canvas.put_panel(layout, Box(box.x + 42, y + row * 0.25, room * count / widest, row * 0.5), palette.RULE)
        figure = Box(box.right - 11, y, 11, row)
        written = edition.written(count, 0)
        canvas.put_text(layout, written, figure, 8.5, bold=True, across=canvas.RIGHT, down=canvas.MIDDLE)


def _put_group_medians(layout: QgsPrintLayout, edition: Edition, box: Box) -> None:
    column = edition.layers.outlined
    if not column:
        return
    members: dict = {}
    for territory in edition.results.territories:
        if territory.value(column) is not None and territory.number("readiness") is not None:
            members.setdefault(str(territory.value(column)), []).append(territory.number("readiness"))
    medians = sorted(((median(numbers), name) for name, numbers in members.items()), reverse=True)
    heading = edition.say("atlas.readiness.by_group", group=edition.group_label(column))
    furniture.put_heading(layout, heading, box.x, box.y, box.width)
    row = min(7.0, (box.height - 7) / max(1, min(len(medians), MOST_GROUPS_LISTED)))
    for index, (middle, name) in enumerate(medians[:MOST_GROUPS_LISTED]):
        y = box.y + 7 + row * index
        canvas.put_text(layout, name, Box(box.x, y, 41, row), 8, down=canvas.MIDDLE)
        room = box.width - 42 - 12
        share = min(max(middle, 0), 100) / 100
        canvas.put_panel(layout, Box(box.x + 42, y + row * 0.28, room, row * 0.44), palette.PANEL)
        canvas.put_panel(layout, Box(box.x + 42, y + row * 0.28, room * share, row * 0.44), palette.AXIS_BAR)
        figure = Box(box.right - 11, y, 11, row)
        written = edition.written(middle, 0)
        canvas.put_text(layout, written, figure, 8.5, bold=True, across=canvas.RIGHT, down=canvas.MIDDLE)


def _put_first_targets(layout: QgsPrintLayout, edition: Edition, box: Box) -> None:
    furniture.put_heading(layout, edition.say("atlas.first_targets"), box.x, box.y, box.width)
    targets = edition.results.targets[:FIRST_TARGETS]
    if not targets:
        canvas.put_text(layout, edition.say("atlas.list.empty"), Box(box.x, box.y + 7, box.width, 6), 9)
    row = (box.height - 7) / FIRST_TARGETS
    for index, target in enumerate(targets):
        y = box.y + 7 + row * index
        rank = edition.rank(target)
        number_box = Box(box.x, y, 7, row)
        canvas.put_text(layout, rank, number_box, 9, palette.ACCENT, bold=True, down=canvas.MIDDLE)
        canvas.put_text(layout, target.name, Box(box.x + 7.5, y, 36, row), 9, bold=True, down=canvas.MIDDLE)
        how_sure = Box(box.x + 44.5, y, 18, row)
        canvas.put_text(layout, edition.stability_words(target), how_sure, 7, palette.INK, down=canvas.MIDDLE)
        theme = edition.results.theme_name(target.value("recommended_theme"), edition.lang)
        words = theme or edition.say("atlas.no_theme")
        canvas.put_text(layout, words, Box(box.x + 64, y, box.width - 64, row), 7, palette.INK_SOFT, down=canvas.MIDDLE)


def _put_caption(layout: QgsPrintLayout, edition: Edition, code: str, box: Box) -> None:
    canvas.put_panel(layout, box)
    inner = box.inset(2.5, 1.5)
    canvas.put_text(layout, edition.say("atlas.how_to_read"), inner._replace(height=4.2), 8, palette.INK, bold=True)
    canvas.put_text(layout, edition.say(code), Box(inner.x, inner.y + 4.4, inner.width, inner.height - 4.4), 8)
