"""What both halves agree on, as data without I/O: ledgers, code lists, indicators, breakdowns, months, policy, errors.

Headers, types, units, ranges, rules and texts stand here once; readers, validators, `dim_indicator`, pages and
documents are generated from them. Nothing in this package opens a file, reads a clock or prints.
"""
