"""Mail addresses as they may stand in a header and in an envelope."""

from __future__ import annotations

from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr

from domain.errors import Undeliverable


def recipient_address(text: str) -> str:
    """One address, its host in ASCII; whatever could begin another header or another recipient is none.

    Raises Undeliverable, which does not repeat it.
    """
    local, _, host = text.rpartition("@")
    try:
        if not local or any(c in "\r\n,;<>\0" for c in text):
            raise ValueError("not an address")
        host = host.encode("idna").decode()
        # Letters of other scripts are allowed before the @ (RFC 6531); the parser knows ASCII alone.
        Address(addr_spec="".join(c if c.isascii() or not c.isalnum() else "x" for c in local) + f"@{host}")
    except (ValueError, IndexError, UnicodeError, MessageError):
        raise Undeliverable("The recipient has no valid mail address.") from None
    return f"{local}@{host}"


def sender_address(text: str) -> tuple[str, str]:
    """Name ("" where it has none) and address of NISS_MAIL_FROM. Raises ValueError."""
    name, address = parseaddr(text)
    if "@" not in address or any(c in text for c in "\r\n\0"):
        raise ValueError("the sender of mails is one mail address, with or without a name")
    return name, address
