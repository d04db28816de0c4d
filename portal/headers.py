"""What every page of the portal says to the browser: no script but ours, nothing from elsewhere, in nobody's frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_YEAR_SECONDS = 31_536_000
_FEATURES = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")


def content_policy(form_targets: Iterable[str] = ()) -> str:
    """The Content-Security-Policy. `form_targets`: origins other than ours that a form may lead to (sign-out)."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' blob:",
            "connect-src 'self'",
            " ".join(("form-action 'self'", *form_targets)),
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


class PageHeaders:
    """Plain ASGI around the portal. A response may have said its own `Cache-Control` before.

    `form_targets` are asked at every page: an issuer is discovered when somebody first signs in.
    """

    def __init__(self, app: ASGIApp, *, development: bool, form_targets: Callable[[], Iterable[str]]) -> None:
        headers = {
            # Not `no-referrer`: browsers then send `Origin: null` with our own forms.
            "Referrer-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
        }
        if not development:
            headers["Strict-Transport-Security"] = f"max-age={_YEAR_SECONDS}; includeSubDomains"
        self._app = app
        self._headers = headers
        self._form_targets = form_targets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one call."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
                headers["Content-Security-Policy"] = content_policy(sorted(self._form_targets()))
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, send_with_headers)
