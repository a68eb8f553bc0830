"""From a captured page to a statement and the links it cites: pure functions of the bytes."""
