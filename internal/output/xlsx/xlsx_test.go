package xlsx

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/output/sample"
	"telepay/internal/output/sheet"
	"telepay/internal/period"
	"telepay/internal/statement"
)

func TestSheets(t *testing.T) {
	for l, want := range map[lang.Lang]string{
		lang.ZH: "汇总 问题 工资表 扣款 发放月 明细 指标 排名 待裁 异常 周报 通话汇总 回访 晋升参考 异常应发 纪律提示 加班 发薪日 数据行",
		lang.EN: "Summary,Problems,Register,Deductions,Pay months,Lines,KPIs,Rankings,Held,Exceptions,Weeks,Calls,Callbacks,Promotion,Odd pay,Discipline,Overtime,Pay days,Rows",
	} {
		b := read(t, write(t, sheet.Workbook(sample.Run(), l), l))
		if got := strings.Join(b.names, " "); got != strings.ReplaceAll(want, ",", " ") {
			t.Errorf("%s: sheets %s", l, got)
		}
	}
}

// register is the register of the sample run: digits bare, text after '.
var register = []string{
	"'月份|'工号|'姓名|'团队|'应得|'扣款|'上月结转|'结转下月|'应发|'社保个税|'实发|'底薪|'提成|'撞单升级|'留存 10%|'结转下月",
	"'2026-10|'007|'=1+1|'一组|3845.65|-1909.13|0.00|0.00|1936.52|||0.00|3845.65|-1909.13|0.00|0.00",
	"'2026-10|'+cmd¦x|'＝HYPERLINK(\"x\")|'@组;=2|4600.10|0.00|0.00|0.05|4600.15|||4600.10|0.00|0.00|0.00|0.05",
	"'2026-10|'T3|'\t王,\"小\"\n明|'一组|0.00|0.00|0.00|0.00|0.00|||0.00|0.00|0.00|0.00|0.00",
	"'合计|'3 人|||8445.75|-1909.13|0.00|0.05|6536.67|||4600.10|3845.65|-1909.13|0.00|0.05",
}

func TestRegister(t *testing.T) {
	b := read(t, write(t, sheet.Workbook(sample.Run(), lang.ZH), lang.ZH))
	got := b.sheets[2].rows(t)
	if len(got) != len(register) {
		t.Fatalf("%d rows, want %d", len(got), len(register))
	}
	for i, line := range register {
		var want []string
		for _, c := range strings.Split(line, "|") {
			want = append(want, strings.ReplaceAll(c, "¦", "|"))
		}
		if !slices.Equal(got[i], want) {
			t.Errorf("row %d\ngot  %q\nwant %q", i+1, got[i], want)
		}
	}
}

// Every row of every table is in its sheet, with every value that shows.
func TestEverySheetHoldsItsTable(t *testing.T) {
	tables := sheet.Workbook(sample.Run(), lang.EN)
	b := read(t, write(t, tables, lang.EN))
	for i, table := range tables {
		got, n := b.sheets[i].rows(t), 1
		for row := range table.Rows {
			at := 0
			for j, c := range row {
				if table.Columns[j].Where == sheet.InFiles {
					continue
				}
				cell := ""
				if at < len(got[n]) {
					cell = got[n][at]
				}
				if want := expected(c); cell != want {
					t.Errorf("%s, row %d, %s: %q, want %q", table.Name, n+1, table.Columns[j].Key, cell, want)
				}
				at++
			}
			n++
		}
		if table.Totals != nil {
			n++
		}
		if len(got) != n {
			t.Errorf("%s: %d rows, want %d", table.Name, len(got), n)
		}
	}
}

func expected(c sheet.Cell) string {
	switch {
	case !c.Set:
		return ""
	case c.Kind == sheet.Duration:
		return "'" + c.Clock()
	case c.Kind == sheet.Date: // days since 1899-12-30
		return strconv.Itoa(int(c.Day) + 25569)
	case c.IsNumber():
		return c.Data()
	}
	return "'" + c.Text
}

func TestNothingRuns(t *testing.T) {
	b := read(t, write(t, sheet.Workbook(sample.Run(), lang.ZH), lang.ZH))
	for name, content := range b.parts {
		for _, bad := range []string{"<f>", "<f ", "</f>", "<hyperlink", "externalLink", "6222000011112222", "13912345678", "xuri", "Excelize"} {
			if strings.Contains(content, bad) {
				t.Errorf("%s has %s", name, bad)
			}
		}
	}
}

