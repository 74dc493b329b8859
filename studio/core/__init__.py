"""The nouns that every room shares; standard library only."""
