"""What stands between QGIS and the engine: layers in, the engine process, styled layers out, settings."""
