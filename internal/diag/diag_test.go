package diag

import (
	"fmt"
	"strings"
	"testing"

	"telepay/internal/lang"
)

func problem() Problem {
	return Problem{Code: "rate-unit", Pos: Pos{File: "plan.yaml", Line: 20, Col: 12}, See: []Pos{{File: "plan.yaml", Line: 9}},
		Line: "  提成比例: {满 0: 5}", Found: lang.F("earnings.commission.rate: %s", "earnings.commission.rate: %s", "5"),
		Want: lang.T("百分比", "a percentage"), Mend: lang.T("5% 或 5‰", "5% or 5‰"), Another: 2}
}

func TestFormat(t *testing.T) {
	for _, c := range []struct {
		name string
		l    lang.Lang
		p    func(p *Problem)
		want string
	}{
		{"Chinese", lang.ZH, func(*Problem) {}, `plan.yaml:20:12: error[rate-unit]: 发现 earnings.commission.rate: 5; 应为百分比
      提成比例: {满 0: 5}
                    ^
  另见 plan.yaml:9
  改法: 5% 或 5‰
  同类问题还有 2 处`},
		{"English", lang.EN, func(*Problem) {}, `plan.yaml:20:12: error[rate-unit]: found earnings.commission.rate: 5; want a percentage
      提成比例: {满 0: 5}
                    ^
  see plan.yaml:9
  mend: 5% or 5‰
  and 2 more of this kind`},
		{"a note of a whole file", lang.EN, func(p *Problem) {
			*p = Problem{Code: "title-lines", Reach: Note, Pos: Pos{File: "a.csv"}, Found: lang.Same("2 title lines")}
		}, "a.csv: note[title-lines]: found 2 title lines"},
		{"a cell of a workbook", lang.EN, func(p *Problem) {
			*p = Problem{Code: "bad-date", Reach: Row, Pos: Pos{File: "a.xlsx", Sheet: "回款", Cell: "C17"}, Found: lang.Same("x")}
		}, "a.xlsx!回款!C17: error[bad-date]: found x"},
		{"nowhere", lang.EN, func(p *Problem) { *p = Problem{Code: "x", Found: lang.Same("y")} }, "error[x]: found y"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := problem()
			c.p(&p)
			if got := p.Format(c.l); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// TestMarker: the marker stands under the character, however wide the ones before it are.
func TestMarker(t *testing.T) {
	for _, c := range []struct {
		name, line string
		col, want  int // column of the marker in terminal cells
	}{
		{"first", "rate: 5", 1, 0}, {"plain", "rate: 5", 7, 6}, {"after Chinese", "比例: 5", 5, 6}, {"on Chinese", "a比例", 2, 1},
		{"after full-width punctuation", "甲，乙", 3, 4}, {"after a dash", "a—b", 3, 2}, {"after a tab", "\ta", 2, 1}, {"beyond the end", "ab", 9, 2},
		{"after a control character", "a\x01b", 3, 5},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := Problem{Code: "c", Pos: Pos{File: "f", Line: 1, Col: c.col}, Line: c.line, Found: lang.Same("x")}
			lines := strings.Split(p.Format(lang.EN), "\n")
			if got := strings.Index(lines[2], "^") - 4; got != c.want {
				t.Errorf("marker at %d, want %d:\n%s", got, c.want, strings.Join(lines, "\n"))
			}
		})
	}
}

func TestSorted(t *testing.T) {
	var l List
	if l.Worst() != Note || l.Stops() {
		t.Error("an empty list stops a run")
	}
	for i := PerKind + 3; i > 0; i-- {
		l.Add(Problem{Code: "bad-date", Reach: Row, Pos: Pos{File: "b.csv", Line: i}})
	}
	l.AddAll([]Problem{{Code: "z", Reach: Note, Pos: Pos{File: "a.csv", Line: 9}}, {Code: "y", Reach: Person, Pos: Pos{File: "a.csv", Line: 9}}, {Code: "x", Reach: Stop, Pos: Pos{File: "a.csv", Line: 9, Col: 2}}, {Code: "w", Reach: Note, Pos: Pos{File: "a.csv"}}})
	got := l.Sorted()
	var order []string
	for _, p := range got[:5] {
		order = append(order, fmt.Sprintf("%s:%d %s", p.Pos.File, p.Pos.Line, p.Code))
	}
	if want := "a.csv:0 w, a.csv:9 y, a.csv:9 z, a.csv:9 x, b.csv:1 bad-date"; strings.Join(order, ", ") != want {
		t.Errorf("order %s", strings.Join(order, ", "))
	}
	if last := got[len(got)-1]; len(got) != 4+PerKind || last.Another != 3 || last.Pos.Line != PerKind {
		t.Errorf("%d shown, %d more after line %d", len(got), last.Another, last.Pos.Line)
	}
	if l.Worst() != Stop || !l.Stops() || l.Len() != PerKind+7 || len(l.All()) != PerKind+4 {
		t.Errorf("worst %s of %d", l.Worst(), l.Len())
	}
}

func TestClean(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "回款 5%", "回款 5%"}, {"escape sequence", "\x1b[31mred", `\x1b[31mred`}, {"line ends", "a\r\nb\tc", `a\x0d b c`},
		{"right to left", "a\u202eb", `a\u202eb`}, {"zero width", "T1\u200b", `T1\u200b`}, {"byte order mark", "\ufeffa", `\ufeffa`},
		{"C1 control", "a\u0085b", `a\x85b`}, {"delete", "a\x7f", `a\x7f`}, {"long", strings.Repeat("a", 3000), strings.Repeat("a", 2001) + "…"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Clean(c.in); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestQuote(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"short", "回款", `"回款"`}, {"sixty", strings.Repeat("款", 60), `"` + strings.Repeat("款", 60) + `"`}, {"sixty-one", strings.Repeat("款", 61), `"` + strings.Repeat("款", 59) + `…"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Quote(c.in); got != c.want {
				t.Errorf("got %s", got)
			}
		})
	}
}

func TestNearest(t *testing.T) {
	words := []string{"collected", "connects", "deals", "dials", "回款率", "成交率"}
	for _, c := range []struct{ name, in, want string }{
		{"itself", "deals", "deals"}, {"a letter missing", "colected", "collected"}, {"two letters swapped", "connetcs", "connects"},
		{"one of two", "deal", "deals"}, {"a swap before a change", "dails", "dials"}, {"Chinese", "回款", "回款率"}, {"nothing like it", "attendance", ""}, {"empty", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Nearest(c.in, words); got != c.want {
				t.Errorf("nearest to %q is %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestReach(t *testing.T) {
	for want, r := range map[string]Reach{"stop": Stop, "row": Row, "person": Person, "note": Note} {
		if r.String() != want {
			t.Errorf("%d is %s", r, r)
		}
	}
}
