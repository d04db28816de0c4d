"""The agents' desk: the queue, one case on one screen, what an agent decides, and the register searched by hand."""
