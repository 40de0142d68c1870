package scale

import (
	"testing"

	"telepay/internal/diag"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/yamldoc"
)

var fields = map[string]expr.Type{
	"collected": {Kind: expr.Number, Unit: expr.Money}, "team.collected": {Kind: expr.Number, Unit: expr.Money}, "deals": {Kind: expr.Number, Unit: expr.Count},
	"attainment.collected": {Kind: expr.Number, Unit: expr.Percent}, "collection_rate": {Kind: expr.Number, Unit: expr.Percent}, "score.monthly": {Kind: expr.Number},
	"talk": {Kind: expr.Number, Unit: expr.Time}, "grade": {Kind: expr.Word}, "product": {Kind: expr.Word}, "source": {Kind: expr.Word}, "customer": {Kind: expr.Word},
}

var voc = expr.Vocabulary{
	Find: func(name string) (expr.Def, bool) {
		t, ok := fields[name]
		return expr.Def{Name: name, Type: t, Title: lang.Same(name)}, ok
	},
	All: func() []string { return nil },
}

// Ways of reading: a rate of money that may be sliced, an amount, a factor, a score, a grade.
var (
	rateSpec   = Spec{Want: Rate, Voc: voc, Rated: fields["collected"], HasRated: true, Slices: true, OfNames: []string{"collected"}}
	unitSpec   = Spec{Want: Amount, Voc: voc, Rated: fields["deals"], HasRated: true, Slices: true, OfNames: []string{"deals"}}
	amountSpec = Spec{Want: Amount, Voc: voc}
	factorSpec = Spec{Want: Factor, Voc: voc}
	pointSpec  = Spec{Want: Points, Voc: voc, Rated: fields["collection_rate"], HasRated: true}
	gradeSpec  = Spec{Want: Grade, Voc: voc, Rated: fields["score.monthly"], HasRated: true}
)

// read reads the scale that text says.
func read(t interface{ Fatal(...any) }, spec Spec, text string) *Scale {
	s, ps := tryRead(t, spec, text)
	if len(ps) > 0 {
		t.Fatal(text + ": " + ps[0].Format(lang.EN))
	}
	return s
}

func tryRead(t interface{ Fatal(...any) }, spec Spec, text string) (*Scale, []diag.Problem) {
	root, ps := yamldoc.Parse("plan.yaml", []byte("rate: "+text+"\n"))
	if len(ps) > 0 {
		t.Fatal(text + ": " + ps[0].Format(lang.EN))
	}
	r := &yamldoc.Reader{}
	s := Read(r, root.Get("rate"), spec)
	return s, r.Problems.All()
}

func num(s string) money.Ratio { return money.Of(money.MustParse(s)) }

// given makes an environment of numbers and words; a number "—" has no base.
func given(kv ...string) expr.Env {
	return func(name string) expr.Value {
		for i := 0; i < len(kv); i += 2 {
			if kv[i] != name {
				continue
			}
			if kv[i+1] == "—" {
				return expr.None
			}
			if d, err := money.Parse(kv[i+1]); err == nil && fields[name].Kind == expr.Number {
				return expr.NumberOf(money.Of(d))
			}
			return expr.TextOf(kv[i+1])
		}
		return expr.NumberOf(money.Ratio{})
	}
}

// pays is what a scale gives on a total: each cut at its value, rounded to the fen.
func pays(t interface{ Fatal(...any) }, s *Scale, total money.Ratio, env expr.Env) money.Decimal {
	cuts, miss := s.Cuts(Context{Env: env, Month: period.MustMonth("2026-10"), X: &total})
	if miss != nil {
		t.Fatal(miss.Text().EN)
	}
	var sum, width money.Ratio
	for _, c := range cuts {
		sum, width = sum.Add(c.Width().Mul(c.Value.Num)), width.Add(c.Width())
	}
	if width.Cmp(total) != 0 {
		t.Fatal("the cuts do not cover the total")
	}
	return sum.Round(2, money.HalfUp)
}

func value(t *testing.T, s *Scale, c Context) string {
	v, _, miss := s.Value(c)
	switch {
	case miss != nil:
		return "miss: " + miss.Text().EN
	case v.NoBase:
		return "—"
	case v.Kind == expr.Word:
		return v.Text
	}
	text, _ := v.Num.MarshalText()
	return string(text)
}
