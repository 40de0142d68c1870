package table

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"telepay/internal/diag"
)

func write(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// read returns header and rows as text, and all problems as PLACE code.
func read(t testing.TB, content string, opts Options) (rows [][]string, problems []string) {
	t.Helper()
	tab, ps, err := Open(write(t, "deals.csv", content), "deals.csv", opts)
	if err != nil {
		t.Fatal(err)
	}
	if tab != nil {
		rows = append(rows, tab.Header.Cells)
		for r, ok := tab.Next(); ok; r, ok = tab.Next() {
			rows = append(rows, r.Cells)
		}
		if tab.Err() != nil {
			t.Fatal(tab.Err())
		}
		tab.Close()
		ps = tab.Problems()
	}
	for _, p := range ps {
		problems = append(problems, p.Pos.String()+" "+p.Code)
		checkProblem(t, p)
	}
	return rows, problems
}

// checkProblem demands both languages of every part that is there.
func checkProblem(t testing.TB, p diag.Problem) {
	t.Helper()
	if p.Code == "" || p.Found.ZH == "" || p.Found.EN == "" || p.Want.ZH == "" != (p.Want.EN == "") || p.Mend.ZH == "" != (p.Mend.EN == "") {
		t.Errorf("problem %+v lacks a language", p)
	}
	if p.Reach != diag.Note && (p.Want.IsEmpty() || p.Mend.IsEmpty()) {
		t.Errorf("problem %s says neither what is wanted nor how to mend it", p.Code)
	}
}

func gbk(s string) string {
	b, err := simplifiedchinese.GB18030.NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return b
}

func utf16le(s string) string {
	b, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return b
}

func zipped(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, s)
	w.Close()
	return b.String()
}

