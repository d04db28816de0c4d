"""Settings, wiring, and the embedded engine."""
