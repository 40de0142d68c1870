package money

import (
	"sort"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSplit(t *testing.T) {
	third, half := Quotient(Int(1), Int(3)), Of(MustParse("0.5"))
	for _, c := range []struct {
		name    string
		total   string
		weights []Ratio
		want    string
	}{
		{"thirds of a yuan", "1", []Ratio{third, third, third}, "0.34 0.33 0.33"},
		{"thirds of a refund", "-1", []Ratio{third, third, third}, "-0.34 -0.33 -0.33"},
		{"a fen to the larger rest", "0.01", []Ratio{Of(MustParse("0.4")), Of(MustParse("0.6"))}, "0 0.01"},
		{"a tie of rests to the larger weight", "0.03", []Ratio{Whole(1), Whole(3), Whole(2)}, "0 0.02 0.01"},
		{"halves of an odd fen to the earlier", "0.03", []Ratio{half, half}, "0.02 0.01"},
		{"one claimant", "12.34", []Ratio{One}, "12.34"},
		{"a claimant without weight", "10", []Ratio{{}, One}, "0 10"},
		{"nobody has weight", "10", []Ratio{{}, {}}, "10 0"},
		{"nothing to split", "0", []Ratio{half, half}, "0 0"},
		{"nobody", "10", nil, ""},
		{"finer than the places", "1.005", []Ratio{half, half}, "0.505 0.5"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := texts(Split(MustParse(c.total), c.weights, 2)); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func texts(ds []Decimal) string {
	var out []string
	for _, d := range ds {
		out = append(out, d.String())
	}
	return strings.Join(out, " ")
}

// TestSplitLaws is P2: parts add up to the whole, each within a fen of its exact
// share, a refund is the negative, and the order of claimants does not matter.
func TestSplitLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := New(rapid.Int64Range(-1_000_000_000, 1_000_000_000).Draw(t, "fen"), 2)
		n := rapid.IntRange(1, 7).Draw(t, "claimants")
		weights := make([]Ratio, n)
		var whole Ratio
		for i := range weights {
			weights[i] = Quotient(Int(rapid.Int64Range(0, 100).Draw(t, "weight")), Int(rapid.Int64Range(1, 7).Draw(t, "of")))
			whole = whole.Add(weights[i])
		}
		parts := Split(total, weights, 2)
		if !Sum(parts...).Equal(total) {
			t.Fatalf("parts %s of %s do not add up", texts(parts), total)
		}
		for i, p := range Split(total.Neg(), weights, 2) {
			if !p.Equal(parts[i].Neg()) {
				t.Fatalf("part %d of the refund is %s, of the payment %s", i, p, parts[i])
			}
		}
		if whole.IsZero() {
			return
		}
		for i, p := range parts {
			exact := Of(total).Mul(weights[i]).Div(whole)
			if d := Of(p).Sub(exact); MaxRatio(d, d.Neg()).Cmp(Of(New(1, 2))) >= 0 {
				t.Fatalf("part %d is %s, a fen or more off its exact share", i, p)
			}
		}
		order := rapid.Permutation(seq(n)).Draw(t, "order")
		shuffled := make([]Ratio, n)
		for i, at := range order {
			shuffled[i] = weights[at]
		}
		if a, b := byWeight(weights, parts), byWeight(shuffled, Split(total, shuffled, 2)); a != b {
			t.Fatalf("in another order the parts are %s, not %s", b, a)
		}
	})
}

func seq(n int) []int {
	s := make([]int, n)
	for i := range s {
		s[i] = i
	}
	return s
}

// byWeight writes weights with their parts, sorted: equal weights are interchangeable.
func byWeight(weights []Ratio, parts []Decimal) string {
	var out []string
	for i, w := range weights {
		out = append(out, w.Round(12, HalfUp).String()+":"+parts[i].String())
	}
	sort.Strings(out)
	return strings.Join(out, " ")
}
