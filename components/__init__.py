"""The screens: Gradio lives here and in `app.py`, nowhere else."""
