"""The version of the rules of judging, and what stood in them when it was given.

Who changes a rule (a phrase, a limit, a reason, or the code that applies them) gives a new
version: the year and a number within it. `muniment judge` then applies the new rules to old
checks, and `muniment verify --verdicts` can tell an old rule from a wrong verdict.
"""

from __future__ import annotations

RULES_VERSION = "2026.3"
RULES_DIGEST = "6d3a280cf5874440"  # tests/pipelines/test_rules_version.py tells it
