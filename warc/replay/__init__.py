"""Show captures again: which one answers, its links led into the archive, its scripts off."""