// cells of one kind each, to see how they are written.
func oneColumn(title string, cells ...sheet.Cell) sheet.Table {
	return sheet.Table{Name: "one", Title: lang.Same("One"), Columns: []sheet.Column{{Key: "x", Title: lang.Same(title)}},
		Rows: func(yield func([]sheet.Cell) bool) {
			for _, c := range cells {
				if !yield([]sheet.Cell{c}) {
					return
				}
			}
		}}
}

func proseColumn(s string) sheet.Table {
	t := oneColumn("x", sheet.Words(s))
	t.Columns[0].Width = 20
	return t
}

func TestCells(t *testing.T) {
	big := money.Quotient(money.MustParse("100000000000000"), money.Int(3))
	for _, c := range []struct {
		name, value, format string
		cell                sheet.Cell
	}{
		{"money", "3845.65", "#,##0.00", sheet.Amount(money.MustParse("3845.65"))},
		{"money that floats cannot hold", "0.10", "#,##0.00", sheet.Amount(money.MustParse("0.1"))},
		{"fifteen digits", "1234567890123.45", "#,##0.00", sheet.Amount(money.MustParse("1234567890123.45"))},
		{"sixteen digits stay text", "'12345678901234.56", "#,##0.00", sheet.Amount(money.MustParse("12345678901234.56"))},
		{"small", "0.05", "#,##0.00", sheet.Amount(money.MustParse("0.05"))},
		{"percent", "0.1275", "0.00%", sheet.Figure(money.Of(money.MustParse("0.1275")), statement.Percent)},
		{"a third", "0.3333333333", "0.00%", sheet.Figure(sample.Third, statement.Percent)},
		{"a large quotient is cut to what fits", "33333333333333.3", "General", sheet.Figure(big, statement.Plain)},
		{"count", "38000", "General", sheet.Count(38000)},
		{"duration", "'33:18:00", "General", sheet.Figure(money.Of(money.MustParse("119880")), statement.Duration)},
		{"day", "46326", "yyyy-mm-dd", sheet.On(period.MustDay("2026-10-31"))},
		{"month", "'2026-10", "@", sheet.In(period.MustMonth("2026-10"))},
		{"id", "'00123456789012345678", "@", sheet.Key("00123456789012345678")},
		{"text", "'=1+1", "General", sheet.Words("=1+1")},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := read(t, write(t, []sheet.Table{oneColumn("x", c.cell)}, lang.EN))
			got := b.sheets[0].Rows[1].Cells[0]
			if v := b.sheets[0].rows(t)[1][0]; v != c.value {
				t.Errorf("value %s, want %s", v, c.value)
			}
			if f := b.format(got); f != c.format {
				t.Errorf("format %s, want %s", f, c.format)
			}
		})
	}
}

func TestLayout(t *testing.T) {
	b := read(t, write(t, sheet.Workbook(sample.Run(), lang.ZH), lang.ZH))
	for i, w := range b.sheets {
		if w.Page.Size != 9 || w.Page.Across != "landscape" || w.Page.Wide != "1" || w.Page.High != "0" || w.Fit.On != "true" && w.Fit.On != "1" {
			t.Errorf("%s: page %+v, fit %q", b.names[i], w.Page, w.Fit.On)
		}
		if w.Views.Pane.Y != 1 || w.Views.Pane.State != "frozen" {
			t.Errorf("%s: pane %+v", b.names[i], w.Views.Pane)
		}
		if !slices.Contains(b.titles, "'"+b.names[i]+"'!$1:$1") {
			t.Errorf("%s: the header does not repeat: %s", b.names[i], b.titles)
		}
		if !strings.HasPrefix(w.Filter.Ref, "$A$1:") {
			t.Errorf("%s: filter %q", b.names[i], w.Filter.Ref)
		}
		if w.Header != "&L启明电销 2026-10 草稿&R&A" {
			t.Errorf("%s: header %q", b.names[i], w.Header)
		}
		head := b.styles.Cells[w.Rows[0].Cells[0].Style]
		if b.styles.Fonts[head.Font].Bold == nil || head.Fill == 0 {
			t.Errorf("%s: the header row is not bold on a fill", b.names[i])
		}
	}
	r := b.sheets[2]
	if r.Views.Pane.X != 4 || r.Filter.Ref != "$A$1:$P$4" {
		t.Errorf("register: %d columns stay, filter %s; want 4 and A1:P4, without the totals row", r.Views.Pane.X, r.Filter.Ref)
	}
}

