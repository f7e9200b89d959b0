"""Map tips of the result layers: the card of a territory, from plain columns, so that it needs no plugin."""

from __future__ import annotations

from smart_territoires_plugin.atlas import palette
from smart_territoires_plugin.core.messages import text

_REASONS = 3
_NOTICES = ("fictitious", "synthetic", "proxy")


def territory_tip(lang: str) -> str:
    """Return the tip of territories, targets and call units, as a template of QGIS.

    Parameters
    ----------
    lang : {"fr", "en"}
        Language of the reader.
    """
    rank = _filled(
        text("tip.rank", lang, rank="{rank}", low="{low}", high="{high}", stability="{stability}"),
        {
            "rank": 'to_string("target_rank")',
            "low": 'to_string("rank_low")',
            "high": 'to_string("rank_high")',
            # A rank is never shown without how stable it is: without it, the whole is NULL.
            "stability": _words("stability", "stability", palette.STABILITY_ORDER, lang),
        },
    )
    lines = f"string_to_array({_escaped(f'reasons_{lang}')}, '\\n')"
    reasons = f"array_slice({lines}, 0, {_REASONS - 1})"
    code = f"' <small>(' || {_escaped('code')} || ')</small>'"
    segment = _words("segment", "segment", palette.SEGMENT_ORDER, lang)
    return "\n".join(
        (
            f"<p><b>{_shown(_escaped('name'))}</b>{_shown(code)}<br>",
            f"<b>{_shown(segment)}</b>{_shown(_below(rank))}</p>",
            _shown(f"'<ul><li>' || array_to_string({reasons}, '</li><li>') || '</li></ul>'"),
            _shown(_notice(lang)),
        )
    )


def link_tip(lang: str) -> str:
    """Return the tip of the links between territories and their peers."""
    kind = _words("kind", "legend.kind_", tuple(palette.LINKS), lang, joint="")
    likeness = _filled(text("tip.likeness", lang, share="{share}"), {"share": 'to_string(round("likeness_pct"))'})
    return "\n".join(
        (
            f"<p><b>{_shown(_escaped('name'))} → {_shown(_escaped('peer_name'))}</b>{_shown(_below(kind))}",
            f"{_shown(_below(likeness))}{_shown(_below(_escaped('did')))}</p>",
            _shown(_notice(lang)),
        )
    )


def _shown(expression: str) -> str:
    """Return what prints an expression, and nothing where it is NULL or the layer has no such column."""
    return f"[% try(coalesce({expression}, ''), '') %]"


def _below(expression: str) -> str:
    """Return an expression on a line of its own."""
    return f"'<br>' || {expression}"


def _escaped(column: str) -> str:
    """Return the text of a column as HTML: a name is shown as it is, whatever it holds."""
    return _as_html(f'"{column}"')


def _as_html(expression: str) -> str:
    return f"replace(replace(replace({expression}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;')"


def _words(column: str, prefix: str, codes: tuple, lang: str, joint: str = ".") -> str:
    """Return the words of a column of codes."""
    words = {code: _quoted(text(f"{prefix}{joint}{code}", lang)) for code in codes}
    cases = "".join(f" WHEN \"{column}\" = '{code}' THEN {word}" for code, word in words.items())
    return f"CASE{cases} END"


def _notice(lang: str) -> str:
    """Return the notice, which the layers hold in English, in the language of the reader."""
    said = '"notice"'
    for code in _NOTICES:
        said = f"replace({said}, {_quoted(text(f'notice.{code}', 'en'))}, {_quoted(text(f'notice.{code}', lang))})"
    if lang == "fr":
        said = f"replace({said}, '; ', '\u00a0; ')"
    return f"'<p><i>' || {_as_html(said)} || '</i></p>'"


def _filled(wording: str, expressions: dict) -> str:
    """Return a wording with placeholders as an expression; NULL where one of them is."""
    made = _quoted(wording)
    for name, expression in expressions.items():
        made = made.replace(f"{{{name}}}", f"' || {expression} || '")
    return made


def _quoted(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
