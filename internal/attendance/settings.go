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
	Written bool                   // whether the plan has the section
	Free    money.Decimal          // minutes of lateness that are free
	Leave   map[string]money.Ratio // leave word → part of pay that it keeps
	Sick    map[string]bool        // leave words that keep what the law says of sick pay
	shifts  map[string]shift       // by name; "any" for a day that names none
}

// Fields is the table of the section's keys.
var Fields = []catalogue.Field{
	{Key: "shift", Name: lang.T("班次", "shift"), Kind: lang.T("时间段, 或 班次名: 时间段", "a span of the day, or name of a shift: span"), Default: lang.Same("09:00-18:00"), Help: lang.T("上下班时间, 迟到早退按它算; 有几个班次时, 考勤表的班次一栏说是哪一个, any 是没写的; 夜班可以过零点", "working hours; lateness and early leaving are measured against them. Where there are several, the sheet's column shift says which, and any is for a day that names none; a night shift may pass midnight"), Example: "shift: {any: 09:00-18:00, 晚班: 12:00-21:00}"},
	{Key: "lunch", Name: lang.T("午休", "lunch"), Kind: lang.T("时间段", "a span of the day"), Default: lang.Same("12:00-13:00"), Help: lang.T("不计工时的午休", "the break that is not working time"), Example: "lunch: 12:00-13:00"},
	{Key: "free", Name: lang.T("免计", "free"), Kind: lang.T("时长", "a time"), Default: lang.Same("0s"), Help: lang.T("多少分钟以内不算迟到", "lateness up to this does not count"), Example: "free: 5min"},
	{Key: "leave", Name: lang.T("假别", "leave"), Kind: lang.T("假别: 发薪比例, 或 law", "leave word: share of pay, or law"), Default: lang.T("年假、婚假、产假、陪产假、丧假、工伤假、调休 100%", "annual, marriage, maternity, paternity, bereavement, work-injury leave and time in lieu 100%"), Help: lang.T("各种假发多少工资; law 表示按当地病假工资的规定", "how much of the day's pay each kind of leave keeps; law stands for the local rule on sick pay"), Example: "leave: {病假: law, 事假: 0%}"},
}

var paidLeave = []string{"年假", "婚假", "产假", "陪产假", "丧假", "工伤假", "调休"}

// Read reads the section; n may be nil.
func Read(r *yamldoc.Reader, n *yamldoc.Node) Settings {
	lunch := [2]int{12 * 3600, 13 * 3600}
	s := Settings{Leave: map[string]money.Ratio{}, Sick: map[string]bool{}, shifts: map[string]shift{"any": {9 * 3600, 18 * 3600, lunch}}}
	for _, w := range paidLeave {
		s.Leave[w] = money.One
	}
	if n == nil {
		return s
	}
	s.Written = true
	catalogue.Check(r, n, Fields)
	if v := n.Get("lunch"); v != nil {
		lunch[0], lunch[1] = span(r, v, false)
	}
	s.readShifts(r, n.Get("shift"), lunch)
	if v := n.Get("free"); v != nil {
		x, unit, fault := expr.Literal(r.Word(v))
		if fault != nil || unit != expr.Time {
			r.Bad(v, "units", lang.F("%s: %s", "%s: %s", v.Path, v.Text), lang.T("时长, 如 5min", "a time such as 5min"), lang.Text{})
		}
		s.Free = x.Div(money.Whole(60)).Round(4, money.HalfUp)
	}
	s.readLeave(r, n.Get("leave"))
	return s
}

func (s *Settings) readShifts(r *yamldoc.Reader, n *yamldoc.Node, lunch [2]int) {
	if n == nil || n.Kind != yamldoc.Map {
		sh := shift{9 * 3600, 18 * 3600, lunch}
		if n != nil {
			sh.from, sh.to = span(r, n, true)
		}
		s.shifts["any"] = sh
		return
	}
	s.shifts = map[string]shift{}
	for _, e := range n.Entries {
		from, to := span(r, e.Value, true)
		s.shifts[e.Key.Text] = shift{from, to, lunch}
	}
	if _, ok := s.shifts["any"]; !ok {
		r.Bad(n, "missing-key", lang.F("%s 没有 any", "%s without any", n.Path), lang.T("没有写班次的日子按哪个班次", "the shift of a day that names none"), lang.Same("any: 09:00-18:00"))
		s.shifts["any"] = shift{9 * 3600, 18 * 3600, lunch}
	}
}

func (s *Settings) readLeave(r *yamldoc.Reader, n *yamldoc.Node) {
	if n == nil {
		return
	}
	for _, e := range n.Entries {
		word := r.Word(e.Value)
		if word == "law" {
			delete(s.Leave, e.Key.Text)
			s.Sick[e.Key.Text] = true
			continue
		}
		x, unit, fault := expr.Literal(word)
		if fault != nil || unit != expr.Percent || x.Sign() < 0 || x.Cmp(money.One) > 0 {
			r.Bad(e.Value, "rate-unit", lang.F("%s: %s", "%s: %s", e.Value.Path, e.Value.Text), lang.T("0% 到 100% 的百分比, 或 law", "a percentage from 0% to 100%, or law"), lang.Text{})
			continue
		}
		s.Leave[e.Key.Text] = x
	}
}

var spanText = regexp.MustCompile(`^(\d\d):(\d\d)-(\d\d):(\d\d)$`)

// span reads hours of the day. A shift that ends before it starts ends on the next day.
func span(r *yamldoc.Reader, n *yamldoc.Node, overnight bool) (from, to int) {
	m := spanText.FindStringSubmatch(r.Word(n))
	if m == nil {
		r.Bad(n, "clock", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("09:00-18:00 这样的时间段", "hours such as 09:00-18:00"), lang.Text{})
		return 0, 3600
	}
	at := func(i int) int {
		h, _ := strconv.Atoi(m[i])
		min, _ := strconv.Atoi(m[i+1])
		return h*3600 + min*60
	}
	if from, to = at(1), at(3); from > 24*3600 || to > 24*3600 || from == to || from > to && !overnight {
		r.Bad(n, "clock", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("开始早于结束, 不超过 24:00", "a start before the end, up to 24:00"), lang.Text{})
	}
	if from > to {
		to += day
	}
	return from, to
}
