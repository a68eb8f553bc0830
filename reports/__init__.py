"""Join verdicts with the statements that cite the links, and render what people read."""
