"""Training and evaluation of the embedded omni model."""
