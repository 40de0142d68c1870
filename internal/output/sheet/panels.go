package sheet

import (
	"strings"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/record"
	"telepay/internal/statement"
)

// Odd is the pay that somebody should look at before it is paid.
func Odd(r statement.Run, l lang.Lang) Table {
	w := words{l}
	t := Table{Name: "odd_pay", Title: lang.T("异常应发", "Odd pay"), Freeze: 4, Columns: []Column{monthColumn, agentColumn, nameColumn, teamColumn,
		text("code", "类别", "Kind"), prose("why", "原因", "Why", 40), {Key: "payable", Title: lang.T("应发", "Payable"), Kind: Money}, {Key: "last_month", Title: lang.T("上月应发", "Last month"), Kind: Money}}}
	t.Rows = func(yield func([]Cell) bool) {
		for _, o := range r.Odd {
			if !yield([]Cell{In(r.Month), Key(o.Agent), Words(o.Name), Words(o.Team), w.coded(o.Code, oddWords[o.Code]), w.say(o.Why), Amount(o.Now), AmountIf(o.Before)}) {
				return
			}
		}
	}
	return t
}

var oddWords = map[string]lang.Text{"moved": lang.T("变动大", "Moved much"), "zero": lang.T("为零", "Zero"), "capped": lang.T("到上限", "At its cap"), "account": lang.T("账号重复", "Shared account")}

// Suggested is what the discipline ladder says; the decision is a person's.
func Suggested(r statement.Run, l lang.Lang) Table {
	w := words{l}
	t := Table{Name: "discipline", Title: lang.T("纪律提示", "Discipline"), Freeze: 4, Columns: []Column{monthColumn, agentColumn, nameColumn, teamColumn,
		prose("counts", "有效次数", "Counts", 50), text("suggested", "提示", "Suggested"), prose("evidence", "依据", "Evidence", 50), prose("note", "说明", "Note", 40)}}
	t.Rows = func(yield func([]Cell) bool) {
		for _, s := range r.Suggested {
			note := lang.Text{}
			if !s.Next.IsEmpty() {
				note = lang.T("只是提示; 由人决定后记入 events", "a suggestion; people decide and enter an event")
			}
			if !yield([]Cell{In(r.Month), Key(s.Agent), Words(s.Name), Words(s.Team), w.say(s.Counts), w.say(s.Next), Words(sources(s.Evidence)), w.say(note)}) {
				return
			}
		}
	}
	return t
}

func sources(at []record.Source) string {
	var names []string
	for _, s := range at {
		names = append(names, s.String())
	}
	return strings.Join(names, "; ")
}

// PayDays lists when what is paid, and the day by which it has to be.
func PayDays(r statement.Run, l lang.Lang) Table {
	w := words{l}
	t := Table{Name: "pay_days", Title: lang.T("发薪日", "Pay days"), Freeze: 2, Columns: []Column{monthColumn, {Key: "pay_month", Title: lang.T("发放月", "Pay month"), Kind: Month},
		{Key: "day", Title: lang.T("发放日", "Pay day"), Kind: Date}, text("kind", "日子", "Kind of day"), {Key: "pay_by", Title: lang.T("最迟", "Pay by"), Kind: Date}, prose("holds", "项目", "Components", 60)}}
	t.Rows = func(yield func([]Cell) bool) {
		for _, p := range r.PayDays {
			if !yield([]Cell{In(r.Month), In(p.Month), On(p.Day), w.say(p.Kind), On(p.PaidBy), w.say(p.Holds)}) {
				return
			}
		}
	}
	return t
}

// Overtime lists all overtime; what nobody approved is not paid and may be owed.
func Overtime(r statement.Run, l lang.Lang) Table {
	w := words{l}
	t := Table{Name: "overtime", Title: lang.T("加班", "Overtime"), Freeze: 4, Columns: []Column{monthColumn, agentColumn, nameColumn, teamColumn,
		{Key: "date", Title: lang.T("日期", "Date"), Kind: Date}, text("day", "日子", "Kind of day"), {Key: "hours", Title: lang.T("小时", "Hours"), Kind: Number, Sum: true}, text("approved", "批准", "Approved"),
		{Key: "worth", Title: lang.T("法定标准金额", "Worth by law"), Kind: Money}, text("source", "来源", "Source")}}
	t.Rows = func(yield func([]Cell) bool) {
		for _, o := range r.Overtime {
			state := lang.T("未批准, 不付, 有风险", "not approved: unpaid, a risk")
			code := "no"
			if o.Approved {
				state, code = lang.T("已批准", "approved"), "yes"
			}
			if !yield([]Cell{In(r.Month), Key(o.Agent), Words(o.Name), Words(o.Team), On(o.Date), w.coded(o.Kind, overtimeWords[o.Kind]), Figure(o.Hours, statement.Plain), w.coded(code, state),
				Amount(o.Worth.Round(2, money.HalfUp)), Words(o.Source.String())}) {
				return
			}
		}
	}
	return t
}

var overtimeWords = map[string]lang.Text{"workday": lang.T("工作日", "Workday"), "rest_day": lang.T("休息日", "Day off"), "holiday": lang.T("法定节假日", "Legal holiday")}
