"""Processing in a program of its own, as the PyQGIS cookbook starts it."""


def processing_ready():
    """Return the module ``processing``, ready to run; a ``QgsApplication`` must be there.

    https://docs.qgis.org/latest/en/docs/user_manual/processing/console.html
    """
    import os
    import sys

    from qgis.core import QgsApplication

    sys.path.append(os.path.join(QgsApplication.pkgDataPath(), "python", "plugins"))
    import processing
    from processing.core.Processing import Processing

    Processing.initialize()
    return processing


def value_by_code(layer, field: str) -> dict:
    """Return one attribute of every feature, by its code."""
    return {feature["code"]: feature[field] for feature in layer.getFeatures()}
