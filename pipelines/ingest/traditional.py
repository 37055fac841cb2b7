"""Traditional characters of the words that ledgers use, with their simplified forms. For headers and code lists only."""

_PAIRS = (
    "樣样點点編编碼码稱称類类區区劃划選选啟启數数總总單单位位報报臺台賬账零零時时間间填填寫写會会議议號号開开層层級级題题織织"
    "黨党經经濟济環环綜综現现視视頻频電电話话鐘钟長长與与參参領领導导計计內内併并並并套套發发標标門门關关種种載载體体紙纸質质"
    "頁页給给饋馈檢检員员檔档責责狀状務务眾众項项證证辦办製制離离崗岗應应實实問问滿满負负擔担週周處处線线見见態态從从業业動动"
    "辭辞職职調调縣县鄉乡鎮镇廠厂礦矿學学醫医無无觀观測测興兴場场頭头評评掛挂錄录驗验結结歸归還还達达爲为為为際际減减輕轻"
    "別别決决變变幫帮監监組组隊队衆众綫线啓启"
    "遴遴詢询約约談谈規规劃划額额條条構构屆届練练習习後后來来東东訊讯進进運运過过術术協协聯联擬拟陳陈試试簡简籌筹賽赛訪访"
)
TRADITIONAL = {old: new for old, new in zip(_PAIRS[::2], _PAIRS[1::2], strict=True) if old != new}
