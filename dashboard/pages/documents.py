"""documents"""
from dashboard.pages.page import Page

PAGE = Page("documents", ("meetings",), lambda view: None, {})
