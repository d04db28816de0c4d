"""TCP ports: which are free, and one clear line when one is not."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from contextlib import ExitStack, closing

from domain.errors import NissDeskError


class PortTaken(NissDeskError):
    """Another program listens where one of ours should. Its text is one line: port, setting, what to do."""

    code = "portTaken"


def free_ports(count: int, *, host: str = "127.0.0.1") -> tuple[int, ...]:
    """So many different ports on which nobody listens now. Nothing reserves them: use them at once."""
    with ExitStack() as held:
        sockets = [held.enter_context(closing(socket.create_server((host, 0)))) for _ in range(count)]
        return tuple(int(listening.getsockname()[1]) for listening in sockets)


def can_listen(host: str, port: int) -> bool:
    """Whether a server could be opened there now (a port that is only in TIME_WAIT counts as free).

    Raises OSError where the host is not one of this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with closing(socket.create_server((host, port), family=family)):
            return True
    except PermissionError:
        return False
    except OSError as error:
        if error.errno is not None and "in use" in (error.strerror or ""):
            return False
        raise


def check_free(wanted: Iterable[tuple[str, str, int]]) -> None:
    """Raise PortTaken for the first of (setting, host, port) on which no server can be opened."""
    for setting, host, port in wanted:
        try:
            if can_listen(host, port):
                continue
        except OSError:
            raise PortTaken(f"NISS_HOST: {host} is not an address of this machine") from None
        raise PortTaken(
            f"port {port} is taken or not allowed: stop the program that uses it, or set {setting} to another port"
        )


def answers(host: str, port: int, *, patience: float = 0.2) -> bool:
    """Whether somebody accepts connections there. `patience` in seconds."""
    try:
        with closing(socket.create_connection((host, port), timeout=patience)):
            return True
    except OSError:
        return False
