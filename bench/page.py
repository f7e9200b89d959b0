"""The figures as a page in Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bench.comparing import Mark, Row, Table

HEAD = """\
# Benchmarks

Written by `make bench`, which makes the inputs itself from a seed (into `build/bench`), runs all methods in turn in one
run and checks their answers. **All layers are synthetic**, except where a table says otherwise. The raw figures are in
[results.json](../bench/results.json), the calls in the files that each line names.

- Each method runs in a process of its own; lines with several runs had them in turn with the other methods', and the
  median is told. Files were read once beforehand, so that no method pays for the disk.
- **s**: from opening the files to having the numbers; the peers' libraries are loaded before, ours loads some of its
  own within. **reading**: the part of it that went into reading, where a method reads apart. **process**: all of it.
- **peak**: the most that a process and its children held at once, in MB (10⁶ bytes): the sum of the peaks (`VmHWM`) of
  those that live at one time; what several processes share is counted for each.
- **× ours**: the time over that of the line in bold.
- Trust ratios above 1.5, nothing finer."""


def page(report: Mapping, tables: Sequence[Table]) -> str:
    """Return the page.

    Parameters
    ----------
    report : mapping
        ``machine``, ``versions`` and ``date``.
    """
    told = ", ".join(f"{name} {number}" for name, number in report["versions"].items())
    parts = [HEAD, f"{report['machine']}; {report['date']}. {told}."]
    parts += ["## What was aimed at, and what was reached\n\n" + marks_table(tables)]
    for table in tables:
        parts.append(f"## {table.title}")
        if table.remarks:
            parts.append("\n".join(f"- {remark}" for remark in table.remarks))
        parts.append(rows_table(table))
    return "\n\n".join(parts) + "\n"


def marks_table(tables: Sequence[Table]) -> str:
    """Return every mark of every table as one table."""
    lines = ["| comparison | figure | aimed at | reached | |", "|---|---|---|---|---|"]
    for table in tables:
        for mark in table.marks:
            met = {True: "met", False: "**missed**", None: "not measured"}[mark.met]
            lines.append(f"| {table.title} | {mark.text} | {_bound(mark)} | {_amount(mark.value, mark.unit)} | {met} |")
    return "\n".join(lines)


def rows_table(table: Table) -> str:
    """Return the lines of a table."""
    lines = [
        f"| method | s | reading | process | peak | {table.error} | × ours | runs |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [_line(row) for row in table.rows]
    return "\n".join(lines)


def _line(row: Row) -> str:
    method = f"{row.title} ([calls](../{row.calls}))"
    if row.absent:
        return f"| {method} | absent: {row.absent} | | | | | | |"
    times = [_seconds(value) for value in (row.seconds, row.read_s, row.process_s)]
    peak = "" if row.peak_mb is None else f"{row.peak_mb:,.0f}"
    error = "" if row.error is None else f"{row.error:.1g}"
    times_ours = "" if row.ratio is None else f"{row.ratio:.2f}"
    return f"| {method} | {' | '.join(times)} | {peak} | {error} | {times_ours} | {len(row.runs_s) or ''} |"


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}" if value >= 1 else f"{value:.2f}" if value >= 0.1 else f"{value:.2g}"


def _bound(mark: Mark) -> str:
    return " and ".join(
        f"{word} {_amount(bound, mark.unit)}"
        for word, bound in (("≥", mark.least), ("≤", mark.most))
        if bound is not None
    )


def _amount(value: float | None, unit: str) -> str:
    if value is None or value != value:
        return "–"
    if unit == "MB":
        return f"{value:,.0f} MB"
    number = f"{value:.1g}" if 0 < abs(value) < 1e-3 else f"{value:.3g}"
    return f"{number} {unit}".strip()
