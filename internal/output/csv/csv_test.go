package csv

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"telepay/internal/lang"
	"telepay/internal/output/sample"
	"telepay/internal/output/sheet"
)

// read writes a table and reads it with another reader, which takes quotes away.
func read(t *testing.T, table sheet.Table) [][]string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, table); err != nil {
		t.Fatal(err)
	}
	body, ok := strings.CutPrefix(b.String(), "\ufeff")
	if !ok {
		t.Fatalf("%s: no byte order mark", table.Name)
	}
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", table.Name, err)
	}
	return rows
}

// want is every file of the sample run, written by hand: the header as the design
// has it, then rows. | parts cells.
var want = map[string]string{
	"register": `month|agent_id|name|team|gross|deductions|carried_in|carried_out|payable|statutory|net|c:base|c:commission|c:clash|c:holdback|c:carried
2026-10|007|'=1+1|一组|3845.65|-1909.13|0.00|0.00|1936.52|||0.00|3845.65|-1909.13|0.00|0.00
2026-10|'+cmd¦x|'＝HYPERLINK("x")|'@组;=2|4600.10|0.00|0.00|0.05|4600.15|||4600.10|0.00|0.00|0.00|0.05
2026-10|T3|'⇥王,"小"↵明|一组|0.00|0.00|0.00|0.00|0.00|||0.00|0.00|0.00|0.00|0.00`,
	"lines": `month|fact_month|pay_month|agent_id|line_no|stage|rule|kind|class|title|base|rate|quantity|nominal|limit|amount|carried|currency|ground|evidence|plan_path
2026-10|2026-10|2026-11|007|1|rate|commission|earning||提成|89920.99|0.3333333333|3|3845.65||3845.65|0.00|CNY||EVIDENCE20; … (23)|earnings.commission
2026-10|2026-10|2026-11|007|2|guard|clash|deduction|discipline|撞单升级||||-2300.00|1909.13|-1909.13|390.87|CNY|制度第 8 条|EVIDENCE1|deductions.clash
2026-10|2026-10|2026-11|007|3|held|holdback|held||留存 10%||||384.57||0.00|0.00|CNY|||earnings.holdback
2026-10|2026-10|2026-10|'+cmd¦x|1|base|base|earning||底薪||||4600.123456||4600.10|0.00|CNY|||earnings.base
2026-10|2026-10|2026-11|'+cmd¦x|2|carry|carried|carried_out||结转下月||||0.05||0.05|0.00|CNY|||carried`,
	"kpis": `month|scope|id|team|kpi|numerator|denominator|value|unit|target|attainment
2026-10|agent|007|一组|conversion|1|3|0.3333333333|ratio|0.08|4.1666
2026-10|team|一组||talk|119880||119880|seconds||
2026-10|company|||conversion|0|0||ratio|0.08|
2026-10|agent|T3|一组|dials||||number||`,
	"rankings": `month|board|scope|place|id|name|value|previous_place|honour|why_not|part_month
2026-10|sales|agents|1|007|'=1+1|89920.99|2|销冠||
2026-10|sales|agents||T3|'-3||||不足 5 单|yes
2026-10|sales|agents 一组|1|007|'=1+1|0.3333333333||||`,
	"rows": `month|file|bucket|reason|rows|amount
2026-10|exports/2026-10/calls.csv|counted||12345|
2026-10|exports/2026-10/payments.csv|excluded|other_month|2|-10.50
2026-10|exports/2026-10/payments.csv|error|unknown-agent|1|0.00`,
	"pay": `month|pay_month|agent_id|name|amount|earnings|deductions|withholdings|carried_in|carried_out|employer|team|currency
2026-10|2026-11|007|'=1+1|1936.52|3845.65|-1909.13|0.00|0.00|0.00|0.00|一组|CNY
2026-10|2026-10|'+cmd¦x|'＝HYPERLINK("x")|4600.10|4600.10|0.00|0.00|0.00|0.00|0.00|'@组;=2|CNY
2026-10|2026-11|'+cmd¦x|'＝HYPERLINK("x")|0.05|0.00|0.00|0.00|0.00|0.05|0.00|'@组;=2|CNY`,
	"problems": `reach|code|file|line|column|message|mend|agent_id|see
row|unknown-agent|exports/2026-10/payments.csv|7|3|发现工号 T8; 应为花名册里的工号 (同类还有 4 处)|'=加入花名册||
person|bad-amount|deals.xlsx!成交!AB17|17|28|发现 \x1b[31m红||T9|roster.csv:2
note|title-lines|roster.csv|||发现说明|||`,
	"odd_pay": `month|agent_id|name|team|code|why|payable|last_month
2026-10|T3|'-3|一组|zero|应发为 0|0.00|12.30`,
	"discipline": `month|agent_id|name|team|counts|suggested|evidence|note
2026-10|007|'=1+1|一组|警告 3 (本年 3)|记过|events.csv#4|只是提示; 由人决定后记入 events`,
	"pay_days": `month|pay_month|day|kind|pay_by|holds
2026-10|2026-11|2026-11-15|周末|2026-11-13|底薪
2026-10|2026-11||||提成`,
	"overtime": `month|agent_id|name|team|date|day|hours|approved|worth|source
2026-10|007|'=1+1|一组|2026-10-11|rest_day|7.5|no|0.33|attendance.csv#9`,
	"exceptions": `month|agent_id|name|team|kind|date|count|ref|amount|age|detail|evidence
2026-10|007|'=1+1|一组|off_hours|2026-10-12|3||||10-12 × 1, 10-15 × 2|
2026-10|T9|赵停|一组|overdue|2026-09-20|1|'=D1|1200.50|41|31–60 天|exports/2026-10/deals.csv#7`,
	"weeks": `month|from|to|scope|id|team|dials|connect_rate
2026-10|2026-10-01|2026-10-04|team|一组||12|0.3333333333
2026-10|2026-10-05|2026-10-11|company|||0|`,
	"calls": `month|from|to|scope|id|team|talk
2026-10|2026-10-01|2026-10-31|agent|007|一组|3661`,
	"callbacks": `month|from|to|scope|id|team`,
	"promotion": `month|agent_id|name|team|grade|kpi|known|met|in_row
2026-10|007|'=1+1|一组|P1|collected|3|2|1`,
}

