"""MERA Studio: evaluation of Russian multimodal models. Nothing in this package knows the interface (Gradio)."""

__version__ = "0.1.0"
