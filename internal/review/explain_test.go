package review

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"telepay/commission"
	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/plan"
	"telepay/internal/rule"
	"telepay/internal/yamldoc"
	"telepay/penalties"
)

// TestEverySentence walks the catalogue: a kind of rule or a key of the frame
// without its sentence fails here.
func TestEverySentence(t *testing.T) {
	for _, kinds := range []map[string]*rule.Kind{commission.Kinds(), penalties.Kinds()} {
		for name := range kinds {
			if s := kindSentences[name]; s.ZH == "" || s.EN == "" {
				t.Errorf("the kind %s has no sentence in both languages: kindSentences", name)
			}
		}
	}
	for _, f := range rule.Frame {
		s, ok := keySentences[f.Key]
		switch {
		case !ok:
			t.Errorf("the key %s has no sentence: keySentences", f.Key)
		case f.Key == "rule" || f.Key == "title":
		case strings.Count(s.ZH, "{0}") != 1 || strings.Count(s.EN, "{0}") != 1:
			t.Errorf("the sentence of %s does not say its value once: %v", f.Key, s)
		}
	}
}

// TestEveryWord: what the tables list as the words of a key is said in words.
func TestEveryWord(t *testing.T) {
	for _, s := range plan.Sections() {
		for _, f := range s.Fields {
			if f.Range.IsEmpty() || f.Key == "each" || f.Key == "class" || s.Shape == plan.Named && s.Key == "kpis" {
				continue
			}
			for _, w := range strings.Split(f.Range.EN, ", ") {
				if got := rule.KeyWord(w); got.ZH == w {
					t.Errorf("%s.%s: %s has no word in Chinese", s.Key, f.Key, w)
				}
			}
		}
	}
	for _, w := range plan.Eaches() {
		if got := rule.KeyWord(w); got.ZH == w {
			t.Errorf("each: %s has no word in Chinese", w)
		}
	}
}

// read is a document's words, one block a line, tables cell by cell.
func read(d Document, l lang.Lang) string {
	var out []string
	for _, b := range d.Blocks {
		if said := b.Heading.In(l) + b.Text.In(l); said != "" {
			out = append(out, said)
		}
		if b.Table == nil {
			continue
		}
		for _, row := range append([][]lang.Text{b.Table.Head}, b.Table.Rows...) {
			var cells []string
			for _, c := range row {
				cells = append(cells, c.In(l))
			}
			out = append(out, strings.Join(cells, " | "))
		}
	}
	return strings.Join(out, "\n")
}

// TestDrawn: tables of every shape of a value that depends.
func TestDrawn(t *testing.T) {
	for name, x := range map[string]struct{ value, want string }{
		"steps":      {"rate: {mode: marginal, from 0: 3%, from 5万: 5%, above 10万: 8%}", "Rate: Marginal: each slice has its own step.\nCollected | Rate\n0 or more, below 5万 | 3%\n5万 or more, up to 10万 | 5%\nabove 10万 | 8%"},
		"mode moves": {"rate: {mode: {from 0: whole, above 15万: marginal}, from 0: 3%, above 15万: 8%}", "0 or more, up to 15万: Whole: the step that is reached holds for everything. above 15万: Marginal: each slice has its own step."},
		"exactly":    {"rate: {mode: whole, from 0: 3%, from 5万: 5%, above 5万: 6%}", "exactly 5万 | 5%"},
		"keys":       {"rate:\n      by product, source:\n        智云, 自拓: 8%\n        智云, any: {since 2026-01: 3%, since 2026-07: 3.5%}\n        any, any: 2%", "product, source | Since | Rate\n智云, 自拓 |  | 8%\n智云, any other | 2026-01 | 3%\n智云, any other | 2026-07 | 3.5%\nany other, any other |  | 2%"},
		"nested":     {"rate: {by grade: {初级: {mode: whole, from 0: 3%, from 10万: 5%}, 高级: 6%}}", "grade | Collected | Rate\n初级 | 0 or more, below 10万 | 3%\n初级 | 10万 or more | 5%\n高级 |  | 6%"},
		"other's":    {"rate: {by team.collected: {from 0: 4%, from 100万: 5%}}", "team Collected | Rate\n0 or more, below 100万 | 4%\n100万 or more | 5%"},
		"formula":    {"rate: 5%\n  x: {rule: bonus, amount: '200 - 50 * late_times', at_most: {per day: 20}}", "Amount: 200 − 50 × times late.\nAt most (cap): per day 20."},
		"grid":       {"rate: 5%\n  x: {rule: bonus, amount: 1, times: {'by collected, deals': {from: [0, 3], from 0: [0, 0.5], from 1万: [0.5, 1]}}}", "Collected ↓  Deals → | 0 or more, below 3 | 3 or more\n0 or more, below 1万 | 0 | 0.5\n1万 or more | 0.5 | 1"},
		"pay day":    {"rate: 5%\n    pay: +2 months on 30", "Paid: 2 months later, on the 30."},
	} {
		t.Run(name, func(t *testing.T) {
			b := benchFrom(t, head+"earnings:\n  base: {amount: 1}\n  commission:\n    of: collected\n    "+x.value+"\n")
			if got := read(b.Explain(nil), lang.EN); !strings.Contains(got, x.want) {
				t.Errorf("says\n%s\nwant\n%s", got, x.want)
			}
		})
	}
}

