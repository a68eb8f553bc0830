"""The error of the store, apart from the store so that it can be named without loading it."""


class StoreError(Exception):
    """The store cannot be used: the message says which file and why."""
