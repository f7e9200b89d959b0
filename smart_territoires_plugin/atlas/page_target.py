"""The pages of one target: where it is, what to propose, why, with whom, and how sure we are."""

from __future__ import annotations

from qgis.core import QgsExpressionContextUtils, QgsPrintLayout, QgsRectangle

from smart_territoires_plugin.atlas import canvas, charts, furniture, locator, map_layers, palette, typography
from smart_territoires_plugin.atlas.canvas import Box
from smart_territoires_plugin.atlas.edition import Edition, PageBuilder
from smart_territoires_plugin.atlas.results import Territory
from smart_territoires_plugin.core.targeting.decisions import decision_sentence

MAP_BOX = Box(10, 35, 148, 134)
LEGEND_BOX = Box(10, 171, 148, 11)
RIGHT_X, RIGHT_WIDTH = 164.0, 123.0
LOCATOR_SIDE_MM = 44.0
LOCATOR_HEIGHT_MM = 37.5
PROPOSE_HEIGHT_MM = 41.0
PROPOSE_BOX = Box(RIGHT_X, 35, RIGHT_WIDTH - LOCATOR_SIDE_MM - 4, PROPOSE_HEIGHT_MM)
LOCATOR_BOX = Box(RIGHT_X + RIGHT_WIDTH - LOCATOR_SIDE_MM, 35, LOCATOR_SIDE_MM, LOCATOR_HEIGHT_MM)
REASONS_BOX = Box(RIGHT_X, 86, RIGHT_WIDTH, 40)
CHARTS_Y, CHARTS_HEIGHT_MM = 129.0, 36.0
ACTIVITY_BOX = Box(RIGHT_X, 168.5, RIGHT_WIDTH, 13.5)
BULLET_MM = 3.5
REASONS_SIZES_PT = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
CONTINUED_SIZES_PT = (10.0, 9.0, 8.0)
CONTINUED_BOX = Box(10, 36, furniture.CONTENT_WIDTH_MM, 144)
# How much of the map's side the territory takes.
SHARE_OF_MAP = 0.3


def target_pages(edition: Edition, target: Territory) -> list:
    """Return the builders of a target's pages: one, and more only where the reasons are longer than the page."""
    reasons = typography.fit(
        reasons_text(edition, target), REASONS_BOX.width - BULLET_MM, REASONS_BOX.height, REASONS_SIZES_PT
    )
    builders: list = [_main_page(edition, target, reasons)]
    rest = reasons.rest
    while rest:
        more = typography.fit(rest, CONTINUED_BOX.width - BULLET_MM, CONTINUED_BOX.height, CONTINUED_SIZES_PT)
        builders.append(_continued_page(edition, target, more))
        rest = more.rest
    return builders


def reasons_text(edition: Edition, target: Territory) -> str:
    """Return the reasons, a paragraph each; what the band at the foot of every page says is not said twice."""
    written = str(target.value(f"reasons_{edition.lang}") or "")
    said = {edition.say(f"reason.{notice}") for notice in edition.results.notices}
    reasons = [line.strip() for line in written.splitlines() if line.strip() and line.strip() not in said]
    if target.code in edition.results.decisions:
        reasons.insert(0, decision_sentence(edition.results.decisions[target.code], edition.lang))
    return "\n".join(reasons or [edition.say("atlas.no_reasons")])


def _main_page(edition: Edition, target: Territory, reasons: typography.Fitted) -> PageBuilder:
    def build(page: int, pages: int) -> QgsPrintLayout:
        layout = canvas.new_page(edition.project, target.name)
        put_head(layout, edition, target, target.name)
        shown = put_target_map(layout, edition, target)
        put_proposal(layout, edition, target)
        put_locator(layout, edition, target, shown)
        furniture.put_heading(layout, edition.say("atlas.why"), RIGHT_X, REASONS_BOX.y - 6.5, RIGHT_WIDTH)
        put_reasons(layout, reasons, REASONS_BOX)
        put_charts(layout, edition, target)
        put_activity(layout, edition, target)
        furniture.put_footer(layout, edition, page, pages)
        return layout

    return build


def _continued_page(edition: Edition, target: Territory, reasons: typography.Fitted) -> PageBuilder:
    def build(page: int, pages: int) -> QgsPrintLayout:
        layout = canvas.new_page(edition.project, target.name)
        put_head(layout, edition, target, edition.say("atlas.continued", title=target.name))
        put_reasons(layout, reasons, CONTINUED_BOX)
        furniture.put_footer(layout, edition, page, pages)
        return layout

    return build


