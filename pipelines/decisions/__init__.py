"""What reviewers decide of links: an append-only log, and what of it holds now."""
