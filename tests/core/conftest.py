"""Fixtures: small synthetic studies written into a temporary folder, and the shared public files where they are."""

from __future__ import annotations

import hashlib
import warnings
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
ORIGIN_X, ORIGIN_Y = 650_000.0, 6_860_000.0
CODES = ("01001", "01002", "01003", "01004")
STUDY = "study.yaml"


def _shared(name: str) -> Path:
    folder = ROOT.parent / "shared" / name
    if not folder.is_dir():
        pytest.skip(f"shared/{name} is absent")
    return folder


@pytest.fixture(scope="session")
def shared_data() -> Path:
    return _shared("data")


@pytest.fixture(scope="session")
def oracles() -> Path:
    return _shared("oracles")


@dataclass(frozen=True)
class Refusal:
    """What a study was refused for, as a person reads it."""

    problems: tuple
    fr: str
    en: str

    @property
    def codes(self) -> list[str]:
        return [problem.code for problem in self.problems]


@dataclass(frozen=True)
class Found:
    """One measure's values, and every quality record of the run by check."""

    territories: object
    values: np.ndarray
    reasons: list
    flags: list
    coverage: np.ndarray
    details: dict
    checks: dict

    def count(self, check: str) -> int:
        return sum(item.count for item in self.checks[check])

    def outcome(self, check: str) -> str:
        (outcome,) = {item.outcome for item in self.checks[check]}
        return outcome

    def examples(self, check: str) -> str:
        return "; ".join(f"{item.code} {item.examples}".strip() for item in self.checks[check])