// unwritten turns the signs that stand for others in want into them.
var unwritten = strings.NewReplacer("¦", "|", "⇥", "\t", "↵", "\n", "EVIDENCE20", evidence(20), "EVIDENCE1", evidence(1))

func TestFilesHoldTheRun(t *testing.T) {
	tables := sheet.Data(sample.Run(), lang.ZH)
	if len(tables) != len(want) {
		t.Fatalf("%d tables, want %d", len(tables), len(want))
	}
	for _, table := range tables {
		t.Run(table.Name, func(t *testing.T) {
			got, lines := read(t, table), strings.Split(want[table.Name], "\n")
			if len(got) != len(lines) {
				t.Fatalf("%d rows, want %d: %q", len(got), len(lines), got)
			}
			for i, line := range lines {
				cells := strings.Split(line, "|")
				if len(cells) != len(got[i]) {
					t.Fatalf("row %d: %d cells, want %d: %q", i, len(got[i]), len(cells), got[i])
				}
				for j, cell := range cells {
					if w := unwritten.Replace(cell); got[i][j] != w {
						t.Errorf("row %d, %s: %q, want %q", i, got[0][j], got[i][j], w)
					}
				}
			}
		})
	}
}

func TestTitlesFollowTheLanguage(t *testing.T) {
	for l, title := range map[lang.Lang]string{lang.ZH: "提成", lang.EN: "Commission"} {
		run := sample.Run()
		if got := read(t, sheet.Lines(run, l))[1][9]; got != title {
			t.Errorf("%s: title %q, want %q", l, got, title)
		}
	}
}

// No cell of text begins like a formula, also where it is cut at ; or a tab;
// numbers are bare, so that −1909.13 is a number.
func TestQuotes(t *testing.T) {
	var b bytes.Buffer
	run := sample.Run()
	if err := Write(&b, sheet.Register(run, lang.ZH)); err != nil {
		t.Fatal(err)
	}
	for _, piece := range []string{`007,"'=1+1",一组,`, `,-1909.13,`, "\ufeffmonth,agent_id,name,team,gross,"} {
		if !strings.Contains(b.String(), piece) {
			t.Errorf("no %s in\n%s", piece, b.String())
		}
	}
	if strings.Contains(b.String(), "6222000011112222") {
		t.Error("the bank account is in the register")
	}
}