def put_reasons(layout: QgsPrintLayout, reasons: typography.Fitted, box: Box) -> None:
    """Print reasons with a bullet beside the first line of each."""
    bullets = typography.Fitted(tuple("•" if start else "" for start in reasons.starts), reasons.size_pt)
    canvas.put_fitted(layout, bullets, box._replace(width=BULLET_MM), palette.ACCENT, bold=True)
    canvas.put_fitted(layout, reasons, box._replace(x=box.x + BULLET_MM, width=box.width - BULLET_MM))


def put_head(layout: QgsPrintLayout, edition: Edition, target: Territory, title: str) -> None:
    """Print the rank, the place name, its groups and population, and how stable the rank is."""
    badge = Box(10, 8.5, 20, 20)
    canvas.put_panel(layout, badge, palette.ACCENT)
    rank = edition.rank(target)
    canvas.put_text(
        layout, rank, badge.inset(1.5), 34, palette.PAPER, bold=True, across=canvas.CENTRE, down=canvas.MIDDLE
    )
    x, width = 34.0, 186.0
    canvas.put_text(layout, title, Box(x, 7, width, 11), 23, bold=True, down=canvas.MIDDLE)
    population = target.number("population")
    facts = edition.group_names(target)
    if population is not None:
        facts.append(edition.say("atlas.inhabitants", population=edition.written(population, 0)))
    canvas.put_text(layout, " · ".join(facts), Box(x, 18.3, width, 5), 9.5, palette.INK_SOFT)
    sentence = furniture.capitalised(edition.rank_sentence(target))
    canvas.put_text(layout, sentence, Box(x, 23.6, width, 5), 10, palette.ACCENT, bold=True)
    panel = Box(224, 8.5, 63, 20)
    canvas.put_panel(layout, panel)
    inner = panel.inset(2.5, 1.5)
    code = target.value("segment") or "insufficient_data"
    segment = furniture.capitalised(edition.say(f"segment.{code}"))
    canvas.put_text(layout, segment, inner._replace(height=6), 11, palette.ACCENT, bold=True)
    probability = target.number("segment_probability")
    lines = [furniture.capitalised(edition.say(f"segment.{code}.meaning"))]
    if probability is not None:
        lines.append(edition.say("atlas.segment_probability", share=edition.written(100 * probability, 0)))
    coverage = target.number("data_coverage")
    if coverage is not None:
        colon = "\u00a0: " if edition.lang == "fr" else ": "
        lines.append(f"{edition.say('atlas.data_coverage')}{colon}{edition.share(coverage)}")
    canvas.put_text(
        layout, "\n".join(lines), Box(inner.x, inner.y + 5.8, inner.width, inner.height - 5.8), 7.5, palette.INK
    )
    canvas.put_rule(layout, 10, 31.5, furniture.CONTENT_WIDTH_MM)


def put_target_map(layout: QgsPrintLayout, edition: Edition, target: Territory) -> QgsRectangle:
    """Draw the territory among its neighbours, with legend and scale bar; return what the map shows."""
    extent = surroundings(edition, target)
    layers = (map_layers.highlight_layer(edition.results, target), edition.layers.surroundings)
    # Layers live as long as the layout: QGIS keeps weak references only.
    layout.kept_layers = layers
    QgsExpressionContextUtils.setLayoutVariable(layout, map_layers.TARGET_VARIABLE, target.code)
    drawn = edition.layers.with_groups(*layers)
    item = canvas.put_map(layout, drawn, extent, edition.results.crs, MAP_BOX)
    canvas.put_scale_bar(layout, item, MAP_BOX.x + 3, MAP_BOX.bottom - 2.5, 36)
    furniture.put_segment_legend(layout, edition, LEGEND_BOX, 3, map_layers.SURROUNDINGS_STRENGTH)
    return item.extent()


def surroundings(edition: Edition, target: Territory) -> QgsRectangle:
    """Return a square-ish extent around a territory, of which it takes about a third."""
    if target.geometry.isEmpty():
        return QgsRectangle(edition.layers.extent)
    box = target.geometry.boundingBox()
    half = max(box.width(), box.height()) / SHARE_OF_MAP / 2
    centre = box.center()
    return QgsRectangle(centre.x() - half, centre.y() - half, centre.x() + half, centre.y() + half)


