"""The spiders: `statements` walks a known site, `pages` any site from its seeds."""
