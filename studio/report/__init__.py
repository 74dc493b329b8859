"""A leaderboard written out: CSV, LaTeX, a chart. Pure functions of the value; the only place that knows matplotlib."""

from studio.report.chart import chart_of, png
from studio.report.csv_file import csv_text
from studio.report.latex import latex_text

__all__ = ["chart_of", "csv_text", "latex_text", "png"]
