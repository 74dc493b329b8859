"""Data of the studio: the demo suite, its generators, and the training of the embedded models."""
