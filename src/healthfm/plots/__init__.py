"""Figures for papers and notebooks, as matplotlib axes.

Each function takes a graph, draws on the axes it is given or on new ones of a sensible size, and
returns them; `save` writes a figure for print. They need matplotlib: ``pip install healthfm[plots]``.

>>> import healthfm
>>> from healthfm import plots
>>> ax = plots.family_tree(healthfm.load(), "alphafold2")
>>> ax.get_title(loc="left")
'AlphaFold'
"""

from healthfm.errors import UsageError

try:
    import matplotlib  # noqa: F401
except ImportError as error:
    raise UsageError("plots need matplotlib; install healthfm[plots]") from error

from healthfm.plots.bars import fan_out, lineage_depth, timeline
from healthfm.plots.family_tree import family_tree
from healthfm.plots.heat_map import modality_by_area
from healthfm.plots.organizations import organization_network
from healthfm.plots.style import save

__all__ = [
    "family_tree",
    "fan_out",
    "lineage_depth",
    "modality_by_area",
    "organization_network",
    "save",
    "timeline",
]
