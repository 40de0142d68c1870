package payslip

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"telepay/internal/money"
)

// The checker is a reader with a pocket calculator: from nothing but the lines
// of the paper it works out every figure that follows from others.

var (
	figure = regexp.MustCompile(`−?\d+(?:,\d{3})*(?:\.\d+)?`)
	token  = regexp.MustCompile(`(\d+):(\d\d):(\d\d)|(−?\d+(?:,\d{3})*(?:\.\d+)?)(%)?|[×÷+−=]`)
	aside  = regexp.MustCompile(`（[^）]*）|\([^)]*\)`)
)

type term struct {
	op     string // empty for a number
	v      money.Ratio
	places int // of the number as printed, in its own unit
	pct    bool
}

// read cuts a clause into numbers and signs; words are passed over.
func read(s string) []term {
	var out []term
	for _, m := range token.FindAllStringSubmatch(s, -1) {
		switch {
		case m[1] != "":
			out = append(out, term{v: rat(m[1]).Mul(money.Whole(3600)).Add(rat(m[2]).Mul(money.Whole(60))).Add(rat(m[3]))})
		case m[4] != "":
			n := strings.ReplaceAll(m[4], ",", "")
			_, frac, _ := strings.Cut(n, ".")
			t := term{v: rat(strings.Replace(n, "−", "-", 1)), places: len(frac), pct: m[5] != ""}
			if t.pct {
				t.v = t.v.Div(money.Whole(100))
			}
			out = append(out, t)
		default:
			out = append(out, term{op: m[0]})
		}
	}
	return out
}

// value works out number sign number …, × and ÷ before + and −.
func value(ts []term) money.Ratio {
	sum, sign, product := money.Ratio{}, money.One, ts[0].v
	for i := 1; i+1 < len(ts); i += 2 {
		switch ts[i].op {
		case "×":
			product = product.Mul(ts[i+1].v)
		case "÷":
			product = product.Div(ts[i+1].v)
		default:
			sum, product = sum.Add(sign.Mul(product)), ts[i+1].v
			sign = money.One
			if ts[i].op == "−" {
				sign = sign.Neg()
			}
		}
	}
	return sum.Add(sign.Mul(product))
}

// same tells whether v is the number t as it is printed.
func same(v money.Ratio, t term) bool {
	if t.pct {
		v, t.v = v.Mul(money.Whole(100)), t.v.Mul(money.Whole(100))
	}
	return v.Round(t.places, money.HalfUp).Equal(t.v.Round(t.places, money.HalfUp))
}

// equations checks every … = … of a line. A sum that begins with a sign goes on
// from the sum before (合计, then × factor).
func equations(lines []string) (wrong []string) {
	var before money.Ratio
	for i, line := range lines {
		if strings.HasPrefix(line, "×") { // wrapped
			line = lines[i-1] + line
		}
		if sum, ok := strings.CutPrefix(line, "合计 sum"); ok {
			before = read(sum)[0].v
		}
		for _, clause := range strings.FieldsFunc(aside.ReplaceAllString(line, ""), func(r rune) bool { return r == '；' || r == ';' || r == '，' || r == '：' || r == '。' }) {
			sides := strings.Split(clause, "=")
			for i := 1; i < len(sides); i++ {
				left, right := tail(read(sides[i-1])), read(sides[i])
				if len(left) == 0 || len(right) == 0 || right[0].op != "" {
					continue
				}
				if left[0].op == "×" { // goes on from the sum above
					left = append([]term{{v: before}}, left...)
				}
				if !same(value(left), right[0]) {
					wrong = append(wrong, fmt.Sprintf("%s: %v", clause, sides))
				}
			}
		}
	}
	return wrong
}

// tail is the last run of number sign number …; it may begin with a ×.
func tail(ts []term) []term {
	at := len(ts)
	for at > 0 && (at == len(ts) || (ts[at-1].op == "") != (ts[at].op == "")) {
		at--
	}
	for at < len(ts) && ts[at].op != "" && ts[at].op != "×" {
		at++
	}
	if at < len(ts) && ts[len(ts)-1].op != "" {
		return nil
	}
	return ts[at:]
}

// ledger is the figures of the paper by where they stand.
type ledger struct {
	wrong []string
}

