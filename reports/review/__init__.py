"""The review application: people look at findings and decide."""
