"""Smart Territoires: which territories to call next, about which theme, with which argument, and how sure we are."""


def classFactory(iface):
    """Return the plugin; QGIS calls it once."""
    from smart_territoires_plugin.plugin import SmartTerritoiresPlugin

    return SmartTerritoiresPlugin(iface)
