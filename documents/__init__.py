"""Scanned pages: checked, re-encoded, stored."""
