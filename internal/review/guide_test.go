package review

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/plan"
	"telepay/internal/rule"
	"telepay/kpi"
)

var block = regexp.MustCompile("(?s)```yaml\n(.*?)```")

// blocks returns the YAML of a page.
func blocks(t *testing.T, file string) []string {
	t.Helper()
	data, err := os.ReadFile("../../docs/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range block.FindAllStringSubmatch(strings.ReplaceAll(string(data), "\r\n", "\n"), -1) {
		out = append(out, m[1])
	}
	return out
}

// TestGuide reads every block of the plan guide: a plan is without fault, and the
// worked examples behind it come out to the cent.
func TestGuide(t *testing.T) {
	var b Bench
	plans, cases := 0, 0
	for _, text := range blocks(t, "plan-guide.md") {
		if !strings.HasPrefix(text, "- it:") {
			if !strings.HasPrefix(text, "plan:") {
				text = head + text
			}
			if !strings.Contains(text, "earnings:") {
				text += "earnings: {base: {amount: 3000}}\n"
			}
			b = benchFrom(t, text)
			plans++
			continue
		}
		list, problems := b.ReadCases("plan_test.yaml", []byte(text))
		for _, p := range problems {
			t.Errorf("%s\nin\n%s", p.Format(lang.EN), text)
		}
		for _, c := range list {
			cases++
			for _, f := range b.Test(c).Failed {
				t.Errorf("%s: %s %s is %s, want %s", c.It.ZH, f.Expect.Name, f.Expect.Part, f.Got.EN, f.Expect.Want.Fixed(2))
			}
		}
	}
	if plans < 15 || cases < 30 {
		t.Errorf("%d plans and %d cases", plans, cases)
	}
}

// TestGuideBothLanguages: the two guides show the same YAML.
func TestGuideBothLanguages(t *testing.T) {
	if !slices.Equal(blocks(t, "plan-guide.md"), blocks(t, "plan-guide.zh-CN.md")) {
		t.Error("the guides do not show the same examples")
	}
}

// everyday are keys that need no example in the guide.
var everyday = []string{"definition", "KPI", "plan_writes", "example"}

// TestGuideShowsEveryKey: no key of the plan is left to guess.
func TestGuideShowsEveryKey(t *testing.T) {
	all := strings.Join(blocks(t, "plan-guide.md"), "\n")
	data, err := os.ReadFile("../../docs/plan-guide.md")
	if err != nil {
		t.Fatal(err)
	}
	show := func(key, of string) {
		named := regexp.MustCompile(`(^|[\s{,])`+regexp.QuoteMeta(key)+`:`).MatchString(all) || strings.Contains(string(data), "`"+key+"`")
		if !named && !slices.Contains(everyday, key) {
			t.Errorf("the guide does not show %s of %s", key, of)
		}
	}
	for _, f := range rule.Frame {
		show(f.Key, "a rule")
	}
	for _, s := range plan.Sections() {
		show(s.Key, "the plan")
		for _, f := range s.Fields {
			show(f.Key, s.Key)
		}
	}
	for _, f := range kpi.ItemFields {
		show(f.Key, "an item")
	}
	for _, code := range []string{"rate-unit", "amount-unit", "tier-to", "mode-missing", "scope", "unknown-measure", "charged-twice"} {
		if !slices.ContainsFunc(diag.Codes, func(c diag.Code) bool { return c.Code == code }) {
			t.Errorf("the guide names the code %s, which there is not", code)
		}
	}
}
