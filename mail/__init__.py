"""Composing and sending mail, and the local catcher."""