class Place:
    """A folder with files and a study of four squares of one kilometre, two by two, in Lambert-93.

    The codes run 01001 (south-west), 01002 (south-east), 01003 (north-west), 01004 (north-east); coordinates of
    ``square`` are in kilometres from the south-west corner.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    # ── Geometries

    def square(self, x_km: float, y_km: float, side_km: float = 1.0):
        import shapely

        x_m, y_m = ORIGIN_X + 1000 * x_km, ORIGIN_Y + 1000 * y_km
        return shapely.box(x_m, y_m, x_m + 1000 * side_km, y_m + 1000 * side_km)

    def point(self, x_km: float, y_km: float):
        import shapely

        return shapely.Point(ORIGIN_X + 1000 * x_km, ORIGIN_Y + 1000 * y_km)

    def squares(self) -> list:
        return [self.square(0, 0), self.square(1, 0), self.square(0, 1), self.square(1, 1)]

    # ── Files

    def layer(self, file: str, geometry, /, crs="EPSG:2154", writing: dict | None = None, **columns) -> Path:
        import geopandas

        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        columns = columns or {"number": range(len(geometry))}
        frame = geopandas.GeoDataFrame(columns, geometry=list(geometry), crs=crs)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            frame.to_file(path, **(writing or {}))
        return path

    def territories_file(self, file: str = "territories.gpkg", geometry=None, /, **columns) -> Path:
        geometry = self.squares() if geometry is None else geometry
        size = len(geometry)
        content = {
            "code": [f"{1001 + row:05d}" for row in range(size)],
            "name": [f"Territory {row + 1}" for row in range(size)],
            "population": [1000.0 * (row + 1) for row in range(size)],
        }
        crs, writing = columns.pop("crs", "EPSG:2154"), columns.pop("writing", None)
        return self.layer(file, geometry, crs=crs, writing=writing, **{**content, **columns})

    def table(self, name: str, text: str, encoding: str = "utf-8") -> Path:
        path = self.folder / name
        path.write_bytes(text.encode(encoding))
        return path

    def raster(self, name: str, values, crs="EPSG:2154", transform=None, tags=None, **profile) -> Path:
        """Write a GeoTIFF; its grid covers the four squares unless a transform is given."""
        import rasterio

        values = np.asarray(values)
        bands = values if values.ndim == 3 else values[None]
        count, height, width = bands.shape
        transform = transform or rasterio.transform.from_bounds(
            ORIGIN_X, ORIGIN_Y, ORIGIN_X + 2000, ORIGIN_Y + 2000, width, height
        )
        path = self.folder / name
        scales, offsets = profile.pop("scales", None), profile.pop("offsets", None)
        mask, colormap = profile.pop("mask", None), profile.pop("colormap", None)
        settings = {"driver": "GTiff", "dtype": bands.dtype, **profile}
        with warnings.catch_warnings(), rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True):
            warnings.simplefilter("ignore")
            with rasterio.open(
                path, "w", width=width, height=height, count=count, crs=crs, transform=transform, **settings
            ) as dataset:
                dataset.write(bands)
                if scales:
                    dataset.scales, dataset.offsets = scales, offsets
                if mask is not None:
                    dataset.write_mask(mask)
                if colormap:
                    dataset.write_colormap(1, colormap)
        return path

    # ── Studies

    def content(self, measure: dict | None = None, source: dict | None = None, **changes) -> dict:
        """Return a study of one activity indicator on one source named ``data``, with changes to its blocks."""
        sources = {"territories": {"path": "territories.gpkg"}, **changes.pop("sources", {})}
        if sources["territories"]["path"] == "territories.gpkg" and not (self.folder / "territories.gpkg").exists():
            self.territories_file()
        if source:
            sources["data"] = source
        measure = {"source": "data" if source else "territories", **(measure or {"kind": "count"})}
        made = {
            "version": 1,
            "name": "A small study",
            "crs": "EPSG:2154",
            "territories": {"source": "territories", "code": "code", "name": "name", "population": "population"},
            "sources": sources,
            "indicators": [{"id": "one", "role": "activity", "measure": measure}],
            "scoring": {"missing": "renormalise"},
            "robustness": {"draws": 2},
        }
        return {**made, **changes}

    def write(self, content: dict | str) -> Path:
        path = self.folder / STUDY
        text = content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        path.write_text(text, encoding="utf-8")
        return path

    def study(self, measure: dict | None = None, source: dict | None = None, **changes):
        from smart_territoires_plugin.core.study import read_study

        return read_study(self.write(self.content(measure, source, **changes)))

    def files(self) -> dict[str, str]:
        """Return the content hash of everything in the folder."""
        found = (path for path in sorted(self.folder.rglob("*")) if path.is_file())
        return {str(path.relative_to(self.folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}

    def measured(self, measure: dict | None = None, source: dict | None = None, **changes) -> Found:
        """Measure one indicator; nothing in the folder may change by it."""
        from smart_territoires_plugin.core.pipeline import measure_study

        study = self.study(measure, source, **changes)
        before = self.files()
        found = measure_study(study, workers=1)
        assert self.files() == before, "a source was written to"
        one = found.values["one"]
        checks = defaultdict(list)
        for item in found.quality:
            checks[item.check].append(item)
        return Found(
            found.territories, one.values, list(one.reasons), list(one.flags), one.coverage, dict(one.details), checks
        )

    def refused(self, measure: dict | None = None, source: dict | None = None, **changes) -> Refusal:
        """Run a study that must be refused: exit code 2, one whole line per problem, nothing written or changed."""
        return self.refused_file(self.write(self.content(measure, source, **changes)))

    def refused_file(self, study: Path) -> Refusal:
        from smart_territoires_plugin.core.errors import SmartTerritoiresError
        from smart_territoires_plugin.core.messages import problem_lines
        from smart_territoires_plugin.core.pipeline import run
        from smart_territoires_plugin.core.study import read_study

        before, out = self.files(), self.folder.parent / "results"
        with pytest.raises(SmartTerritoiresError) as raised:
            run(read_study(study), out, "fr", workers=1)
        assert raised.value.exit_code == 2
        assert not out.exists()
        assert self.files() == before, "a source was written to"
        problems = raised.value.problems
        spoken = {lang: problem_lines(problems, lang) for lang in ("fr", "en")}
        for lines in spoken.values():
            assert len(lines) == len(problems)
            for line in lines:
                assert line.strip()
                assert "\n" not in line
        return Refusal(problems, "\n".join(spoken["fr"]), "\n".join(spoken["en"]))


@pytest.fixture
def place(tmp_path) -> Place:
    return Place(tmp_path / "study")


@pytest.fixture
def place_in(tmp_path):
    """Return a function that makes a place in a folder of a given name."""
    return lambda name: Place(tmp_path / name)
