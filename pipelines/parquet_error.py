"""The error that says what writing Parquet lacks; alone, so that naming it costs no import."""


class ParquetMissingError(Exception):
    """The library that writes Parquet is not installed."""
