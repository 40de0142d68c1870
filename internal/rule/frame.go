package rule

import (
	"telepay/internal/catalogue"
	"telepay/internal/lang"
)

var (
	kindCondition = lang.T("条件", "a condition")
	kindAmount    = lang.T("金额、公式或档位", "money, a formula or steps")
	kindRate      = lang.T("百分比或档位", "a percentage or steps")
	kindFactor    = lang.T("系数、百分比或档位", "a factor, a percentage or steps")
	kindWord      = lang.T("一个词", "a word")
	kindMonth     = lang.T("月份", "a month")
)

// Frame is every key that a rule may have, in the order of the plan reference.
var Frame = []catalogue.Field{
	{Key: "rule", Name: lang.T("规则", "rule"), Kind: kindWord, Default: lang.T("规则自己的名字", "the rule's own name"), Help: lang.T("规则的种类, 或自带的规则", "the kind of rule, or a shipped rule"), Example: "rule: bonus"},
	{Key: "title", Name: lang.T("名称", "title"), Kind: lang.T("文字, 或 {zh: …, en: …}", "text, or {zh: …, en: …}"), Default: lang.T("规则的名字", "the rule's name"), Help: lang.T("工资单上的名称", "as printed on the statement"), Example: "title: 回款提成"},
	{Key: "clause", Name: lang.T("条款", "clause"), Kind: lang.T("文字", "text"), Help: lang.T("制度里的条款号, 印在工资单上", "clause of the company's rules, printed on the statement"), Example: "clause: 第八条"},
	{Key: "filed", Name: lang.T("备案", "filed"), Kind: lang.T("文字", "text"), Help: lang.T("分支机构自定规则的备案号", "filing reference of a branch's own rule"), Example: "filed: KM-2026-03"},
	{Key: "for", Name: lang.T("适用", "for"), Kind: kindCondition, Default: lang.T("所有人", "everybody"), Help: lang.T("对什么人: 花名册的栏目, 或 service_month (入职当月为 1)", "for whom: a column of the roster, or service_month (1 in the month of hire)"), Example: "for: role = agent"},
	{Key: "since", Name: lang.T("起", "since"), Kind: kindMonth, Default: lang.T("方案的起始月", "the plan's"), Help: lang.T("第一个月, 含", "first month, in"), Example: "since: 2026-07"},
	{Key: "until", Name: lang.T("止", "until"), Kind: kindMonth, Default: lang.T("方案的截止月", "the plan's"), Help: lang.T("最后一个月, 含", "last month, in"), Example: "until: 2026-12"},
	{Key: "when", Name: lang.T("条件", "when"), Kind: kindCondition, Default: lang.T("总是", "always"), Help: lang.T("当月指标要满足的条件; 不满足则为 0, 并说明原因", "condition on the month's measures; where it fails the rule pays 0 and says why"), Example: "when: absent_days = 0"},
	{Key: "each", Name: lang.T("每", "each"), Kind: kindWord, Range: lang.Same("workday, deal, late, early, missing_punch, absence, leave, overtime, dispute, escalation, event, 事件种类 / kind of event"), Help: lang.T("逐个计算再相加", "computed for each, then summed"), Example: "each: dispute"},
	{Key: "where", Name: lang.T("范围", "where"), Kind: kindCondition, Default: lang.T("每一行", "every row"), Help: lang.T("对单行的条件", "condition on one row"), Example: "where: minutes > 30"},
	{Key: "of", Name: lang.T("基数", "of"), Kind: lang.T("指标或公式; 保底用规则名列表", "a measure or formula; a list of rules for a guarantee"), Help: lang.T("按什么计", "what it works on"), Example: "of: collected"},
	{Key: "rate", Name: lang.T("比例", "rate"), Kind: kindRate, Help: lang.T("基数的百分之几", "per cent of what it works on"), Example: "rate: {mode: marginal, from 0: 3%, from 5万: 5%}"},
	{Key: "amount", Name: lang.T("金额", "amount"), Kind: kindAmount, Help: lang.T("一个金额", "an amount"), Example: "amount: 200 - 50 * late_times"},
	{Key: "per_unit", Name: lang.T("每件", "per unit"), Kind: kindAmount, Help: lang.T("基数的每一个给多少", "so much for each one of what it works on"), Example: "per_unit: 100"},
	{Key: "plus", Name: lang.T("加", "plus"), Kind: lang.T("比例上加百分点, 金额上加金额", "points on a rate, money on an amount"), Help: lang.T("在乘系数之前加上", "added before the factor"), Example: "plus: {by customer: {new: 0.5%, any: 0%}}"},
	{Key: "times", Name: lang.T("乘", "times"), Kind: kindFactor, Default: lang.Same("1"), Help: lang.T("乘以系数", "multiplied by a factor"), Example: "times: factor.monthly"},
	{Key: "at_least", Name: lang.T("不低于", "at least"), Kind: lang.T("金额; 或 {per deal: …}", "money; or {per deal: …}"), Help: lang.T("当月该项的下限", "least amount of the month's line"), Example: "at_least: 0"},
	{Key: "at_most", Name: lang.T("不超过", "at most"), Kind: lang.T("金额; 或 {per deal: …}, {per day: …}", "money; or {per deal: …}, {per day: …}"), Help: lang.T("当月该项的上限 (封顶)", "most amount of the month's line (cap)"), Example: "at_most: {per day: 20}"},
	{Key: "pay", Name: lang.T("发放", "pay"), Kind: lang.T("+1 month on 15 这样的写法", "as +1 month on 15"), Default: lang.Same("+1 month"), Help: lang.T("哪个月、哪天发", "in which month and on which day it is paid"), Example: "pay: +1 month on 15"},
	{Key: "round", Name: lang.T("取整", "round"), Kind: kindWord, Range: lang.Same("half_up, down, up"), Default: lang.T("half_up (四舍五入到分)", "half_up (to the fen)"), Help: lang.T("该项最后一次取整的方式", "how the line is rounded, once, at its end"), Example: "round: down"},
	{Key: "class", Name: lang.T("类别", "class"), Kind: kindWord, Range: lang.Same("absence, not_earned, loss, discipline, recovery"), Help: lang.T("扣款的法律类别, 决定是否受法定限额", "which law the deduction stands under, and so whether the legal limit holds"), Example: "class: discipline"},
	{Key: "against", Name: lang.T("扣自", "against"), Kind: lang.T("一条收入规则的名字", "the name of an earning"), Help: lang.T("从哪一项里扣, 该项不会低于 0", "the component it comes off, which never falls below 0"), Example: "against: full_attendance"},
	{Key: "recover", Name: lang.T("追扣", "recover"), Kind: lang.Same("{instalments: 3, at_most: 20% * month_wage, wins: at_most, for: service_month >= 4, leaver: write_off}"), Help: lang.T("分几期扣, 每月最多扣多少; 两个都写时 wins 说哪个优先; 预支还有 for 和 leaver", "over how many months, and at most how much a month; where both are written, wins says which"), Example: "recover: {instalments: 3, at_most: 20% * month_wage, wins: at_most, for: service_month >= 4, leaver: write_off}"},
	{Key: "nature", Name: lang.T("性质", "nature"), Kind: kindWord, Range: lang.Same("overtime, shift, heat, hazard, benefits, meal, transport, housing, annual_bonus"), Help: lang.T("这笔钱的性质: 当地最低工资不含的, 比较时不算; annual_bonus 是全年一次性奖金, 单独计税, 一年一次", "what the money is for: what the local minimum wage leaves out does not count towards it; annual_bonus is a whole-year bonus, taxed apart once a year"), Example: "nature: meal"},
	{Key: "once", Name: lang.T("一次", "once"), Kind: kindWord, Range: lang.Same("ever, year, quarter"), Help: lang.T("一生一次、一年一次、一季一次; 每单、每天一次写 each", "once ever, a year, a quarter; for once a deal or a day write each"), Example: "once: ever"},
	{Key: "per", Name: lang.T("范围", "per"), Kind: kindWord, Range: lang.Same("team, site, region, company"), Default: lang.Same("team"), Help: lang.T("谁的奖金池", "whose pool it is"), Example: "per: team"},
	{Key: "share", Name: lang.T("提取", "share"), Kind: lang.T("百分比", "a percentage"), Help: lang.T("从 of 里提取多少: 规则名列表从各人所得里提, 指标由公司出", "how much of it: of rules it comes out of what each earned, of a measure the company pays it"), Example: "share: 25%"},
	{Key: "parts", Name: lang.T("份", "parts"), Kind: lang.T("列表", "a list"), Help: lang.T("怎么分、怎么分期: share (百分比或 rest), for, when, pro_rata; 分期的还有 where, after", "how it is shared out or paid in stages: share (a percentage or rest), for, when, pro_rata; of a release also where, after"), Example: "parts: [{share: 80%}, {share: 20%, after: 90d}]"},
	{Key: "lasts", Name: lang.T("期限", "lasts"), Kind: lang.T("时长", "a span"), Help: lang.T("过了还没有释放的就作废", "what is not released by then is lost"), Example: "lasts: 2 months"},
	{Key: "leaver", Name: lang.T("离职", "leaver"), Kind: lang.T("百分比, 或一个词", "a percentage, or a word"), Help: lang.T("离职后: 提成写百分比 (不写为照发, 少发有法律风险), 分期写 keep 或 forfeit, 预支写 write_off", "after leaving: a percentage of a commission (without it all is paid; less is a legal risk), keep or forfeit of a release, write_off of a draw"), Example: "leaver: 50%"},
	{Key: "part_month", Name: lang.T("不足月", "part month"), Kind: kindWord, Range: lang.Same("21.75 forward, 21.75 backward, workdays, calendar_days, hybrid"), Help: lang.T("入职离职当月、缺勤怎么折算", "how part months are prorated"), Example: "part_month: 21.75 backward"},
	{Key: "board", Name: lang.T("榜", "board"), Kind: lang.T("rankings 里的一个榜", "a board of rankings"), Help: lang.T("按哪个榜的名次", "whose places decide"), Example: "board: sales"},
	{Key: "prizes", Name: lang.T("奖金", "prizes"), Kind: lang.T("金额列表, 第一名在前", "a list of money, first place first"), Help: lang.T("各名次的奖金", "the prize of each place"), Example: "prizes: [2000, 1000, 500]"},
	{Key: "ties", Name: lang.T("并列", "ties"), Kind: kindWord, Range: lang.Same("share, each"), Default: lang.Same("share"), Help: lang.T("并列者平分所占名次的奖金, 或各得一份", "those tied share the prizes of their places, or each gets the prize"), Example: "ties: share"},
}

// FieldOf returns the field of the frame with a key.
func FieldOf(key string) catalogue.Field {
	for _, f := range Frame {
		if f.Key == key {
			return f
		}
	}
	panic("rule: the frame has no field " + key)
}

// common are the keys that every rule may have.
var common = []string{"rule", "title", "clause", "filed", "for", "since", "until", "when", "pay", "round", "nature"}

// Keys returns the keys that a kind of rule may have.
func (k *Kind) Keys() []string { return append(append([]string(nil), common...), k.Fields...) }
