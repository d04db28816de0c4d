"""Machine-readable zones: found on a page, read more than once, believed only where their check digits confirm.

`reader` is what the service uses: it keeps one child process. Whatever computes is in that child alone, so that the
process that serves never loads a model: `models`, `finding`, `recognising` and `reading` are imported there only.
"""
