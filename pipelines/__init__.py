"""Derive statements, outlinks, evidence, verdicts and their history from captures."""
