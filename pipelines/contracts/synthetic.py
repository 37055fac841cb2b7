"""The demonstration province's place and mark in the raw folder: a refresh refuses to mix it with real ledgers."""

SYNTHETIC_FOLDER = "示例数据"
SYNTHETIC_MARKER = "合成数据.json"
