"""Ingest: files of the raw folder in, typed rows and their faults out.

Belongs here: finding files, decoding, recognising ledgers by header, reading cells, masking personal data, rules that
one row can answer. Not here: anything that needs another row or file (registers, corrections, repeats): `conform`.
"""

from pipelines.ingest.parsed import FAULT_SCHEMA, ParsedFile, ParsedSheet
from pipelines.ingest.reading import read
from pipelines.ingest.sources import SourceFile, is_passed_over, scan

__all__ = ["FAULT_SCHEMA", "ParsedFile", "ParsedSheet", "SourceFile", "is_passed_over", "read", "scan"]
