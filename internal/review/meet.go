package review

import (
	"slices"

	"telepay/internal/expr"
	"telepay/internal/money"
)

// value is what the trial itself says of a name; what it does not say is 0.
func (t *Trial) value(name string) expr.Value {
	if v, ok := t.Values[name]; ok {
		return v
	}
	if v, ok := t.Who.Spans[0].Field(name); ok {
		return expr.TextOf(v)
	}
	switch name {
	case "day_worked":
		return expr.NumberOf(money.One)
	case "days_worked", "scheduled_days":
		return expr.NumberOf(money.Whole(20))
	case "service_month":
		return expr.NumberOf(money.Whole(100))
	}
	return expr.Value{}
}

// most is how many combinations are tried to meet a condition.
const most = 5000

// meet gives the trial figures and fields that meet a condition: of each name the
// values it is compared with, and those just beside.
func (b Bench) meet(t *Trial, f *expr.Formula) bool {
	names := f.Names()
	if f.Eval(t.value).Yes {
		return true
	}
	choices := make([][]expr.Value, len(names))
	for i, name := range names {
		choices[i] = b.choices(t, f, name)
	}
	at := make([]int, len(names))
	for tries := 0; tries < most; tries++ {
		env := func(name string) expr.Value {
			if i := slices.Index(names, name); i >= 0 {
				return choices[i][at[i]]
			}
			return t.value(name)
		}
		if f.Eval(env).Yes {
			for i, name := range names {
				t.set(name, choices[i][at[i]])
			}
			return true
		}
		i := 0
		for ; i < len(at); i++ {
			if at[i]++; at[i] < len(choices[i]) {
				break
			}
			at[i] = 0
		}
		if i == len(at) {
			return false
		}
	}
	return false
}

func (t *Trial) set(name string, v expr.Value) {
	if _, column := t.Who.Spans[0].Field(name); column && v.Kind == expr.Word {
		t.setField(name, v.Text)
		return
	}
	t.Values[name] = v
}

func (b Bench) choices(t *Trial, f *expr.Formula, name string) []expr.Value {
	out := []expr.Value{t.value(name)}
	d, _ := b.Plan.Everywhere().Find(name)
	switch d.Type.Kind {
	case expr.YesNo:
		return []expr.Value{expr.Truth(true), expr.Truth(false)}
	case expr.Word:
		out[0].Kind = expr.Word
		for _, text := range f.Texts() {
			out = append(out, expr.TextOf(text))
		}
		return append(out, expr.TextOf(""))
	}
	for _, n := range f.Numbers() {
		for _, v := range []money.Ratio{n, n.Add(money.One), n.Sub(money.One)} {
			out = append(out, expr.NumberOf(v))
		}
	}
	return append(out, expr.NumberOf(money.Ratio{}))
}
