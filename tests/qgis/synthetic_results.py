"""A synthetic results folder, shaped as the engine's, for tests of what reads results without starting the engine."""

from __future__ import annotations

import json
import math
import random
from dataclasses import dataclass
from pathlib import Path

from osgeo import gdal, ogr, osr

THEMES = [
    {"id": "energy", "name": {"fr": "Transition énergétique", "en": "Energy transition"}, "weight": 1},
    {"id": "air", "name": {"fr": "Qualité de l’air", "en": "Air quality"}, "weight": 1},
    {"id": "flood", "name": {"fr": "Inondations et gestion de crise", "en": "Flood resilience"}, "weight": 1},
    {"id": "green", "name": {"fr": "Espaces verts et naturels", "en": "Green and natural spaces"}, "weight": 1},
    {"id": "planning", "name": {"fr": "Outils de planification", "en": "Planning tools"}, "weight": 1},
]
AXES = ("innovation", "partnership", "data", "inclusion")
CELL_M = 4000.0
TEXT_COLUMNS = [
    *("code", "name", "group_departement", "group_epci", "activity_status", "segment", "stability"),
    *("recommended_theme", "peer_code", "reasons_fr", "reasons_en"),
]
WHOLE_COLUMNS = ["population", "activity_count", "target_rank", "rank_low", "rank_high"]
REAL_COLUMNS = [
    *(f"score_{theme['id']}" for theme in THEMES),
    *("readiness", *(f"axis_{axis}" for axis in AXES)),
    *("activity", "expected_activity", "activity_gap", "gap_low", "gap_high", "evidence"),
    *("segment_probability", "priority", "data_coverage"),
]


@dataclass(frozen=True)
class Region:
    """What to generate; ``names`` and ``reasons`` replace those of the first targets, in rank order."""

    columns: int = 20
    rows: int = 15
    shortlist: int = 30
    names: tuple = ()
    reasons: tuple = ()
    sources: int = 4
    fictitious: bool = True
    notices: tuple = ("fictitious", "synthetic", "proxy")
    seed: int = 7


def write_results(folder: Path, region: Region | None = None) -> list:
    """Write ``results.gpkg`` and ``manifest.json``; return the rows of the targets in rank order."""
    region = region or Region()
    folder.mkdir(parents=True, exist_ok=True)
    rows = _rows(region)
    _write_layers(folder / "results.gpkg", rows)
    (folder / "manifest.json").write_text(json.dumps(_manifest(region, rows), ensure_ascii=False), encoding="utf-8")
    targets = sorted((row for row in rows if row["target_rank"] is not None), key=lambda row: row["target_rank"])
    return targets[: region.shortlist]


def _corner(column: int, row: int, seed: int) -> tuple:
    chance = random.Random(column * 7919 + row * 104729 + seed)
    return (
        650_000 + CELL_M * (column + chance.uniform(-0.32, 0.32)),
        6_800_000 + CELL_M * (row + chance.uniform(-0.32, 0.32)),
    )


def _edge(start: tuple, end: tuple) -> list:
    """Return the points of a crooked line, the same from either side, without its end."""
    flipped = start > end
    a, b = (end, start) if flipped else (start, end)
    chance = random.Random(int(a[0] * 31 + a[1] * 17 + b[0] * 7 + b[1]))
    points = [a, b]
    for _ in range(3):
        finer = []
        for left, right in zip(points[:-1], points[1:]):
            length = math.dist(left, right)
            shift = chance.uniform(-0.16, 0.16) * length
            middle = ((left[0] + right[0]) / 2, (left[1] + right[1]) / 2)
            across = ((left[1] - right[1]) / length, (right[0] - left[0]) / length)
            finer += [left, (middle[0] + across[0] * shift, middle[1] + across[1] * shift)]
        points = [*finer, points[-1]]
    return list(reversed(points))[:-1] if flipped else points[:-1]


def _polygon(column: int, row: int, seed: int) -> ogr.Geometry:
    corners = [_corner(column + i, row + j, seed) for i, j in ((0, 0), (1, 0), (1, 1), (0, 1))]
    ring = ogr.Geometry(ogr.wkbLinearRing)
    points = [point for i in range(4) for point in _edge(corners[i], corners[(i + 1) % 4])]
    for x, y in [*points, points[0]]:
        ring.AddPoint_2D(x, y)
    polygon = ogr.Geometry(ogr.wkbPolygon)
    polygon.AddGeometry(ring)
    return ogr.ForceToMultiPolygon(polygon)


def _rows(region: Region) -> list:
    chance = random.Random(region.seed)
    rows = []
    for column in range(region.columns):
        for row in range(region.rows):
            rows.append(_row(column, row, region, chance))
    engage = sorted((row for row in rows if row["segment"] == "engage"), key=lambda row: -row["activity_gap"])
    showcases = [row for row in rows if row["segment"] == "showcase"]
    for rank, row in enumerate(engage, start=1):
        row["target_rank"] = rank
        row["priority"] = 100 * (1 - (rank - 1) / len(engage))
        row["rank_low"], row["rank_high"] = max(1, rank - chance.randrange(4)), rank + chance.randrange(1, 9)
        row["stability"] = "core" if row["rank_high"] <= 12 else chance.choice(["probable", "debatable"])
        row["peer_code"] = chance.choice(showcases)["code"] if showcases and rank % 11 else None
        row["recommended_theme"] = max(THEMES, key=lambda theme, row=row: row[f"score_{theme['id']}"])["id"]
        row["reasons_fr"] = (
            f"Son potentiel ({row['readiness']:.0f} sur 100) est supérieur à celui de trois territoires sur quatre.\n"
            "Rien n’est recensé, alors que les territoires comparables portent en moyenne deux projets.\n"
            "L’enjeu des inondations y est fort\u00a0: 42,5\u00a0% du territoire est en zone inondable."
        )
        row["reasons_en"] = (
            f"Its readiness ({row['readiness']:.0f} of 100) is above that of three territories in four.\n"
            "Nothing is recorded, while territories alike run two projects on average.\n"
            "Flooding matters here: 42.5% of the territory lies in flood zones."
        )
    for row, name in zip(engage, region.names):
        row["name"] = name
    for row, reasons in zip(engage, region.reasons):
        row["reasons_fr"] = row["reasons_en"] = reasons
    return rows


