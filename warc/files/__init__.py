"""WARC and ARC files as bytes: containers, records, what is wrong with them, how they grow."""
