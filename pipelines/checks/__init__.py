"""Asking links and keeping what was seen: probe, politeness, hops, evidence."""
