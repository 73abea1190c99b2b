"""healthfm: the knowledge graph of healthcare foundation models.

>>> import healthfm
>>> kg = healthfm.load()
>>> "model:pubmedbert" in {row["m"] for row in kg.query("SELECT ?m { ?m hfm:memberOf family:bert }").plain()}
True
"""

from healthfm.building import build
from healthfm.errors import (
    CatalogueError,
    HealthfmError,
    InputError,
    LimitError,
    QueryError,
    RemoteError,
    UnknownNameError,
    UsageError,
)
from healthfm.jupyter import load_ipython_extension
from healthfm.knowledge_graph import KnowledgeGraph
from healthfm.opening import connect, load

__version__ = "0.1.0"

__all__ = [
    "CatalogueError",
    "HealthfmError",
    "InputError",
    "KnowledgeGraph",
    "LimitError",
    "QueryError",
    "RemoteError",
    "UnknownNameError",
    "UsageError",
    "__version__",
    "build",
    "connect",
    "load",
    "load_ipython_extension",
]
