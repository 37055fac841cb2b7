"""Words by which the product knows its own pages in a workbook that comes back: no ledger stands on them."""

MARK = "基层减负监测 · "
INSTRUCTIONS, INSTRUCTIONS_EN, REGIONS, SUMMARY = "填报说明", "Instructions", "区划代码", "退回汇总"
# Sheet name to the text of its first cell; a sheet with the name alone is read like any other.
OWN_PAGES = {name: MARK + name for name in (INSTRUCTIONS, INSTRUCTIONS_EN, REGIONS, SUMMARY)}
# The column of a returned sheet in which the faults of the row are explained.
REMARK_HEADER = "退回说明"
