"""The charts of a deck, one module a kind: a query becomes a table, a drawing and the figures that a report tells."""
