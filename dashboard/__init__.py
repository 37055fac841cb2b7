"""The reading half: a published snapshot becomes estimates, charts, pages and files; it writes nothing to the warehouse."""
