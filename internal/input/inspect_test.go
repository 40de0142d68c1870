package input

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"

	"telepay/internal/input/profile"
	"telepay/internal/period"
)

func inspect(t *testing.T, name, text string) *Inspection {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	in, err := Inspect(file, name, Options{Zone: zone, Places: 2, Cut: period.Cut{StartDay: 1}})
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// TestSamplesAreRecognised: of all profiles, that of the sample fits it best, and
// every row of the file is told of.
func TestSamplesAreRecognised(t *testing.T) {
	for _, p := range profile.Shipped() {
		found, err := filepath.Glob(filepath.Join("..", "..", "fixtures", "profiles", p.Name, "sample.*"))
		if err != nil || len(found) != 1 {
			t.Fatalf("%s has %d samples", p.Name, len(found))
		}
		data, err := os.ReadFile(found[0])
		if err != nil {
			t.Fatal(err)
		}
		text, name := string(data), filepath.Base(found[0])
		switch {
		case strings.Contains(name, ".xlsx."): // package convert makes workbooks of these
			continue
		case strings.Contains(name, ".gb18030."):
			text, err = simplifiedchinese.GB18030.NewEncoder().String(text)
		case strings.Contains(name, ".cp1252."):
			text, err = charmap.Windows1252.NewEncoder().String(text)
		}
		if err != nil {
			t.Fatal(err)
		}
		in := inspect(t, "export.csv", text)
		if len(in.Fits) == 0 || in.Fits[0].Profile == nil || in.Fits[0].Profile.Name != p.Name {
			t.Errorf("the sample of %s is taken for %d others", p.Name, len(in.Fits))
			continue
		}
		if len(in.Rows) == 0 || len(in.Uses) == 0 || len(in.Buckets) == 0 && p.Kind != "roster" {
			t.Errorf("%s: %d rows, %d uses, %d buckets", p.Name, len(in.Rows), len(in.Uses), len(in.Buckets))
		}
	}
}

func TestInspect(t *testing.T) {
	t.Run("own columns", func(t *testing.T) {
		in := inspect(t, "回款.csv", "流水号,单号,到账日,金额,经手\nP1,D1,2026-10-08,5\nP2,D1,2026-10-09,5,x\nP3,D1,2026-13-09,5,x\n")
		if len(in.Fits) == 0 || in.Fits[0].Profile != nil || in.Fits[0].Kind.Name != "payments" {
			t.Fatalf("taken for %+v", in.Fits)
		}
		if got := buckets(in.Buckets); got != "回款.csv error bad-date 1 5; 回款.csv error ragged-row 1 0; 回款.csv counted  1" {
			t.Errorf("buckets %s", got)
		}
		if strings.Join(in.Unread, " ") != "经手" || in.Header != 1 || in.First != "2026-10-09" && in.First != "2026-10-08" {
			t.Errorf("unread %v, header %d, first %s", in.Unread, in.Header, in.First)
		}
	})
	t.Run("who is in it", func(t *testing.T) {
		in := inspect(t, "calls.csv", callText)
		var ids []string
		for _, s := range in.Agents {
			ids = append(ids, s.ID)
		}
		if strings.Join(ids, " ") != "8001 T01 T02 T99 t02" || in.Last != "2026-11-01" {
			t.Errorf("agents %v, last %s", ids, in.Last)
		}
	})
	t.Run("contracts are no attendance", func(t *testing.T) {
		const text = "合同号,日期,客户,业务员,金额(元),状态,产品\nHT1,2026-10-09,甲,王兰,1000,已签,x\n"
		for _, name := range []string{"合同登记.csv", "登记.csv"} { // with and without a name that says so
			in := inspect(t, name, text)
			if len(in.Fits) > 0 || in.Nearest == nil || in.Nearest.Kind.Name != "deals" {
				t.Errorf("%s is taken for %+v, nearest %+v", name, in.Fits, in.Nearest)
			}
		}
	})
	t.Run("nothing fits", func(t *testing.T) {
		in := inspect(t, "x.csv", "age;job;duration;y\n30;clerk;487;no\n")
		if len(in.Fits) > 0 || len(in.Problems) != 1 || in.Problems[0].Code != "unknown-layout" || !in.Problems[0].Mend.IsEmpty() && in.Nearest != nil {
			t.Errorf("fits %+v, problems %+v", in.Fits, in.Problems)
		}
	})
	t.Run("no table at all", func(t *testing.T) {
		in := inspect(t, "x.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on")
		if len(in.Fits) > 0 || len(in.Problems) != 1 || in.Problems[0].Code != "old-xls" {
			t.Errorf("problems %+v", in.Problems)
		}
	})
}

// TestDraft: what the dictionary knows stands in the draft, what is needed and not
// known is a question, and the draft is a profile that can be read.
func TestDraft(t *testing.T) {
	file := filepath.Join(t.TempDir(), "成交 明细.csv")
	if err := os.WriteFile(file, []byte("订单编号,成交人,客户名称,签约金额,签约时间\nD1,甲,K,5,2026-10-08\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	k, _ := profile.Lookup("deals")
	text := Draft(file, "十月/成交 明细.csv", "", k)
	if _, problems := profile.Parse("profiles/draft.yaml", []byte(text)); len(problems) != 1 || problems[0].Code != "unanswered" || problems[0].Pos.Line == 0 {
		t.Fatal(problems)
	}
	p, problems := profile.Parse("profiles/draft.yaml", []byte(strings.Replace(text, "agent: \"?\"", "agent: 成交人", 1)))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if p.Name != "draft-成交-明细" || p.Columns["value"][0] != "签约金额" || p.Columns["agent"][0] != "成交人" {
		t.Errorf("draft %+v", p)
	}
}
