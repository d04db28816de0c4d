"""Scanned pages: where they are kept, and the checks that a scan is what it claims to be."""
