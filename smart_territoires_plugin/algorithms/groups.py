"""The groups under which the algorithms stand in the toolbox, in the order of a planner's work."""

from __future__ import annotations

from smart_territoires_plugin.bridge.translation import translate

STUDY = "study"
REGISTER = "register"
OUTREACH = "outreach"
FOLLOW_UP = "follow_up"


def group_name(group: str) -> str:
    """Return the name of a group on screen; empty for no group.

    Parameters
    ----------
    group : str
        Its id; never renamed, since models keep it.
    """
    names = {
        STUDY: translate("SmartTerritoires", "Study"),
        REGISTER: translate("SmartTerritoires", "Register"),
        OUTREACH: translate("SmartTerritoires", "Outreach"),
        FOLLOW_UP: translate("SmartTerritoires", "Follow-up"),
    }
    return names.get(group, "")
