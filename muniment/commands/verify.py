"""`muniment verify`: whether WARC files and indexes hold what they say."""

from __future__ import annotations

from typing import Any

import click

from muniment.options import collection_options, settings
from muniment.progress import progress
from muniment.status import ExitStatus
from warc.collection import Collection
