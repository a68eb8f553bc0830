"""A verdict names the version of its rules: other rules under the same version are a lie."""

from __future__ import annotations

import ast
import hashlib
import io
import token
import tokenize
from pathlib import Path

import pytest

import pipelines.verdicts
from pipelines.verdicts.rules import Rules
from pipelines.verdicts.rules_version import RULES_DIGEST, RULES_VERSION

FOLDER = Path(pipelines.verdicts.__file__).parent
# They judge nothing: what stands here changes no verdict.
APART = {"__init__.py", "packs.py", "pack_names.py", "plain.py", "rules_version.py"}
_LEFT_OUT = {tokenize.NL, tokenize.COMMENT, token.ENDMARKER}
_LAYOUT = {token.INDENT: "\t", token.DEDENT: "\b", token.NEWLINE: "\n"}


def meaning(source: str) -> str:
    """Return the code without comments, docstrings and layout, the same on every Python."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {
        node.body[0].lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, documented) and ast.get_docstring(node)
    }
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return "".join(
        _LAYOUT.get(one.type, _without_spaces(one))
        for one in tokens
        if one.type not in _LEFT_OUT
        and not (one.start[0] in docstrings and one.type == token.STRING)
    )


def _without_spaces(one: tokenize.TokenInfo) -> str:
    """Return the token; an f-string, which Python 3.12 takes apart, without its spaces."""
    is_part = token.tok_name[one.type] == "FSTRING_MIDDLE"
    is_whole = one.type == token.STRING and one.string[0] in "fF"
    return one.string.replace(" ", "") if is_part or is_whole else one.string


def digest_of_rules() -> str:
    found = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.py")):
        if path.name not in APART:
            found.update(f"{path.name}\n{meaning(path.read_text('utf-8'))}\n".encode())
    return found.hexdigest()[:16]


def test_rules_do_not_change_under_one_version() -> None:
    assert digest_of_rules() == RULES_DIGEST, (
        f"the rules of judging are no longer those of version {RULES_VERSION}: in "
        "pipelines/verdicts/rules_version.py give a new RULES_VERSION and "
        f'RULES_DIGEST = "{digest_of_rules()}"'
    )


def test_verdicts_name_that_version() -> None:
    assert Rules().version == RULES_VERSION


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("LIMIT = 3  # why\n", "LIMIT = 3\n", True),
        (
            'def f():\n    """Say."""\n    return 1\n',
            'def f():\n    """Tell."""\n\n    return 1\n',
            True,
        ),
        ("LIMIT = 3\n", "LIMIT = 4\n", False),
        ("if a:\n    b()\n    c()\n", "if a:\n    b()\nc()\n", False),
        ('WORDS = ("not found",)\n', 'WORDS = ("not  found",)\n', False),
        ("def f():\n    return a and b\n", "def f():\n    return a or b\n", False),
    ],
)
def test_comments_are_no_rules_and_words_are(one: str, other: str, *, same: bool) -> None:
    assert (meaning(one) == meaning(other)) is same
