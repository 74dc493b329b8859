"""Seeded generators of the demo suite: pictures, sounds, clips and the questions about them."""
