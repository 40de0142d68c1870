package rule

import "telepay/internal/lang"

// KeyWord says a word of the plan language as people do: a choice of a setting, a
// key of a group, what a rule is computed for each of; a company's own word stays
// as it is.
func KeyWord(w string) lang.Text {
	if t, ok := keyWords[w]; ok {
		return t
	}
	return Word(w)
}

// keyWords are the words of the plan language beyond those of Word: closed lists
// of the tables, things that a rule is computed for each of, keys of groups.
var keyWords = map[string]lang.Text{
	"week": lang.T("周 (周一至周日, 跨月的算在周日的月)", "week (Monday to Sunday, one across months of its Sunday's)"), "month": lang.T("月", "month"),
	"any": lang.T("其他", "any other"), "none": lang.T("没有", "none"), "law": lang.T("按当地规定", "as local law says"),
	"collected": lang.T("回款", "collected"), "signed": lang.T("签约", "signed"), "paid": lang.T("到账日", "the day it is paid"), "cleared": lang.T("清算日", "the day it is cleared"),
	"ruling": lang.T("裁定", "a ruling"), "split": lang.T("分单", "an agreed split"), "referral": lang.T("老客户介绍", "a referral by an old customer"), "relation": lang.T("亲友关系", "friends and relatives"), "seller": lang.T("签单人", "the seller"), "house": lang.T("公司", "the company"),
	"margin": lang.T("回款里的毛利", "the margin in what is collected"), "registration": lang.T("报备", "registration"), "rerate": lang.T("那个月重算, 发差额", "that month is computed again and the difference posted"), "restate": lang.T("那个月重算, 发差额", "that month is computed again and the difference posted"),
	"fee": lang.T("手续费", "fee"), "tax": lang.T("税", "tax"), "deposit": lang.T("收到钱以后", "once money has come in"),
	"report": lang.T("只报告", "reported only"), "credit": lang.T("也计入", "credited too"), "original": lang.T("按当时所得冲回", "what was earned then is taken back"), "current": lang.T("计入当月的负业绩", "a negative credit now"),
	"lead": lang.T("线索", "lead"), "phone": lang.T("电话", "phone"), "company": lang.T("公司", "company"), "customer": lang.T("客户", "customer"),
	"poaching": lang.T("恶意抢单", "poaching"), "upheld_complaint": lang.T("投诉成立", "an upheld complaint"), "private_dealing": lang.T("飞单", "private dealing"), "privacy_breach": lang.T("泄露客户信息", "a breach of privacy"),
	"complaint": lang.T("投诉", "complaint"), "qa": lang.T("质检", "quality check"), "training": lang.T("培训", "training"), "suggestion": lang.T("合理化建议", "suggestion"), "loss": lang.T("损失", "loss"),
	"warning": lang.T("警告", "warning"), "demerit": lang.T("记过", "demerit"), "major_demerit": lang.T("记大过", "major demerit"), "demotion": lang.T("降级", "demotion"), "dismissal": lang.T("解除劳动合同", "dismissal"),
	"workday": lang.T("工作日", "workday"), "deal": lang.T("单", "deal"), "late": lang.T("次迟到", "lateness"), "early": lang.T("次早退", "early leaving"), "missing_punch": lang.T("次缺卡", "missing punch"), "absence": lang.T("次旷工", "absence"), "leave": lang.T("次请假", "leave"), "overtime": lang.T("次加班", "overtime"), "dispute": lang.T("起撞单", "disputed lead"), "escalation": lang.T("次上报", "escalation"), "event": lang.T("个事件", "event"), "violation": lang.T("次违纪", "violation"), "satisfaction": lang.T("次满意度评分", "satisfaction score"), "test": lang.T("次考试", "test"), "attitude": lang.T("次主管评分", "supervisor score"), "suspension": lang.T("次停职", "suspension"), "fine": lang.T("次罚款", "fine"),
	"apply": lang.T("在法定限额内扣, 超出的结转", "taken within the legal limit, the rest carried"), "report_only": lang.T("只列出, 不扣", "shown, not taken"),
	"share": lang.T("平分所占名次的奖金", "the prizes of the places are shared"), "each": lang.T("各得一份", "each gets the prize"),
	"half_up": lang.T("四舍五入到分", "to the nearest cent, halves up"), "down": lang.T("舍去分以下", "down to the cent"), "up": lang.T("进到分", "up to the cent"),
	"not_earned": lang.T("未获得的收入", "income not earned"), "discipline": lang.T("违纪", "discipline"), "recovery": lang.T("追回", "recovery"),
	"21.75 forward": lang.T("日薪 (÷ 21.75) × 应发天数, 不超过全月", "day rate (÷ 21.75) × days due, at most the whole"), "21.75 backward": lang.T("全月 − 日薪 (÷ 21.75) × 缺的天数", "whole month − day rate (÷ 21.75) × days missing"),
	"workdays": lang.T("应发工作日 ÷ 当月工作日", "workdays due ÷ workdays of the month"), "calendar_days": lang.T("在职日历天 ÷ 当月日历天", "calendar days ÷ days of the month"), "hybrid": lang.T("不足半月按出勤天数, 过半月按缺勤天数", "by days worked up to half a month, by days missing beyond"),
	"agents": lang.T("个人", "agents"), "teams": lang.T("团队", "teams"), "sites": lang.T("职场", "sites"), "region": lang.T("大区", "region"), "site": lang.T("职场", "site"), "team": lang.T("团队", "team"),
	"competition": lang.T("1、1、3", "1, 1, 3"), "dense": lang.T("1、1、2", "1, 1, 2"),
	"lasts": lang.T("有效", "lasts"), "leaver": lang.T("原业务员离职的归", "where he has left it goes to"), "same": lang.T("同一", "the same"), "within": lang.T("期限", "within"),
	"instalments": lang.T("期数", "instalments"), "at_most": lang.T("每月最多", "at most a month"), "wins": lang.T("冲突时以此为准", "which wins"),
	"per deal": lang.T("每单", "per deal"), "per day": lang.T("每天", "per day"), "per month": lang.T("每月", "per month"), "per workday": lang.T("每个工作日", "per workday"),
	"meal": lang.T("餐补", "meals"), "annual_bonus": lang.T("年终奖", "annual bonus"), "yuan": lang.T("整元, 尾差结转下月", "whole yuan, the fen go to next month"), "transport": lang.T("交通补贴", "transport"), "housing": lang.T("住房补贴", "housing"), "shift": lang.T("夜班津贴", "shift allowance"), "heat": lang.T("高温津贴", "heat allowance"), "hazard": lang.T("有害岗位津贴", "hazard allowance"), "benefits": lang.T("福利", "benefits"),
	"calls": lang.T("通话", "calls"), "deals": lang.T("成交", "deals"), "credits": lang.T("业绩", "credits"), "events": lang.T("事件", "events"), "appointments": lang.T("预约", "appointments"), "callbacks": lang.T("约定回访", "promised callbacks"), "reports": lang.T("报表", "reports"), "leads": lang.T("线索", "leads"), "disputes": lang.T("撞单", "disputed leads"),
	"ever": lang.T("一生一次", "once ever"), "year": lang.T("一年一次", "once a year"), "quarter": lang.T("一季一次", "once a quarter"),
	"keep": lang.T("照样发放", "released as before"), "forfeit": lang.T("作废", "lost"), "write_off": lang.T("核销", "written off"), "rest": lang.T("其余", "the rest"),
	"discussed": lang.T("讨论", "discussed"), "announced": lang.T("公示", "announced"), "filed": lang.T("备案", "filed"), "review_by": lang.T("复核", "to be reviewed"),
	"as the jurisdiction": lang.T("按法域的规定", "as the jurisdiction says"), "true": lang.T("是", "yes"), "yes": lang.T("是", "yes"),
}
