"""`niss keys`: the key that encrypts the keys of requests, and its successor."""

from __future__ import annotations

import json
from contextlib import closing
from typing import Annotated

import typer

from cli.common import progress_bar, say, settings_here

app = typer.Typer(help="Keys that pages are encrypted by: make one, put it in another's place.", no_args_is_help=True)


@app.command()
def new() -> None:
    """Print a new key-encryption key, a line for NISS_KEK_FILE. It is kept nowhere."""
    from documents.keyring import new_line

    say(new_line())


@app.command()
def rewrap(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was done as one JSON object.")] = False,
) -> None:
    """Encrypt every request's key by the first key of NISS_KEK_FILE. Afterwards the others can be taken out of it.

    May run beside the service, be broken off and be repeated; pages stay as they are.
    """
    from runtime.keeping import check_keys, open_keystore, read_ring

    settings = settings_here()
    check_keys(settings)
    with closing(open_keystore(settings)) as keys, progress_bar("encrypting keys anew") as progress:
        count = keys.rewrap(lambda done, of: progress(done / of))
    current = read_ring(settings).current
    if as_json:
        say(json.dumps({"rewrapped": count, "by": current}))
    else:
        say(f"{count} keys of requests encrypted anew, by {current}")