// TestExplainShipped: the shipped plan says every rule, every default and the order,
// in both languages, and works every rule once.
func TestExplainShipped(t *testing.T) {
	b := benchOf(t, shipped+"plan.yaml")
	data, err := os.ReadFile(shipped + "plan_test.yaml")
	if err != nil {
		t.Fatal(err)
	}
	cases, _ := b.ReadCases("plan_test.yaml", data)
	d := b.Explain(cases)
	sums := 0
	for _, x := range d.Blocks {
		if x.Sum != nil {
			sums++
		}
	}
	if sums != len(b.Plan.Rules) {
		t.Errorf("%d worked sums, %d rules", sums, len(b.Plan.Rules))
	}
	zh, en := read(d, lang.ZH), read(d, lang.EN)
	for _, r := range b.Plan.Rules {
		if !strings.Contains(zh, r.Title.ZH) || !strings.Contains(en, r.Title.EN) {
			t.Errorf("%s is not said", r.Path)
		}
	}
	for _, s := range b.Plan.Settings {
		if s.From == "default" && !strings.Contains(zh, s.Name.ZH) {
			t.Errorf("the default %s is not said", s.Name.ZH)
		}
	}
	for _, want := range []string{"再乘以: 月度绩效系数。", "只从“全勤奖”里扣, 扣完为止。", "法律类别: 违纪。", "逐起撞单计算, 再相加。", "第一名在前: 2000、1000、500。", "底薪与考勤 | 底薪、迟到半日、旷工"} {
		if !strings.Contains(zh, want) {
			t.Errorf("%s is not said in\n%s", want, zh)
		}
	}
	if left := regexp.MustCompile(`\b(mode|by (grade|employment|customer|minutes|level)|(earned|factor|attainment)\.[a-z])`).FindString(en); left != "" {
		t.Errorf("the plan's own code is left: %s", left)
	}
}

// TestCounted: a KPI of the plan's own is said by what it gathers.
func TestCounted(t *testing.T) {
	b := benchFrom(t, head+`kpis:
  cards: {title: 激活卡, count: deals, where: product = 信用卡}
  first: {title: 首刷率, formula: "ratio(used, cards, none)"}
  used: {title: 首刷, count: events, where: kind = first_use}
  money: {title: 电话回款, sum: collected, of: credits}
  said: {title: 别的, definition: 数一数, count: calls}
earnings: {base: {amount: 1, when: first >= 0%}}
`)
	got := read(b.Explain(nil), lang.EN)
	for _, want := range []string{"How it is counted: the number of deals, where product = 信用卡.", "How it is counted: 首刷 ÷ 激活卡.", "How it is counted: the number of events, where kind of event = first_use.", "How it is counted: the sum of collected of credits.", "How it is counted: 数一数."} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not said in\n%s", want, got)
		}
	}
	shipped := benchFrom(t, head+plain)
	if got := read(shipped.Explain(nil), lang.EN); !strings.Contains(got, "Collected | money credited in the month") {
		t.Errorf("the shipped KPI that is used is not said in\n%s", got)
	}
}

// TestExplainFixtures: every plan under fixtures can be said, and every key that a
// rule writes has its place there.
func TestExplainFixtures(t *testing.T) {
	all := plans(t)
	for _, path := range slices.Sorted(maps.Keys(all)) {
		data := all[path]
		p, problems := plan.Read("plan.yaml", []byte(data), plan.Context{})
		if p == nil || slices.ContainsFunc(problems, func(x diag.Problem) bool { return x.Reach == 0 }) {
			continue
		}
		b := benchFrom(t, data)
		for _, part := range b.Parts() {
			if part.Rule == nil {
				continue
			}
			for _, e := range part.Rule.Node.Entries {
				said := slices.ContainsFunc(part.Items, func(it Item) bool { return it.Node == e.Value })
				if !said && e.Key.Text != "title" && e.Key.Text != "rule" && e.Value.Kind != yamldoc.Empty {
					t.Errorf("%s: %s.%s is not said", path, part.Path, e.Key.Text)
				}
			}
		}
		if strings.Contains(path, "/mistakes/") {
			continue // much the same plan a hundred times
		}
		if d := b.Explain(nil); len(d.Blocks) < 10 {
			t.Errorf("%s: %d blocks", path, len(d.Blocks))
		}
		for _, r := range p.Rules {
			for _, x := range b.Bounds(r) {
				if (len(x.Tries) == 3) == !x.Why.IsEmpty() {
					t.Errorf("%s: %s is neither tried nor said why not", path, x.Path)
				}
			}
		}
	}
}
