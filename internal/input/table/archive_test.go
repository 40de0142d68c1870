package table

import (
	"encoding/binary"
	"reflect"
	"strings"
	"testing"
	"time"
)

// TestOtherArchives: what is a zip archive and no workbook is named for what it is.
func TestOtherArchives(t *testing.T) {
	only := func(keep ...string) func(map[string]string) {
		return func(p map[string]string) {
			clear(p)
			for _, name := range keep {
				p[name] = ""
			}
		}
	}
	rows := []struct {
		name  string
		parts func(map[string]string)
		found string
	}{
		{"zip of a CSV", only("calls.csv"), `a zip archive (it holds "calls.csv")`},
		{"zip whose entry leads out", only("../../etc/passwd"), `a zip archive (it holds "../../etc/passwd")`},
		{"zip in a zip", only("a.zip"), `a zip archive (it holds "a.zip")`},
		{"ods", only("mimetype", "content.xml"), "an OpenDocument file (.ods)"},
		{"xlsb", only("[Content_Types].xml", "_rels/.rels", "xl/workbook.bin"), "a binary workbook (.xlsb)"},
		{"docx", only("[Content_Types].xml", "_rels/.rels", "word/document.xml"), "a Word or PowerPoint file"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			tab, ps, err := Open(write(t, "x.xlsx", book("", row.parts)), "x.xlsx", Options{})
			if tab != nil || err != nil || len(ps) != 1 || ps[0].Code != "wrong-file" || ps[0].Found.EN != row.found {
				t.Fatalf("problems %+v, %v", ps, err)
			}
			checkProblem(t, ps[0])
		})
	}
}

// TestLyingLists: the list of parts at the end of an archive is judged before it is read.
func TestLyingLists(t *testing.T) {
	good := book(header, nil)
	end := strings.LastIndex(good, "PK\x05\x06")
	change := func(at int, put func(b []byte)) string {
		b := []byte(good)
		put(b[end+at:])
		return string(b)
	}
	short := func(v uint16) func([]byte) {
		return func(b []byte) { binary.LittleEndian.PutUint16(b, v) }
	}
	long := func(v uint32) func([]byte) { return func(b []byte) { binary.LittleEndian.PutUint32(b, v) } }
	rows := []struct{ name, content, want string }{
		{"as it is", good, ""},
		{"a comment behind it", change(20, short(5)) + "hello", ""},
		{"too many parts", change(10, short(2001)), "workbook-too-large"},
		{"parts that only the long form counts", change(10, short(0xffff)), "workbook-too-large"},
		{"a list of 100 MB", change(12, long(100<<20)), "workbook-too-large"},
		{"a list that begins elsewhere", change(16, long(0)), "damaged-workbook"},
		{"bytes before the archive", "#!/bin/sh\n" + good, "ragged"},
		{"bytes between list and end", good[:end] + "x" + good[end:], "damaged-workbook"},
		{"fewer parts than there are", change(10, short(1)), "damaged-workbook"},
		{"no list", good[:end], "damaged-workbook"},
		{"two archives joined", good + good, "damaged-workbook"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			_, problems := read(t, row.content, Options{})
			switch {
			case row.want == "ragged": // no archive by its first bytes: text that is no text
				if len(problems) != 1 || !strings.Contains(problems[0], "bad-encoding") && !strings.Contains(problems[0], "control-character") {
					t.Errorf("problems %q", problems)
				}
			case row.want == "" && len(problems) == 0:
			case len(problems) != 1 || row.want == "" || !strings.HasSuffix(problems[0], row.want):
				t.Errorf("problems %q, want %s", problems, row.want)
			}
		})
	}
}

// TestCutAnywhere: no file that was cut short gives rows without a problem, save a
// text that ends with a whole row.
func TestCutAnywhere(t *testing.T) {
	rows := `<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row>`
	whole := map[string]string{
		"workbook": book(header+strings.Repeat("", 1)+rows, nil),
		"gzip":     zipped("a,b\n1,2\n3,4\n"),
		"UTF-16":   utf16le("单号,工号\n甲,乙\n丙,丁"),
		"GB18030":  gbk("单号,工号\n𠮷,𠮷"),
		"quotes":   "a,b\n\"1\",\"2\"",
	}
	for name, content := range whole {
		if _, problems := read(t, content, Options{Narrowest: 2}); len(faults(problems)) > 0 {
			t.Errorf("%s: whole it has problems %q", name, problems)
		}
		for n := 1; n < len(content); n++ {
			got, problems := read(t, content[:n], Options{Narrowest: 2})
			if len(faults(problems)) > 0 {
				continue
			}
			// What is left must be whole rows of the original.
			full, _ := read(t, content, Options{Narrowest: 2})
			for i, row := range got {
				last := i == len(got)-1
				if i >= len(full) || !last && !reflect.DeepEqual(row, full[i]) || len(row) != len(full[i]) {
					t.Errorf("%s cut at %d gives %q without a problem", name, n, got)
					break
				}
			}
			if name == "workbook" || name == "gzip" {
				t.Errorf("%s cut at %d is taken: %q", name, n, got)
			}
		}
	}
}

