package input

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"telepay/internal/input/profile"
)

// TestDrafting: a draft says what the cells of a file show of how they are written,
// and what is read in two ways is a question.
func TestDrafting(t *testing.T) {
	rows := []struct {
		name, kind, head, first, second, field, want string
	}{
		{"plain amounts", "payments", "金额", "1200.50", "-3", "amount", `"金额"`},
		{"marks of thousands", "payments", "金额", "1,200.50", "¥3.00", "amount", `{of: "金额"}   # 认千分位和货币符号 / separators and signs of currency`},
		{"decimal comma", "payments", "金额", "1.200,50", "3,00", "amount", `{of: "金额"}`},
		{"words, which are none", "payments", "金额", "五百", "三", "amount", `"金额"`},
		{"seconds", "calls", "通话时长", "65", "0:01:05", "talk", `"通话时长"`},
		{"minutes and seconds", "calls", "通话时长", "01:05", "12:34", "talk", `{of: "通话时长", unit: "mm:ss"}   # 12:34 是几分几秒`},
		{"fractions of a day", "calls", "通话时长", "0.000752314814814815", "0.001", "talk", `{of: "通话时长", unit: "day"}`},
		{"minutes in the header", "calls", "通话时长(分钟)", "2", "1.5", "talk", `{of: "通话时长(分钟)", unit: "min"}`},
		{"milliseconds in the header", "calls", "通话时长(毫秒)", "2000", "1500", "talk", `{of: "通话时长(毫秒)", unit: "ms"}`},
		{"year first", "payments", "到账日", "2026/10/9", "2026/10/31", "paid", `"到账日"`},
		{"month first", "payments", "到账日", "10/9/2026", "10/31/2026", "paid", `{of: "到账日", dates: ["m/d/yyyy"]}`},
		{"day first, with a time", "payments", "到账日", "09/10/2026 10:00", "31/10/2026 09:00", "paid", `{of: "到账日", dates: ["d/m/yyyy hh:mm"]}`},
		{"month or day first", "payments", "到账日", "9/10/2026", "1/2/2026", "paid", `{of: "到账日", dates: ["?"]}   # 9/10/2026 是哪种? which is it? m/d/yyyy | d/m/yyyy`},
		{"a clock of twelve hours", "payments", "到账日", "10/31/2026 9:05 PM", "10/1/2026 12:00 AM", "paid", `{of: "到账日", dates: ["m/d/yyyy h:mm am"]}`},
		{"compact", "payments", "到账日", "20261009", "20261031", "paid", `{of: "到账日", dates: ["yyyymmdd"]}`},
		{"epoch", "calls", "开始时间", "1759885200", "1759885260", "started", `{of: "开始时间", dates: ["epoch"]}`},
		{"epoch in milliseconds", "calls", "开始时间", "1759885200000", "1759885260000", "started", `{of: "开始时间", dates: ["epoch ms"]}`},
		{"ids", "calls", "坐席", "8001", "T02", "agent", `"坐席"`},
		{"names", "calls", "坐席", "王建国", "李秀英", "agent", `{of: "坐席", by: name}`},
		{"a header of two lines", "calls", "通话时长\n(毫秒)", "2000", "1500", "talk", `{of: "通话时长\n(毫秒)", unit: "ms"}`},
		{"names in English", "calls", "user", "Ann Lee", "Bob Chan", "agent", `{of: "user", by: name}`},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "x.csv")
			if err := os.WriteFile(file, []byte(fmt.Sprintf("编者,\"%s\",空\nx,%q,\ny,%q,\n", row.head, row.first, row.second)), 0o644); err != nil {
				t.Fatal(err)
			}
			k, _ := profile.Lookup(row.kind)
			text := Draft(file, "x.csv", "", k)
			if !strings.Contains(text, "\n  "+row.field+": "+row.want) {
				t.Errorf("want %s: %s in\n%s", row.field, row.want, text)
			}
			if strings.Contains(text, "decimal: \",\"") != (row.name == "decimal comma") {
				t.Errorf("decimal comma in\n%s", text)
			}
			answered := strings.Replace(text, `dates: ["?"]`, `dates: ["m/d/yyyy"]`, 1)
			for n := 0; strings.Contains(answered, `"?"`); n++ {
				answered = strings.Replace(answered, `"?"`, fmt.Sprintf("列%d", n), 1)
			}
			if _, problems := profile.Parse("profiles/draft.yaml", []byte(answered)); len(problems) > 0 {
				t.Errorf("%v in\n%s", problems, answered)
			}
		})
	}
}

// TestDraftAsksForWords lists the words of a column that nobody knows.
func TestDraftAsksForWords(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.csv")
	if err := os.WriteFile(file, []byte("通话编号,坐席,开始时间,通话结果\nA,T1,2026-10-09 09:00:00,接了\nB,T1,2026-10-09 09:00:00,未接\nC,T1,2026-10-09 09:00:00,接了\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	k, _ := profile.Lookup("calls")
	if text := Draft(file, "x.csv", "", k); !strings.Contains(text, "# values: {result: {其中一个 / one of answered|busy|failed|invalid|no_answer|power_off|rejected: [接了]}}") {
		t.Error(text)
	}
}

// TestDraftName: the name of a profile is that of its file, as every system's disk
// takes it.
func TestDraftName(t *testing.T) {
	for _, row := range []struct{ file, sheet, want string }{
		{`C:\导出\成交 明细.csv`, "", "draft-成交-明细"},
		{"十月/成交.csv.gz", "", "draft-成交"},
		{`a:b?"<>|*.xlsx`, "表/1", "draft-a-b-------表-1"},
		{"CON.csv", "", "draft-con"},
		{"aux .CSV", "", "draft-aux-"},
	} {
		if got := draftName(row.file, row.sheet); got != row.want {
			t.Errorf("%s: %s, want %s", row.file, got, row.want)
		}
	}
}

// TestDraftOfATable: a row of totals ends the table, and what may answer a question
// stands beside it.
func TestDraftOfATable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "合同.csv")
	if err := os.WriteFile(file, []byte("合同登记表,,,,\n合同号,日子,客户,业务员,钱\nHT1,2026年10月9日,甲,王兰,\"1,000.00\"\nHT2,2026年10月10日,乙,李强,900.00\n合计,,,,\"1,900.00\"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	k, _ := profile.Lookup("deals")
	if err := os.WriteFile(file+"2", []byte("单号,钱\n`D1,`1.00\n`D2,`2.00\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if text := Draft(file+"2", "x.csv", "", k); !strings.Contains(text, "strip: [\"`\"]") || !strings.Contains(text, "perhaps: 钱") {
		t.Error(text)
	}
	text := Draft(file, "合同.csv", "", k)
	for _, want := range []string{"until: \"^(合计|总计|小计|Total)\"", "deal: \"?\"                # 必需 / required; 也许 / perhaps: 合同号", "value: \"?\"                # 必需 / required; 也许 / perhaps: 钱", "signed: \"?\"                # 必需 / required; 也许 / perhaps: 日子"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
}
