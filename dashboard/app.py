"""The script that the server runs: navigation, nothing else."""

from functools import partial

import streamlit as st

from dashboard.i18n import text
from dashboard.pages.catalogue import PAGES
from dashboard.pages.frame import run

st.set_page_config(page_title=text("pages.nav.product", "zh"), layout="wide")
names = tuple(PAGES)
entries = [
    st.Page(partial(run, page, names), title=text(f"pages.nav.{name}", "zh"), url_path=name, default=name == names[0])
    for name, page in PAGES.items()
]
st.navigation(entries, position="hidden").run()
