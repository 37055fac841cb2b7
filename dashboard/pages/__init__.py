"""The pages in the browser: address state, the frame around a page, panels, and one module a page.

Figures come from `dashboard.charts`, numbers from `dashboard.answers`, words from `dashboard.i18n`; nothing is estimated
or decided here.
"""
