import pytest

from access.caller import Caller
from access.policy import reads_as_agent, require_agent, require_reader, require_requester, sees
from domain.errors import NotAllowed
from domain.people import Role


def caller(role: Role, company: str | None = None) -> Caller:
    return Caller("p1", "somebody@x.example", "Somebody", "somebody@x.example", role, company)


@pytest.mark.parametrize(
    ("who", "company", "mandatary", "mandate", "expected"),
    [
        (caller(Role.REQUESTER, "acme"), "acme", None, False, True),
        (caller(Role.ADMINISTRATOR, "acme"), "acme", None, False, True),
        (caller(Role.REQUESTER, "acme"), "acme", "payroll", False, True),
        (caller(Role.REQUESTER, "payroll"), "acme", "payroll", True, True),
        (caller(Role.REQUESTER, "payroll"), "acme", "payroll", False, False),
        (caller(Role.REQUESTER, "payroll"), "acme", None, True, False),
        (caller(Role.REQUESTER, "globex"), "acme", "payroll", True, False),
        (caller(Role.REQUESTER), "acme", None, True, False),
        (caller(Role.AGENT), "acme", None, True, False),
        (caller(Role.AGENT, "acme"), "acme", None, True, False),
        (caller(Role.OPS), "acme", None, True, False),
    ],
)
def test_a_request_is_seen_by_its_company_and_by_its_mandatary_while_the_mandate_holds(
    who: Caller,
    company: str,
    mandatary: str | None,
    mandate: bool,  # noqa: FBT001 - a column of the table
    expected: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert sees(who, company, mandatary, mandate) is expected


def test_agents_read_what_was_submitted_and_nobody_else_reads_as_agent() -> None:
    assert reads_as_agent(caller(Role.AGENT), submitted=True)
    assert not reads_as_agent(caller(Role.AGENT), submitted=False)
    assert not reads_as_agent(caller(Role.OPS), submitted=True)
    assert not reads_as_agent(caller(Role.REQUESTER, "acme"), submitted=True)


def test_roles_are_required_by_name() -> None:
    require_requester(caller(Role.ADMINISTRATOR, "acme"))
    require_agent(caller(Role.AGENT))
    require_reader(caller(Role.AGENT))
    for check, who in (
        (require_requester, caller(Role.AGENT)),
        (require_requester, caller(Role.REQUESTER)),
        (require_agent, caller(Role.ADMINISTRATOR, "acme")),
        (require_reader, caller(Role.OPS)),
    ):
        with pytest.raises(NotAllowed):
            check(who)
