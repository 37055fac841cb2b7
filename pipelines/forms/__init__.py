"""Forms: what goes to the people who fill in ledgers and comes back to them: templates, checks, marked sheets, reminders.

Belongs here: workbooks and messages for senders, and the faults that they name. Not here: what a fault is (`ingest`,
`conform`), and anything that is published.
"""
