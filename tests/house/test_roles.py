"""Whether somebody may do a thing is decided in access/policy.py and nowhere else: no other file compares a role."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from access.policy import ALLOWED, COMPANY_ROLES, STAFF_ROLES, Permission, gives, roles_with
from domain.people import Role
from tests.conftest import PROJECT

ROOMS = sorted(folder.parent.name for folder in PROJECT.glob("*/__init__.py"))
POLICY = PROJECT / "access" / "policy.py"
FILES = sorted(file for room in ROOMS for file in (PROJECT / room).rglob("*.py") if file != POLICY)
TEMPLATES = sorted((PROJECT / "portal" / "templates").rglob("*.html"))
#: Names of roles, and how a role is written where it is text.
WORDS = {role.value for role in Role} - {"requester"}
#: Where a caller's role is read at all: it is written into the row of the consultation.
READS_A_ROLE = {"service/consultations.py"}


def named(file: Path) -> str:
    return str(file.relative_to(PROJECT))


def comparisons(tree: ast.AST) -> Iterator[Any]:
    """What decides: a comparison, membership, a match, a look into a table by a role."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            yield node
        elif isinstance(node, ast.Match):
            yield from (node.subject, *(case.pattern for case in node.cases))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in ("in_", "not_in", "is_", "is_not", "index", "count", "__eq__"):
                yield node
        elif isinstance(node, ast.Dict):
            yield from (key for key in node.keys if key is not None)


def by_role(node: ast.AST) -> bool:
    """Whether a comparison names a role, or the role of a caller."""
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute):
            owner = ast.unparse(part.value)
            if owner == "Role" or (part.attr == "role" and owner.rpartition(".")[2] in ("caller", "self", "visitor")):
                return True
        if isinstance(part, ast.Constant) and part.value in WORDS and "role" in ast.unparse(node):
            return True
    return False


def decided(source: str) -> list[int]:
    """The lines that decide by a role."""
    return sorted({node.lineno for node in comparisons(ast.parse(source)) if by_role(node)})


@pytest.mark.parametrize("file", FILES, ids=named)
def test_no_other_file_decides_by_role(file: Path) -> None:
    source = file.read_text("utf-8")
    assert decided(source) == [], "ask access/policy.py: allows, require, gives, roles_with"
    if named(file) not in READS_A_ROLE:
        read = [line for line in source.splitlines() if re.search(r"\bcaller\.role\b", line)]
        assert read == []


@pytest.mark.parametrize("file", TEMPLATES, ids=named)
def test_no_template_decides_by_role(file: Path) -> None:
    source = file.read_text("utf-8")
    for statement in re.findall(r"{%-?\s*(?:el)?if [^%]*%}|{{[^}]* if [^}]*}}", source):
        assert not re.search(r"caller\.role|visitor\.role", statement), "ask visitor.may"


@pytest.mark.parametrize(
    "source",
    [
        "if caller.role is not Role.OPS:\n    raise NotAllowed",
        "allowed = found.caller.role in (Role.AGENT,)",
        "query.where(Person.role == Role.AGENT)",
        "query.where(col(Person.role).in_((Role.AGENT, Role.OPS)))",
        "may = person.role == 'ops'",
        "pages = {Role.AGENT: '/desk'}",
        "match caller.role:\n    case Role.OPS:\n        pass",
    ],
)
def test_whoever_decides_by_role_is_found(source: str) -> None:
    assert decided(source)


def test_what_is_not_named_is_allowed_to_nobody() -> None:
    assert set(ALLOWED) == set(Role) == {*COMPANY_ROLES, *STAFF_ROLES}
    assert set(COMPANY_ROLES) & set(STAFF_ROLES) == set()
    for permission in Permission:
        assert roles_with(permission), "allowed to nobody at all"
        assert not gives("boss", permission)
    assert roles_with(Permission.STAFF) == roles_with(Permission.ERASE) == (Role.OPS,)
    assert roles_with(Permission.ADMINISTER) == (Role.ADMINISTRATOR,)
