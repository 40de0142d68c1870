package phrase

import "telepay/internal/lang"

// template is the phrase of one key: its first need terms must be there, it
// uses takes of them.
type template struct {
	need, takes int
	text        lang.Text
}

// templates are the phrases of all keys that rules emit. {0} is the first term;
// [4|…] is said only where term 4 says something, {1|day|days} is the word that
// fits the number of term 1. Figures of guard are not
// negative. Sums stand as a reader types them into a calculator.
var templates = map[string]template{
	// what was rated: 回款 89,920.99
	"of": {1, 1, lang.T("{0}", "{0}")},
	// label of the slice, money in it, rate, product
	"slice": {4, 4, lang.T("[0|{0}  ]{1} × {2} = {3}", "[0|{0}  ]{1} × {2} = {3}")},
	// name of the group, money, rate, product
	"group": {4, 4, lang.T("[0|{0}：]{1} × {2} = {3}", "[0|{0}: ]{1} × {2} = {3}")},
	// money, rate, product
	"rate": {3, 3, lang.T("{0} × {1} = {2}", "{0} × {1} = {2}")},
	"sum":  {1, 1, lang.T("合计 {0}", "sum {0}")},
	// named factor, result
	"times": {2, 2, lang.T("× {0} = {1}", "× {0} = {1}")},
	// named amount or points, result
	"plus": {1, 2, lang.T("加 {0}[1| = {1}]", "plus {0}[1| = {1}]")},
	// formula with the numbers put in, result
	"formula": {2, 2, lang.T("{0} = {1}", "{0} = {1}")},
	"fixed":   {1, 1, lang.T("{0}", "{0}")},
	// full amount, days of the numerator, of the denominator, method, result
	"prorate": {5, 5, lang.T("{0} × {1} ÷ {2} = {4}[3|（{3}）]", "{0} × {1} ÷ {2} = {4}[3| ({3})]")},
	// named amount, days worked, days scheduled
	"whole_month": {3, 3, lang.T("{0}；应出勤 {2}，实出勤 {1}，全月，不折算", "{0}; worked {1} of {2}, full month, not prorated")},
	// limit, before, after
	"at_most":  {3, 3, lang.T("不超过 {0}：{1} 计为 {2}", "at most {0}: {1} becomes {2}")},
	"at_least": {3, 3, lang.T("不低于 {0}：{1} 计为 {2}", "at least {0}: {1} becomes {2}")},
	// quantity, amount of one, result
	"per_unit": {3, 3, lang.T("{0} × {1} = {2}", "{0} × {1} = {2}")},
	// bound reached, what it gives
	"tier": {1, 2, lang.T("达到 {0}[1|，按 {1}]", "reached {0}[1|: {1}]")},
	// board, place, of how many, prize, ties in words
	"place": {4, 5, lang.T("{0}第 {1} 名（共 {2} 名）[4|，{4}]；奖金 {3}", "{0}: place {1} of {2}[4|, {4}]; prize {3}")},
	// reference, date, formula, amount
	"event": {4, 4, lang.T("[0|{0}，]{1}：[2|{2} = ]{3}", "[0|{0}, ]{1}: [2|{2} = ]{3}")},
	// guaranteed, what it is compared with, result
	"topup": {3, 3, lang.T("{0} − {1} = {2}", "{0} − {1} = {2}")},
	// title of the rule, condition
	"not_for":  {1, 2, lang.T("{0}[1|（{1}）]", "{0}[1| ({1})]")},
	"not_when": {1, 2, lang.T("{0}[1|（{1}）]", "{0}[1| ({1})]")},
	// nominal, what the limit leaves, applied, carried
	"guard": {4, 4, lang.T("名义 {0}，限额余 {1}，本月扣 {2}[3|；结转下月 {0} − {2} = {3}]",
		"nominal {0}, limit leaves {1}, applied {2}[3|; carried {0} − {2} = {3}]")},
	// month, amount
	"carried_from": {2, 2, lang.T("{0} 结转 {1}", "carried from {0}: {1}")},
	// deal, earned on it, refunded to date, credited, already taken back, result
	"reversal": {6, 6, lang.T("{0}：当时计 {1} × 累计退款 {2} ÷ 计入 {3}[4| − 已扣回 {4}] = {5}",
		"{0}: earned {1} × refunded {2} ÷ credited {3}[4| − taken back before {4}] = {5}")},
	// bound in words, bound, where the measure stands, what is missing, rate there, what more there is to say
	"next_tier": {5, 6, lang.T("{0} 后比例 {4}；本月差 {1} − {2} = {3}[5|；{5}]", "{0} the rate is {4}; missing {1} − {2} = {3}[5|; {5}]")},
	// measure, bound in words, where it stands, what is missing
	"next_bound": {4, 4, lang.T("{0} {1} 为下一档；本月 {2}，差 {3}", "next step: {0} {1}; now {2}, missing {3}")},
	// bound not reached, what it would have given
	"lost_tier": {1, 2, lang.T("未达到 {0}[1|（{1}）]", "not reached: {0}[1| ({1})]")},
	"no_rows":   {1, 1, lang.T("{0}：本月没有记录", "{0}: no rows this month")},
	"note":      {1, 1, lang.T("{0}", "{0}")},
	// deal, its money in the month, why it is not the reader's
	"elsewhere": {3, 3, lang.T("你签的 {0}，本月 {1}，没有计给你：{2}。", "{0}, signed by you, {1} this month, is not credited to you: {2}.")},
	// title of the rule, first and last month
	"not_now": {2, 3, lang.T("{0}（{1} 起[2| 至 {2}]）", "{0} (from {1}[2| to {2}])")},
	"zero":    {1, 1, lang.T("{0}（0.00）", "{0} (0.00)")},
	// title, guaranteed, what was earned
	"reached": {3, 3, lang.T("{0}（{2} 已达到 {1}）", "{0} ({2} reaches {1})")},
	// title, board, place in words, how many prizes
	"no_place": {4, 4, lang.T("{0}：{1}{2}，奖前 {3} 名", "{0}: {1}, {2}; prizes for {3}")},
	// since when and grade, amount of a whole month, workdays
	"segment": {3, 3, lang.T("{0}：{1} × {2} 个工作日", "{0}: {1} × {2} {2|workday|workdays}")},
	"blend":   {2, 2, lang.T("合计 ÷ {0} 个工作日 = {1}", "sum ÷ {0} {0|workday|workdays} = {1}")},
	// full amount, days not due, result
	"backward":     {3, 3, lang.T("{0} − {0} ÷ 21.75 × {1} = {2}", "{0} − {0} ÷ 21.75 × {1} = {2}")},
	"not_employed": {0, 0, lang.T("本月不在职", "not employed this month")},
	"compared":     {1, 1, lang.T("与之比较：{0}", "compared with: {0}")},
	"prizes":       {1, 10, lang.T("奖金 {0}[1|, {1}][2|, {2}][3|, {3}][4|, {4}][5|, {5}][6|, {6}][7|, {7}][8|, {8}][9|, {9}]", "prizes {0}[1|, {1}][2|, {2}][3|, {3}][4|, {4}][5|, {5}][6|, {6}][7|, {7}][8|, {8}][9|, {9}]")},
	// limit of one deal, before, after
	"at_most_deal": {3, 3, lang.T("每单不超过 {0}：{1} 计为 {2}", "at most {0} a deal: {1} becomes {2}")},
	// component, what is left of it, what was to be taken
	"against":     {3, 3, lang.T("从{0}里扣，只余 {1}，应扣 {2}", "off {0}: {1} left, {2} asked")},
	"report_only": {1, 1, lang.T("名义 {0}；法律没有依据，只列出，不扣", "nominal {0}; no ground in law: shown, not taken")},
	// city, minimum wage, days, of days, result
	"minimum": {5, 5, lang.T("{0}最低工资 {1} × {2} ÷ {3} = {4}", "minimum wage of {0} {1} × {2} ÷ {3} = {4}")},
	// hourly minimum wage: city, an hour, hours, result
	"minimum_hours":   {4, 4, lang.T("{0}小时最低工资 {1} × {2} 小时 = {3}", "hourly minimum of {0} {1} × {2} {2|hour|hours} = {3}")},
	"minimum_outside": {1, 1, lang.T("加：当地最低工资不含的项目 {0}", "plus what the local minimum leaves out: {0}")},
	"minimum_own":     {1, 1, lang.T("加：本人应缴的社保、公积金 {0}（当地最低工资不含）", "plus one's own insurance and fund {0}, which the local minimum leaves out")},
	// minimum wage, share of it, days, result
	"sick_least": {4, 4, lang.T("病假工资不低于最低工资 {0} × {1} ÷ 21.75 × {2} = {3}", "sick pay is at least the minimum wage {0} × {1} ÷ 21.75 × {2} = {3}")},
	// title, what was paid
	"once": {2, 2, lang.T("{0}（只发一次，已发 {1}）", "{0} (paid once only; {1} before)")},
	// taken of, share, what goes in
	"pool_in": {3, 3, lang.T("{0} × {1} = {2} 缴入奖金池", "{0} × {1} = {2} into the pool")},
	// the pool, how many put in
	"pool_of": {2, 2, lang.T("奖金池 {0}（{1} 人缴入）", "pool {0} (from {1} {1|person|people})")},
	// the pool, share of the part, the part, own weight, all weights, result
	"pool_part": {6, 6, lang.T("{0} × {1} = {2}；{2} × {3} ÷ {4} = {5}", "{0} × {1} = {2}; {2} × {3} ÷ {4} = {5}")},
	// deal or rule, earned, share, held
	"hold_part": {4, 4, lang.T("{0}：{1} × {2} = {3} 暂存", "{0}: {1} × {2} = {3} held back")},
	// deal or rule, amount
	"release_part": {2, 2, lang.T("{0}：{1}", "{0}: {1}")},
	// month, deal or rule, amount
	"held_part": {3, 3, lang.T("{0} {1}：{2}", "{0} {1}: {2}")},
	// what is held of it, what is left to take back
	"held_first": {2, 2, lang.T("先冲暂存 {0}，其余 {1}", "{0} of it was held and is taken first; {1} is left")},
	// owed, earned above the draw
	"draw_owed": {2, 2, lang.T("预支余额 {0}；本月超出预支额 {1}", "owed {0}; earned above the draw {1}")},
	"draw_back": {3, 3, lang.T("{0} − 扣回 {1} = {2}", "{0} − recovered {1} = {2}")},
	// before, drawn, recovered, after
	"draw_balance": {4, 4, lang.T("{0} + 本月预支 {1} − 本月扣回 {2} = {3}", "{0} + drawn {1} − recovered {2} = {3}")},
	// last day, share, result
	"leaver": {3, 3, lang.T("{0} 离职后到账的按 {1} 计：共 {2}", "what came after {0} counts {1}: {2} in all")},
	// month's wage, share, limit, article
	"limit_share": {4, 4, lang.T("限额 {0} × {1} = {2}（{3}）", "limit {0} × {1} = {2} ({3})")},
	// month's wage, what has to be left, limit, article
	"limit_floor": {4, 4, lang.T("限额 {0} − 须保留 {1} = {2}（{3}）", "limit {0} − what has to be left {1} = {2} ({3})")},
	// earned to date, paid before, due now
	"paid_before": {3, 3, lang.T("累计应得 {0} − 已发 {1} = {2}", "earned to date {0} − paid before {1} = {2}")},
	// sum, whole yuan, fen
	"whole_yuan": {3, 3, lang.T("{0} 取整到元 {1}，余 {2}", "{0} in whole yuan {1}, {2} left")},
	"forbidden":  {1, 1, lang.T("名义 {0}；当地不允许，只列出，不扣", "nominal {0}; not allowed here: shown, not taken")},
	// which instalment, of how many, at most
	"instalment": {3, 3, lang.T("第 {0} 期，共 {1} 期：本期最多 {2}", "instalment {0} of {1}: at most {2}")},
	"a_month":    {1, 1, lang.T("每月最多 {0}", "at most {0} a month")},
	// taken, commission that is there
	"netted": {2, 2, lang.T("从本月提成 {1} 中扣 {0}", "{0} off this month's commission of {1}")},
	// then, now, difference
	"if_won":     {3, 3, lang.T("如全部归你：{0} − {1} = {2}", "if all is yours: {0} − {1} = {2}")},
	"below_zero": {1, 1, lang.T("本月结果 {0}，低于 0 的部分结转下月", "the month comes to {0}; what is below 0 goes to next month")},
	// month, deals, now, before, difference
	"ruled": {5, 5, lang.T("{0} 的 {1} 有裁定、补报或退款，重算 {2} − 原 {3} = {4}", "{1} of {0} ruled, reported late or refunded: again {2} − before {3} = {4}")},
	// group, points
	"plus_rate":  {2, 2, lang.T("{0}加 {1}，已含在比例里", "{0}: plus {1}, in the rates below")},
	"times_rate": {2, 2, lang.T("{0}乘 {1}，已含在比例里", "{0}: times {1}, in the rates below")},
	"mix":        {1, 1, lang.T("每段按构成分摊：{0}", "each slice is shared out by the mix: {0}")},
	// reason, who, when, amount
	"decided": {4, 4, lang.T("{0}（{1}，{2}）：{3}", "{0} ({1}, {2}): {3}")},
	// netted, rest
	"beyond_commission": {2, 2, lang.T("以本月提成冲抵 {0}；其余 {1} 按法定限额追回", "{0} netted against this month's commission; {1} is recovered within the legal limit")},
	// statutory: a base, as declared or averaged; least, most, what is charged
	"base":         {1, 1, lang.T("{0}", "{0}")},
	"base_clipped": {4, 4, lang.T("{0}，下限 {1}[2|、上限 {2}]，按 {3}", "{0}, at least {1}[2|, at most {2}]: {3}")},
	// base, share, flat amount, exact, rounded, how
	"share":       {4, 6, lang.T("{0} × {1}[2| + {2}] = {3}[4| → {4}][5|（{5}）]", "{0} × {1}[2| + {2}] = {3}[4| → {4}][5| ({5})]")},
	"fund_begins": {1, 1, lang.T("首次缴存住房公积金，{0} 起", "first housing fund ever: from {0}")},
	// before, now, sum
	"income_to_date": {3, 3, lang.T("本年收入 [0|{0} + ]{1}[0| = {2}]", "income of the year [0|{0} + ]{1}[0| = {2}]")},
	// a month's deduction, months, product, first and last month, by which article
	"basic":      {3, 6, lang.T("减除费用 {0} × {1} 个月[3|（{3} 至 {4}）] = {2}[5|，{5}]", "deduction {0} × {1} {1|month|months}[3| ({3} to {4})] = {2}[5|, {5}]")},
	"basic_year": {2, 2, lang.T("减除费用 {0}（{1}）", "deduction {0} ({1})")},
	"tax_cost":   {3, 3, lang.T("费用 {0} × {1} = {2}", "cost {0} × {1} = {2}")},
	// income, cost, exempt, deduction, insurance and fund, additional, other, result
	"taxable": {8, 8, lang.T("累计应纳税所得额 {0}[1| − 费用 {1}][2| − 免税收入 {2}] − 减除费用 {3}[4| − 三险一金 {4}][5| − 专项附加扣除 {5}][6| − 其他扣除 {6}] = {7}",
		"taxable to date {0}[1| − cost {1}][2| − exempt {2}] − deduction {3}[4| − insurance and fund {4}][5| − additional deductions {5}][6| − other {6}] = {7}")},
	"tax_to_date":    {4, 4, lang.T("税额 {0} × {1}[2| − 速算扣除数 {2}] = {3}", "tax {0} × {1}[2| − quick deduction {2}] = {3}")},
	"tax_now":        {4, 4, lang.T("税额 {0}[1| − 减免 {1}][2| − 已预扣 {2}]，本次预扣 {3}", "tax {0}[1| − relief {1}][2| − withheld {2}]: now {3}")},
	"tax_below_zero": {3, 3, lang.T("税额 {0}[1| − 减免 {1}] − 已预扣 {2} 小于 0：本次预扣 0，多扣的年度汇算时退", "tax {0}[1| − relief {1}] − withheld {2} is below 0: 0 now; the rest comes back at the year's settlement")},
	"tax_gap":        {2, 2, lang.T("{0} 之后中断，{1} 起重新计月", "not paid after {0}: months are counted anew from {1}")},
	// bonus, its twelfth, rate, quick deduction
	"bonus_rate":   {4, 4, lang.T("{0} ÷ 12 = {1}，税率 {2}[3|，速算扣除数 {3}]", "{0} ÷ 12 = {1}: rate {2}[3|, quick deduction {3}]")},
	"bonus_merged": {1, 1, lang.T("奖金 {0} 并入收入计税（单独计税每年一次）", "bonus of {0} taxed as income (it is taxed apart once a year)")},
	// bonus, what is left of it, a smaller one, what would be left of that
	"bonus_cliff": {4, 4, lang.T("奖金 {0} 税后 {1}；{2} 的税后是 {3}，更多", "a bonus of {0} leaves {1}; one of {2} would leave {3}, which is more")},
	// severance, average wage, times, taxable
	"severance_free": {4, 4, lang.T("{0}，其中 {1} × {2} 以内免税，应税 {3}", "{0}, free of tax up to {1} × {2}: taxable {3}")},
	"labour_cost":    {3, 3, lang.T("{0} − 费用 {1} = {2}", "{0} − cost {1} = {2}")},
}
