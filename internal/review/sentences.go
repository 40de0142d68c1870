package review

import "telepay/internal/lang"

// kindSentences say what a kind of rule does, to the person whom it pays.
var kindSentences = map[string]lang.Text{
	"base":       lang.T("每月的固定工资。", "Fixed pay of the month."),
	"commission": lang.T("按业绩计的提成。以后退款时, 按当时这笔业绩所得冲回。", "Commission on what is sold or collected. When money is refunded later, what was earned on it then is taken back."),
	"bonus":      lang.T("满足条件时的奖金。", "A bonus where the condition is met."),
	"contest":    lang.T("按榜上名次发的奖金。", "Prizes for places on a board."),
	"pool":       lang.T("一笔大家分的奖金, 分到分不差。", "Money that is shared out among several people, exact to the cent."),
	"release":    lang.T("先暂存一部分, 条件满足时按原数发放; 归原来的月份, 不再进任何档位。退款先冲暂存的部分。", "Part is held and paid at its original amount when the condition holds; it keeps its month and counts for no step again. A refund takes what is held first."),
	"guarantee":  lang.T("几项之和不足时补足; 在扣款之前计算, 不会把扣款补回来。", "Tops up the sum of some lines; it comes before deductions and never pays one back."),
	"penalty":    lang.T("从应发里减去的钱。", "Money that comes off pay."),
}

// keySentences say each key of a rule with its value, in the order of the frame.
// {0} is the value; where it is drawn as a table the sentence leads to it.
var keySentences = map[string]lang.Text{
	"rule":       {}, // said by the kind's own sentence
	"title":      {}, // the heading
	"clause":     lang.T("依据: {0}。", "By clause {0}."),
	"filed":      lang.T("备案: {0}。", "Filed as {0}."),
	"for":        lang.T("适用的人: {0}。", "For whom: {0}."),
	"since":      lang.T("从 {0} 起 (含当月)。", "From {0}, that month included."),
	"until":      lang.T("到 {0} 止 (含当月)。", "Until {0}, that month included."),
	"when":       lang.T("条件: {0}。不满足时本项为 0, 工资单写明原因。", "On condition: {0}. Where it fails the line is 0 and the statement says why."),
	"each":       lang.T("逐{0}计算, 再相加。", "Computed for each {0}, then summed."),
	"where":      lang.T("只算其中: {0}。", "Only those where {0}."),
	"of":         lang.T("按什么计: {0}。", "Of what: {0}."),
	"rate":       lang.T("比例: {0}。", "Rate: {0}."),
	"amount":     lang.T("金额: {0}。", "Amount: {0}."),
	"per_unit":   lang.T("每 1 个: {0}。", "For each one: {0}."),
	"plus":       lang.T("另加: {0}。", "Plus: {0}."),
	"times":      lang.T("再乘以: {0}。", "Times: {0}."),
	"at_least":   lang.T("不低于: {0}。", "At least: {0}."),
	"at_most":    lang.T("不超过 (封顶): {0}。", "At most (cap): {0}."),
	"once":       lang.T("只发一次: {0}。", "Paid only {0}."),
	"per":        lang.T("范围: 每个{0}一份。", "One for each {0}."),
	"share":      lang.T("从中提取: {0}。", "Share that goes in: {0}."),
	"parts":      lang.T("分成: {0}。", "In parts: {0}."),
	"lasts":      lang.T("{0}后还没有条件发放的作废。", "What is not released within {0} is lost."),
	"leaver":     lang.T("离职后: {0}。", "After leaving: {0}."),
	"pay":        lang.T("发放: {0}。", "Paid: {0}."),
	"round":      lang.T("取整: {0}, 只在最后取一次。", "Rounded {0}, once, at the end."),
	"class":      lang.T("法律类别: {0}。", "By law it is: {0}."),
	"against":    lang.T("只从“{0}”里扣, 扣完为止。", "Comes off “{0}” only, down to 0."),
	"recover":    lang.T("分几个月扣: {0}。", "Taken over several months: {0}."),
	"nature":     lang.T("性质: {0} (与最低工资比较时按当地规定算或不算)。", "Nature: {0} (local law says whether the minimum wage counts it)."),
	"part_month": lang.T("不足一个月时: {0}。", "For part of a month: {0}."),
	"board":      lang.T("按“{0}”的名次。", "By the places of “{0}”."),
	"prizes":     lang.T("奖金, 第一名在前: {0}。", "Prizes, first place first: {0}."),
	"ties":       lang.T("并列时: {0}。", "Where several tie: {0}."),
}
