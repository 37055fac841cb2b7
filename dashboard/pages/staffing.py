"""staffing"""
from dashboard.pages.page import Page

PAGE = Page("staffing", ("meetings",), lambda view: None, {})
