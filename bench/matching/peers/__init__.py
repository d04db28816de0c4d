"""Other matchers on the same queries, each used online as its users would. Needs the dependency group `peers`."""
