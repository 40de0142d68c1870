// Package attendance turns day sheets into the figures that pay depends on:
// days worked and absent, lateness, early leaving, missing punches, leave. The
// calendar comes from package law. It knows no money.
package attendance

import (
	"regexp"
	"strconv"

	"telepay/internal/catalogue"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/yamldoc"
)

// Settings is the plan's section attendance.
type Settings struct {
	Written  bool          // whether the plan has the section
	From, To int           // shift, seconds of the day
	Lunch    [2]int        // lunch break, seconds of the day
	Free     money.Decimal // minutes of lateness that are free
	Leave    map[string]money.Ratio
}

// Fields is the table of the section's keys.
var Fields = []catalogue.Field{
	{Key: "shift", Name: lang.T("班次", "shift"), Kind: lang.T("时间段", "a span of the day"), Default: lang.Same("09:00-18:00"), Help: lang.T("上下班时间, 迟到早退按它算", "working hours; lateness and early leaving are measured against them"), Example: "shift: 09:00-18:00"},
	{Key: "lunch", Name: lang.T("午休", "lunch"), Kind: lang.T("时间段", "a span of the day"), Default: lang.Same("12:00-13:00"), Help: lang.T("不计工时的午休", "the break that is not working time"), Example: "lunch: 12:00-13:00"},
	{Key: "free", Name: lang.T("免计", "free"), Kind: lang.T("时长", "a time"), Default: lang.Same("0s"), Help: lang.T("多少分钟以内不算迟到", "lateness up to this does not count"), Example: "free: 5min"},
	{Key: "leave", Name: lang.T("假别", "leave"), Kind: lang.T("假别: 发薪比例", "leave word: share of pay"), Default: lang.T("年假、婚假、产假、陪产假、丧假、工伤假、调休 100%", "annual, marriage, maternity, paternity, bereavement, work-injury leave and time in lieu 100%"), Help: lang.T("各种假发多少工资", "how much of the day's pay each kind of leave keeps"), Example: "leave: {病假: 60%, 事假: 0%}"},
}

var paidLeave = []string{"年假", "婚假", "产假", "陪产假", "丧假", "工伤假", "调休"}

// Read reads the section; n may be nil.
func Read(r *yamldoc.Reader, n *yamldoc.Node) Settings {
	s := Settings{From: 9 * 3600, To: 18 * 3600, Lunch: [2]int{12 * 3600, 13 * 3600}, Leave: map[string]money.Ratio{}}
	for _, w := range paidLeave {
		s.Leave[w] = money.One
	}
	if n == nil {
		return s
	}
	s.Written = true
	catalogue.Check(r, n, Fields)
	if v := n.Get("shift"); v != nil {
		s.From, s.To = span(r, v)
	}
	if v := n.Get("lunch"); v != nil {
		s.Lunch[0], s.Lunch[1] = span(r, v)
	}
	if v := n.Get("free"); v != nil {
		x, unit, fault := expr.Literal(r.Word(v))
		if fault != nil || unit != expr.Time {
			r.Bad(v, "units", lang.F("%s: %s", "%s: %s", v.Path, v.Text), lang.T("时长, 如 5min", "a time such as 5min"), lang.Text{})
		}
		s.Free = x.Div(money.Whole(60)).Round(4, money.HalfUp)
	}
	readLeave(r, n.Get("leave"), s.Leave)
	return s
}

func readLeave(r *yamldoc.Reader, n *yamldoc.Node, into map[string]money.Ratio) {
	if n == nil {
		return
	}
	for _, e := range n.Entries {
		x, unit, fault := expr.Literal(r.Word(e.Value))
		if fault != nil || unit != expr.Percent || x.Sign() < 0 || x.Cmp(money.One) > 0 {
			r.Bad(e.Value, "rate-unit", lang.F("%s: %s", "%s: %s", e.Value.Path, e.Value.Text), lang.T("0% 到 100% 的百分比", "a percentage from 0% to 100%"), lang.Text{})
			continue
		}
		into[e.Key.Text] = x
	}
}

var spanText = regexp.MustCompile(`^(\d\d):(\d\d)-(\d\d):(\d\d)$`)

func span(r *yamldoc.Reader, n *yamldoc.Node) (from, to int) {
	m := spanText.FindStringSubmatch(r.Word(n))
	if m == nil {
		r.Bad(n, "clock", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("09:00-18:00 这样的时间段", "hours such as 09:00-18:00"), lang.Text{})
		return 0, 0
	}
	at := func(i int) int {
		h, _ := strconv.Atoi(m[i])
		min, _ := strconv.Atoi(m[i+1])
		return h*3600 + min*60
	}
	if from, to = at(1), at(3); from >= to || to > 24*3600 {
		r.Bad(n, "clock", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("开始早于结束, 不超过 24:00", "a start before the end, up to 24:00"), lang.Text{})
	}
	return from, to
}

// Hours returns the working time of a full day, in seconds.
func (s Settings) Hours() int {
	lunch := min(s.To, s.Lunch[1]) - max(s.From, s.Lunch[0])
	return s.To - s.From - max(0, lunch)
}
