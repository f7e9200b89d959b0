"""What to tell a person when no Python can run the engine: what is missing, and how to get it."""

from __future__ import annotations

from smart_territoires_plugin.bridge.interpreter import NEEDED, VARIABLE, Interpreter, Search
from smart_territoires_plugin.bridge.translation import translate


def missing_message(search: Search) -> str:
    """Say in plain words why no interpreter was found, and the way out.

    Parameters
    ----------
    search : Search
        A search that found none.
    """
    are_named = any(missing for _, missing in search.lacking)
    return " ".join([*(_about(candidate, missing) for candidate, missing in search.lacking), _way_out(are_named)])


def _about(candidate: Interpreter, missing: tuple[str, ...]) -> str:
    """Say what one candidate lacks."""
    if not candidate.path.exists():
        return translate("SmartTerritoires", "{path} does not exist.").format(path=candidate.path)
    if not missing:
        return translate("SmartTerritoires", "{path} does not work as a Python interpreter.").format(
            path=candidate.path
        )
    libraries = ", ".join(missing)
    if candidate.origin == "qgis":
        return translate(
            "SmartTerritoires", "The Python of QGIS lacks what the computation needs: {libraries}."
        ).format(libraries=libraries)
    return translate("SmartTerritoires", "{path} lacks what the computation needs: {libraries}.").format(
        path=candidate.path, libraries=libraries
    )


def _way_out(are_named: bool) -> str:
    """Say what to do; ``are_named`` if the libraries that are missing were named already."""
    if not are_named:
        return translate(
            "SmartTerritoires",
            "Name the interpreter of a Python environment that has {libraries} in Settings ► Options ► Smart "
            "Territoires, or in the environment variable {variable}.",
        ).format(libraries=", ".join(NEEDED.values()), variable=VARIABLE)
    return translate(
        "SmartTerritoires",
        "Install these libraries in a Python environment of your own (python -m venv, then pip install), then name its "
        "interpreter in Settings ► Options ► Smart Territoires, or in the environment variable {variable}.",
    ).format(variable=VARIABLE)
