"""Ingest: files of the raw folder in, typed rows and their faults out.

Belongs here: finding files, decoding, recognising ledgers by header, reading cells, masking personal data, rules that
one row can answer. Not here: anything that needs another row or file (registers, corrections, repeats): `conform`.
"""

from pipelines.ingest.parsed import FAULT_SCHEMA, ParsedFile, ParsedSheet
from pipelines.ingest.reading import read, read_in_stretches
from pipelines.ingest.sources import SourceFile, describe_state, fingerprint, is_passed_over, put_off, scan
from pipelines.ingest.stretches import STRETCH, UnfitError

__all__ = [
    "FAULT_SCHEMA", "STRETCH", "ParsedFile", "ParsedSheet", "SourceFile", "UnfitError", "describe_state", "fingerprint",
    "is_passed_over", "put_off", "read", "read_in_stretches", "scan",
]
