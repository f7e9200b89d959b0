"""What pages have in common: title, legend of segments, notices, sources, date, page number."""

from __future__ import annotations

from functools import lru_cache

from qgis.core import QgsPrintLayout

from smart_territoires_plugin.atlas import canvas, palette, symbology, typography
from smart_territoires_plugin.atlas.canvas import Box
from smart_territoires_plugin.atlas.edition import Edition
from smart_territoires_plugin.core.messages import text

CONTENT_WIDTH_MM = canvas.PAGE_WIDTH_MM - 2 * canvas.MARGIN_MM
FOOTER_TOP_MM = 184.0
SOURCES_BOX = Box(canvas.MARGIN_MM, 191.5, CONTENT_WIDTH_MM, 7.4)
# Below that size attributions are no longer read: the footer then sends to the page of sources.
SOURCES_SIZES_PT = (6.5, 6.0, 5.5)


def put_title(layout: QgsPrintLayout, kicker: str, title: str, subtitle: str) -> None:
    """Print the head of an overview page: a small line, the question, what it is about."""
    x, width = canvas.MARGIN_MM, CONTENT_WIDTH_MM
    canvas.put_text(layout, kicker, Box(x, 8, width, 4.5), 9, palette.ACCENT, bold=True)
    canvas.put_text(layout, title, Box(x, 12.5, width, 10), 22, bold=True)
    canvas.put_text(layout, subtitle, Box(x, 23, width, 5.5), 10.5, palette.INK_SOFT)
    canvas.put_rule(layout, x, 30.5, width)


def put_footer(layout: QgsPrintLayout, edition: Edition, page: int, pages: int) -> None:
    """Print notices, sources, date and page number."""
    x, width = canvas.MARGIN_MM, CONTENT_WIDTH_MM
    notices = [edition.say(f"notice.{code}") for code in edition.results.notices]
    if notices:
        band = Box(x, FOOTER_TOP_MM, width, 5.6)
        canvas.put_panel(layout, band, palette.NOTICE)
        canvas.put_text(
            layout,
            " · ".join(notices),
            band.inset(2, 0.4),
            8,
            palette.NOTICE_INK,
            bold=True,
            across=canvas.CENTRE,
            down=canvas.MIDDLE,
        )
    canvas.put_fitted(layout, fitted_sources(edition), SOURCES_BOX, palette.INK_SOFT)
    canvas.put_rule(layout, x, 199.6, width)
    study = edition.results.study
    left = [edition.say("atlas.footer.study", study=study.get("name") or ""), date_sentence(edition)]
    line = Box(x, 200.4, width, 4)
    canvas.put_text(layout, " · ".join(left), line._replace(width=200), 7, palette.INK_SOFT)
    right = f"{edition.say('audience.internal')} · {page} / {pages}"
    canvas.put_text(layout, right, Box(line.right - 75, line.y, 75, line.height), 7, palette.INK, across=canvas.RIGHT)


def date_sentence(edition: Edition) -> str:
    """Return the state of the data."""
    date = edition.results.study.get("date")
    return edition.say("atlas.footer.date", date=edition.date(date)) if date else edition.say("atlas.footer.no_date")


def attributions(edition: Edition) -> list:
    """Return whom the sources are owed to, each once, with the date of the source."""
    found: dict = {}
    for source_id, source in (edition.results.study.get("sources") or {}).items():
        name = str(source.get("attribution") or source_id)
        date = source.get("date")
        found.setdefault(f"{name} ({edition.date(date, short=True)})" if date else name, None)
    return list(found)


def fitted_sources(edition: Edition) -> typography.Fitted:
    """Return the sources for the footer: all of them, else as many as fit and where the others are."""
    return _fitted_sources(edition.lang, tuple(attributions(edition)))


def sources_fit(edition: Edition) -> bool:
    """Return whether the footer names every source."""
    names = tuple(attributions(edition))
    return not names or not _fit_sources(_sources_sentence(edition.lang, names)).rest


@lru_cache(maxsize=8)
def _fitted_sources(lang: str, names: tuple) -> typography.Fitted:
    if not names:
        return _fit_sources(text("atlas.footer.no_sources", lang))
    whole = _fit_sources(_sources_sentence(lang, names))
    if not whole.rest:
        return whole
    for kept in range(len(names) - 1, -1, -1):
        some = _sources_sentence(lang, names[:kept])
        shortened = _fit_sources(text("atlas.footer.more_sources", lang, sources=some))
        if not shortened.rest:
            break
    return shortened


def _sources_sentence(lang: str, names: tuple) -> str:
    separator = "\u00a0; " if lang == "fr" else "; "
    return text("atlas.footer.sources", lang, sources=separator.join(names))


def _fit_sources(sentence: str) -> typography.Fitted:
    return typography.fit(sentence, SOURCES_BOX.width, SOURCES_BOX.height, SOURCES_SIZES_PT)


def put_segment_legend(layout: QgsPrintLayout, edition: Edition, box: Box, columns: int, strength: float) -> None:
    """Print the segments as swatches and words, in strategic order, row by row."""
    rows = -(-len(palette.SEGMENT_ORDER) // columns)
    width, height = box.width / columns, box.height / rows
    for index, segment in enumerate(palette.SEGMENT_ORDER):
        x, y = box.x + width * (index % columns), box.y + height * (index // columns)
        put_legend_entry(
            layout,
            symbology.segment_symbol(segment, strength),
            edition.say(f"segment.{segment}"),
            Box(x, y, width - 2, height),
        )


def put_legend_entry(layout: QgsPrintLayout, symbol: object, words: str, box: Box, size_pt: float = 7.5) -> None:
    """Print one swatch and its words."""
    side = min(3.2, box.height - 0.8)
    canvas.put_symbol(layout, symbol, Box(box.x, box.y + (box.height - side) / 2, 5, side))
    words_box = Box(box.x + 6.5, box.y, box.width - 6.5, box.height)
    canvas.put_text(layout, words, words_box, size_pt, down=canvas.MIDDLE)


def put_heading(layout: QgsPrintLayout, words: str, x: float, y: float, width: float) -> None:
    """Print the heading of a block."""
    canvas.put_text(layout, words, Box(x, y, width, 5.2), 10, bold=True)


def capitalised(words: str) -> str:
    """Return the words with their first letter in capitals.

    Examples
    --------
    >>> capitalised("à entraîner")
    'À entraîner'
    """
    return words[:1].upper() + words[1:]
