"""English wording of studies that are made and edited: what cannot be changed, and the comments of a first study."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, str] = {
    "editing.head": "Made with Smart Territoires; to be edited by hand or in QGIS. Paths are relative to this file.",
    "editing.crs": "projected: areas and distances are computed here",
    "editing.territories": "One feature per territory; the code must be that of the tables.",
    "editing.groups": "Columns of the territories that group them.",
    "editing.sources": "Files are only read.",
    "editing.themes": "Priority themes, and how much each counts among them.",
    "editing.indicators": (
        "Stakes (how much a theme matters here), success factors (what makes a project likely to work) and activity "
        "(what is being done already). direction: 1 where more means a greater stake, -1 where less does."
    ),
    "editing.scoring": "What a missing value does must be said: here the others take its weight, and the score shows it.",
    "editing.targeting": "How many territories the list of those to call holds.",
    "editing.robustness": "How sure the ranking is: computed again with weights drawn around those above.",
    "editing.measure.coverage_share": "Share of the territory that polygons cover, each place once.",
    "editing.measure.coverage_area": "Area of the territory that polygons cover, each place once.",
    "editing.measure.coverage_per_capita": "Area that polygons cover, per inhabitant.",
    "editing.measure.line_length": "Length of the lines in the territory.",
    "editing.measure.line_density": "Length of the lines for each km² of the territory.",
    "editing.measure.count": "Number of features in the territory.",
    "editing.measure.count_per_1000": "Number of features for 1,000 inhabitants.",
    "editing.measure.sum": "Sum of a field over the features in the territory.",
    "editing.measure.mean": "Mean of a field over the features in the territory.",
    "editing.measure.distance_to_nearest": "Distance to the nearest feature.",
    "editing.measure.share_within": "Share of the territory, or of its inhabitants, within a distance of a feature.",
    "editing.measure.zonal_mean": "Mean of a raster in the territory.",
    "editing.measure.zonal_sum": "Sum of a raster in the territory.",
    "editing.measure.zonal_min": "Lowest value of a raster in the territory.",
    "editing.measure.zonal_max": "Highest value of a raster in the territory.",
    "editing.measure.zonal_std": "How much a raster varies in the territory (standard deviation).",
    "editing.measure.zonal_quantile": "Value of a raster that a given share of the territory stays below.",
    "editing.measure.share_above": "Share of the territory where a raster is above a threshold.",
    "editing.measure.majority": "Most frequent class of a raster in the territory.",
    "editing.measure.population_exposed": "Inhabitants who live in polygons.",
    "editing.measure.share_exposed": "Share of the inhabitants who live in polygons.",
    "editing.measure.interpolate": "Value of another zoning, shared out by area or by a raster.",
    "editing.measure.field": "A column of a table.",
    "editing.measure.ratio": "One column of a table divided by another.",
    "editing.measure.per_capita": "A column of a table divided by the inhabitants.",
    "editing.measure.change": "Change between two columns of a table.",
    "editing.measure.register_activity": "Projects of the territory in the register.",
    "editing.needs.polygons": "Needs a layer of polygons.",
    "editing.needs.lines": "Needs a layer of lines.",
    "editing.needs.features": "Needs a layer of points, lines or polygons, or a table with a key.",
    "editing.needs.places": "Needs a layer of points, lines or polygons.",
    "editing.needs.raster": "Needs a raster.",
    "editing.needs.table": "Needs a table with a key.",
    "editing.needs.register": "Needs a register of projects.",
}

PROBLEMS: Mapping[str, tuple[str, str]] = {
    "editing.changes_unreadable": (
        "the file of changes cannot be read ({reason}).",
        "Give a JSON file of dotted keys and values.",
    ),
    "editing.changes_no_mapping": (
        "the file of changes holds no keys.",
        "Write a JSON object, a dotted key for each value.",
    ),
    "editing.no_pair": ("“{written}” is no key with a value.", "Write KEY=VALUE."),
    "editing.nothing_to_change": ("no change was given.", "Give --changes, --set or --add-source."),
    "editing.study_exists": ("there is a file of that name already.", "Choose another name; it is not overwritten."),
    "editing.not_written": ("the study cannot be written ({reason}).", "Choose another folder."),
    "editing.no_indicator": ("a study needs an indicator at least.", "Add a source and say what it measures."),
    "editing.needs_theme": ("a stake has a theme.", "Choose one."),
    "editing.needs_axis": ("a success factor has an axis.", "Choose one."),
    "editing.no_number": ("“{value}” is no number.", "Write digits, with a point or a comma."),
    "editing.no_whole_number": ("“{value}” is no whole number.", "Write digits only."),
    "editing.unknown_field": ("the source has no field “{field}”.", "Fields near it: {known}."),
    "editing.needs_value": ("a value is missing.", "Fill it in."),
}
