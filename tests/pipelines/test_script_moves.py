"""Which scripts send every reader on, and which only hold the words."""

from __future__ import annotations

import pytest

from pipelines.checks.script_moves import script_move

MOVES = (
    'window.location.replace("/x");',
    "setTimeout(function(){ window.location.href = '/x'; }, 2000);",
    "setTimeout(\"location.href='/x'\", 1500);",
    "setTimeout(() => { top.location = '/x' }, 0)",
    "setTimeout(() => location.assign('/x'), 0)",
    "setTimeout(()=>location='/x',10)",
    'window.location.href="\\/x";',
    "location.href='\\x2f\\u0078';",
    "self.location.assign('/x')",
    '<!--\ndocument.location="/x"\n//-->',
    "function go(){ location.href='/x'; } go();",
    'window.onload=function(){window.location.href="/x"}',
    "(function(){location='/x'})();",
    "!function(){location='/x'}()",
    "(()=>{location='/x'})()",
    "$(document).ready(function(){ location='/x' });",
    "$(function(){location='/x'})",
    "document.addEventListener('DOMContentLoaded', function(){ location.href='/x'; });",
    "window.addEventListener('load', () => { location.href='/x' })",
    "function r(){location='/x'} window.onload=r;",
    "function r(){location='/x'} setTimeout(r, 100);",
    "function r(){location='/x'} setTimeout('r()', 100);",
    "var url='/x'; window.location = url;",
    'const u = "/x"\nlocation.href = u',
    "window.top.location.href='/x'",
    "parent.location='/x'",
    "try { location='/x' } catch(e){}",
    "const go = () => { location='/x' }; go();",
    "var a={go:function(){location='/x'}}; a.go();",
    "location.href = `/x`;",
    "location.replace('/x')",
    "var a=1\nlocation = '/x'\nvar b=2",
    "async function f(){ location='/x' }\nf()",
    "window.onload = () => location.replace('/x');",
    "setTimeout(\"redirect()\",5000); function redirect(){ location='/x' }",
)

NO_MOVES = (
    "// location.href='/x'\nvar a=1;",
    "/* old:\n location.href='/x';\n*/",
    "function go(){ location.href='/x'; }",
    "const go = () => { location.href='/x'; };",
    "const go = () => location.href='/x';",
    "var go = function(){ location.href='/x' }",
    "if (screen.width < 700) { location.href='/x'; }",
    "if (top != self) top.location = '/x';",
    "if (location.href == '/x') alert(1);",
    "var t = \"location.href='/x'\"; console.log(t);",
    "document.querySelector('a').addEventListener('click',function(){location.href='/x'})",
    "b.onclick = function(){location.href='/x'}",
    "a && (location='/x')",
    "x ? location='/x' : 0",
    "var o={go(){location='/x'}}",
    "class A { go(){ location='/x' } }",
    "location.href = '/x?' + y;",
    "location.href == '/x'",
    "function a(){b()} function b(){location='/x'}",
    "b.addEventListener('click', go); function go(){location='/x'}",
    "foo.location = '/x'",
    "mylocation = '/x'",
    "switch(1){case 1: location='/x'}",
    "fetch('/y').then(function(){location='/x'})",
    "window.location.hash='/x'",
    "var u='/x'; u='/y'; location=u",
    "$('#a').click(function(){ location='/x' })",
    "var s='// '; /* location='/x' */",
    "function go(){ location='/x' } var n = 'go()';",
)


@pytest.mark.parametrize("scripts", MOVES)
def test_a_move_of_every_reader_is_found(scripts: str) -> None:
    assert script_move(scripts) == "/x"


@pytest.mark.parametrize("scripts", NO_MOVES)
def test_what_runs_for_nobody_or_for_some_is_no_move(scripts: str) -> None:
    assert script_move(scripts) is None


@pytest.mark.parametrize(
    "written", [r"\/x", r"\x2fx", r"\u002fx", r"\u{2f}x"], ids=["json", "hex", "four", "braces"]
)
def test_escapes_are_read(written: str) -> None:
    assert script_move(f'location.href = "{written}";') == "/x"


def test_functions_that_call_each_other_end() -> None:
    assert script_move("function a(){b();location='/x'} function b(){a()}") is None


def test_long_scripts_are_no_mere_move() -> None:
    assert script_move("location='/x';" + "f();" * 600) is None
