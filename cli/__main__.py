"""`python -m cli` is `niss`."""

from cli.main import app

app(prog_name="niss")
