"""Words and the writing of numbers, months and findings in Chinese and English; no layout, no HTML, no computing.

`text(key, lang, **values)` reads the catalogues (`zh/<area>.toml`, `en/<area>.toml`; the key starts with the area);
`format` writes numbers and periods, `judgement` changes, `absence` why there is no number, `sentences` findings,
`regions` names. Estimates come as rows of `dashboard.answers.request.ESTIMATE_COLUMNS`.
"""

from dashboard.i18n.catalogue import LANGUAGES, Lang, text

__all__ = ["LANGUAGES", "Lang", "text"]
