"""The wire and the format: exact HTTP exchanges, WARC 1.1 records, CDXJ indexes, replay.

Knows nothing of statements or verdicts; imports nothing of the other packages.
"""
