"""Where a page's script sends every reader as the page opens, told without running it.

Only what is certain counts: a fixed address, set by code that runs at once or after a pause and
under no condition. A comment, a text that quotes a script, a function that nobody calls, and what
waits for a click send nobody anywhere.
"""

from __future__ import annotations

import re
from itertools import islice

_MOST = 2000  # characters: longer scripts do more than to send on
_TOKEN = re.compile(
    r"(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z)|<!--[^\n]*)"
    r"|(?P<string>\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\$])*`)",
    re.DOTALL,
)
_LATER = re.compile(r"\bsetTimeout\s*\(\s*\Z")
_MOVE = re.compile(
    r"(?<![\w$.])(?:(?:window|document|top|self|parent|globalThis)\s*\.\s*)*location"
    r"(?:\s*\.\s*href)?\s*(?:=(?!=)|\.\s*(?:replace|assign)\s*\()\s*"
    r"(?:\"(?P<at>\d+)\"|(?P<name>[A-Za-z_$][\w$]*))\s*(?:[;,)}\n]|\Z)"
)
_CONDITION = re.compile(r"\bif\s*\(|\?|\bcase\b|\bcatch\b|\belse\b|&&|\|\|")
# What stands before the brace or the expression of a function, and what is done with it.
_FUNCTION = re.compile(
    r"(?:\bfunction\b\s*\*?\s*(?P<name>[\w$]*)\s*\([^()]*\)"
    r"|(?:\([^()]*\)|[\w$]+)\s*=>"
    r"|(?<![\w$.])(?!(?:if|for|while|switch|with|catch)\b)(?P<method>[\w$]+)\s*\([^()]*\))\s*\Z"
)
_ARROW = re.compile(r"(?:\([^()]*\)|[\w$]+)\s*=>[^;{}]*\Z")
_ASSIGNED = re.compile(r"(?P<name>[\w$]+)\s*[=:]\s*(?:async\s*)?\Z")
_PASSED = re.compile(r"(?P<callee>[\w$]+|\))?\s*\(\s*(?:\"(?P<event>\d+)\"\s*,\s*)?(?:async\s*)?\Z")
_RUN_AT_ONCE = frozenset({"setTimeout", "requestAnimationFrame", "ready", "$", "jQuery"})
_LOADED = frozenset({"load", "onload", "DOMContentLoaded", "pageshow"})
_ESCAPE = re.compile(
    r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|(.))", re.DOTALL
)
_NEAR = 160  # characters of a function's head, and of what is done with it
_MOST_MOVES = 4
_DEEPEST = 8  # functions in functions


def script_move(scripts: str) -> str | None:
    """Return the reference to which `scripts`, those of one page, send its reader on; else None."""
    if len(scripts) > _MOST or "location" not in scripts:
        return None
    strings: list[str] = []
    code = _masked(scripts, strings)
    runs = _Runs(code, strings)
    for match in islice(_MOVE.finditer(code), _MOST_MOVES):
        if _CONDITION.search(code, 0, match.start()):
            return None
        reference = _reference(match, code, strings)
        is_address = reference and not any(sign in reference for sign in " \n<>{}")
        if is_address and runs.is_run(match.start()):
            return reference
    return None


def _masked(scripts: str, strings: list[str]) -> str:
    """Return the code without comments, each string as `"N"`, its number in `strings`.

    A string that is run after a pause is code as well.
    """
    parts: list[str] = []
    at = 0
    for token in _TOKEN.finditer(scripts):
        parts.append(scripts[at : token.start()])
        at = token.end()
        if token["string"] is None:
            parts.append(" ")
            continue
        value = _unescaped(token["string"][1:-1])
        if ("location" in value or "(" in value) and _LATER.search("".join(parts[-2:])):
            parts.append("function(){" + _masked(value, strings) + "}")
        else:
            parts.append(f'"{len(strings)}"')
            strings.append(value)
    return "".join((*parts, scripts[at:]))


