"""A package of its own: some libraries bring a top-level `tests`, and a folder without this file would lose to it."""
