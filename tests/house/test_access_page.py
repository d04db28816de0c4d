"""What docs/access.md says is tested is: each test that it names is there, is run, asserts, and makes that attack."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.conftest import PROJECT

PAGE = (PROJECT / "docs" / "access.md").read_text("utf-8")
_NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
#: By the beginning of a row: what the code of its tests must hold, with the helpers and the cases that it names, as
#: `ast.unparse` writes it.
ATTACKS = {
    "another issuer": [
        r"{'iss': 'https://elsewhere",
        r"{'iss': None}",
        r"/callback/evil",
        r"named = evil\.url",
        r"&iss=",
    ],
    "another audience": [r"{'aud': 'somebody-else'}", r"'aud': \[CLIENT, 'somebody-else'\]}", r"{'azp': 'somebody"],
    "another nonce": [r"{'nonce': 'another'}", r"{'nonce': None}", r"{'nonce': ''}"],
    "another state": [r"'state': state", r"other\.get\(back\)", r"timedelta\(minutes=11\)"],
    "`alg: none`": [
        r"'alg': 'none'",
        r"'alg': 'HS256'",
        r"as_pem\(private=False\)",
        r"s3cret",
        r"'jwk'",
        r"'kid': 'unknown'",
    ],
    "a token of another kind": [r"{'nonce': 'n'}", r"'at_hash'", r"'events'", r"logout\+jwt", r"person\.id"],
    "expired": [r"{'exp': 1", r"{'exp': None}", r"{'nbf': 3", r"{'iat': 1", r"NOW\.timestamp\(\)\) - 3600"],
    "a code replayed": [r"seconds=\d+|minutes=\d+", r"invalid_grant", r"refused\(await browser\.get\(back\)\)"],
    "without pkce": [r"'code_challenge': ''", r"'code_challenge_method': 'plain'", r"'code_verifier'"],
    "an open redirect": [r"'//evil", r"'javascript:", r"'redirect_uri': 'https://evil", r"'cross-site'"],
    "a session planted": [r"cookies\.set\(COOKIE, planted\)", r"attacker\.get"],
    "a level of assurance": [r"'acr': given", r"'acr': 'urn:be:level:100'", r"said\(claims, \*\*floor\)"],
}


def rows() -> dict[str, list[tuple[str, str]]]:
    """The tests of each attack, by what its row says of it."""
    table = PAGE.split("| attack on the sign-in |")[1].split("\n\n")[0]
    cells = [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]
    return {attack: _NAMED.findall(tests) for attack, tests in cells}


def code_of(source: str, test: str) -> str:
    """A test with its decorators and every function, class and value of its module that it comes to name.

    Raises AssertionError where it is not there, is not run, or asserts nothing.
    """
    places: dict[str, ast.stmt] = {}
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            places[statement.name] = statement
        elif isinstance(statement, ast.Assign | ast.AnnAssign):
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            places |= {target.id: statement for target in targets if isinstance(target, ast.Name)}
    assert isinstance(places.get(test), ast.FunctionDef | ast.AsyncFunctionDef), f"{test} is not there"
    marks = ast.unparse(places["pytestmark"]) if "pytestmark" in places else ""
    reached, waiting = {test}, [test]
    while waiting:
        names = {node.id for node in ast.walk(places[waiting.pop()]) if isinstance(node, ast.Name)}
        waiting += (more := names & places.keys() - reached)
        reached |= more
    decorators = marks + "".join(map(ast.unparse, places[test].decorator_list))  # type: ignore[attr-defined]
    assert not re.search(r"\b(skip|skipif|xfail)\b", decorators), f"{test} is not run"
    asserts = any(
        isinstance(node, ast.Assert) or (isinstance(node, ast.Attribute) and node.attr == "raises")
        for name in reached
        for node in ast.walk(places[name])
    )
    assert asserts, f"{test} asserts nothing"
    return "\n".join(ast.unparse(places[name]) for name in sorted(reached))


def code_at(file: str, test: str) -> str:
    """The same, of a file of the project."""
    path = PROJECT / file
    assert path.is_file(), file
    return code_of(path.read_text("utf-8"), test)


def test_every_test_of_the_page_is_there_and_can_fail() -> None:
    named = _NAMED.findall(PAGE)
    assert len([test for _, test in named if test]) > 15
    for file, test in named:
        if test:
            code_at(file, test)
        elif Path(file).name.startswith("test_"):
            assert "assert" in Path(PROJECT, file).read_text("utf-8"), file


def test_every_row_names_an_attack_of_which_we_know_what_it_takes() -> None:
    begun = [next((known for known in ATTACKS if row.casefold().startswith(known)), row) for row in rows()]
    assert sorted(begun) == sorted(ATTACKS)


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_tests_of_an_attack_make_it(attack: str) -> None:
    ((_, tests),) = [(row, tests) for row, tests in rows().items() if row.casefold().startswith(attack)]
    code = "\n".join(code_at(file, test) for file, test in tests)
    assert [pattern for pattern in ATTACKS[attack] if not re.search(pattern, code)] == []


def test_what_is_looked_for_can_be_missing() -> None:
    source = "CASES = ['none']\ndef refused(x):\n    assert x\n{}def test_it(case):\n    {}\nOTHER = 'HS256'\n"
    whole = code_of(source.format("@each(CASES)\n", "refused(case)"), "test_it")
    assert ("none" in whole, "HS256" in whole) == (True, False), "only what the test comes to name"
    for wrong in (source.format("", "pass"), source.format("@mark.skip\n", "assert case")):
        with pytest.raises(AssertionError, match=r"asserts nothing|is not run"):
            code_of(wrong, "test_it")
    with pytest.raises(AssertionError, match="is not there"):
        code_of("x = 1", "test_it")