func TestProblemsDoNotQuoteTheRow(t *testing.T) {
	var b bytes.Buffer
	run := sample.Run()
	if err := Write(&b, sheet.Problems(run, lang.EN)); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "13912345678") {
		t.Error("the user's row is in problems.csv")
	}
}

func TestSameBytesTwice(t *testing.T) {
	var first, second bytes.Buffer
	for _, table := range sheet.Data(sample.Run(), lang.ZH) {
		if err := Write(&first, table); err != nil {
			t.Fatal(err)
		}
		if err := Write(&second, table); err != nil { // the same table may be walked again
			t.Fatal(err)
		}
	}
	if a, b := first.String(), second.String(); a != b {
		t.Error("two writes differ")
	}
}

type brokenDisk struct{ room int }

func (d *brokenDisk) Write(p []byte) (int, error) {
	if d.room -= len(p); d.room < 0 {
		return 0, bytes.ErrTooLarge
	}
	return len(p), nil
}

func TestWriteErrorComesBack(t *testing.T) {
	run := sample.Run()
	if err := Write(&brokenDisk{100}, sheet.Rows(run, lang.ZH)); err == nil {
		t.Error("a small table: no error")
	}
	for len(run.Statements) < 200 {
		run.Statements = append(run.Statements, run.Statements[0])
	}
	for _, room := range []int{0, 5000} {
		if err := Write(&brokenDisk{room}, sheet.Lines(run, lang.ZH)); err == nil {
			t.Errorf("room for %d bytes: no error", room)
		}
	}
}

func TestGuard(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "张三", "张三"},
		{"empty", "", ""},
		{"equals", "=1+1", "'=1+1"},
		{"plus", "+86", "'+86"},
		{"minus", "-5", "'-5"},
		{"at", "@SUM(A1)", "'@SUM(A1)"},
		{"full-width", "＝1", "'＝1"},
		{"full-width plus", "＋1", "'＋1"},
		{"full-width minus", "－1", "'－1"},
		{"full-width at", "＠x", "'＠x"},
		{"tab", "\t1", "'\t1"},
		{"carriage return", "\r=1", "'\r=1"},
		{"line end", "\n1", "'\n1"},
		{"blanks before", "  =1", "'  =1"},
		{"ideographic blank before", "\u3000=1", "'\u3000=1"},
		{"zero-width before", "\u200b=1", "'\u200b=1"},
		{"byte order mark before", "\ufeff=1", "'\ufeff=1"},
		{"control before", "\x00=1", "'\x00=1"},
		{"after semicolon", "a;=1", "'a;=1"},
		{"after semicolon and blank", "a; -1", "'a; -1"},
		{"after tab", "a\t@x", "'a\t@x"},
		{"only signs of lists", "a; b; c", "a; b; c"},
		{"sign inside", "a=1", "a=1"},
		{"quoted already", "'=1", "''=1"},
		{"a name with an apostrophe", "'t Hooft", "'t Hooft"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Guard(c.in); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// Every text comes back, and no text that was written begins like a formula.
func TestGuardLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom([]rune("'=+-@＝＋－＠;\t\r\n \u3000a张\ufeff"))).Draw(t, "text")
		g := Guard(s)
		if got := Unguard(g); got != s {
			t.Fatalf("%q is written %q and read %q", s, g, got)
		}
		first, _ := utf8.DecodeRuneInString(strings.TrimSpace(g))
		if g != "" && strings.ContainsRune("=+-@＝＋－＠", first) {
			t.Fatalf("%q is written %q", s, g)
		}
	})
}

func TestQuote(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "春城一组", "春城一组"},
		{"empty", "", ""},
		{"comma", "a,b", `"a,b"`},
		{"semicolon, where it parts lists", "a;b", `"a;b"`},
		{"quote", `a"b`, `"a""b"`},
		{"line end", "a\nb", "\"a\nb\""},
		{"blank at an end", "a ", `"a "`},
		{"guarded", "'=1", `"'=1"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := quote(c.in); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// evidence is the list of n payments, as the files write it.
func evidence(n int) (s string) {
	for i := range n {
		if i > 0 {
			s += "; "
		}
		s += fmt.Sprintf("exports/2026-10/payments.csv#%d", i+2)
	}
	return s
}
