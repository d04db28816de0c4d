"""The niss command."""