func TestText(t *testing.T) {
	want := [][]string{{"单号", "工号"}, {"D1", "T1"}, {"D2", "张三"}}
	plainText := "单号,工号\nD1,T1\nD2,张三\n"
	rows := []struct {
		name, content string
		want          [][]string
		problems      []string
	}{
		{"plain", plainText, want, nil},
		{"no line end at the end", strings.TrimSuffix(plainText, "\n"), want, nil},
		{"CRLF", strings.ReplaceAll(plainText, "\n", "\r\n"), want, nil},
		{"CR", strings.ReplaceAll(plainText, "\n", "\r"), want, nil},
		{"BOM", bomUTF8 + plainText, want, nil},
		{"BOM and quotes", bomUTF8 + "\"单号\",工号\nD1,T1\nD2,张三\n", want, nil},
		{"GB18030", gbk(plainText), want, []string{"deals.csv encoding-taken"}},
		{"UTF-16", utf16le(strings.ReplaceAll(plainText, ",", "\t")), want, []string{"deals.csv encoding-taken"}},
		{"gzip", zipped(plainText), want, nil},
		{"gzip of GB18030", zipped(gbk(plainText)), want, []string{"deals.csv encoding-taken"}},
		{"tab", strings.ReplaceAll(plainText, ",", "\t"), want, nil},
		{"semicolon", strings.ReplaceAll(plainText, ",", ";"), want, nil},
		{"sep line", "sep=;\r\n" + strings.ReplaceAll(plainText, ",", ";"), want, nil},
		{"title lines", "十月成交明细\n导出时间：2026-11-01,\n\n" + strings.ReplaceAll(plainText, ",", "\t"), want, []string{"deals.csv:1 title-lines"}},
		{"blank lines", "\n\n单号,工号\n\nD1,T1\n,\n  ,  \nD2,张三\n\n", want, nil},
		{"header only", "单号,工号\n", want[:1], nil},
		{"quotes", "a,b\n\"x,\"\"y\"\"\",\"line\nend\"\n", [][]string{{"a", "b"}, {`x,"y"`, "line\nend"}}, nil},
		{"empty", "", nil, []string{"deals.csv empty-file"}},
		{"nothing but blank lines", "\n \n\n", nil, []string{"deals.csv empty-file"}},
		{"ragged", "a,b\n1,2,3\n4\n5,6\n", [][]string{{"a", "b"}, {"5", "6"}}, []string{"deals.csv:2 ragged-row", "deals.csv:3 ragged-row"}},
		{"ragged after a quoted line end", "a,b\n\"1\n\n\",2\n3\n", [][]string{{"a", "b"}, {"1\n\n", "2"}}, []string{"deals.csv:5 ragged-row"}},
		{"unclosed quote", "a,b\n1,2\n3,\"4\n5,6\n7,8\n", [][]string{{"a", "b"}, {"1", "2"}}, []string{"deals.csv:3:3 unclosed-quote"}},
		{"closing quote in a later line", "a,b\n1,\"2\n3,\"4\n", [][]string{{"a", "b"}}, []string{"deals.csv:2 stray-quote"}},
		{"text after the closing quote", "a,b\n\"1\"x,2\n3,4\n", [][]string{{"a", "b"}, {"3", "4"}}, []string{"deals.csv:2:4 stray-quote"}},
		{"quotes inside a bare cell", "a,b\n点击\"视频\",2\n3,4\n", [][]string{{"a", "b"}, {"点击\"视频\"", "2"}, {"3", "4"}}, nil},
		{"blanks after the closing quote", "a,b\n\"1,0\"\t ,2\n3,\"4\" \n", [][]string{{"a", "b"}, {"1,0", "2"}, {"3", "4"}}, nil},
		{"text after blanks after the closing quote", "a,b\n\"1\" x,2\n3,4\n", [][]string{{"a", "b"}, {"3", "4"}}, []string{"deals.csv:2:5 stray-quote"}},
		{"NUL", "a,b\n1,2\n中x\x00,2\n", nil, []string{"deals.csv:3:3 control-character"}},
		{"escape", "a,b\n\x1b[31m,2\n", nil, []string{"deals.csv:2:1 control-character"}},
		{"NULs that fill up the end", "a,b\n1,2\n\x00\x00\x00", [][]string{{"a", "b"}, {"1", "2"}}, []string{"deals.csv:3:1 nul-tail"}},
		{"NULs and then a row", "a,b\n1,2\n\x00\x003,4\n", nil, []string{"deals.csv:3:1 control-character"}},
		{"a header of two rows", "工号,组织,,入职\n,大区,小组,\nT1,华东,一组,2025-01-01\n", [][]string{{"工号", "大区", "小组", "入职"}, {"T1", "华东", "一组", "2025-01-01"}}, []string{"deals.csv:1 two-row-header"}},
		{"two groups with columns of one name", "工号,上班,,下班,\n,时间,结果,时间,结果\nT1,9:00,正常,18:00,正常\n", [][]string{{"工号", "上班 > 时间", "上班 > 结果", "下班 > 时间", "下班 > 结果"}, {"T1", "9:00", "正常", "18:00", "正常"}}, []string{"deals.csv:1 two-row-header"}},
		{"a row of data with gaps is no header", "工号,姓名,,\n,,x,y\nT1,甲,,\n", [][]string{{"工号", "姓名", "", ""}, {"", "", "x", "y"}, {"T1", "甲", "", ""}}, nil},
		{"Ctrl-Z at the end", "a,b\n1,2\n\x1a", [][]string{{"a", "b"}, {"1", "2"}}, []string{"deals.csv:3:1 ctrl-z-at-end"}},
		{"Ctrl-Z inside", "a,b\n1\x1a,2\n", nil, []string{"deals.csv:2:2 control-character"}},
		{"undecodable", "a,b\n1,\xff\xfe2\n", nil, []string{"deals.csv:2:3 bad-encoding"}},
		{"two encodings joined", "单号,工号,姓名\nD1,T1,张三李四\n" + gbk("D2,T2,王五\n"), nil, []string{"deals.csv:3:7 bad-encoding"}},
		{"old xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", nil, []string{"deals.csv old-xls"}},
		{"web page", "  <!DOCTYPE html><html>", nil, []string{"deals.csv wrong-file"}},
		{"PDF", "%PDF-1.7", nil, []string{"deals.csv wrong-file"}},
		{"gzip of gzip", zipped(zipped(plainText)), nil, []string{"deals.csv wrong-file"}},
		{"gzip cut short", zipped(plainText)[:20], nil, []string{"deals.csv damaged-gzip"}},
		{"zip of a CSV", "PK\x03\x04 not really", nil, []string{"deals.csv damaged-workbook"}},
		{"lost character", "a,b\n1,李�\n", [][]string{{"a", "b"}, {"1", "李�"}}, []string{"deals.csv:2:4 lost-character"}},
		{"private use", "a,b\n1,\ue863\n", [][]string{{"a", "b"}, {"1", "\ue863"}}, []string{"deals.csv:2:3 private-character"}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			got, problems := read(t, row.content, Options{Narrowest: 2})
			if !reflect.DeepEqual(got, row.want) {
				t.Errorf("rows %q, want %q", got, row.want)
			}
			if !reflect.DeepEqual(problems, row.problems) {
				t.Errorf("problems %q, want %q", problems, row.problems)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	long := strings.Repeat("x", maxField+1)
	rows := []struct{ name, content, want string }{
		{"field", "a,b\n1,2\n" + long + ",2\n", "deals.csv:3 field-too-long"},
		{"field at the limit", "a,b\n" + long[:maxField] + ",2\n", ""},
		{"record", "a,b\n" + strings.Repeat(long[:maxField-1]+",", 5) + "\n", "deals.csv:2 record-too-long"},
		{"columns", strings.Repeat("a,", maxColumns) + "a\n", "deals.csv:1 too-many-columns"},
		{"columns at the limit", strings.Repeat("a,", maxColumns-1) + "a\n", ""},
		{"quote never closed", "a,b\n1,\"" + strings.Repeat("x,y\n", maxRecord), "deals.csv:2:3 unclosed-quote"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			_, problems := read(t, row.content, Options{})
			if got := strings.Join(problems, "; "); got != row.want {
				t.Errorf("problems %q, want %q", got, row.want)
			}
		})
	}
}

// TestHead: of a file that is only looked at, the lines that are whole in its first
// bytes are read, packed or not.
func TestHead(t *testing.T) {
	text := "a,b\n" + strings.Repeat("1,22222\n", 1000)
	for name, content := range map[string]string{"plain": text, "gzip": zipped(text)} {
		rows, problems := read(t, content, Options{Head: 100})
		if len(rows) != 13 || len(problems) > 0 { // the header, and 12 rows in 96 bytes
			t.Errorf("%s: %d rows, %v", name, len(rows), problems)
		}
	}
	if rows, _ := read(t, zipped("a,b\n1,2\n3,4"), Options{Head: 100}); len(rows) != 3 {
		t.Errorf("%d rows of a short one", len(rows))
	}
}

func TestNotRegular(t *testing.T) {
	dir := t.TempDir()
	_, ps, err := Open(dir, "deals.csv", Options{})
	if err != nil || len(ps) != 1 || ps[0].Code != "not-a-file" {
		t.Errorf("a folder gives %v, %v", ps, err)
	}
	if _, _, err := Open(filepath.Join(dir, "none.csv"), "none.csv", Options{}); !os.IsNotExist(err) {
		t.Errorf("a missing file gives %v", err)
	}
}

func TestChanged(t *testing.T) {
	path := write(t, "deals.csv", "a,b\n1,2\n")
	tab, ps, err := Open(path, "deals.csv", Options{})
	if err != nil || len(ps) > 0 {
		t.Fatal(ps, err)
	}
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(f, "3,4")
	f.Close()
	if ps := tab.Close(); len(ps) != 1 || ps[0].Code != "file-changed" {
		t.Errorf("a file that grew while it was read gives %v", ps)
	}
}

func TestInfo(t *testing.T) {
	tab, _, err := Open(write(t, "a.csv", "a\n1\n\n2,3\n"), "a.csv", Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer tab.Close()
	for _, ok := tab.Next(); ok; _, ok = tab.Next() {
	}
	want := Info{Name: "a.csv", Encoding: "utf-8", Size: 9, Rows: 2, SHA256: fmt.Sprintf("%x", sha256.Sum256([]byte("a\n1\n\n2,3\n")))}
	if got := tab.Info(); got != want {
		t.Errorf("info %+v, want %+v", got, want)
	}
	if tab.Bad()["ragged-row"] != 1 {
		t.Errorf("bad rows %v, want one ragged", tab.Bad())
	}
}

func TestPlaceAndExcerpt(t *testing.T) {
	tab, _, err := Open(write(t, "a.csv", "单号,电话,金额\nD1,13800000000,\"1,200\"\n\"D\n2\",1,3\n"), "a.csv", Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer tab.Close()
	r, _ := tab.Next()
	if got := tab.Pos(r, 2).String(); got != "a.csv:2:16" {
		t.Errorf("place %s", got)
	}
	shown := tab.Excerpt(r, func(col int) bool { return col != 1 })
	if shown != `D1,***********,"1,200"` {
		t.Errorf("excerpt %s", shown)
	}
	r, _ = tab.Next()
	if got := tab.Pos(r, 1).String(); got != "a.csv:3" {
		t.Errorf("place behind a line end inside a cell: %s", got)
	}
	if shown := tab.Excerpt(r, func(int) bool { return true }); shown != `"D` {
		t.Errorf("excerpt of a record of two lines: %s", shown)
	}
}

func TestTextAfterHeader(t *testing.T) {
	rows := []struct {
		name, content, want string
		line                int
	}{
		{"plain", "a,b\n1,2\n3,4\n", "1,2\n3,4\n", 2},
		{"CRLF and blank line", bomUTF8 + "\r\na,b\r\n1,2\r\n", "1,2\r\n", 3},
		{"header of two lines", "\"a\nx\",b\n1,2\n", "1,2\n", 3},
		{"CR", "a,b\r1,2\r3,4\r", "1,2\n3,4\n", 2},
		{"GB18030", gbk("a,b\n1,龙\n"), "1,龙\n", 2},
		{"Ctrl-Z", "a,b\n1,2\n\x1a", "1,2\n", 2},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			tab, ps, err := Open(write(t, "a.csv", row.content), "a.csv", Options{})
			if err != nil || tab == nil {
				t.Fatal(ps, err)
			}
			defer tab.Close()
			for range 2 {
				r, err := tab.Text()
				line := tab.FirstLine()
				if err != nil {
					t.Fatal(err)
				}
				got, err := io.ReadAll(r)
				if err != nil || string(got) != row.want || line != row.line {
					t.Errorf("text %q from line %d (%v), want %q from line %d", got, line, err, row.want, row.line)
				}
			}
		})
	}
}

// TestAgainstStandardReader compares with encoding/csv on files that both accept.
func TestAgainstStandardReader(t *testing.T) {
	cell := rapid.StringMatching(`[a-z"张三, 0-9\n]{0,6}`)
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(1, 5).Draw(t, "width")
		var b strings.Builder
		w := csv.NewWriter(&b)
		w.UseCRLF = rapid.Bool().Draw(t, "crlf")
		w.Write(strings.Split("h"+strings.Repeat(",h", width-1), ","))
		for range rapid.IntRange(0, 8).Draw(t, "rows") {
			row := rapid.SliceOfN(cell, width, width).Draw(t, "row")
			row[0] = "x" + row[0] // no blank row
			w.Write(row)
		}
		w.Flush()
		want, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		tok := newTokenizer(strings.NewReader(b.String()), "x.csv")
		for i := 0; ; i++ {
			row, p, err := tok.next()
			if err == io.EOF {
				if i != len(want) {
					t.Fatalf("%d records, want %d", i, len(want))
				}
				return
			}
			if p != nil || err != nil {
				t.Fatal(p, err)
			}
			for j, c := range row.Cells {
				if strings.ReplaceAll(c, "\r\n", "\n") != want[i][j] {
					t.Fatalf("record %d cell %d: %q, want %q", i, j, c, want[i][j])
				}
			}
		}
	})
}

