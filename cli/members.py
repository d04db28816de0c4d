"""`niss members`: a company's people, or the service's own, at the console."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from cli.common import Commands, open_tools, say, table

if TYPE_CHECKING:
    from access.caller import Caller
    from service.context import Tools
    from service.views import MemberView

app = typer.Typer(
    cls=Commands,
    help="People of a company (--company NUMBER) or, without it, the service's own: agents, auditors, ops and so on.",
    no_args_is_help=True,
)
_Company = Annotated[
    str | None, typer.Option("--company", metavar="NUMBER", help="Enterprise number, with or without dots.")
]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_Who = Annotated[str, typer.Argument(metavar="ID", help="As `niss members list` shows it.")]


@app.command("list")
def list_(*, company: _Company = None, as_json: _Json = False) -> None:
    """Who they are, by name."""
    from service import members, staff

    tools, caller = _caller(company)
    if company is None:
        found = list(staff.list_staff(tools, caller))
    else:
        found, cursor = [], None
        while True:
            page = members.list_members(tools, caller, page_size=100, cursor=cursor)
            found += page.items
            cursor = page.cursor
            if cursor is None:
                break
    if as_json:
        say(json.dumps([_members(member) for member in found], ensure_ascii=False))
    else:
        table(("id", "name", "e-mail", "role", "state"), [tuple(_members(member).values()) for member in found])


@app.command()
def invite(
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="Also the login: the subject of their token.")],
    *,
    company: _Company = None,
    company_name: Annotated[
        str | None, typer.Option(help="Enter a company that is not known yet, under this name.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="What others see; the address where it is left out.")] = None,
    role: Annotated[
        str | None,
        typer.Option(
            help="administrator or requester (default); without --company agent (default), supervisor, auditor or ops."
        ),
    ] = None,
    as_json: _Json = False,
) -> None:
    """Let somebody in. They are active once they have signed in."""
    from service import members, staff

    tools, caller = _caller(company, company_name)
    if company is None:
        member = staff.enter(tools, caller, email=email, name=name, role=role or "agent")
    else:
        member = members.invite(tools, caller, email=email, name=name, role=role).view
    say(json.dumps(_members(member), ensure_ascii=False) if as_json else f"{member.id} invited as {member.role}")


@app.command("role")
def role_(
    member_id: _Who,
    role: Annotated[
        str, typer.Argument(metavar="ROLE", help="administrator or requester; agent, supervisor, auditor or ops.")
    ],
    *,
    company: _Company = None,
    as_json: _Json = False,
) -> None:
    """Change what somebody may do. A company keeps one administrator."""
    from service import members, staff

    tools, caller = _caller(company)
    change = staff.change_role if company is None else members.change_role
    member = change(tools, caller, member_id, role=role)
    say(json.dumps(_members(member), ensure_ascii=False) if as_json else f"{member.id} is {member.role} now")


@app.command()
def remove(member_id: _Who, *, company: _Company = None) -> None:
    """Take somebody out. What they did stays in the histories under their name."""
    from service import members, staff

    tools, caller = _caller(company)
    leave = staff.remove if company is None else members.remove
    leave(tools, caller, member_id)
    say(f"{member_id} removed")


def _caller(company: str | None, company_name: str | None = None) -> tuple[Tools, Caller]:
    from service import console

    tools = open_tools()
    if company is None:
        return tools, console.ops()
    return tools, console.administrator(tools, company, found_as=company_name)


def _members(member: MemberView) -> dict[str, str]:
    return {"id": member.id, "name": member.name, "email": member.email, "role": member.role, "state": member.state}
