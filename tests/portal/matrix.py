"""Who may open or send what in the portal: a row for every route, in the columns of tests/api/matrix.py.

Software has none: its token opens no page, it is nobody here.
"""

from __future__ import annotations

from portal.development_issuer import PATH as ISSUER
from tests.api.matrix import COLUMNS

#: The columns that are people's.
OF_PEOPLE = tuple(column for column in COLUMNS if "software" not in column)
_REQUEST = "/requests/{request_id}"
_CASE = "/desk/requests/{request_id}"
#: What a cell says: A answered (a page that is opened: 200; a form that is sent: its page, or led on to one), L led to
#: another page without seeing anything, 3 for 403, 4 for 404. Who is not signed in is led to the sign-in in every row.
MATRIX: dict[tuple[str, str], str] = {
    ("POST", "/sign-out"): "AAAA AAAA",
    ("GET", "/sessions"): "AAAA AAAA",
    ("POST", "/sessions/end"): "AAAA AAAA",
    ("POST", "/sessions/{session_id}/end"): "A444 4444",
    ("GET", "/"): "AAAA LLLL",
    ("POST", "/filter"): "AAAA 3333",
    ("GET", "/history.csv"): "AAAA 3333",
    ("POST", "/notifications/read"): "AAAA 3333",
    # What was told to somebody else is passed over without a word.
    ("POST", "/notifications/{notification_id}/read"): "AAAA 3333",
    ("GET", "/requests/new"): "AAAA 3333",
    ("POST", "/requests/new"): "AAAA 3333",
    ("GET", f"{_REQUEST}/documents"): "A4A4 3333",
    ("POST", f"{_REQUEST}/documents"): "A4A4 3333",
    ("POST", f"{_REQUEST}/documents/{{kind}}/{{number}}/{{change}}"): "A4A4 3333",
    ("GET", f"{_REQUEST}/personal-data"): "A4A4 3333",
    ("POST", f"{_REQUEST}/personal-data"): "A4A4 3333",
    ("GET", f"{_REQUEST}/address"): "A4A4 3333",
    ("POST", f"{_REQUEST}/address"): "A4A4 3333",
    ("GET", f"{_REQUEST}/check"): "A4A4 3333",
    ("POST", f"{_REQUEST}/check"): "A4A4 3333",
    ("GET", f"{_REQUEST}/sent"): "A4A4 3333",
    ("GET", f"{_REQUEST}/sent/state"): "A4A4 3333",
    ("GET", _REQUEST): "A4A4 LL33",
    ("GET", f"{_REQUEST}/answer"): "L4L4 3333",
    ("GET", f"{_REQUEST}/documents/{{kind}}/{{number}}"): "A4A4 LL33",
    ("GET", f"{_REQUEST}/withdraw"): "A4A4 3333",
    ("POST", f"{_REQUEST}/withdraw"): "A4A4 3333",
    # The requests of the matrix have no number yet: there is nothing to object to.
    ("GET", f"{_REQUEST}/objection"): "L4L4 3333",
    ("POST", f"{_REQUEST}/objection"): "A4A4 3333",
    ("GET", "/company"): "AAAA 3333",
    ("POST", "/company/members"): "33AA 3333",
    ("GET", "/company/members/{member_id}"): "33A4 3333",
    ("POST", "/company/members/{member_id}/role"): "33A4 3333",
    ("POST", "/company/members/{member_id}/remove"): "33A4 3333",
    ("POST", "/company/mandates"): "33AA 3333",
    ("GET", "/company/mandates/{mandate_id}"): "A4A4 3333",
    ("POST", "/company/mandates/{mandate_id}/end"): "33A4 3333",
    ("GET", "/company/clients"): "33AA 3333",
    ("POST", "/company/clients"): "33AA 3333",
    ("GET", "/company/clients/{client_id}"): "33A4 3333",
    ("POST", "/company/clients/{client_id}/rotate"): "33A4 3333",
    ("POST", "/company/clients/{client_id}/revoke"): "33A4 3333",
    ("GET", "/company/trail"): "33AA 3333",
    ("GET", "/audit"): "3333 33A3",
    ("POST", "/audit"): "3333 33A3",
    ("GET", "/audit/trail"): "3333 33A3",
    ("GET", "/service"): "3333 333A",
    ("GET", "/desk/statistics"): "3333 3A33",
    ("GET", f"{_CASE}/assignment"): "3333 3A33",
    ("POST", f"{_CASE}/assignment"): "3333 3A33",
    ("GET", "/desk"): "3333 AA33",
    ("POST", "/desk/next"): "3333 A333",
    ("GET", "/desk/day"): "3333 AA33",
    ("GET", "/desk/register"): "3333 A333",
    ("POST", "/desk/register"): "3333 A333",
    ("GET", _CASE): "3333 AA33",
    ("POST", f"{_CASE}/open"): "3333 AA33",
    ("POST", f"{_CASE}/claim"): "3333 A333",
    ("POST", f"{_CASE}/release"): "3333 A333",
    ("GET", f"{_CASE}/documents/{{kind}}/pages/{{number}}"): "3333 AA33",
    ("GET", f"{_CASE}/search"): "3333 A333",
    ("POST", f"{_CASE}/search"): "3333 A333",
    ("POST", f"{_CASE}/identify"): "3333 A333",
    ("GET", f"{_CASE}/create"): "3333 A333",
    ("POST", f"{_CASE}/create"): "3333 A333",
    ("GET", f"{_CASE}/ask"): "3333 A333",
    ("POST", f"{_CASE}/ask"): "3333 A333",
    ("POST", f"{_CASE}/preview"): "3333 AA33",
    ("GET", f"{_CASE}/reject"): "3333 A333",
    ("POST", f"{_CASE}/reject"): "3333 A333",
    ("POST", f"{_CASE}/confirm"): "3333 AA33",
    ("POST", f"{_CASE}/undo"): "3333 AA33",
}
#: Steps of a draft; every other request of the matrix is in review.
DRAFT = {
    path
    for _, path in MATRIX
    if path.startswith(_REQUEST) and path.endswith(("/documents", "/personal-data", "/address", "/check", "{change}"))
}
#: Whoever is not signed in may call these too; none of them shows anything of a company.
OPEN = {
    ("GET", "/sign-in"): "the way in",
    ("GET", "/sign-in/start/{key}"): "to the issuer",
    ("GET", "/sign-in/callback/{key}"): "back from the issuer",
    ("POST", "/sign-in/logout/{key}"): "an issuer's word that somebody has signed out there",
    ("GET", "/still-here"): "how long the session lasts, 0 where there is none",
    ("POST", "/language"): "a cookie that says nothing of anybody",
    ("GET", "/static/{name}"): "our own files",
}
#: Another party of the sign-in, in development alone: tests/portal/test_development_issuer.py.
DEVELOPMENT = {
    ("GET", f"{ISSUER}/.well-known/openid-configuration"): "what it is and where",
    ("GET", f"{ISSUER}/jwks.json"): "its keys",
    ("GET", f"{ISSUER}/authorize"): "its sign-in page, with the demo people",
    ("POST", f"{ISSUER}/authorize"): "the choice of one",
    ("POST", f"{ISSUER}/token"): "tokens for a code",
    ("GET", f"{ISSUER}/end-session"): "signing out there",
}
#: What is opened and names nobody but the visitor: no consultation.
NOBODY_SHOWN = {
    "/requests/new": "the company's own name, and of companies that gave it a mandate",
    "/sessions": "the visitor's own sessions",
    "/desk/register": "an empty form; what is found is a consultation",
    "/desk/statistics": "counts",
    "/audit": "an empty form; what is found is a consultation",
    "/service": "parts of the service",
}
#: The company that a mandate was given to sees it, and is told that the employer alone ends it.
OTHER_SIDE = {("POST", "/company/mandates/{mandate_id}/end"): "3"}


def expected(route: tuple[str, str], column: str, *, other_side: bool = False) -> str:
    """The cell: A, L, 3 or 4. `other_side`: the caller's is the company that received the mandate."""
    if other_side and column.startswith("administrator") and route in OTHER_SIDE:
        return OTHER_SIDE[route]
    return MATRIX[route].replace(" ", "")[OF_PEOPLE.index(column)]
