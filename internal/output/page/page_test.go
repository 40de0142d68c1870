package page

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"telepay/internal/output/font"
)

func metrics(t interface{ Fatal(...any) }) Metrics {
	set, err := font.Load()
	if err != nil {
		t.Fatal(err)
	}
	return NewMetrics(set)
}

func TestMM(t *testing.T) {
	for _, c := range []struct{ tenths, want int }{{0, 0}, {254, 7200}, {160, 4535}, {2100, 59528}, {2970, 84189}, {-254, -7200}} {
		if got := MM(c.tenths); got != c.want {
			t.Errorf("MM(%d) = %d, want %d", c.tenths, got, c.want)
		}
	}
}

func TestWidth(t *testing.T) {
	m := metrics(t)
	for _, c := range []struct {
		name, s string
		size    int
		want    int
	}{
		{"empty", "", 1000, 0},
		{"three Han at 10 pt", "薪酬单", 1000, 3000},
		{"digits and minus have one width", "−12", 1000, 1665},
		{"missing is as wide as the mark that stands for it", "𠮷", 1000, 1000},
		{"rounded up", "1", 1, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := m.Width(c.s, c.size, false); got != c.want {
				t.Errorf("width of %q is %d, want %d", c.s, got, c.want)
			}
		})
	}
}

func TestRuns(t *testing.T) {
	m := metrics(t)
	for _, c := range []struct {
		name, s string
		bold    bool
		want    []Run
	}{
		{"nothing", "", true, nil},
		{"regular", "赵𬱖", false, []Run{{"赵𬱖", false}}},
		{"bold falls back for one Han", "门戶1", true, []Run{{"门", true}, {"戶", false}, {"1", true}}},
		{"missing keeps its weight", "a𠮷b", true, []Run{{"a〓b", true}}},
		{"broken bytes are seen", "a\xffb", false, []Run{{"a〓b", false}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := m.Runs(c.s, c.bold)
			if !slices.Equal(got, c.want) {
				t.Errorf("runs of %q are %v, want %v", c.s, got, c.want)
			}
		})
	}
}

func TestMissing(t *testing.T) {
	m := metrics(t)
	d := Document{Pages: []Page{{Items: []Item{
		Text{S: "田𠮷𠮷"}, Line{}, Text{S: "戶", Bold: true}, Text{S: "𠮷", Bold: true},
	}}}}
	want := []Missing{{'𠮷', "田𠮷𠮷"}, {'𠮷', "𠮷"}}
	if got := m.Missing(d); !slices.Equal(got, want) {
		t.Errorf("missing %q, want %q", got, want)
	}
}

func TestWrap(t *testing.T) {
	m := metrics(t)
	for _, c := range []struct {
		name, s string
		width   int // in ems of 10 pt
		want    []string
	}{
		{"fits", "应发合计", 4, []string{"应发合计"}},
		{"empty is one empty line", "", 4, []string{""}},
		{"Chinese breaks anywhere", "应发合计本月", 4, []string{"应发合计", "本月"}},
		{"not before a comma", "应发合计，本月", 4, []string{"应发合", "计，本月"}},
		{"not after an opening bracket", "应发合（计）", 4, []string{"应发合", "（计）"}},
		{"Latin at blanks, which stay", "paid in full", 3, []string{"paid ", "in full"}},
		{"a number stays whole", "回款12,345.67元", 5, []string{"回款", "12,345.67", "元"}},
		{"a long word breaks where it must", "HX26100112HX", 3, []string{"HX261", "00112", "HX"}},
		{"line feeds break", "一\n二", 4, []string{"一", "二"}},
		{"percent stays with its number", "一二三5%", 4, []string{"一二三", "5%"}},
		{"no width at all", "一二", 0, []string{"一", "二"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := m.Wrap(c.s, 1000, false, c.width*1000); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

var letters = rapid.SampledFrom([]rune("应发合计，。（）《》“”、abcXYZ019.,%−-  \n¥×÷=戶𬱖𠮷·•"))

func TestWrapLosesNothing(t *testing.T) {
	m := metrics(t)
	rapid.Check(t, func(t *rapid.T) {
		s := string(rapid.SliceOf(letters).Draw(t, "text"))
		if rapid.Bool().Draw(t, "any text") {
			s = rapid.String().Draw(t, "string")
		}
		width := rapid.IntRange(0, 20000).Draw(t, "width")
		bold := rapid.Bool().Draw(t, "bold")
		lines := m.Wrap(s, 820, bold, width)
		if got, want := strings.Join(lines, ""), strings.ReplaceAll(s, "\n", ""); got != string([]rune(want)) {
			t.Fatalf("wrapped to %q, want all of %q", lines, want)
		}
		for _, l := range lines {
			seen := strings.TrimRightFunc(l, isSpace)
			if m.Width(seen, 820, bold) > width && utf8.RuneCountInString(seen) > 1 {
				t.Fatalf("line %q is wider than %d", l, width)
			}
		}
	})
}

func isSpace(r rune) bool { return strings.TrimSpace(string(r)) == "" }

func TestFit(t *testing.T) {
	m := metrics(t)
	for _, c := range []struct {
		name, s string
		width   int
		size    int
		lines   []string
	}{
		{"at full size", "薪酬", 2000, 1000, []string{"薪酬"}},
		{"shrinks to a tenth of a point", "薪酬", 1990, 990, []string{"薪酬"}},
		{"at the floor", "薪酬", 1400, 700, []string{"薪酬"}},
		{"wraps at the floor", "薪酬", 1390, 700, []string{"薪", "酬"}},
		{"line feeds wrap", "薪\n酬", 9000, 700, []string{"薪", "酬"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			size, lines := m.Fit(c.s, 1000, 700, false, c.width)
			if size != c.size || !slices.Equal(lines, c.lines) {
				t.Errorf("got %d %q, want %d %q", size, lines, c.size, c.lines)
			}
		})
	}
}
