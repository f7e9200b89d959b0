#!/usr/bin/env python3
"""Write the fictitious region, run its study, export its atlas, and print its ten first targets.

Runs on the engine's Python (``make demo``); everything lands in ``build/demo``.
"""

from __future__ import annotations

import argparse
import csv
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
WORDS = {
    "en": {
        "title": "Ten first targets of {total} (fictitious region: no real place, no real data)",
        "columns": ("rank", "90 %", "code", "territory", "inhabitants", "priority", "recommended theme", "peer"),
        "steps": ("the fictitious region", "its study", "its atlas"),
        "open": "Open these files",
        "files": ("map layers, styled in QGIS", "targets", "every territory", "methodology", "map atlas", "study file"),
        "none": "The study found no target.",
        "done": "Done in {seconds:.0f} s.",
    },
    "fr": {
        "title": "Les dix premières cibles sur {total} (région fictive\N{NO-BREAK SPACE}: aucun lieu ni donnée réels)",
        "columns": ("rang", "90\N{NO-BREAK SPACE}%", "code", "territoire", "habitants", "priorité")
        + ("thématique conseillée", "pair"),
        "steps": ("la région fictive", "son étude", "son atlas"),
        "open": "Fichiers à ouvrir",
        "files": ("couches pour QGIS, avec leurs styles", "cibles", "tous les territoires", "méthodologie")
        + ("atlas cartographique", "fichier d’étude"),
        "none": "L’étude n’a trouvé aucune cible.",
        "done": "Terminé en {seconds:.0f} s.",
    },
}


def language() -> str:
    """Return the language of this terminal, English unless it is French."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "fr" if spoken.lower().startswith("fr") else "en"


def call(*arguments: str) -> None:
    """Run one verb of the command line; leave with its exit code where it fails."""
    command = [sys.executable, "-m", "smart_territoires_plugin.core", *arguments]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        print(done.stderr, end="", file=sys.stderr)
        print(f"demo: smart-territoires {' '.join(arguments)} ended with code {done.returncode}", file=sys.stderr)
        raise SystemExit(done.returncode)


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV that the engine wrote."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def with_thousands(number: str, lang: str) -> str:
    """Return a whole number with the thousands set apart as the language does."""
    if not number:
        return ""
    return f"{round(float(number)):,}".replace(",", "\N{NARROW NO-BREAK SPACE}" if lang == "fr" else ",")


def whole(number: str) -> str:
    """Return a whole number without decimals."""
    return str(round(float(number))) if number else ""


def one_decimal(number: str, lang: str) -> str:
    """Return a number with one decimal and the decimal mark of the language."""
    text = f"{float(number):.1f}" if number else ""
    return text.replace(".", ",") if lang == "fr" else text


def first_targets(results: Path, study: Path, lang: str, count: int = 10) -> tuple[list[tuple[str, ...]], int]:
    """Return the lines of the table for the first targets, and how many targets there are."""
    territories = {row["code"]: row for row in read_rows(results / "territories.csv")}
    targets = [row for row in territories.values() if row.get("target_rank")]
    targets.sort(key=lambda row: float(row["target_rank"]))
    themes = {theme["id"]: theme["name"] for theme in yaml.safe_load(study.read_text(encoding="utf-8"))["themes"]}
    lines = []
    for row in targets[:count]:
        theme = row.get("recommended_theme", "")
        name = themes.get(theme, theme)
        peer = territories.get(row.get("peer_code", ""), {})
        bounds = [whole(row.get(bound, "")) for bound in ("rank_low", "rank_high")]
        lines.append(
            (
                whole(row["target_rank"]),
                "–".join(bounds) if all(bounds) else "",
                row["code"],
                row["name"],
                with_thousands(row.get("population", ""), lang),
                one_decimal(row.get("priority", ""), lang),
                name.get(lang, theme) if isinstance(name, dict) else name,
                peer.get("name", ""),
            )
        )
    return lines, len(targets)


def table(columns: tuple[str, ...], lines: list[tuple[str, ...]]) -> str:
    """Return a plain table: numbers to the right, words to the left."""
    numeric = {0, 1, 4, 5}
    widths = [max(len(line[column]) for line in (columns, *lines)) for column in range(len(columns))]
    rows = []
    for line in (columns, tuple("─" * width for width in widths), *lines):
        cells = (
            text.rjust(w) if i in numeric else text.ljust(w)
            for i, (text, w) in enumerate(zip(line, widths, strict=True))
        )
        rows.append("  ".join(cells).rstrip())
    return "\n".join(rows)


def main(argv: list[str] | None = None) -> int:
    """Run the demonstration from nothing to the printed table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "demo")
    parser.add_argument("--lang", choices=sorted(WORDS), default=language())
    options = parser.parse_args(argv)
    words, out = WORDS[options.lang], options.out
    started = time.monotonic()
    shutil.rmtree(out, ignore_errors=True)
    region, results, atlas = out / "region", out / "results", out / "atlas.pdf"
    verbs = (
        ("demo", str(region)),
        ("run", str(region / "study.yaml"), "--out", str(results), "--lang", options.lang),
        ("atlas", str(results), "--out", str(atlas), "--lang", options.lang),
    )
    for step, verb in zip(words["steps"], verbs, strict=True):
        print(f"… {step}", file=sys.stderr, flush=True)
        call(*verb)
    lines, total = first_targets(results, region / "study.yaml", options.lang)
    print()
    print(words["title"].format(total=total) if lines else words["none"])
    print()
    if lines:
        print(table(words["columns"], lines))
        print()
    print(words["open"])
    made = (results / "results.gpkg", results / "targets.csv", results / "territories.csv")
    made += (results / "methodology.html", atlas, region / "study.yaml")
    for what, path in zip(words["files"], made, strict=True):
        shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
        print(f"  {shown}  ({what})")
    print(words["done"].format(seconds=time.monotonic() - started))
    return 0


if __name__ == "__main__":
    sys.exit(main())
