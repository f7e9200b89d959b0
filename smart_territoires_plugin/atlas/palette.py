"""The one table of colours: map styles, atlas maps and charts all read it."""

from __future__ import annotations

# Strategic order: what to do first comes first in every legend.
SEGMENT_ORDER = ("engage", "verify", "showcase", "support", "raise_awareness", "insufficient_data")

# Told apart under protanopia, deuteranopia and tritanopia (tests/qgis/test_styles.py computes it), and by lightness:
# the target list is the strongest colour on a page, what needs no action yet is the palest.
SEGMENT_COLOURS = {
    "engage": "#d1490c",
    "verify": "#f4c542",
    "showcase": "#1f4e8c",
    "support": "#6fb1dc",
    "raise_awareness": "#e6e1d3",
    "insufficient_data": "#ffffff",
}

# Five classes of equal width, 0–100, light to dark; lightness falls evenly, so they read in grey too.
CLASS_BREAKS = (0.0, 20.0, 40.0, 60.0, 80.0, 100.0)
READINESS_COLOURS = ("#edf5e6", "#b5dbc6", "#6cb5bd", "#2d7ba6", "#183a70")
PRIORITY_COLOURS = ("#fdf0d8", "#f9cb8f", "#ee9552", "#cd5122", "#7f1a12")

# Discs of the targets by how stable the rank is; their outline says it too.
STABILITY_ORDER = ("core", "probable", "debatable")
STABILITY_FILLS = {"core": "#ffffff", "probable": "#eceff2", "debatable": "#d3d9df"}

INK = "#1d2530"
INK_SOFT = "#5a6572"
RULE = "#c9cfd6"
PAPER = "#ffffff"
PANEL = "#f4f5f2"
HATCH = "#8a929c"
BOUNDARY = "#ffffff"
GROUP_BOUNDARY = "#4b5563"
ACCENT = SEGMENT_COLOURS["engage"]
PEER = SEGMENT_COLOURS["showcase"]
# Links of the network by kind: colour and, for those who do not tell colours apart, how the line is drawn.
LINKS = {"peer": (INK, "solid"), "showcase": (PEER, "dash"), "applicant": (SEGMENT_COLOURS["engage"], "dot")}
STAKE_BAR = "#7a5c99"
AXIS_BAR = "#2d7ba6"
NOTICE = "#fff3c4"
NOTICE_INK = "#5c4700"


def blend(colour: str, strength: float, paper: str = PAPER) -> str:
    """Mix a colour with the paper: transparency without its cost (QGIS turns transparent layers into pictures).

    Parameters
    ----------
    colour, paper : str
        ``#rrggbb``.
    strength : float
        0 (paper) to 1 (the colour).

    Examples
    --------
    >>> blend("#000000", 0.5)
    '#808080'
    """
    channels = []
    for start in (1, 3, 5):
        top, bottom = int(colour[start : start + 2], 16), int(paper[start : start + 2], 16)
        channels.append(round(bottom + (top - bottom) * strength + 1e-9))
    return "#" + "".join(f"{channel:02x}" for channel in channels)
