"""An awkward web: behaviours of servers, and what each means for a link."""
