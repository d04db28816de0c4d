"""Who is calling, for which company, and what they may do."""
