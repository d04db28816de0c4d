"""How well and how fast people are found: a generator of registers and labelled queries, and what is measured on them.

Nothing of it is imported by the product. `python -m bench.matching --help` says what there is.
"""
