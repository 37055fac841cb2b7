"""The web server: one process (`server`), or several (`workers`) behind nginx (`proxy`)."""
