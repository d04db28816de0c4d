"""The outside world as Temporal sees it."""