def _row(column: int, row: int, region: Region, chance: random.Random) -> dict:
    number = column * region.rows + row + 1
    centre = math.hypot(column - region.columns / 2, row - region.rows / 2)
    readiness = min(100.0, max(0.0, 78 - 5 * centre + chance.uniform(-22, 22)))
    status = chance.choice(["documented", "searched_none_found", "searched_none_found", "not_searched"])
    count = chance.randrange(1, 6) if status == "documented" else (0 if status == "searched_none_found" else None)
    population = int(400 * math.exp(chance.uniform(0, 5)))
    activity = None if count is None else 1000 * count / (population + 2000)
    expected = max(0.0, readiness / 40 - 0.4)
    values = dict.fromkeys(TEXT_COLUMNS + WHOLE_COLUMNS + REAL_COLUMNS)
    values.update(
        code=f"9{9 - column % 2}{number:03d}",
        name=f"Fictive-sur-Rien {number}",
        population=population,
        group_departement=f"9{8 + (column >= region.columns / 2)}",
        group_epci=f"Communauté fictive {column // 5 + 1}{'ABCD'[row * 4 // region.rows]}",
        activity_status=status,
        activity_count=count,
        activity=activity,
        expected_activity=expected,
        data_coverage=round(chance.uniform(0.7, 1), 2),
        readiness=readiness,
        segment_probability=round(chance.uniform(0.55, 1), 2),
        geometry=_polygon(column, row, region.seed),
    )
    for theme in THEMES:
        values[f"score_{theme['id']}"] = chance.uniform(1, 100)
    for axis in AXES:
        values[f"axis_{axis}"] = min(100.0, max(1.0, readiness + chance.uniform(-25, 25)))
    if activity is not None:
        values.update(
            activity_gap=expected - activity, gap_low=expected * 0.3 - activity, gap_high=expected * 1.9 - activity
        )
    if number % 53 == 0:
        values.update(segment="insufficient_data", readiness=None, data_coverage=0.3)
    elif readiness > 50:
        values["segment"] = "verify" if activity is None else "showcase" if activity > 0.5 else "engage"
    else:
        values["segment"] = "support" if (activity or 0) > 0.5 else "raise_awareness"
    return values


def _write_layers(path: Path, rows: list) -> None:
    gdal.UseExceptions()
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(2154)
    path.unlink(missing_ok=True)
    package = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    _write_layer(package, "territories", ogr.wkbMultiPolygon, crs, rows)
    targets = [{**row, "geometry": row["geometry"].PointOnSurface()} for row in rows if row["target_rank"] is not None]
    _write_layer(package, "targets", ogr.wkbPoint, crs, targets)
    package = None


def _write_layer(package, name: str, geometry_type: int, crs, rows: list) -> None:
    layer = package.CreateLayer(name, crs, geometry_type)
    for column in TEXT_COLUMNS:
        layer.CreateField(ogr.FieldDefn(column, ogr.OFTString))
    for column in WHOLE_COLUMNS:
        layer.CreateField(ogr.FieldDefn(column, ogr.OFTInteger64))
    for column in REAL_COLUMNS:
        layer.CreateField(ogr.FieldDefn(column, ogr.OFTReal))
    layer.StartTransaction()
    for row in rows:
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometry(row["geometry"])
        for column in TEXT_COLUMNS + WHOLE_COLUMNS + REAL_COLUMNS:
            if row[column] is not None:
                feature.SetField(column, row[column])
        layer.CreateFeature(feature)
    layer.CommitTransaction()


def _manifest(region: Region, rows: list) -> dict:
    sources = {
        f"source_{number}": {
            "attribution": f"Institut fictif n° {number}",
            "licence": "Licence inventée 1.0",
            "date": "2026-01-31",
            "status": "synthetic" if number % 2 else "proxy",
        }
        for number in range(1, region.sources + 1)
    }
    indicators = [
        {
            "id": f"{theme['id']}_share",
            "name": {"fr": f"Part concernée, {theme['name']['fr']}", "en": f"Share concerned, {theme['name']['en']}"},
            "role": "stake",
            "theme": theme["id"],
            "axis": None,
            "unit": "%",
            "direction": 1,
            "source": "source_1",
        }
        for theme in THEMES
    ] + [
        {
            "id": f"{axis}_level",
            "name": {"fr": f"Niveau synthétique {axis}", "en": f"Synthetic level {axis}"},
            "role": "success_factor",
            "theme": None,
            "axis": axis,
            "unit": "",
            "direction": 1,
            "source": "source_2",
        }
        for axis in AXES
    ]
    return {
        "study": {
            "name": "Région synthétique",
            "date": "2026-01-31",
            "fictitious": region.fictitious,
            "language": "fr",
            "crs": "EPSG:2154",
            "themes": THEMES,
            "axes": list(AXES),
            "indicators": indicators,
            "sources": sources,
            "shortlist": region.shortlist,
        },
        "versions": {"smart_territoires": "0.1.0"},
        "notices": list(region.notices),
        "counts": {"territories": len(rows)},
    }
