"""What the four steps share: the request they are about, and where one stands."""

from __future__ import annotations

from typing import Any, Final

from domain.question import part_of
from domain.request import Part, Phase, Step
from portal.routes import request_page
from service.views import RequestView

#: Number, step, and the last part of the address.
STEPS: Final = (
    (1, Step.DOCUMENT, "documents"),
    (2, Step.PERSONAL_DATA, "personal-data"),
    (3, Step.ADDRESS, "address"),
    (4, Step.SUBMISSION, "check"),
)
_PARTS: Final = {Part.DOCUMENT: "documents", Part.PERSONAL_DATA: "personal-data", Part.ADDRESS: "address"}


def place_of(view: RequestView, number: int) -> dict[str, Any]:
    """What the steps' line shows: where one is, which are done, and where each is to be found."""
    done = {n for n, step, _ in STEPS if view.steps.get(step)}
    links = {n: request_page(view.id, part) for n, _, part in STEPS}
    return {"request_view": view, "at": number, "done": done, "links": links, "asked": asked(view)}


def next_step(view: RequestView) -> str:
    """The first step that is still to be done."""
    part = next((part for _, step, part in STEPS if not view.steps.get(step)), "check")
    return request_page(view.id, part)


def is_open(view: RequestView, part: Part) -> bool:
    """Whether this part can be filled in now: of a draft every one, of a question what it asks for."""
    return view.phase is Phase.COLLECTING or part in asked(view)


def asked(view: RequestView) -> tuple[Part, ...]:
    """The parts that an agent still waits for."""
    if view.action_expected is None:
        return ()
    parts = {part_of(name) for name in view.action_expected.fields}
    if view.action_expected.kind == "newDocument":
        parts.add(Part.DOCUMENT)
    return tuple(part for part in Part if part in parts)


def answer_page(view: RequestView) -> str:
    """Where the first part that an agent waits for is given; the request itself where nothing is waited for."""
    waiting = asked(view)
    return request_page(view.id, _PARTS[waiting[0]] if waiting else "")
