"""Rows: requests, facts, history, notifications, members."""
