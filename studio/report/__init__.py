"""What is written out to be read elsewhere: a leaderboard as CSV, LaTeX, a chart; a report of runs as one file of HTML.
Pure functions of values; the only place that knows matplotlib."""

from studio.report.chart import chart_of, png
from studio.report.csv_file import csv_text
from studio.report.drawing import drawn, is_empty
from studio.report.latex import latex_text
from studio.report.page import report_html

__all__ = ["chart_of", "csv_text", "drawn", "is_empty", "latex_text", "png", "report_html"]
