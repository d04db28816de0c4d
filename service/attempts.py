"""Sign-ins on their way: remembered when somebody leaves for the issuer, taken once when they come back."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col

from access.relying import Attempt, SignInRefused
from access.sessions import digest
from service.context import Tools
from store.session_tables import SignInRow

#: From leaving for the issuer to coming back.
PATIENCE = timedelta(minutes=10)


def remember(tools: Tools, attempt: Attempt, browser_secret: str) -> None:
    """Keep what the answer will be compared with; for this browser only."""
    now = tools.now()
    with tools.store.writing() as session:
        session.execute(delete(SignInRow).where(col(SignInRow.ends_at) < now))
        row = SignInRow(
            state_digest=digest(attempt.state),
            browser_digest=digest(browser_secret),
            issuer_key=attempt.issuer_key,
            nonce=attempt.nonce,
            verifier=attempt.verifier,
            way_back=attempt.way_back,
            target=attempt.target,
            ends_at=now + PATIENCE,
        )
        session.add(row)


def take(tools: Tools, *, state: str, browser_secret: str, issuer_key: str) -> Attempt:
    """The attempt with this state, which is then over. Raises SignInRefused where it is not this browser's."""
    with tools.store.writing() as session:
        row = session.get(SignInRow, digest(state), with_for_update=True)
        if row is None:
            raise SignInRefused("state")
        if row.browser_digest != digest(browser_secret):
            # Left as it is: whoever guesses at states ends nobody's sign-in.
            raise SignInRefused("browser")
        session.delete(row)
        late, mixed_up = tools.now() >= row.ends_at, row.issuer_key != issuer_key
    if late or mixed_up:
        raise SignInRefused("late" if late else "mixed-up issuer")
    return Attempt(row.issuer_key, state, row.nonce, row.verifier, row.way_back, row.target)
