"""The science of Smart Territoires: from a study file to scored, segmented and ranked territories; knows no QGIS."""