func FuzzTokenizer(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "\"a\"\"\",b\r\n", "\"a\nb", "a\rb\r\nc", "\"\"x\"\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		tok := newTokenizer(strings.NewReader(s), "x.csv")
		last := 0
		for {
			row, p, err := tok.next()
			if err == io.EOF || p != nil && p.Reach == diag.Stop {
				return
			}
			if row.Line <= last {
				t.Fatalf("record at line %d after line %d", row.Line, last)
			}
			last = row.Line
		}
	})
}

func TestGB18030(t *testing.T) {
	rows := []struct {
		name, in, want, bad string
	}{
		{"two bytes", "\xd6\xd0", "中", ""},
		{"four bytes", "\x82\x34\xb5\x32", decodeString("\x82\x34\xb5\x32"), ""},
		{"beyond the first plane", gbk("𠮷"), "𠮷", ""},
		{"patched", "\xfe\x59\xa6\xd9\xa8\xbc", "龴︐ḿ", ""},
		{"user-defined", "x\xaa\xa1", "x", "\xaa\xa1"},
		{"cut at the end", "x\xd6", "x", "\xd6"},
		{"0x80", "\x80", "", "\x80"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			dst := make([]byte, 64)
			n, _, bad := decodeGB18030(dst, []byte(row.in), true)
			if string(dst[:n]) != row.want || string(bad) != row.bad {
				t.Errorf("%q, bad % X; want %q, bad % X", dst[:n], bad, row.want, row.bad)
			}
		})
	}
}

func decodeString(s string) string {
	out, err := simplifiedchinese.GB18030.NewDecoder().String(s)
	if err != nil {
		panic(err)
	}
	return out
}

// TestDecoderCuts feeds every decoder one byte at a time: characters cut by a
// read must come out whole.
func TestDecoderCuts(t *testing.T) {
	text := "a中𠮷\r\n李，x"
	for name, encoded := range map[string]string{"utf-8": text, "gb18030": gbk(text), "utf-16le": utf16le(text)[2:]} {
		got, err := io.ReadAll(newDecoder(iotest.OneByteReader(strings.NewReader(encoded)), decodings[name], math.MaxInt64))
		if err != nil || string(got) != text {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// TestPrintable tries every byte at every place of a word.
func TestPrintable(t *testing.T) {
	for at := range 17 {
		for c := range 256 {
			b := []byte("abcdefgh ijklmnop")
			b[at] = byte(c)
			want := len(b)
			if c < 0x20 || c >= 0x7f {
				want = at
			}
			if got := printable(b); got != want {
				t.Fatalf("byte %02x at %d: %d, want %d", c, at, got, want)
			}
		}
	}
}