def put_proposal(layout: QgsPrintLayout, edition: Edition, target: Territory) -> None:
    """Print what to propose and which peer to bring along."""
    canvas.put_panel(layout, PROPOSE_BOX)
    canvas.put_panel(layout, PROPOSE_BOX._replace(width=1.2), palette.ACCENT)
    inner = Box(PROPOSE_BOX.x + 4.5, PROPOSE_BOX.y + 1.5, PROPOSE_BOX.width - 7, PROPOSE_BOX.height - 3)
    theme = edition.results.theme_name(target.value("recommended_theme"), edition.lang)
    canvas.put_text(layout, edition.say("atlas.propose"), inner._replace(height=4.5), 8.5, palette.INK_SOFT)
    canvas.put_text(
        layout,
        theme or edition.say("atlas.no_theme"),
        Box(inner.x, inner.y + 4.4, inner.width, 11.4),
        15,
        palette.INK,
        bold=True,
        down=canvas.MIDDLE,
    )
    stake = target.number(f"score_{target.value('recommended_theme')}")
    if stake is not None:
        middle = edition.written(edition.results.median(f"score_{target.value('recommended_theme')}"), 0)
        words = edition.say("atlas.stake_value", value=edition.written(stake, 0), median=middle)
        canvas.put_text(layout, words, Box(inner.x, inner.y + 15.8, inner.width, 4), 7.5, palette.INK_SOFT)
    canvas.put_rule(layout, inner.x, inner.y + 20.6, inner.width)
    canvas.put_text(
        layout, edition.say("atlas.peer"), Box(inner.x, inner.y + 21.6, inner.width, 4.4), 8.5, palette.INK_SOFT
    )
    peer = edition.results.named(target.value("peer_code"))
    name = peer.name if peer else edition.say("atlas.no_peer")
    colour = palette.PEER if peer else palette.INK
    canvas.put_text(layout, name, Box(inner.x, inner.y + 25.8, inner.width, 6.6), 12, colour, bold=True)
    if peer:
        facts = [edition.say(f"segment.{peer.value('segment')}")] if peer.value("segment") else []
        facts += edition.group_names(peer)
        canvas.put_text(
            layout, " · ".join(facts), Box(inner.x, inner.y + 32.4, inner.width, 5.6), 7.5, palette.INK_SOFT
        )


def put_locator(layout: QgsPrintLayout, edition: Edition, target: Territory, shown: QgsRectangle) -> None:
    """Draw the region with the territory, its peer and the extent of the large map."""
    canvas.put_picture(layout, edition.locator.path, LOCATOR_BOX)
    if not target.geometry.isEmpty():
        peer = edition.results.named(target.value("peer_code"))
        drawing = locator.overlay_svg(edition.locator, target, peer, shown)
        path = charts.write_svg(drawing, edition.scratch / f"locator_{_number(edition, target)}.svg")
        canvas.put_picture(layout, path, LOCATOR_BOX)
        put_locator_legend(layout, edition, peer is not None)


def put_locator_legend(layout: QgsPrintLayout, edition: Edition, with_peer: bool) -> None:
    """Print what the marks on the small map are."""
    marks = [("■", palette.ACCENT, "target")] + ([("●", palette.PEER, "peer")] if with_peer else [])
    marks.append(("□", palette.INK, "extent"))
    shares = {"target": 0.31, "peer": 0.25, "extent": 0.44}
    x = LOCATOR_BOX.x
    for mark, colour, code in marks:
        width = LOCATOR_BOX.width * shares[code]
        y = LOCATOR_BOX.bottom + 0.4
        canvas.put_text(layout, mark, Box(x, y, 2.6, 3.2), 7, colour, down=canvas.MIDDLE)
        words = Box(x + 2.6, y, width - 2.8, 3.2)
        canvas.put_text(layout, edition.say(f"atlas.locator.{code}"), words, 6.2, palette.INK_SOFT, down=canvas.MIDDLE)
        x += width