func (l *ledger) want(what string, got, want money.Decimal) {
	if !got.Equal(want) {
		l.wrong = append(l.wrong, fmt.Sprintf("%s: %s, worked out %s", what, got, want))
	}
}

// numbers gives all figures of a line.
func numbers(line string) []money.Decimal {
	var out []money.Decimal
	for _, n := range figure.FindAllString(line, -1) {
		out = append(out, dec(strings.NewReplacer(",", "", "−", "-").Replace(n)))
	}
	return out
}

// nth gives one figure of a line, from its end where i is negative; a figure
// that is not there is none that anything else could be.
func nth(line string, i int) money.Decimal {
	all := numbers(line)
	if i < 0 {
		i += len(all)
	}
	if i < 0 || i >= len(all) {
		return dec("-999999999")
	}
	return all[i]
}

func last(line string) money.Decimal { return nth(line, -1) }

// between gives the lines after the one that starts with from, up to the one
// that starts with to, both out.
func between(lines []string, from, to string) []string {
	var out []string
	in := false
	for _, l := range lines {
		switch {
		case strings.HasPrefix(l, from):
			in = true
		case strings.HasPrefix(l, to) && in:
			return out
		case in:
			out = append(out, l)
		}
	}
	return out
}

// first returns the line that starts with a prefix.
func first(lines []string, prefix string) string {
	for _, l := range lines {
		if strings.HasPrefix(l, prefix) {
			return l
		}
	}
	return ""
}

var numbered = regexp.MustCompile(`^\d+  \D`)
var dated = regexp.MustCompile(`^\d\d-\d\d  `)

// complaints is everything on the paper that does not follow from the rest.
func complaints(lines []string) []string {
	l := &ledger{wrong: equations(lines)}
	gross, rest := l.pay(between(lines, "一", "二"))
	l.panel(lines, gross, rest)
	l.score(between(lines, "二", "三"))
	l.deals(between(lines, "三", "四"))
	l.limit(between(lines, "五", "六"))
	l.across(lines)
	return l.wrong
}

// pay adds up section 一.
func (l *ledger) pay(section []string) (gross, rest money.Decimal) {
	for _, x := range between(section, "项目", "应得合计") {
		if numbered.MatchString(x) {
			gross = gross.Add(last(x))
		}
	}
	for _, x := range between(section, "应得合计", "应发合计") {
		if numbered.MatchString(x) {
			rest = rest.Add(last(x))
		}
	}
	l.want("gross", last(first(section, "应得合计")), gross)
	l.want("payable", last(first(section, "应发合计")), gross.Add(rest))
	var products money.Decimal
	for _, x := range between(section, "2  ", "合计 sum") {
		if strings.Contains(x, "×") {
			products = products.Add(last(x))
		}
	}
	l.want("sum of slices", last(first(section, "合计 sum")), products)
	l.want("line 2", last(first(section, "A 级系数")), last(first(section, "2  ")))
	return gross, rest
}

// panel compares the big figures with the sections they come from.
func (l *ledger) panel(lines []string, gross, rest money.Decimal) {
	var figures []money.Decimal
	for _, x := range between(lines, "应得合计", "本单") {
		figures = append(figures, numbers(x)...)
	}
	if len(figures) != 5 {
		l.wrong = append(l.wrong, fmt.Sprintf("the panel has %d figures", len(figures)))
		return
	}
	carried := last(first(between(lines, "五", "六"), "合计"))
	held := last(between(lines, "四", "五")[0])
	for i, want := range []money.Decimal{gross, carried, gross.Add(rest), rest, held} {
		l.want(fmt.Sprintf("panel, figure %d", i+1), figures[i], want)
	}
}

