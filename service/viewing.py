"""Pages as agents look at them at the desk."""

from __future__ import annotations

from access import policy
from access.caller import Caller
from access.policy import Permission
from documents.viewing import view
from domain.document import DocumentKind
from service import steps
from service.context import BRUSSELS, Tools


def view_page(
    tools: Tools,
    caller: Caller,
    request_id: str,
    kind: DocumentKind,
    number: int,
    *,
    width: int,
    turn: int | None = None,
    straight: bool = False,
) -> bytes:
    """A page as a JPEG, `width` pixels wide at most, turned clockwise, with who looked and when across it; noted.

    `turn` None: upright, as far as its zone tells. `straight`: the document in it made level and cut out, and upright
    before it is turned.

    Raises NotAllowed, NotFound, BlobStoreUnavailable.
    """
    policy.require(caller, Permission.READ_DESK)
    _, content, lies = steps.look_at(tools, caller, request_id, kind, number)
    words = f"{caller.name} · {tools.now().astimezone(BRUSSELS):%d.%m.%Y %H:%M:%S}"
    turn = lies if turn is None else (turn + (lies if straight else 0)) % 360
    return view(content, width=width, turn=turn, words=words, straight=straight)
