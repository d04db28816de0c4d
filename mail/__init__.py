"""Mail: composed, delivered, and in development caught and shown."""