// across compares figures that stand in more than one section.
func (l *ledger) across(lines []string) {
	total := first(between(lines, "三", "四"), "合计")
	credited, commission := nth(total, 5), nth(total, 6)
	pay := between(lines, "一", "二")
	l.want("rated", nth(first(pay, "2  "), 1), credited)
	l.want("commission", nth(first(pay, "2  "), 2), commission)
	l.want("rated, in the other language", last(first(pay, "Credited collections")), credited)
	var cut money.Decimal
	for _, x := range between(pay, "2  ", "合计 sum") {
		if _, amounts, ok := strings.Cut(x, "万"); ok {
			cut = cut.Add(nth(amounts, 0))
		}
	}
	l.want("slices", cut, credited)
	l.want("KPI", nth(first(between(lines, "二", "三"), "回款"), 0), credited)
	l.want("rank", nth(first(between(lines, "六", "七"), "回款"), 0), credited)
	l.want("base", nth(first(pay, "1  "), 1), last(first(pay, "1  ")))
	l.want("base, in the other language", nth(first(pay, "Base salary"), 0), last(first(pay, "1  ")))
	l.want("prize", nth(first(pay, "4  "), 3), last(first(pay, "4  ")))
	l.want("prize, in the other language", last(first(pay, "Contest prize")), last(first(pay, "4  ")))
	wage := first(between(lines, "五", "六"), "限额 =")
	l.want("wage", nth(wage, 0), last(first(pay, "应得合计")))
	l.want("left of the wage", nth(wage, 5), last(first(pay, "应发合计")))
	places := first(between(lines, "六", "七"), "2  ")
	l.want("place", nth(places, 0), nth(first(pay, "4  "), 1))
	for _, at := range []int{0, 3} {
		l.want("movement", nth(places, at).Add(nth(places, at+1)), nth(places, at+2))
	}
	factor := nth(first(between(lines, "二", "三"), "总分"), 1)
	l.want("factor", nth(first(pay, "A 级系数"), 0), factor)
	next, other := first(between(lines, "六", "七"), "下月"), first(between(lines, "六", "七"), "from ")
	for _, i := range []int{0, 1} {
		l.want("bound and rate, in the other language", nth(other, i), nth(next, i))
	}
	l.want("next rate", nth(next, 1), nth(first(pay, "满 10 万"), 2))
	l.want("place, in the other language", nth(first(pay, "Contest prize"), 0), nth(places, 0))
	dispute := between(lines, "四", "五")
	l.want("held", nth(dispute[1], 1), nth(dispute[0], -2))
	pointer := first(between(lines, "三", "四"), "分摊提成")
	due := first(lines, "异议请于")
	l.want("last day, in the other language", nth(due, 2), nth(due, 5))
	l.want("line, in the other language", nth(pointer, 0), nth(pointer, 1))
}

// score re-computes section 二.
func (l *ledger) score(section []string) {
	var points, total money.Decimal
	for _, x := range section {
		if strings.HasPrefix(x, "总分") {
			total = last(x)
			l.want("score in words", nth(x, 0), total)
		}
		cells := strings.Split(x, "  ")
		if len(cells) == 7 && strings.HasSuffix(cells[5], "%") {
			score, weight := read(cells[4])[0].v, read(cells[5])[0].v
			exact := money.Of(points).Add(score.Mul(weight))
			l.want(cells[0]+" points", last(cells[6]), score.Mul(weight).Round(4, money.HalfUp))
			points = exact.Round(4, money.HalfUp)
			if cells[3] != "—" && last(cells[3]).Cmp(dec("120")) < 0 {
				l.want(cells[0]+" score", score.Round(2, money.HalfUp), last(cells[3]))
			}
		}
		if len(cells) > 4 && strings.HasSuffix(cells[3], "%") && cells[0] != "指标" {
			counted, target := read(cells[1]), read(cells[2])[0].v
			// The quotient itself, not its rounded figure, is what was attained.
			v := counted[0].v
			if len(counted) > 3 {
				v = v.Div(counted[2].v)
			}
			if !same(v.Div(target), read(cells[3])[0]) {
				l.wrong = append(l.wrong, cells[0]+" attained")
			}
		}
	}
	l.want("score", total, points)
}

// deals adds up section 三.
func (l *ledger) deals(section []string) {
	var collected, credited, commission money.Decimal
	deals, rows := map[string]bool{}, 0
	for _, x := range section {
		if !dated.MatchString(x) {
			continue
		}
		rows++
		cells := strings.Split(x, "  ")
		at := len(cells) - 1
		if strings.HasSuffix(cells[at-2], "%") {
			commission, at = commission.Add(last(cells[at])), at-1
		}
		amount, share, credit := last(cells[at-2]), read(cells[at-1])[0].v, last(cells[at])
		l.want("credited", credit, money.Of(amount).Mul(share).Round(2, money.HalfUp))
		collected, credited = collected.Add(amount), credited.Add(credit)
		if strings.HasPrefix(cells[1], "HX") {
			deals[cells[1]] = true
		}
	}
	n := make([]money.Decimal, 7)
	for i := range n {
		n[i] = nth(first(section, "合计"), i)
	}
	l.want("deals", n[0], money.Int(int64(len(deals))))
	l.want("rows", n[1], money.Int(int64(rows)))
	l.want("deals, again", n[2], n[0])
	l.want("rows, again", n[3], n[1])
	l.want("collected", n[4], collected)
	l.want("credited", n[5], credited)
	l.want("commission", n[6], commission)
}

