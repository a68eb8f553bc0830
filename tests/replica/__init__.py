"""A replica of the archive and of the web it cites, on loopback: for tests, demo and benchmarks."""

from replica.answer import Received
from replica.citations import wrapped
from replica.links import CATALOGUE, UNCITED, Expected, Link
from replica.statement import HOST, SEED_TITLE, Kind, Section, Statement
from replica.world import Replica, serve

__all__ = [
    "CATALOGUE",
    "HOST",
    "SEED_TITLE",
    "UNCITED",
    "Expected",
    "Kind",
    "Link",
    "Received",
    "Replica",
    "Section",
    "Statement",
    "serve",
    "wrapped",
]
