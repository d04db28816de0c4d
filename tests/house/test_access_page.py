"""What docs/access.md says is tested is: every test that it names is there."""

from __future__ import annotations

import re

from tests.conftest import PROJECT

PAGE = (PROJECT / "docs" / "access.md").read_text("utf-8")


def test_every_test_of_the_page_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)
    assert len([test for _, test in named if test]) > 15
    missing = []
    for file, test in named:
        path = PROJECT / file
        if not path.is_file() or (
            test and not re.search(rf"^(async )?def {test}\(", path.read_text("utf-8"), re.MULTILINE)
        ):
            missing.append(f"{file}::{test}")
    assert missing == []


def test_every_attack_has_its_test() -> None:
    attacks = PAGE.split("| attack on the sign-in |")[1].split("\n\n")[0].casefold()
    for said in (
        "issuer",
        "audience",
        "nonce",
        "state",
        "alg: none",
        "hs256",
        "expired",
        "replayed",
        "pkce",
        "redirect",
    ):
        assert said in attacks
    assert "planted before the sign-in" in attacks
