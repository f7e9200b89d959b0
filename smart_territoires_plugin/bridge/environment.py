"""The environment of a child process: without what QGIS set for its own GDAL, PROJ and Python."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

# The folder that holds the package: what a child needs on its path, and nothing else of ours.
PACKAGE_PARENT = Path(__file__).resolve().parents[2]

# Each makes a Python other than QGIS's load the wrong libraries or the wrong EPSG database.
QGIS_VARIABLES = (
    "PYTHONHOME",
    "PYTHONPATH",
    "PROJ_DATA",
    "PROJ_LIB",
    "GDAL_DATA",
    "GDAL_DRIVER_PATH",
    "LD_LIBRARY_PATH",
)


def child_environment(environ: Mapping[str, str], is_qgis_python: bool) -> dict[str, str]:
    """Return the environment of a child that imports the package.

    Parameters
    ----------
    environ : mapping
        The environment of this process; left as it is.
    is_qgis_python : bool
        Whether the child is QGIS's own Python, which needs what QGIS set.

    Examples
    --------
    >>> "PROJ_DATA" in child_environment({"PROJ_DATA": "C:/OSGeo4W/share/proj"}, is_qgis_python=False)
    False
    """
    cleaned = {name: value for name, value in environ.items() if is_qgis_python or name not in QGIS_VARIABLES}
    inherited = cleaned.get("PYTHONPATH", "")
    cleaned["PYTHONPATH"] = os.pathsep.join(part for part in (str(PACKAGE_PARENT), inherited) if part)
    # JSON lines are UTF-8 and arrive one by one, whatever the code page and the buffers of the system.
    cleaned["PYTHONIOENCODING"] = "utf-8"
    cleaned["PYTHONUTF8"] = "1"
    cleaned["PYTHONUNBUFFERED"] = "1"
    # The folder of an installed plugin stays as it was packaged.
    cleaned["PYTHONDONTWRITEBYTECODE"] = "1"
    return cleaned
