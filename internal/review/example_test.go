package review

import (
	"os"
	"sync"
	"testing"

	"telepay/internal/diag"
	"telepay/internal/expr"
	"telepay/internal/lang"
	"telepay/internal/law"
	"telepay/internal/plan"
	"telepay/kpi"
)

const shipped = "../../fixtures/example/project/"

// bench reads a plan of a file, which has to be without fault.
func benchOf(t *testing.T, file string) Bench {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return benchFrom(t, string(data))
}

func benchFrom(t *testing.T, text string) Bench {
	t.Helper()
	p, problems := plan.Read("plan.yaml", []byte(text), plan.Context{Own: declared})
	for _, x := range problems {
		if x.Reach != diag.Note {
			t.Fatalf("%s\nin\n%s", x.Format(lang.EN), text)
		}
	}
	return Bench{p, Alone(), shippedLaw()}
}

// declared are the columns of the company's own that the guide's profile of calls lists.
var declared = kpi.Own{Places: 2, Columns: map[string][]expr.Def{"calls": {
	{Name: "技能组", Type: expr.Type{Kind: expr.Word}}, {Name: "质检分", Type: expr.Type{Kind: expr.Number, Unit: expr.Count}}, {Name: "费用", Type: expr.Type{Kind: expr.Number, Unit: expr.Money}}}}}

// shippedLaw is read once for all tests.
var shippedLaw = sync.OnceValue(func() *law.Law {
	l, problems := law.Load(nil)
	if len(problems) > 0 {
		panic(problems[0].Format(lang.EN))
	}
	return l
})

// TestShippedCases: the worked examples of the shipped plan come out to the cent.
func TestShippedCases(t *testing.T) {
	b := benchOf(t, shipped+"plan.yaml")
	data, err := os.ReadFile(shipped + "plan_test.yaml")
	if err != nil {
		t.Fatal(err)
	}
	cases, problems := b.ReadCases("plan_test.yaml", data)
	for _, p := range problems {
		t.Error(p.Format(lang.EN))
	}
	if len(cases) < 20 {
		t.Errorf("%d cases, want at least 20", len(cases))
	}
	for _, c := range cases {
		t.Run(c.It.ZH, func(t *testing.T) {
			r := b.Test(c)
			for _, f := range r.Failed {
				t.Errorf("line %d: %s %s: got %s, want %s %s", f.Expect.Node.Line, f.Expect.Name, f.Expect.Part, f.Got.EN, f.Expect.Want.Fixed(2), f.Expect.Code)
			}
		})
	}
}
