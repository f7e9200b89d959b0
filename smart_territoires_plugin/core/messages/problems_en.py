"""English wording of every problem: what is wrong, and what to do about it."""

from __future__ import annotations

from smart_territoires_plugin.core.messages import comparison_en, frameworks_en, labels_en, studies_en, weights_en

PROBLEMS = {
    **studies_en.PROBLEMS,
    **labels_en.PROBLEMS,
    **weights_en.PROBLEMS,
    **comparison_en.PROBLEMS,
    **frameworks_en.PROBLEMS,
    "library.missing": (
        "this Python library is missing; {feature} needs it.",
        "Install it in the engine's environment: pip install smart-territoires (or “make setup” in a checkout).",
    ),
    "source.not_found": ("the file {path} does not exist.", "Correct “path”; it is relative to the study file."),
    "source.is_folder": ("{path} is a folder.", "Name a file in it."),
    "source.unreadable": ("the file cannot be read ({reason}).", "Check its permissions."),
    "source.empty_file": ("the file is empty.", "Fetch it again."),
    "source.damaged": ("the file is damaged, or not what its name says ({reason}).", "Fetch it again."),
    "source.in_use": (
        "the file has changes that its program has not yet written into it.",
        "Close it in the program that edits it (in QGIS: save the edits), then run again.",
    ),
    "source.archive_too_large": (
        "the archive unpacks to {bytes} bytes in {count} files.",
        "Unpack it yourself, and name the file inside.",
    ),
    "source.archive_escape": (
        "the archive holds an unsafe path: {member}.",
        "Do not use this archive; fetch it from its publisher.",
    ),
    "source.archive_without_data": (
        "the archive holds no layer or raster that can be read.",
        "Unpack it, and name the file inside.",
    ),
    "source.which_layer": (
        "there are several layers, and {layer} does not tell which.",
        "Add “layer”, one of: {known}.",
    ),
    "source.no_layer": ("there is no layer “{layer}”.", "Layers in the file: {known}."),
    "source.shapefile_incomplete": (
        "the shapefile has no {absent} beside it.",
        "Put back all its parts (.shp, .shx, .dbf, .prj).",
    ),
    "source.no_field": ("there is no column “{field}”.", "Columns near it: {known}."),
    "aliases.wrong": (
        "“{name}” is no list of column names.",
        "Write “{name}: [one_name, another_name]” in resources/field_aliases.yaml.",
    ),
    "aliases.twice": (
        "the column name “{name}” stands in two groups.",
        "Keep it in one, in resources/field_aliases.yaml.",
    ),
    "source.no_geometry": (
        "the layer has no geometries.",
        "Name a layer with geometries, or add “key” and use a measure of tables.",
    ),
    "source.bad_filter": ("the filter “{filter}” is refused ({reason}).", "Correct “where”."),
    "measure.more_than_whole": (
        "{code} would be covered on {covered_m2:.0f} m² of its {whole_m2:.0f} m².",
        "This is a defect of ours: please report it with the layer.",
    ),
    "source.not_polygons": (
        "the layer has no polygons, which {measure} needs.",
        "Use a layer of polygons, or the measure {other}.",
    ),
    "source.not_lines": (
        "the layer has no lines, which {measure} needs.",
        "Use a layer of lines, or the measure {other}.",
    ),
    "population.no_inhabitants": (
        "the study does not say which column holds the inhabitants of each point or building.",
        "Add “inhabitants” to the measure, or name a population raster.",
    ),
    "population.lines": (
        "the layer has lines alone, where nobody can be counted.",
        "Name a population raster, or a layer of points or buildings.",
    ),
    "measure.needs_population": (
        "the measure starts from the population, and names none.",
        "Add “population” with a population raster, or a layer of points or buildings.",
    ),
    "measure.share_of_what": (
        "“of” must name either a raster or buildings.",
        "Write “of: area”, “of: {{raster: …}}” or “of: {{buildings: …}}”.",
    ),
    "library.missing_extra": (
        "this Python library is missing; {feature} needs it.",
        "Install it in the engine's environment: pip install smart-territoires[{extra}].",
    ),
    "source.password_in_path": (
        "the address of the source “{source}” holds a password.",
        "Take it out of the study file, and out of its copies; give it by PGPASSWORD, PGPASSFILE, a service file (postgresql:///?service=…) or the authentication of QGIS.",
    ),
    "source.unknown_address": (
        "the address of the source “{source}” is of a kind that cannot be read.",
        "Write postgresql://host:port/database, https://…/raster.tif, or the path of a file.",
    ),
    "source.archive_nested": (
        "the archive holds another archive ({member}), which is not looked into.",
        "Unpack it, and name the inner file.",
    ),
    "source.archive_kind": (
        "archives of the kind {suffix} are not looked into.",
        "Unpack it and name a file inside, or pack it as .zip.",
    ),
    "source.archive_locked": (
        "the archive is protected by a password ({member}).",
        "Unpack it, and name the file inside.",
    ),
    "source.entities": (
        "the file declares entities, which may reach into other files.",
        "Export the layer again, best as a GeoPackage.",
    ),
    "source.invalid_geometry": (
        "{count} geometries are not valid ({examples}), and the study repairs none.",
        "Correct them, or take “repair: false” away.",
    ),
    "database.unreachable": (
        "the database cannot be reached ({reason}).",
        "Check the address, the service file and the password (PGPASSWORD, PGPASSFILE), and that the server answers.",
    ),
    "database.no_rights": (
        "the database refuses to be read ({reason}).",
        "Ask its administrator for the right to read (GRANT SELECT).",
    ),
    "database.failed": (
        "the database did not answer to the end ({reason}).",
        "Run again; if it persists, ask the administrator of the database.",
    ),
    "database.several_systems": (
        "the geometries are in several reference systems ({known}).",
        "Choose one with “where: ST_SRID(…) = …”, or transform them in a view.",
    ),
    "remote.unreachable": (
        "the server does not give the file ({reason}).",
        "Check the address; or download the file and name it.",
    ),
    "remote.not_in_parts": (
        "the server does not give parts of the file (HTTP ranges).",
        "Download the file and name it.",
    ),
    "remote.not_geotiff": (
        "what the server gives is no GeoTIFF (it begins with “{reason}”).",
        "Check the address in a browser.",
    ),
    "remote.no_version": (
        "the server does not say when the file changes (neither ETag nor Last-Modified).",
        "Download the file and name it.",
    ),
    "remote.not_raster": (
        "only a GeoTIFF (.tif) is read from a web server.",
        "Download the file and name it.",
    ),
    "crs.unknown": ("the reference system “{crs}” is unknown.", "Write it as EPSG:<number>."),
    "crs.missing": (
        "no coordinate reference system is declared.",
        "Add “crs” to the source; the coordinates look like {likely}.",
    ),
    "crs.impossible": (
        "the coordinates (from {x}, {y}) cannot be in {crs}.",
        "Add “crs” to the source; they look like {likely}.",
    ),
    "crs.swapped": (
        "x and y look exchanged (x from {x}, y from {y}).",
        "Export the layer again with east before north (longitude before latitude).",
    ),
    "crs.not_for_areas": ("areas cannot be measured in {crs}.", "Use {fitting} as the study's “crs”."),
    "crs.elsewhere": ("{crs} is not made for the place of these territories.", "Use {fitting} as the study's “crs”."),
    "table.encoding": ("the file is not {encoding} text ({reason}).", "Correct “encoding”, or leave it out."),
    "table.ragged": (
        "line {line} has {cells} cells where the header has {names} names.",
        "Check “separator” and “skip”, or put quotes around texts that hold the separator.",
    ),
    "table.unreadable": (
        "the table cannot be read ({reason}).",
        "Check “separator”, “skip” and “sheet”, or save it as CSV.",
    ),
    "table.no_key": ("the study does not say which column holds the territory's code.", "Add “key” to the source."),
    "table.duplicated_key": (
        "{count} codes stand more than once in “{key}” ({examples}).",
        "Add “combine” (sum, mean, max or first), or a “where” that keeps one row each.",
    ),
    "table.not_numbers": ("the column “{field}” is not made of numbers ({examples}).", "Name a column of numbers."),
    "raster.no_geotransform": ("the raster does not say where it lies.", "Georeference it first."),
    "raster.no_tile": (
        "{count} tiles of the virtual raster are missing ({absent}).",
        "Put them back, or build the virtual raster again.",
    ),
    "raster.not_real": ("the raster holds complex numbers.", "Name a raster of real numbers."),
    "raster.no_band": ("there is no band {band}; the raster has {count}.", "Correct “band”."),
    "register.no_layer": (
        "the register has no layer “{layer}”.",
        "A register has the layers “projects” and “survey”; layers in the file: {known}.",
    ),
    "territories.none": ("the layer has no territory.", "Check its “where”."),
    "territories.empty_code": (
        "{count} territories have no code.",
        "Complete the codes, or leave these features out with “where”.",
    ),
    "territories.duplicated_code": (
        "{count} codes stand more than once ({examples}).",
        "Correct them, or write “dissolve: true” to merge the features of one code.",
    ),
    "scoring.infinite_values": (
        "{count} territories have a value that is infinite or beyond all measure.",
        "Correct the source; a value that is not known is left empty.",
    ),
    "method.limits_reversed": (
        "the lower limit {low} of outliers is above the upper one {high}.",
        "Write the lower value as “low”.",
    ),
    "method.fraction_not_positive": (
        "“fraction_of_maximum” divides by {value}, and needs a value above 0.",
        "Choose another normalisation, for example “min_max”.",
    ),
    "method.log_of_values": (
        "{count} territories have 0 or less, which has no logarithm.",
        "Leave “cap” as it is, or leave “log” out.",
    ),
    "method.reference_not_better": (
        "the reference {reference} is no better than the worst value, {worst}.",
        "Give a reference that is better, or correct the direction.",
    ),
    "method.order_weights_not_positive": (
        "the weights of the places are negative, or all 0.",
        "Give numbers of 0 or more, at least one of them above 0.",
    ),
    "method.indifference_not_below": (
        "“indifference” ({low}) is not below “strict” ({high}).",
        "Lower the first or raise the second.",
    ),
    "scoring.missing_values": (
        "{count} territories have no value, and the study's rule is “error”.",
        "Complete the source, or choose another rule in “scoring: missing”.",
    ),
    "values.no_column": (
        "the table of values has no column “{column}”.",
        "Give it a column “code” and one per indicator.",
    ),
    "values.duplicated_code": (
        "{count} codes stand more than once in the table of values ({examples}).",
        "Keep one row of each.",
    ),
    "results.not_writable": (
        "the folder cannot be written ({reason}).",
        "Choose another folder, or check its permissions and the free space.",
    ),
    "results.locked": ("another run is writing into this folder.", "Wait for it to end, or choose another folder."),
    "results.other_version": (
        "these results were written by another version of Smart Territoires.",
        "Run the study again into the folder.",
    ),
    "results.missing": (
        "this is not a results folder ({missing} is missing).",
        "Give the folder that “smart-territoires run” wrote.",
    ),
    "results.no_code": ("there is no territory {code}.", "Codes near it: {known}."),
    "results.source_changed": ("the file {path} changed during the run.", "Run again once it is no longer written to."),
    "program.missing": (
        "this program is missing; {feature} needs it.",
        "Install QGIS 3.40 or later, or set ST_QGIS_PYTHON to a Python that has it.",
    ),
    "program.failed": (
        "it crashed during “{feature}” (code {code}).",
        "See its messages above; the results are untouched.",
    ),
    "defect": ("a defect of ours: {reason}", "Please report it with the study file; the former results are untouched."),
    "engine.process_killed": (
        "the process that computed a part was ended from outside, twice: the system does that when memory is short.",
        "Close other programs, or run with fewer --workers.",
    ),
    "cluster.address": (
        "“{address}” is no address of a Dask scheduler.",
        "Write it as the scheduler prints it, for example tcp://192.168.1.10:8786.",
    ),
    "cluster.unreachable": (
        "no scheduler answers there: {reason}",
        "Check that it runs and that this machine reaches it, or run without --scheduler.",
    ),
    "cluster.no_workers": (
        "the scheduler has no worker: waited {seconds} s.",
        "Start workers, then go on with --resume: what was measured is kept.",
    ),
    "cluster.lost": (
        "the scheduler does not answer any more.",
        "Go on with --resume, with or without --scheduler: what was measured is kept.",
    ),
    "cluster.worker_fails": (
        "{worker} does not answer as it must: {reason}",
        "Look at its log; install the same versions of Dask everywhere.",
    ),
    "cluster.no_package": (
        "{worker} cannot import {library}.",
        "Install Smart Territoires and what it needs there, in the version of this machine.",
    ),
    "cluster.other_version": (
        "{worker} has {name} {theirs}, this machine {ours}.",
        "Install the same versions everywhere: results must not depend on where they were computed.",
    ),
    "cluster.other_code": (
        "{worker} has another state of the code of Smart Territoires, under the same version.",
        "Install the same everywhere, and restart the workers.",
    ),
    "cluster.unseen_source": (
        "{worker} does not see “{path}” as it is here.",
        "Put the source in a folder that every worker reaches under the same path.",
    ),
    "cluster.part_fatal": (
        "a part has ended every worker that tried it: memory is short there, most likely.",
        "Give the workers more memory or fewer threads, then go on with --resume.",
    ),
    "cancelled": ("cancelled.", "The former results are untouched."),
    "quality.finding": ("{check}: {count} ({examples}).", "See the quality layer of the results."),
}
