"""The command and its configuration; thin."""

__version__ = "0.1.0"