// A company's name cannot put codes into the page header.
func TestPrinted(t *testing.T) {
	for in, want := range map[string]string{"A&B": "A&&B", "&R&D": "&&R&&D", "a\nb": "a b", strings.Repeat("长", 100): strings.Repeat("长", 79) + "…"} {
		if got := printed(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestWidths(t *testing.T) {
	for _, c := range []struct {
		name  string
		table sheet.Table
		width int
		wraps bool
	}{
		{"title", oneColumn("工号"), 8, false},
		{"Han counts twice", oneColumn("x", sheet.Words("昆明春城二组")), 15, false},
		{"Latin counts once", oneColumn("x", sheet.Words("abcdefghijkl")), 15, false},
		{"commas of money", oneColumn("x", sheet.Amount(money.MustParse("1234567.89"))), 15, false},
		{"percent as shown", oneColumn("x", sheet.Figure(sample.Third, statement.Percent)), 12, false},
		{"long text stays on its line", oneColumn("x", sheet.Words(strings.Repeat("长", 40))), 40, false},
		{"prose wraps", proseColumn(strings.Repeat("长", 40)), 20, true},
		{"short prose", proseColumn("长"), 7, false},
		{"nothing", oneColumn("x"), 7, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := newGrid(c.table, styles{}, lang.ZH, MaxRows)
			if g.widths[0] != c.width || g.wraps[0] != c.wraps {
				t.Errorf("width %d, wraps %t; want %d, %t", g.widths[0], g.wraps[0], c.width, c.wraps)
			}
		})
	}
}

// A sheet that is full says how many rows are missing; it never drops them silently.
func TestFullSheet(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	st, err := newStyles(f, lang.EN)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name       string
		rows, last int
		says       string
	}{{"fits exactly", 8, 9, ""}, {"one too many", 9, 10, "1 more row in data/one.csv"}, {"many", 20, 10, "12 more rows in data/one.csv"}} {
		t.Run(c.name, func(t *testing.T) {
			g := newGrid(oneColumn("x", slices.Repeat([]sheet.Cell{sheet.Count(1)}, c.rows)...), st, lang.EN, 10)
			var b bytes.Buffer
			if _, err := (spliced{&b, g.write}).Write([]byte("<worksheet><sheetData></sheetData></worksheet>")); err != nil {
				t.Fatal(err)
			}
			if got := strings.Count(b.String(), "<row "); got != c.last || g.last() != c.last || !strings.Contains(b.String(), c.says) {
				t.Errorf("%d rows, last %d, want %d: %s", got, g.last(), c.last, b.String())
			}
		})
	}
}

func TestSameBytesTwice(t *testing.T) {
	first := write(t, sheet.Workbook(sample.Run(), lang.ZH), lang.ZH)
	for range 20 {
		if !bytes.Equal(first, write(t, sheet.Workbook(sample.Run(), lang.ZH), lang.ZH)) {
			t.Fatal("two writes differ")
		}
	}
}

// Payroll data never lies in the machine's temp folder, however large a sheet is.
func TestNoTempFiles(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	seen := 0
	cells := slices.Repeat([]sheet.Cell{sheet.Words(strings.Repeat("机密", 500))}, 20000)
	table := oneColumn("x", cells...)
	rows := table.Rows
	table.Rows = func(yield func([]sheet.Cell) bool) {
		for row := range rows {
			if !yield(row) {
				return
			}
		}
		left, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil {
			t.Error(err)
		}
		seen += len(left)
	}
	if err := Write(&bytes.Buffer{}, []sheet.Table{table}, lang.ZH); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 || seen > 0 {
		t.Errorf("%d files during and %d after (%v)", seen, len(left), err)
	}
}

type brokenDisk struct{ room int }

func (d *brokenDisk) Write(p []byte) (int, error) {
	if d.room -= len(p); d.room < 0 {
		return 0, os.ErrClosed
	}
	return len(p), nil
}

func TestWriteErrorComesBack(t *testing.T) {
	whole := len(write(t, sheet.Workbook(sample.Run(), lang.ZH), lang.ZH))
	for _, room := range []int{0, whole / 2, whole - 1} {
		if err := Write(&brokenDisk{room}, sheet.Workbook(sample.Run(), lang.ZH), lang.ZH); err == nil {
			t.Errorf("room for %d of %d bytes: no error", room, whole)
		}
	}
}

// The library reads what was written as it was meant.
func TestLibraryReadsIt(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(write(t, sheet.Workbook(sample.Run(), lang.EN), lang.EN)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for at, want := range map[string]string{"C2": "=1+1", "E2": "3,845.65", "F2": "-1,909.13"} {
		if got, err := f.GetCellValue("Register", at); err != nil || got != want {
			t.Errorf("%s: %q (%v), want %q", at, got, err, want)
		}
	}
}

func TestEscape(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "张三", "张三"},
		{"signs of XML", "<a&b>", "&lt;a&amp;b&gt;"},
		{"escape", "_x0041_", "_x005F_x0041_"},
		{"escapes that overlap", "_x0041_x0042_", "_x005F_x0041_x005F_x0042_"},
		{"no escape", "_x004_ _X0041_ _x00G1_", "_x004_ _X0041_ _x00G1_"},
		{"control", "a\x01b", "a_x0001_b"},
		{"carriage return", "a\r\nb", "a_x000D_\nb"},
		{"not a character", "\uffff", "_xFFFF_"},
		{"broken UTF-8", "a\xffb", "a\ufffdb"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Escape(c.in, lang.ZH); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestLongText(t *testing.T) {
	for _, c := range []struct {
		name string
		in   string
		end  string
	}{
		{"at the limit", strings.Repeat("长", longest), "长"},
		{"one more", strings.Repeat("长", longest+1), "（全文 32768 字）"},
		{"rare characters take two", strings.Repeat("𬱖", longest/2+1), "（全文 16384 字）"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Escape(c.in, lang.ZH)
			if units(got) > longest || !strings.HasSuffix(got, c.end) {
				t.Errorf("%d units, ends in %q", units(got), string([]rune(got)[max(0, len([]rune(got))-12):]))
			}
		})
	}
}

// Every text that a cell can hold comes back from the file unchanged.
func TestTextLaw(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.RuneFrom([]rune("_x0041F&<>\"'\r\n\t\x00\x1f \ufffe")))).Draw(r, "text")
		if s == "" {
			return
		}
		b := read(t, write(t, []sheet.Table{oneColumn("x", sheet.Words(s))}, lang.ZH))
		if got := b.sheets[0].rows(t)[1][0]; got != "'"+strings.ToValidUTF8(s, "\ufffd") {
			r.Fatalf("%q came back as %q", s, got)
		}
	})
}

func TestWrapped(t *testing.T) {
	for _, c := range []struct {
		name, text string
		room, want int
	}{
		{"nothing", "", 10, 1},
		{"fits exactly", "abcde abcd", 10, 1},
		{"a word goes down whole", "abcde abcdef", 10, 2},
		{"a word too long is cut", "abcdefghijklm", 5, 3},
		{"Han breaks anywhere", "一二三四五六", 10, 2},
		{"Han fits exactly", "一二三四五", 10, 1},
		{"line ends", "a\nb\n\nc", 10, 4},
		{"words one by one", "abcdef ghijkl mnopqr", 8, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := wrapped(c.text, c.room); got != c.want {
				t.Errorf("%d lines, want %d", got, c.want)
			}
		})
	}
}

// A row is as high as its prose; a row without is one line.
func TestHeights(t *testing.T) {
	b := read(t, write(t, []sheet.Table{proseColumn(strings.Repeat("长", 40))}, lang.ZH))
	if sheet := b.parts[part(0)]; !strings.Contains(sheet, `<row r="2" ht="85" customHeight="1">`) {
		t.Errorf("80 cells of text in 17 are 5 lines: %s", sheet[strings.Index(sheet, "<sheetData>"):])
	}
}
