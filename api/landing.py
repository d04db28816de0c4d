"""The page at `/`: what this is, until the portal is here."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.dependencies import NoQuery, TheHouse, checked_id
from runtime.house import House

router = APIRouter(include_in_schema=False)
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>niss-desk</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem; }}
</style>
</head>
<body>
<main>
<h1>niss-desk</h1>
<p>Belgian social-security numbers (NISS / INSZ) for people hired from abroad: an employer states who somebody is, the
service finds or creates the number.</p>
<p>This service is driven through its HTTP interface; it has no pages to work on yet.</p>
{about}
<ul>
<li><a href="/openapi.json">Description of the HTTP interface</a> (OpenAPI 3.1)</li>
<li><a href="/health/ready">State of the service</a></li>
{more}
</ul>
</main>
</body>
</html>
"""


@router.get("/")
async def landing(house: TheHouse, _query: NoQuery) -> HTMLResponse:
    """What this is, and where to go from here."""
    return _page(house)


@router.get("/requests/{request_id}")
async def linked(house: TheHouse, request_id: str, _query: NoQuery) -> HTMLResponse:
    """Where the links of mails lead: where the request is to be read. Says nothing of whether there is one."""
    path = f"/v1/requests/{checked_id(request_id, 'There is no such request.')}"
    return _page(house, f"<p>The request of your mail is at <code>{path}</code>, for a caller of its company.</p>")


def _page(house: House, about: str = "") -> HTMLResponse:
    more = '<li><a href="/mailbox">Mails that were sent</a> (development)</li>' if house.mailbox is not None else ""
    return HTMLResponse(_PAGE.format(more=more, about=about))