// faults are the problems that are no notes.
func faults(problems []string) (out []string) {
	for _, p := range problems {
		if !strings.HasSuffix(p, "encoding-taken") && !strings.HasSuffix(p, "title-lines") {
			out = append(out, p)
		}
	}
	return out
}

// TestControlsInCells: a workbook can hold characters that no text file may have.
func TestControlsInCells(t *testing.T) {
	for cell, want := range map[string]string{
		`t="str"><v>a_x0000_b</v>`:                   "control-character",
		`t="inlineStr"><is><t>a_x001B_[31m</t></is>`: "control-character",
		`t="str"><v>a&#1;b</v>`:                      "control-character",
		`t="str"><v>a_x000D_b</v>`:                   "",
		`t="str"><v>a_xD800_b</v>`:                   "",
		`t="str"><v>a&#9;b</v>`:                      "",
	} {
		tab, ps, err := Open(write(t, "x.xlsx", book(header+`<row r="2"><c r="B2" `+cell+`</c></row>`, nil)), "x.xlsx", Options{})
		if tab == nil {
			t.Fatal(cell, ps, err)
		}
		r, _ := tab.Next()
		switch p := tab.Fault(r, 1); {
		case p == nil && want == "":
		case p == nil || p.Code != want:
			t.Errorf("%s: problem %+v, want %q", cell, p, want)
		}
		tab.Close()
	}
}

// TestSlowMarkup: no shape of a tag, text or cell takes more time than its length.
func TestSlowMarkup(t *testing.T) {
	const size = 3 << 20
	for name, rows := range map[string]string{
		"a tag full of >":       `<row a="` + strings.Repeat(">", size) + `"/>`,
		"a tag full of quotes":  `<row ` + strings.Repeat(`a="'" `, size/6) + `/>`,
		"a cell of many pieces": `<row><c><v>` + strings.Repeat("<![CDATA[a]]>", size/13) + `</v></c></row>`,
		"a text of many pieces": `<row><c t="inlineStr"><is><t>` + strings.Repeat("<!-- --> a", size/10) + `</t></is></c></row>`,
		"many empty rows":       strings.Repeat(`<row/>`, size/6),
		"entities":              `<row><c t="str"><v>` + strings.Repeat("&amp;", size/5) + `</v></c></row>`,
		"a column far away":     `<row><c r="ZZZ1"><v>1</v></c></row>`,
		"a row far away":        `<row r="9223372036854775807"><c><v>1</v></c><c><v>1</v></c></row>`,
		"a row beyond counting": `<row r="9223372036854775808"><c><v>1</v></c></row>`,
	} {
		began := time.Now()
		read(t, book(header+rows, nil), Options{})
		if took := time.Since(began); took > 30*time.Second {
			t.Errorf("%s takes %s", name, took)
		}
	}
}

// FuzzArchive: no bytes of an archive make the checks before the reading panic,
// and what they let pass keeps the limits.
func FuzzArchive(f *testing.F) {
	good := book(header, nil)
	f.Add([]byte(good))
	f.Add([]byte(good[:len(good)-4]))
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, b []byte) {
		z, p, err := openZip(strings.NewReader(string(b)), int64(len(b)), "x.xlsx", false)
		if err != nil {
			t.Fatal(err)
		}
		if p != nil {
			checkProblem(t, *p)
			return
		}
		if len(z.File) > maxParts {
			t.Fatalf("%d parts", len(z.File))
		}
		if s, err := openWorkbook(z, "x.xlsx", "", nil); err == nil {
			for last := 0; ; {
				row, p, err := s.next(2)
				if p != nil || err != nil {
					return
				}
				if row.Line <= last {
					t.Fatalf("row %d after row %d", row.Line, last)
				}
				last = row.Line
			}
		}
	})
}
