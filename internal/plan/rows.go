package plan

import (
	"slices"
	"strings"

	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/kpi"
)

// eventKinds are the kinds of event that a rule may count one by one.
var eventKinds = []string{"qa", "complaint", "upheld_complaint", "training", "report", "suggestion", "loss", "warning", "demerit", "major_demerit", "poaching", "private_dealing", "privacy_breach", "violation", "satisfaction", "test", "attitude", "demotion", "dismissal", "suspension", "fine"}

// Eaches returns what a rule may be computed for one by one.
func Eaches() []string {
	return append([]string{"workday", "deal", "late", "early", "missing_punch", "absence", "leave", "overtime", "dispute", "escalation", "event"}, eventKinds...)
}

func field(name, zh, en string, k expr.Kind, u expr.Unit) expr.Def {
	return expr.Def{Name: name, Title: lang.T(zh, en), Type: expr.Type{Kind: k, Unit: u}}
}

var (
	minutes = field("minutes", "分钟", "minutes", expr.Number, expr.Count)
	nth     = field("nth", "第几次", "which of the month", expr.Number, expr.Count)
	level   = field("level", "级别", "level", expr.Word, 0)
	amount  = field("amount", "金额", "amount", expr.Number, expr.Money)
	score   = field("score", "分数", "score", expr.Number, expr.Plain)
)

// RowFields are the fields of one row, by what the row is.
func (p *Plan) RowFields(row string) []expr.Def {
	switch row {
	case "credit":
		return p.KPIs.Fields("credits")
	case "deal":
		return p.KPIs.Fields("deals")
	case "release":
		return append(slices.Clip(p.KPIs.Fields("deals")), field("paid", "已回款", "collected by now", expr.Number, expr.Money))
	case "workday":
		return []expr.Def{field("day_worked", "当日出勤", "part of the day worked", expr.Number, expr.Count)}
	case "late", "early":
		return []expr.Def{minutes, nth}
	case "missing_punch":
		return []expr.Def{nth}
	case "absence":
		return []expr.Def{field("days", "天数", "days", expr.Number, expr.Count), nth}
	case "leave":
		return []expr.Def{field("word", "假别", "leave word", expr.Word, 0), field("days", "天数", "days", expr.Number, expr.Count), nth}
	case "overtime":
		return []expr.Def{field("hours", "小时", "hours", expr.Number, expr.Count), field("day", "日子", "kind of day", expr.Word, 0)}
	case "dispute", "escalation":
		return []expr.Def{level}
	}
	kind := field("kind", "事件种类", "kind of event", expr.Word, 0)
	return append([]expr.Def{amount, score, level, kind}, p.KPIs.Own.Columns["events"]...)
}

// vocabulary returns what a rule may name: the month's measures (""), the columns
// of a person, the fields of a row, or, with a + at its end, fields and measures.
func (p *Plan) vocabulary(row string) expr.Vocabulary {
	switch row {
	case "":
		return p.KPIs.Measures(p.Words)
	case "person":
		return kpi.PersonVocabulary(p.Words)
	}
	name, both := strings.CutSuffix(row, "+")
	fields := p.RowFields(name)
	month := p.KPIs.Measures(p.Words)
	return expr.Vocabulary{
		Find: func(word string) (expr.Def, bool) {
			for _, f := range fields {
				if f.Name == word {
					return f, true
				}
			}
			if both || name == "workday" {
				return month.Find(word)
			}
			return expr.Def{}, false
		},
		All: func() []string {
			var names []string
			for _, f := range fields {
				names = append(names, f.Name)
			}
			if both {
				names = append(names, month.All()...)
			}
			return names
		},
		Mend: func(word string) string {
			if both || name == "workday" {
				return month.Mend(word)
			}
			return ""
		},
	}
}