// limit re-computes section 五.
func (l *ledger) limit(section []string) {
	limit := last(strings.Split(first(section, "限额 ="), "；")[0])
	left := limit
	var sums [3]money.Decimal
	for _, x := range section {
		cells := strings.Split(x, "  ")
		if !strings.HasPrefix(x, "撞单") || len(cells) != 6 {
			continue
		}
		nominal, applied, carried := last(cells[2]), last(cells[4]), last(cells[5])
		l.want("limit left", last(cells[3]), left)
		l.want("applied", applied, money.Min(nominal, left))
		l.want("carried", carried, nominal.Sub(applied))
		left = left.Sub(applied)
		sums[0], sums[1], sums[2] = sums[0].Add(nominal), sums[1].Add(applied), sums[2].Add(carried)
		if strings.Contains(cells[1], "=") {
			continue
		}
		sum := read(cells[1])
		l.want("nominal", nominal, value(tail(sum)).Round(2, money.HalfUp))
	}
	for i, what := range []string{"nominal", "applied", "carried"} {
		l.want("sum "+what, nth(first(section, "合计"), i), sums[i])
	}
}

func TestPaperFollowsFromItself(t *testing.T) {
	for _, w := range complaints(rows(Layout(sample(), fonts(t).Metrics()))) {
		t.Error(w)
	}
}

// raw are the places of figures that follow from nothing on the paper: dates,
// ids, names, bounds in words, what happened last month.
var raw = regexp.MustCompile(`\d{4}[-年 ]+\d\d?( 月)?|\d\d-\d\d|[A-Z]+[-\d]*\d+|\d+ 号码|\d+ 席|\d+ 万条?|0–5|5–10|五-1|` +
	`上月 [\d.]+%|上月第 \d+ 名|满 \d+%? [A-D\d. ]+分?|\d+ 起 D [\d.]+|B 1|合同 [\d,.]+|60 / 40|ee\d+|4e\w+|telepay [\d.]+|第 \d+ [页行] |第 \d+ 页|共 \d+ 页|Page \d+ of \d+|≥ 60 s|距第 1 名|撞单，\d+ 月|达成满 \d+%|达成 × 100|  5%  —|最低工资 [\d,.]+|每 1,000.00 多得|further 1,000.00|×? ?\d+ 工作日|  100%  达成|\d+ 起|` +
	`^\d  |华信电销 \d{4}|\d+ / \d+ 天|\d+ 次|\d+ late|[\d.]+ × \d+ 工作日|\d+ 小时|封顶 \d+|\d+ 天|\d+ days|共 \d+ 名|of \d+|\d+ [人队]|Second|第 \d+ 个月|前 \d 个月|line \d`)

// Each figure in turn is printed with another first digit; the checker has to
// notice, else the paper could be wrong there without anybody seeing it.
func TestEveryWrongFigureIsNoticed(t *testing.T) {
	lines := rows(Layout(sample(), fonts(t).Metrics()))
	changed := 0
	for i, line := range lines {
		facts := raw.FindAllStringIndex(line, -1)
		for _, at := range figure.FindAllStringIndex(line, -1) {
			if within(at, facts) {
				continue
			}
			wrong := slices.Clone(lines)
			wrong[i] = otherDigit(line, at[0])
			changed++
			if len(complaints(wrong)) == 0 {
				t.Errorf("nobody notices %q", wrong[i])
			}
		}
	}
	if changed < 150 {
		t.Errorf("only %d figures were tried", changed)
	}
}

func within(at []int, spans [][]int) bool {
	return slices.ContainsFunc(spans, func(s []int) bool { return at[0] >= s[0] && at[1] <= s[1] })
}

// otherDigit changes the first digit of the figure at a place.
func otherDigit(line string, at int) string {
	at += strings.IndexAny(line[at:], "0123456789")
	return line[:at] + string('1'+(line[at]-'0')%9) + line[at+1:]
}
