"""The page of the annex: paragraphs, tables and sections as HTML, every text escaped; printable, without script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Optional, Union

_STYLE = """
:root { --ink: #1c2733; --soft: #5a6b7a; --line: #c9d4db; --blue: #2b6c8f; --pale: #eef3f6 }
* { box-sizing: border-box }
body { font: 15px/1.5 "Open Sans", "DejaVu Sans", Arial, sans-serif; color: var(--ink); max-width: 75em;
  margin: 2em auto; padding: 0 1em }
h1 { font-size: 1.7em; margin: 0 0 .2em }
h2 { font-size: 1.25em; margin: 2.2em 0 .6em; padding-bottom: .2em; border-bottom: 2px solid var(--blue) }
h2 span { display: inline-block; min-width: 1.5em; color: var(--blue) }
h3 { font-size: 1.02em; margin: 1.4em 0 .3em }
p, ul { margin: .5em 0; max-width: 62em }
li { margin: .2em 0 }
table { border-collapse: collapse; width: 100%; font-size: .85em; margin: .6em 0 1em }
caption { text-align: left; font-weight: 600; padding: .3em 0; color: var(--ink) }
th { text-align: left; background: var(--pale); vertical-align: bottom }
th.n, td.n { text-align: right }
td.n { white-space: nowrap; font-variant-numeric: tabular-nums }
th, td { border: 1px solid var(--line); padding: .25em .5em; vertical-align: top; overflow-wrap: break-word }
table.close { width: auto }
table.close td.n { min-width: 3.2em }
.strong { background: #cfe3ee; font-weight: 600 }
.against { background: #f8ddc9; font-weight: 600 }
.faint { color: #8694a0 }
.node { background: var(--pale); font-weight: 600 }
.group td { background: var(--pale); font-weight: 600 }
.bar { display: inline-block; height: .7em; background: var(--blue); margin-right: .4em; vertical-align: baseline;
  print-color-adjust: exact; -webkit-print-color-adjust: exact }
ul.glance { display: flex; max-width: none; flex-wrap: wrap; gap: .6em; margin: 1em 0; padding: 0; list-style: none }
.glance li { border: 1px solid var(--line); border-top: 4px solid var(--blue); padding: .4em .9em; min-width: 8em }
.glance strong { display: block; font-size: 1.4em; line-height: 1.2 }
.quiet { color: var(--soft); font-size: .9em }
.notice { background: #fff3d6; border-left: 5px solid #c77700; padding: .5em 1em; font-weight: 600 }
.undone { border-left: 4px solid var(--line); padding-left: .8em; color: var(--soft) }
.warning { border-left: 4px solid #c77700; padding-left: .8em }
@page { size: A4 landscape; margin: 12mm }
@media print { body { margin: 0; padding: 0; max-width: none; font-size: 11.5px } p, ul { max-width: none }
  h2, h3, caption, .group { break-after: avoid } tr, .glance { break-inside: avoid }
  thead { display: table-header-group }
  th, .group td, .node, .strong, .against { print-color-adjust: exact; -webkit-print-color-adjust: exact } }
"""


@dataclass(frozen=True)
class Cell:
    """One cell of a table.

    Parameters
    ----------
    text : str
    kind : {"", "node", "strong", "against", "faint"}
        How it is set off.
    depth : int
        How far it is indented, in steps.
    bar : float, optional
        Share (0–1) drawn as a bar before the text.
    """

    text: str
    kind: str = ""
    depth: int = 0
    bar: Optional[float] = None


Content = Union[str, Cell]


def paragraph(text: str, kind: str = "") -> str:
    """Return a paragraph; ``kind`` is ``quiet``, ``undone``, ``warning`` or ``notice``.

    Examples
    --------
    >>> paragraph("a < b")
    '<p>a &lt; b</p>'
    """
    return f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def heading(text: str) -> str:
    """Return a heading within a step."""
    return f"<h3>{escape(text)}</h3>"


def bullets(lines: Iterable[str]) -> str:
    """Return a list; nothing if there are no lines."""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<ul>{items}</ul>" if items else ""


def glance(figures: Iterable[tuple[str, str]]) -> str:
    """Return the key figures: what each is, and the figure."""
    items = "".join(f"<li><strong>{escape(figure)}</strong>{escape(name)}</li>" for name, figure in figures)
    return f'<ul class="glance">{items}</ul>'


def table(
    head: Sequence[str],
    rows: Iterable[Sequence[Content]],
    numeric: Iterable[int] = (),
    caption: str = "",
    close: bool = False,
) -> str:
    """Return a table.

    Parameters
    ----------
    rows : iterable of sequences of str or Cell
        A row of one cell is a heading of those that follow.
    numeric : iterable of int
        Columns that are set to the right.
    close : bool
        Whether the table is as narrow as it can be.

    Examples
    --------
    >>> "<td class=\\"n\\">3</td>" in table(("name", "count"), [("a", "3")], numeric=(1,))
    True
    """
    right = set(numeric)
    above = f"<caption>{escape(caption)}</caption>" if caption else ""
    cells = "".join(
        f'<th scope="col"{_class("n" if place in right else "")}>{escape(name)}</th>' for place, name in enumerate(head)
    )
    lines = []
    for row in rows:
        if len(row) == 1:
            lines.append(f'<tr class="group"><td colspan="{len(head)}">{escape(_text(row[0]))}</td></tr>')
        else:
            lines.append("<tr>" + "".join(_cell(cell, place in right) for place, cell in enumerate(row)) + "</tr>")
    opening = '<table class="close">' if close else "<table>"
    return f"{opening}{above}<thead><tr>{cells}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def _text(cell: Content) -> str:
    return cell.text if isinstance(cell, Cell) else str(cell)


def _cell(cell: Content, right: bool) -> str:
    if not isinstance(cell, Cell):
        return f"<td{_class('n' if right else '')}>{escape(str(cell))}</td>"
    style = f' style="padding-left: {0.5 + 1.4 * cell.depth:.1f}em"' if cell.depth else ""
    bar = "" if cell.bar is None else f'<span class="bar" style="width: {5 * min(max(cell.bar, 0), 1):.2f}em"></span>'
    return f"<td{_class('n' if right else '', cell.kind)}{style}>{bar}{escape(cell.text)}</td>"


def _class(*names: str) -> str:
    kept = " ".join(name for name in names if name)
    return f' class="{kept}"' if kept else ""


def section(number: int, title: str, parts: Iterable[str]) -> str:
    """Return one numbered step."""
    return f"<section><h2><span>{number}.</span> {escape(title)}</h2>{''.join(parts)}</section>"


def document(lang: str, title: str, head: Iterable[str], sections: Iterable[str]) -> str:
    """Return the whole page."""
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body><header>{''.join(head)}</header>{''.join(sections)}</body></html>\n"
    )


def title(text: str, below: str = "") -> str:
    """Return the title of the page, and what stands below it."""
    return f"<h1>{escape(text)}</h1>" + (f"<p>{escape(below)}</p>" if below else "")
