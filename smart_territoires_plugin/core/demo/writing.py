"""Files in the formats in which such data comes: GeoPackage, GeoTIFF, CSV in the French manner, XLSX."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import rasterio
from openpyxl import Workbook

from smart_territoires_plugin.core.register.template import fill_register, write_register

from .grid import Grid
from .terrain import CRS

NOTICE = "Données fictives : aucun lieu réel. Fictitious data: no real place."


def write_layers(path: Path, layers: dict[str, pd.DataFrame]) -> None:
    """Write frames, with or without geometry, as the layers of a new GeoPackage."""
    path.unlink(missing_ok=True)
    for number, (layer, frame) in enumerate(layers.items()):
        spatial = isinstance(frame, gpd.GeoDataFrame)
        # Told apart from one-part polygons, so that a layer of both is one layer of multipolygons.
        kinds = set(frame.geom_type) if spatial else set()
        mixed = len(kinds) > 1
        pyogrio.write_dataframe(
            frame,
            path,
            layer=layer,
            driver="GPKG",
            dataset_options={"VERSION": "1.3"} if number == 0 else None,  # older readers warn of later ones
            append=number > 0,
            promote_to_multi=mixed if spatial else None,
            layer_options={"DESCRIPTION": NOTICE, "IDENTIFIER": f"{layer} (fictif / fictitious)"},
        )


def write_filled_register(path: Path, rows: dict[str, pd.DataFrame]) -> None:
    """Write a register with its forms and these rows, by table; each row says that it is fictitious."""
    path.unlink(missing_ok=True)
    write_register(path, "fr", mention=NOTICE)
    fill_register(path, rows)


def write_raster(path: Path, values: np.ndarray, grid: Grid, nodata: float, unit: str) -> None:
    """Write one band as a compressed, tiled GeoTIFF."""
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=grid.n_cols,
        height=grid.n_rows,
        count=1,
        dtype="float32",
        crs=CRS,
        transform=grid.transform,
        nodata=nodata,
        compress="deflate",
        predictor=3,
        tiled=True,
    ) as raster:
        raster.write(values.astype("float32"), 1)
        raster.set_band_unit(1, unit)
        raster.update_tags(TIFFTAG_IMAGEDESCRIPTION=NOTICE)


def write_french_csv(path: Path, table: pd.DataFrame, encoding: str) -> None:
    """Write a CSV with semicolons, decimal commas and the line ends of Windows."""
    with_commas = table.apply(lambda column: column.map(_with_comma))
    with_commas.to_csv(path, sep=";", index=False, encoding=encoding, lineterminator="\r\n", na_rep="")


def _with_comma(value: object) -> object:
    """Write 12.5 as 12,5 and leave the rest alone."""
    return f"{value:.1f}".replace(".", ",") if isinstance(value, float) and not np.isnan(value) else value


def write_workbook(path: Path, sheet: str, table: pd.DataFrame) -> None:
    """Write a workbook with a sheet that explains and a sheet that holds the table."""
    workbook = Workbook()
    notice = workbook.active
    notice.title = "lisez-moi"
    notice.append([NOTICE])
    cells = workbook.create_sheet(sheet)
    cells.append(list(table.columns))
    for row in table.itertuples(index=False):
        cells.append([value.item() if isinstance(value, np.generic) else value for value in row])
    workbook.save(path)
