"""Frames of estimates become figures: one module a chart, `palette` colours, `layout` the sheet; nothing is estimated.

Frames have the columns `dashboard.answers.request.ESTIMATE_COLUMNS`; a chart draws what the row says, its status and
reason included. All functions take keywords `lang`, `width` (px of the page's column) and give a `go.Figure` with
explicit width and height, without title and mode bar. Show them with Streamlit's theme off and `layout.CONFIG`.
`share=True` says that a frame was asked with `share` (its numbers are shares of a breakdown).

    trend.trend(frame, subject=, reference=, compared=, reforms=, height=)           frame, reference: by="month"
    region_rows.region_rows(frame, names=, province=, mode="change"|"level", header=)   by="city"|"county" + compare
    sparkline.sparkline(frame, compared=, label=) -> SVG; data_uri(svg); spark_labels(frame, compared)
"""