def put_charts(layout: QgsPrintLayout, edition: Edition, target: Territory) -> None:
    """Draw the stakes by theme, and the readiness with its axes, each with the median of all territories."""
    width = (RIGHT_WIDTH - 5) / 2
    study = edition.results.study
    stakes = tuple(
        _bar(edition, target, f"score_{theme['id']}", edition.results.label(theme, edition.lang), palette.STAKE_BAR)
        for theme in study.get("themes") or ()
        if f"score_{theme['id']}" in target.values
    )
    factors = (_bar(edition, target, "readiness", edition.say("column.readiness"), palette.INK),) + tuple(
        _bar(edition, target, f"axis_{axis}", edition.say(f"axis.{axis}"), palette.AXIS_BAR)
        for axis in ("innovation", "partnership", "data", "inclusion")
        if f"axis_{axis}" in target.values
    )
    for index, (heading, bars) in enumerate((("atlas.stakes", stakes), ("atlas.readiness", factors))):
        x = RIGHT_X + index * (width + 5)
        furniture.put_heading(layout, edition.say(heading), x, CHARTS_Y, width)
        if bars:
            box = Box(x, CHARTS_Y + 6, width, CHARTS_HEIGHT_MM - 6)
            put_bars(layout, edition, bars, box, f"{'sr'[index]}_{_number(edition, target)}")


def put_bars(layout: QgsPrintLayout, edition: Edition, bars: tuple, box: Box, drawing: str) -> None:
    """Draw bars with their words at the left, their numbers at the right and the legend of the median below."""
    words, figures, note = box.width * 0.5, 7.5, 4.0
    row = min(7.0, (box.height - note) / len(bars))
    bar_width = box.width - words - figures - 1.5
    path = edition.scratch / f"bars_{drawing}.svg"
    charts.write_svg(charts.bars_svg(bars, bar_width, row, min(2.6, row * 0.5)), path)
    canvas.put_picture(layout, path, Box(box.x + words + 1.5, box.y, bar_width, row * len(bars)))
    for index, bar in enumerate(bars):
        y = box.y + row * index
        bold = bar.colour == palette.INK
        canvas.put_text(layout, bar.label, Box(box.x, y, words, row), 7.5, bold=bold, down=canvas.MIDDLE)
        figure = Box(box.right - figures, y, figures, row)
        written = edition.written(bar.value, 0)
        canvas.put_text(layout, written, figure, 8, bold=True, across=canvas.RIGHT, down=canvas.MIDDLE)
    below = Box(box.x, box.y + row * len(bars) + 0.3, box.width - figures, note - 0.5)
    canvas.put_text(layout, f"| {edition.say('atlas.median')}", below, 6.5, palette.INK_SOFT, across=canvas.RIGHT)


def put_activity(layout: QgsPrintLayout, edition: Edition, target: Territory) -> None:
    """Print what was recorded, what was expected, and their gap with its interval."""
    canvas.put_panel(layout, ACTIVITY_BOX)
    status = target.value("activity_status")
    expected, gap = target.number("expected_activity"), target.number("activity_gap")
    low, high = target.number("gap_low"), target.number("gap_high")
    spread = edition.written(gap)
    if gap is not None and low is not None and high is not None:
        spread = edition.say(
            "atlas.interval", value=edition.written(gap), low=edition.written(low), high=edition.written(high)
        )
    figures = (
        ("atlas.activity_recorded", edition.written(target.number("activity_count"), 0)),
        ("atlas.activity_status", edition.say(f"activity_status.{status}") if status else edition.written(None)),
        ("atlas.activity_expected", edition.written(expected)),
        ("atlas.activity_gap", spread),
    )
    shares = (0.14, 0.32, 0.27, 0.27)
    x = ACTIVITY_BOX.x + 2.5
    for (label, figure), share in zip(figures, shares):
        width = (ACTIVITY_BOX.width - 4) * share
        cell = width - 1.5
        canvas.put_text(layout, edition.say(label), Box(x, ACTIVITY_BOX.y + 1, cell, 5.8), 6.8, palette.INK_SOFT)
        canvas.put_text(layout, figure, Box(x, ACTIVITY_BOX.y + 7, cell, 5.6), 9.5, bold=True)
        x += width


def _bar(edition: Edition, target: Territory, column: str, label: str, colour: str) -> charts.Bar:
    return charts.Bar(label, target.number(column), edition.results.median(column), colour)


def _number(edition: Edition, target: Territory) -> str:
    """Return what tells the drawings of a target from those of the others."""
    return f"{edition.results.targets.index(target)}"
