"""How synthetic data are told from real ones: their folder under the raw folder, and the marker file in it."""

SYNTHETIC_FOLDER = "示例数据"
SYNTHETIC_MARKER = "合成数据.json"
