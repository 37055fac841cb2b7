"""meetings"""
from dashboard.pages.page import Page
PAGE = Page("meetings", ("meetings",), lambda view: None, {})
