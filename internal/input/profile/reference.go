package profile

import "telepay/internal/lang"

// Entry is a key of a profile, with what it means.
type Entry struct {
	Key     string
	Means   lang.Text
	Example string
}

// Reference lists the keys of a profile, in the order of Keys.
var Reference = []Entry{
	{"profile", lang.T("名称, 与文件名相同", "its name, as the file is called"), "profile: dialer"},
	{"kind", lang.T("里面是哪种导出", "which kind of export is in it"), "kind: calls"},
	{"title", lang.T("叫什么", "what it is called"), "title: {zh: 拨号器话单, en: Dialer records}"},
	{"about", lang.T("用之前要知道的", "what to know before using it"), "about: 内部通话不计"},
	{"source", lang.T("格式写在哪里", "where the layout is documented"), "source: https://…"},
	{"verified", lang.T("是否用真实文件核对过", "whether it was held against a real file"), "verified: no"},
	{"encoding", lang.T("文字编码; 列表表示不是 UTF-8 时按哪一种", "of the text; a list says what to take where it is no UTF-8"), "encoding: [utf-8, windows-1252]"},
	{"separator", lang.T("分列的字符: , ; | tab", "between cells: , ; | tab"), "separator: tab"},
	{"quotes", lang.T("lenient: 收尾引号后面的字算单元格的", "lenient: text after a closing quote belongs to the cell"), "quotes: lenient"},
	{"strip", lang.T("单元格开头要去掉的: 反引号、撇号、=\"", "what cells begin with and does not count: backtick, apostrophe, =\""), "strip: [\"`\", '=\"']"},
	{"sheet", lang.T("工作簿里的表; 不写时用第一张有表头的", "of a workbook; without it the first one that has the header"), "sheet: 月度汇总"},
	{"header", lang.T("find: 表头那行含有的列名; rows: 2 两行表头, 合并单元格用 join 连起来; names: 没有表头时各列的名称, least: 最少几列 (只有名称时可直接写列表)", "find: names in the header's line; rows: 2 for two lines, merged cells joined by join; names: of the columns where there is no header, least: how few there may be (a bare list is names)"), "header: {find: [交易时间, 金额]}"},
	{"until", lang.T("第一个非空单元格符合这个模式的行起, 不再是数据", "from the line on whose first filled cell matches there are no more data"), "until: ^合计"},
	{"ragged", lang.T("pad: 短的行补空; 不写时列数不对的行报错", "pad: short rows end in empty cells; else rows of another width are refused"), "ragged: pad"},
	{"empty", lang.T("等于没填的写法", "what stands for nothing"), "empty: [\"-\", /, NULL]"},
	{"decimal", lang.T("小数点是 . 还是 ,", "what stands before the fraction: . or ,"), "decimal: \",\""},
	{"zone", lang.T("没写时区的时间属于哪个时区", "of times that state none"), "zone: UTC"},
	{"period", lang.T("表头之前或文件名里写的统计日期: 两个括号取头尾, 一个括号是月份", "the period in the lines before the header or in the name of the file: first and last day in brackets, or one pair for a month"), "period: \"([0-9-]{10}) 至 ([0-9-]{10})\""},
	{"days", lang.T("一列是一天: headers 认列, date 和 cell 给日期和单元格起名, 一行变成每天一行", "each column is a day: headers finds them, date and cell name day and cell, and a row becomes one for each day"), "days: {headers: \"^([0-9]+)$\", date: day, cell: cell}"},
	{"columns", lang.T("栏目取自哪一列; 写法见下表", "which column a field is read from; how, see the next table"), "columns: {call_id: 流水}"},
	{"also", lang.T("只给条件和公式用的列; as 说明是什么: text, money, number, time, instant, day, clock, yes", "columns for conditions and formulas only; as says what they hold: text, money, number, time, instant, day, clock, yes"), "also: {stage: 阶段, gross: {of: 金额, as: money}}"},
	{"values", lang.T("文件里的词是什么意思", "what the file's words mean"), "values: {result: {answered: [成功, OK]}}"},
	{"dates", lang.T("日期写法, 只按所写的次序试: yyyy yy m mm d dd hh mm ss am +hh:mm, 或 epoch, epoch ms, excel, excel 1904", "how dates are written, tried in this order and no other: yyyy yy m mm d dd hh mm ss am +hh:mm, or epoch, epoch ms, excel, excel 1904"), "dates: [yyyy/m/d hh:mm:ss]"},
	{"extra", lang.T("公司自己的列, 方案里可以用 (成交、通话、事件表的); 写类型时是 {列名: text, number 或 money}", "the company's own columns, which plans may name (those of deals, calls and events); with what they hold: {header: text, number or money}"), "extra: [城市]"},
	{"drop", lang.T("不计的行: 原因和条件, 条件用方案的语言; = 右边的词有同名的列就是那一列, 否则是值, 加引号的总是值", "rows that do not count: a reason and a condition, in the plan's language; a word right of = is a column where there is one of that name, else a value; quoted it is always a value"), "drop: {internal: context = internal, short: talk < 5s}"},
	{"not_people", lang.T("坐席列里不是人的名字", "names in the agent's column that are nobody"), "not_people: [VDAD, unknown]"},
	{"collapse", lang.T("几行合成一行: key 相同的; take 留哪一行: first, last, highest 栏目, lowest 栏目; 别的栏目可以取自另一行", "several rows become one: those that agree in key; take is the one that stays: first, last, highest FIELD, lowest FIELD; other fields may be taken from another row"), "collapse: {key: call_id, take: highest talk}"},
	{"totals", lang.T("文件自己写的合计在哪里; 只作参考", "where the file states its own totals; for information"), "totals: [{field: amount, find: \"收入：([0-9.,]+)元\"}]"},
}

// ColumnReference lists what may be said of a column.
var ColumnReference = []Entry{
	{"of", lang.T("列名, 或几个里文件有的第一个", "a header, or the first of several that the file has"), "of: [通话时长, 时长]"},
	{"join", lang.T("几列连起来, with 是中间的字 (默认空格)", "several columns joined, with in between (a blank)"), "join: [日期, 时间]"},
	{"is", lang.T("固定的值", "the same for every row"), "is: out"},
	{"formula", lang.T("用别的栏目算: 日期时间相减是时长, none 是没有", "computed from other columns: the difference of instants is a time, none is nothing"), "formula: \"if(end < begin, end - begin + 24h, end - begin)\""},
	{"pattern", lang.T("只取这一段; 不符合就是空", "this part of the cell; empty where it does not match"), "pattern: \"^SIP/([0-9]+)-\""},
	{"empty", lang.T("这一列里等于没填的写法", "what stands for nothing in this column"), "empty: [\"0\"]"},
	{"else", lang.T("空的时候是什么; 写了以后文件可以没有这一列", "what an empty cell stands for; the file may then lack the column"), "else: \"0\""},
	{"dates", lang.T("这一列的日期写法", "how dates are written in this column"), "dates: [epoch ms]"},
	{"zone", lang.T("这一列的时区, 或写着时区的列", "the zone of this column, or the column that states it"), "zone: {column: TimeZone, PDT: \"-07:00\"}"},
	{"unit", lang.T("时长的单位: s, ms, min, h, day, mm:ss", "of a length of time: s, ms, min, h, day, mm:ss"), "unit: day"},
	{"by", lang.T("name: 坐席写的是姓名, 按花名册找; 同名的看 team 列; of 有几列时, 前面的认不出就看后面的", "name: the agent's name stands there and is looked for in the roster; of several the one in the team column; with several columns in of, the next one where the roster does not know what stands in the first"), "by: name, team: 部门"},
}
