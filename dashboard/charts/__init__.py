"""Frames of estimates become figures: one module a chart, `palette` colours, `layout` the sheet; nothing is estimated.

Frames have the columns `dashboard.answers.request.ESTIMATE_COLUMNS`; a chart draws what the row says, its status and
reason included. All functions take keywords `lang`, `width` (px of the page's column) and give a `Drawing` with
explicit width and height, without title and mode bar;
its `figure` is the checked `go.Figure`.
`share=True` says that a frame was asked with `share` (its numbers are shares of a breakdown). Where nothing can be
drawn the figure is one sentence that says why.

    trend.trend(frame, subject=, reference=, compared=, reforms=, height=)           frame, reference: by="month"
    control_chart.control_chart(frame, subject=, target=)                            by="month" with limits and signals
    two_lines.two_lines([Pair(label, frame, reference)], subject=, reforms=)         the same
    small_multiples.small_multiples({code: frame}, labels=, now=, references=)       the same; now: by=<breakdown>
    sparkline.sparkline(frame, compared=, label=) -> SVG; data_uri(svg); spark_labels(frame, compared)
    region_rows.region_rows(frame, names=, province=, mode="change"|"level", header=)   by="city"|"county" + compare
    region_map.region_map(frame, names=, layer="city"|"county", mode=, boundary_file=)  the same
    region_map.tile_grid(frame, names=, mode=)                                          the same
    share_rows.share_rows(frame, subject=, reference=, regions=, labels=)            one-row answers below each other
    stacked_share.stacked_share(shares, parts=, counts=)                             by=<breakdown>, share, quarters
    stacked_bar_rows.stacked_bar_rows([(label, frame)], parts=)                      by=<breakdown>, share
    age_pyramid.age_pyramid(male, female, male_reference=, summaries=)               by="age_band"
    churn.churn(frame, reference=, net=, net_reference=)                             by="move"
    observation_panel.observation_panel(observed, indicator, names=)                 dashboard.answers.observe
"""
