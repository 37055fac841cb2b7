"""The writing half: ledgers in the raw folder become a published, immutable snapshot in the warehouse."""
