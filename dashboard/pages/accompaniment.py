"""accompaniment"""
from dashboard.pages.page import Page

PAGE = Page("accompaniment", ("meetings",), lambda view: None, {})