def _unescaped(written: str) -> str:
    """Return what a string's escapes stand for (ECMA-262, 12.9.4)."""
    return _ESCAPE.sub(_sign, written) if "\\" in written else written


def _sign(escape: re.Match[str]) -> str:
    digits = escape[1] or escape[2] or escape[3]
    if digits is None:
        return {"n": "\n", "t": "\t", "r": "\r", "\n": ""}.get(escape[4], escape[4])
    number = int(digits, 16)
    return chr(number) if number <= 0x10FFFF else ""  # noqa: PLR2004 - the last of Unicode


def _reference(match: re.Match[str], code: str, strings: list[str]) -> str | None:
    """Return the text that is set; a name's only where it is given once."""
    if match["at"]:
        return strings[int(match["at"])]
    name = re.escape(match["name"])
    given = re.findall(rf"(?<![\w$.]){name}\s*=(?!=)\s*(?:\"(\d+)\"\s*(?:[;,\n]|\Z))?", code)
    return strings[int(given[0])] if len(given) == 1 and given[0] else None


class _Runs:
    """Whether a place in a page's code is reached as the page opens."""

    def __init__(self, code: str, strings: list[str]) -> None:
        self._code = code
        self._strings = strings
        self._known: dict[str, bool] = {}

    def is_run(self, at: int) -> bool:
        """Return whether every function around `at` is run by itself."""
        around = self._around(at)
        if len(around) > _DEEPEST:
            return False
        return all(self._is_called(begin, found) for begin, found in around)

    def _around(self, at: int) -> list[tuple[int, re.Match[str]]]:
        """Return where each function around `at` begins, with what stands there."""
        opened: list[tuple[int, re.Match[str]] | None] = []
        for brace in re.finditer(r"[{}]", self._code[:at]):
            if brace[0] == "{":
                found = self._just_before(brace.start(), _FUNCTION)
                opened.append((found.start(), found) if found else None)
            elif opened:
                opened.pop()
        around = [one for one in opened if one is not None]
        arrow = self._just_before(at, _ARROW)
        return [*around, (arrow.start(), arrow)] if arrow else around

    def _just_before(self, at: int, pattern: re.Pattern[str]) -> re.Match[str] | None:
        return pattern.search(self._code, max(at - _NEAR, 0), at)

    def _is_called(self, begin: int, found: re.Match[str]) -> bool:
        groups = found.groupdict()
        if name := groups.get("name") or groups.get("method"):
            return self._is_name_called(name, found)
        if assigned := self._just_before(begin, _ASSIGNED):
            name = assigned["name"]
            return name in _LOADED or self._is_name_called(name, assigned)
        passed = self._just_before(begin, _PASSED)
        if passed and (passed["callee"] or passed["event"]):
            return self._runs_at_once(passed)
        return True  # `(function(){ … })()`

    def _runs_at_once(self, passed: re.Match[str]) -> bool:
        if passed["event"]:
            return self._strings[int(passed["event"])] in _LOADED
        return passed["callee"] in _RUN_AT_ONCE

    def _is_name_called(self, name: str, own: re.Match[str]) -> bool:
        """Return whether a function of that name is called, or handed to what calls it."""
        if name in self._known:
            return self._known[name]
        self._known[name] = False  # until shown: functions may call each other in a circle
        for match in re.finditer(rf"(?<![\w$]){re.escape(name)}(?![\w$])", self._code):
            if own.start() <= match.start() < own.end():
                continue
            if self._is_use(match) and self.is_run(match.start()):
                self._known[name] = True
                break
        return self._known[name]

    def _is_use(self, match: re.Match[str]) -> bool:
        if re.match(r"\s*\(", self._code[match.end() :]):
            return True
        assigned = self._just_before(match.start(), _ASSIGNED)
        passed = self._just_before(match.start(), _PASSED)
        return bool(
            (assigned and assigned["name"] in _LOADED) or (passed and self._runs_at_once(passed))
        )
