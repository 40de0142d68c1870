package rule

import (
	"strings"

	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/scale"
	"telepay/internal/yamldoc"
)

// sum reads the one sum of a rule: (rate of something, or an amount, plus) × times.
func (g *reading) sum(r *Rule) {
	voc := g.Voc(g.sumVocabulary(r))
	g.of(r, voc)
	if r.Of != nil {
		for _, name := range r.Of.Names() {
			r.ToDate = g.ToDate(name)
			for _, scope := range []string{"team.", "members.", "level2.", "site.", "region.", "company."} {
				r.OfScope = r.OfScope || strings.HasPrefix(name, scope)
			}
		}
	}
	rated := scale.Spec{Voc: voc, Slices: true}
	if r.Of != nil {
		rated.Rated, rated.HasRated, rated.OfNames = r.Of.Type(), true, r.Of.Names()
	}
	plain := scale.Spec{Voc: voc}
	r.Rate = g.scale("rate", rated, scale.Rate)
	r.PerUnit = g.scale("per_unit", rated, scale.Amount)
	r.Amount = g.scale("amount", plain, scale.Amount)
	r.Times = g.scale("times", plain, scale.Factor)
	if r.Times != nil {
		for _, name := range r.Times.Names() {
			if _, ofMonth := g.Voc("").Find(name); !ofMonth {
				r.ByRow = true
			}
		}
	}
	if r.Rate != nil {
		r.Plus = g.scale("plus", rated, scale.Rate)
	} else {
		r.Plus = g.scale("plus", plain, scale.Amount)
	}
}

// sumVocabulary: a rule that rates credits may look at the fields of each.
func (g *reading) sumVocabulary(r *Rule) string {
	if r.Each != "" {
		return r.Each + "+"
	}
	if of := g.get("of"); of != nil && of.Kind == yamldoc.Scalar && g.Credits(of.Text) {
		return "credit+"
	}
	return ""
}

func (g *reading) of(r *Rule, voc expr.Vocabulary) {
	n := g.get("of")
	switch {
	case n == nil:
		return
	case n.Kind == yamldoc.List:
		r.OfRules = g.Words(n)
		return
	}
	r.Of = g.formula(n, voc, "of")
	if r.Of != nil && r.Of.Type().Kind != expr.Number {
		g.Bad(n, "kinds", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.T("一个数: 指标或公式", "a number: a measure or a formula"), lang.Text{})
		r.Of = nil
	}
}

func (g *reading) scale(key string, spec scale.Spec, want scale.Want) *scale.Scale {
	n := g.get(key)
	if n == nil {
		return nil
	}
	spec.Want = want
	return scale.Read(g.Reader, n, spec)
}

func (g *reading) limits(r *Rule) {
	r.AtLeast, r.AtMost = g.limit("at_least"), g.limit("at_most")
	if n := g.get("recover"); n != nil {
		r.Recover = ReadRecover(g.Reader, n, g.Voc(""))
	}
}

func (g *reading) limit(key string) Limit {
	n := g.get(key)
	if n == nil {
		return Limit{}
	}
	spec := scale.Spec{Voc: g.Voc(""), Want: scale.Amount}
	if n.Kind != yamldoc.Map || len(n.Entries) == 0 || !strings.HasPrefix(n.Entries[0].Key.Text, "per ") {
		return Limit{Month: scale.Read(g.Reader, n, spec)}
	}
	var l Limit
	for _, e := range n.Entries {
		switch e.Key.Text {
		case "per deal":
			l.Deal = scale.Read(g.Reader, e.Value, spec)
		case "per day":
			l.Day = scale.Read(g.Reader, e.Value, spec)
		case "per month":
			l.Month = scale.Read(g.Reader, e.Value, spec)
		default:
			g.UnknownKey(e.Key, n.Path, []string{"per deal", "per day", "per month"})
		}
	}
	return l
}

// required asks for the keys that the kind cannot do without.
func (g *reading) required() {
	for _, key := range g.kind.Needs {
		if g.get(key) == nil {
			g.Bad(g.node, "missing-key", lang.F("%s 没有 %s", "%s without %s", g.node.Path, key), lang.F("%s: %s", "%s: %s", key, FieldOf(key).Help), lang.Same(FieldOf(key).Example))
		}
	}
	var have []string
	for _, key := range g.kind.OneOf {
		if g.get(key) != nil {
			have = append(have, key)
		}
	}
	if len(g.kind.OneOf) > 0 && len(have) != 1 {
		found := lang.F("%s 没有 %s", "%s without %s", g.node.Path, strings.Join(g.kind.OneOf, " / "))
		if len(have) > 1 {
			found = lang.F("%s 同时有 %s", "%s with %s", g.node.Path, strings.Join(have, ", "))
		}
		g.Bad(g.node, "missing-key", found, lang.F("其中恰好一个: %s", "exactly one of: %s", strings.Join(g.kind.OneOf, ", ")), lang.Same(FieldOf(g.kind.OneOf[0]).Example))
	}
}
