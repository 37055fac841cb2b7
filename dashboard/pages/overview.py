"""overview"""
from dashboard.pages.page import Page
PAGE = Page("overview", ("meetings",), lambda view: None, {})
