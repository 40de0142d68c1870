package rule

import (
	"regexp"
	"strconv"

	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/yamldoc"
)

// shared reads how a pool is funded and what becomes of it: share, parts, and for
// releases how long they wait and what a leaver keeps.
func (g *reading) shared(r *Rule) {
	if n := g.get("share"); n != nil {
		r.Share = g.percent(n)
	}
	if n := g.get("parts"); n != nil {
		r.Parts = g.parts(n)
	}
	if n := g.get("lasts"); n != nil {
		r.Lasts = g.months(n)
	}
	if n := g.get("leaver"); n != nil {
		if g.kind.Name == "commission" {
			v := g.percent(n)
			r.LeaverPay = &v
			return
		}
		r.Leaver = g.OneOf(n, "keep", "forfeit")
	}
}

func (g *reading) percent(n *yamldoc.Node) money.Ratio {
	v, ok := money.ParseShare(g.Word(n))
	if !ok {
		g.Bad(n, "rate-unit", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("0% 到 100% 的百分比", "a percentage from 0% to 100%"), lang.Text{})
	}
	return v
}

var monthsText = regexp.MustCompile(`^(\d{1,3}) months?$`)

func (g *reading) months(n *yamldoc.Node) int {
	m := monthsText.FindStringSubmatch(g.Word(n))
	if m == nil {
		g.Bad(n, "lasts", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("2 months 这样的时长", "a span such as 2 months"), lang.Text{})
		return 0
	}
	v, _ := strconv.Atoi(m[1])
	return v
}

// parts reads a list of shares that total exactly the whole.
func (g *reading) parts(n *yamldoc.Node) []Part {
	if n.Kind != yamldoc.List || len(n.Items) == 0 {
		g.WantShape(n, lang.T("列表, 如 [{share: 80%}, {share: 20%, after: 90d}]", "a list such as [{share: 80%}, {share: 20%, after: 90d}]"))
		return nil
	}
	var out []Part
	left, rest := money.One, -1
	for i, item := range n.Items {
		p := g.part(item)
		switch s := item.Get("share"); {
		case s == nil:
			g.Bad(item, "missing-key", lang.F("%s 没有 share", "%s without share", item.Path), lang.T("百分比、分数或 rest", "a percentage, a fraction or rest"), lang.Same("share: 30%"))
		case s.Text == "rest" && rest < 0:
			rest = i
		default:
			p.Share = g.percent(s)
			left = left.Sub(p.Share)
		}
		out = append(out, p)
	}
	if rest >= 0 {
		out[rest].Share = left
	}
	if rest < 0 && !left.IsZero() || left.Sign() < 0 {
		g.Bad(n, "shares", lang.F("%s 合计 %s", "%s that add up to %s", n.Path, money.One.Sub(left).Mul(money.Whole(100)).Round(2, money.HalfUp).String()+"%"), lang.T("合计恰好 100%", "the whole, exactly"), lang.T("把最后一份写成 share: rest", "share: rest for the last"))
	}
	return out
}

// PartKeys returns what a part of a kind of rule may say.
func PartKeys(kind string) []string {
	if kind == "release" {
		return []string{"share", "where", "when", "after"}
	}
	return []string{"share", "for", "when", "pro_rata"}
}

func (g *reading) part(n *yamldoc.Node) Part {
	g.Known(n, PartKeys(g.kind.Name)...)
	p := Part{Node: n, For: g.partCondition(n, "for", g.Voc("person")), When: g.partCondition(n, "when", g.Voc("")), Where: g.partCondition(n, "where", g.Voc("release"))}
	if x := n.Get("pro_rata"); x != nil {
		p.ProRata = g.formula(x, g.Voc(""), "pro_rata")
		if p.ProRata != nil && p.ProRata.Type().Kind != expr.Number {
			g.Bad(x, "kinds", lang.F("%s: %s", "%s: %s", x.Path, x.Text), lang.T("一个数", "a number"), lang.Text{})
		}
	}
	if x := n.Get("after"); x != nil {
		g.after(x, &p)
	}
	return p
}

func (g *reading) partCondition(n *yamldoc.Node, key string, voc expr.Vocabulary) *expr.Formula {
	x := n.Get(key)
	if x == nil {
		return nil
	}
	f := g.formula(x, voc, key)
	if f != nil && f.Type().Kind != expr.YesNo {
		g.Bad(x, "kinds", lang.F("%s: %s", "%s: %s", x.Path, x.Text), lang.T("一个条件", "a condition"), lang.Text{})
		return nil
	}
	return f
}

var daysText = regexp.MustCompile(`^(\d{1,4})d$`)

// after reads 90d, a milestone, or a list of them.
func (g *reading) after(n *yamldoc.Node, p *Part) {
	if n.Kind == yamldoc.List {
		p.After = g.Words(n)
		return
	}
	word := g.Word(n)
	if m := daysText.FindStringSubmatch(word); m != nil {
		p.Days, _ = strconv.Atoi(m[1])
		return
	}
	p.After = []string{word}
}
