"""How a stated person and register entries become evidence, and evidence a decision."""
