"""Who looks at a page: somebody signed in, or nobody yet; and whether a form came from a page of ours.

A page that needs somebody takes `Visitor` (or `Requester`, `Reader`, `Agent`); a route that changes something takes
`CheckedForm` as well, or awaits `checked_form` itself.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request
from fastapi.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from access import policy
from access.caller import Caller
from access.sessions import form_token, is_form_token, secret_of
from domain.errors import InvalidInput, NotAllowed, NotAuthenticated, UnsupportedMedia
from runtime.house import House, trace_of
from service import sessions

#: The field of every form that bears the session's token.
FORM_TOKEN = "form_token"  # noqa: S105 - the name of a field
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_READING = ("GET", "HEAD")
_WAYS_IN = ("/sign-in", "/sign-out")
#: The first page of whoever may do this.
_FIRST = (
    (policy.Permission.ASK, "/"),
    (policy.Permission.READ_DESK, "/desk"),
    (policy.Permission.AUDIT, "/audit"),
    (policy.Permission.LOOK_AFTER, "/service"),
)


@dataclass(frozen=True, slots=True)
class SignedInVisitor:
    """Somebody signed in, with the token that the forms of their pages bear.

    `ends_in` are the seconds after which they are signed out, unless they do something.
    """

    caller: Caller
    session_id: str
    form_token: str
    secret: str
    ends_in: int
    issuer: str = ""

    @property
    def home(self) -> str:
        """Where their work begins."""
        return first_page(self.caller)

    def may(self, permission: str) -> bool:
        """Whether the policy allows them something, by its name there: what a page offers."""
        return policy.allows(self.caller, policy.Permission(permission))


class SignInFirst(Exception):
    """Nobody is signed in: to the sign-in page, and afterwards to `target`, a path of ours."""

    def __init__(self, target: str) -> None:
        super().__init__("sign in first")
        self.target = target


def house_of(request: Request) -> House:
    """The house the portal was made for."""
    house = request.app.state.house
    if not isinstance(house, House):
        raise TypeError("the application has no house")
    return house


async def known_visitor(request: Request) -> SignedInVisitor | None:
    """Who is signed in, or None."""
    house = house_of(request)
    secret = secret_of(request.cookies, development=house.development)
    if secret is None:
        return None
    trace_id = trace_of(request.scope)
    try:
        found = await run_in_threadpool(sessions.signed_in, house.tools, house.session_terms, secret, trace_id=trace_id)
    except NotAuthenticated:
        return None
    ends_in = int((found.ends_at - house.tools.now()).total_seconds())
    return SignedInVisitor(found.caller, found.session_id, form_token(secret), secret, ends_in, found.issuer)


async def visitor(request: Request) -> SignedInVisitor:
    """Who is signed in. Raises SignInFirst."""
    found = await known_visitor(request)
    if found is None:
        raise SignInFirst(_address(request) if request.method in _READING else "/")
    return found


async def requester(found: Annotated[SignedInVisitor, Depends(visitor)]) -> SignedInVisitor:
    """A visitor who asks for numbers. Raises NotAllowed."""
    policy.require_requester(found.caller)
    return found


async def reader(found: Annotated[SignedInVisitor, Depends(visitor)]) -> SignedInVisitor:
    """A visitor who reads requests: their company's, or the desk's. Raises NotAllowed."""
    policy.require_reader(found.caller)
    return found


def _allowed(permission: policy.Permission) -> Callable[[SignedInVisitor], Awaitable[SignedInVisitor]]:
    """A dependency: a visitor who may do this at all. It raises NotAllowed."""

    async def allowed(found: Annotated[SignedInVisitor, Depends(visitor)]) -> SignedInVisitor:
        policy.require(found.caller, permission)
        return found

    return allowed


def local_path(given: str | None) -> str:
    """Where somebody is led after the sign-in: a path of ours, or the front page for everything else.

    >>> local_path("/requests/1?tab=2"), local_path("//evil.example"), local_path("https://evil.example/")
    ('/requests/1?tab=2', '/', '/')
    """
    path = given or ""
    # Browsers take a backslash for a slash, and drop tabs and line ends.
    plain = path.startswith("/") and path.isascii() and path.isprintable() and "\\" not in path and " " not in path
    if not plain or path.startswith("//") or len(path) > 1_000:
        return "/"
    return "/" if path.startswith(_WAYS_IN) else path


def first_page(caller: Caller) -> str:
    """Where a person's work begins."""
    return next((page for permission, page in _FIRST if policy.allows(caller, permission)), "/sessions")


def from_our_pages(request: Request) -> None:
    """Raise NotAllowed where a browser says that this call comes from a page of somebody else.

    `Origin` and `Sec-Fetch-Site` decide where they are sent. A call with neither comes from no browser of today, which
    nobody else's page can make send anything: there the form's token decides alone.
    """
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    if (origin is not None and origin != own_origin(request)) or site not in (None, "same-origin"):
        raise NotAllowed("This form was not sent from a page of this service; open the page again.")


def own_origin(request: Request) -> str:
    """`https://desk.example.org`: of NISS_PUBLIC_URL; in development the address by which one came."""
    house = house_of(request)
    if house.development:
        return f"{request.url.scheme}://{request.headers.get('host', '')}"
    public = urlsplit(house.public_url)
    return f"{public.scheme}://{public.netloc}"


async def checked_form(
    request: Request, found: Annotated[SignedInVisitor, Depends(visitor)], *, files: int = 0
) -> FormData:
    """The fields of a form that a page of this very session sent. Raises NotAllowed for any other.

    At most `files` files; a text of at most 64 kB. Who asks for files closes the form.
    """
    from_our_pages(request)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in _FORMS:
        raise UnsupportedMedia("The body is of a kind that is not read here.")
    form = await request.form(max_files=files, max_fields=200, max_part_size=65_536)
    if not is_form_token(form.get(FORM_TOKEN), found.secret):
        await form.close()
        raise NotAllowed("This form was not sent from a page of this service; open the page again.")
    return form


async def form_without_files(request: Request, found: Annotated[SignedInVisitor, Depends(visitor)]) -> FormData:
    """A checked form that has no files."""
    return await checked_form(request, found)


def text_of(form: FormData, name: str) -> str | None:
    """A field's text; None where it is not there. Raises InvalidInput for a file."""
    value = form.get(name)
    if value is not None and not isinstance(value, str):
        raise InvalidInput("The call is not understood.")
    return value


def _address(request: Request) -> str:
    query = request.url.query
    return request.url.path + (f"?{query}" if query else "")


TheHouse = Annotated[House, Depends(house_of)]
Visitor = Annotated[SignedInVisitor, Depends(visitor)]
MaybeVisitor = Annotated[SignedInVisitor | None, Depends(known_visitor)]
Requester = Annotated[SignedInVisitor, Depends(requester)]
Reader = Annotated[SignedInVisitor, Depends(reader)]
Agent = Annotated[SignedInVisitor, Depends(_allowed(policy.Permission.READ_DESK))]
Administrator = Annotated[SignedInVisitor, Depends(_allowed(policy.Permission.ADMINISTER))]
Supervisor = Annotated[SignedInVisitor, Depends(_allowed(policy.Permission.SUPERVISE))]
Auditor = Annotated[SignedInVisitor, Depends(_allowed(policy.Permission.AUDIT))]
Ops = Annotated[SignedInVisitor, Depends(_allowed(policy.Permission.LOOK_AFTER))]
CheckedForm = Annotated[FormData, Depends(form_without_files)]
