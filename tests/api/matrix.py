"""Who may call what: a row for every route, by role and by whose the thing at the address is."""

from __future__ import annotations

#: What a cell says: A allowed, 3 for 403, 4 for 404. Columns: a requester of a company that may open it, of another;
#: an administrator of the one, of the other; an agent, a supervisor, an auditor, ops; software of the one and other,
#: with every scope, and with that for reading alone.
COLUMNS = (
    *("requester own", "requester foreign", "administrator own", "administrator foreign"),
    *("agent", "supervisor", "auditor", "ops"),
    *("software own", "software foreign", "reading software own", "reading software foreign"),
)
_REQUEST = "/v1/requests/{request_id}"
_DESK = "/v1/desk/requests/{request_id}"
MATRIX: dict[tuple[str, str], str] = {
    ("POST", "/v1/requests"): "AAAA 3333 AA33",
    ("GET", "/v1/requests"): "AAAA 3333 AAAA",
    ("POST", "/v1/requests/query"): "AAAA 3333 AAAA",
    ("GET", _REQUEST): "A4A4 AA33 A4A4",
    ("DELETE", _REQUEST): "A4A4 3333 A433",
    ("GET", f"{_REQUEST}/history"): "A4A4 AA33 A4A4",
    ("PUT", f"{_REQUEST}/documents/{{kind}}"): "A4A4 3333 A433",
    ("DELETE", f"{_REQUEST}/documents/{{kind}}"): "A4A4 3333 A433",
    ("GET", f"{_REQUEST}/documents/{{kind}}/pages/{{number}}"): "A4A4 AA33 A4A4",
    ("PUT", f"{_REQUEST}/personalData"): "A4A4 3333 A433",
    ("PUT", f"{_REQUEST}/address"): "A4A4 3333 A433",
    ("POST", f"{_REQUEST}/submission"): "A4A4 3333 A433",
    ("POST", f"{_REQUEST}/objection"): "A4A4 3333 A433",
    ("GET", "/v1/notifications"): "AAAA 3333 AAAA",
    ("POST", "/v1/notifications/{notification_id}/read"): "A444 3333 4433",
    ("GET", "/v1/events"): "AAAA 3333 AAAA",
    ("GET", "/v1/company"): "AAAA 3333 AAAA",
    ("GET", "/v1/company/members"): "AAAA 3333 3333",
    ("POST", "/v1/company/members"): "33AA 3333 3333",
    ("GET", "/v1/company/members/{member_id}"): "A4A4 3333 3333",
    ("PUT", "/v1/company/members/{member_id}"): "33A4 3333 3333",
    ("DELETE", "/v1/company/members/{member_id}"): "33A4 3333 3333",
    ("GET", "/v1/company/mandates"): "AAAA 3333 AAAA",
    ("POST", "/v1/company/mandates"): "33AA 3333 3333",
    ("GET", "/v1/company/mandates/{mandate_id}"): "A4A4 3333 A4A4",
    ("DELETE", "/v1/company/mandates/{mandate_id}"): "33A4 3333 3333",
    ("GET", "/v1/company/trail"): "33AA 3333 3333",
    ("GET", "/v1/audit/trail"): "3333 33A3 3333",
    ("GET", "/v1/company/clients"): "33AA 3333 3333",
    ("POST", "/v1/company/clients"): "33AA 3333 3333",
    ("GET", "/v1/company/clients/{client_id}"): "33A4 3333 3333",
    ("POST", "/v1/company/clients/{client_id}/rotation"): "33A4 3333 3333",
    ("DELETE", "/v1/company/clients/{client_id}"): "33A4 3333 3333",
    ("GET", "/v1/desk/requests"): "3333 AA33 3333",
    ("GET", "/v1/desk/statistics"): "3333 3A33 3333",
    ("POST", "/v1/desk/register/query"): "3333 A333 3333",
    ("POST", "/v1/desk/register/replacement"): "3333 A333 3333",
    ("GET", _DESK): "3333 AA33 3333",
    ("GET", f"{_DESK}/documents/{{kind}}/pages/{{number}}"): "3333 AA33 3333",
    ("POST", f"{_DESK}/opening"): "3333 AA33 3333",
    ("PUT", f"{_DESK}/assignment"): "3333 3A33 3333",
    ("POST", f"{_DESK}/claim"): "3333 A333 3333",
    ("DELETE", f"{_DESK}/claim"): "3333 A333 3333",
    ("POST", f"{_DESK}/ruling"): "3333 A333 3333",
    ("POST", f"{_DESK}/ruling/confirmation"): "3333 AA33 3333",
    ("DELETE", f"{_DESK}/ruling"): "3333 AA33 3333",
    ("POST", "/v1/audit/consultations/query"): "3333 33A3 3333",
    ("GET", "/metrics"): "3333 333A 3333",
}
#: Everybody may call these without a token; none of them shows anything of a company.
OPEN = {
    ("GET", "/health"): "whether the process lives",
    ("GET", "/health/ready"): "whether its parts are there",
    ("GET", "/openapi.json"): "what there is to call",
    ("HEAD", "/openapi.json"): "the same",
    ("POST", "/oauth/token"): "a token, for a client's secret alone: tests/api/test_contract_clients.py",
    ("GET", "/v1/requests/query"): "405: the query is a POST",
    ("PUT", "/v1/requests/query"): "405",
    ("DELETE", "/v1/requests/query"): "405",
}
#: In development alone; where it is not, nothing is at these addresses.
DEVELOPMENT = {
    ("GET", "/.well-known/openid-configuration"): "the embedded issuer",
    ("GET", "/.well-known/jwks.json"): "its keys",
    ("GET", "/mailbox"): "mails that the catcher kept instead of sending them",
    ("GET", "/mailbox/{name}"): "one of them",
    ("GET", "/mailbox/{name}/raw"): "the same as a file",
}


def expected(route: tuple[str, str], column: str) -> str:
    """The cell: A, 3 or 4."""
    return MATRIX[route].replace(" ", "")[COLUMNS.index(column)]
