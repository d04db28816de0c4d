"""`python -m cli` is `niss`."""

from cli.main import main

main()
