package statement

import "telepay/internal/lang"

// Title says a stage as people call it.
func (s Stage) Title() lang.Text { return stageTitles[s] }

// Title says a class as people call it.
func (c Class) Title() lang.Text { return classTitles[c] }

var stageTitles = map[Stage]lang.Text{
	Rate:        lang.T("提成", "Commission"),
	Component:   lang.T("其他收入", "Other earnings"),
	Contests:    lang.T("竞赛与奖池", "Contests and pools"),
	BasePay:     lang.T("底薪与考勤", "Base and attendance"),
	Held:        lang.T("暂存与释放", "Held and released"),
	Reversals:   lang.T("退款冲回", "Reversals"),
	Guarantee:   lang.T("保底", "Guarantee"),
	NotEarned:   lang.T("未获得部分", "Not earned"),
	Deductions:  lang.T("扣款", "Deductions"),
	Guard:       lang.T("法定限额", "Legal guard"),
	MinimumWage: lang.T("最低工资补足", "Minimum-wage top-up"),
	Carry:       lang.T("结转", "Carried"),
	Statutory:   lang.T("社保、公积金、个税", "Insurance, fund, tax"),
	Rounding:    lang.T("尾差", "Rounding"),
}

var classTitles = map[Class]lang.Text{
	Absence:     lang.T("缺勤", "Absence"),
	NotEarnedCl: lang.T("未获得", "Not earned"),
	Loss:        lang.T("赔偿损失", "Loss"),
	Discipline:  lang.T("违纪", "Discipline"),
	Recovery:    lang.T("追回", "Recovery"),
	Court:       lang.T("法院扣划", "Court order"),
	StatutoryCl: lang.T("法定代扣", "Statutory"),
}
