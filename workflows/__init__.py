"""The story of a request."""
