package table

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// Rows read straight from the buffer equal rows read tag by tag: a comment behind
// a row's first tag says nothing, and keeps the quick reading away.
func TestQuickRowsEqualSlowRows(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	pick := func(all ...string) string { return all[r.IntN(len(all))] }
	quick := 0
	for range 400 {
		var fast, slow strings.Builder
		for line := 2; line < 2+r.IntN(12); line++ {
			cells := ""
			for col := r.IntN(2); col < 6; col += 1 + r.IntN(2) {
				ref := pick(fmt.Sprintf(` r="%c%d"`, 'A'+col, line), fmt.Sprintf(` r="%c%d"`, 'A'+col, line), "")
				cells += "<c" + ref + pick(
					` t="s"><v>2</v></c>`, ` t="s"><v>0</v></c>`, ` s="1"><v>46326</v></c>`, ` s="3"><v>42</v></c>`, `><v>65.5</v></c>`, `><v>007</v></c>`, ` t="n"><v>6399.9999999999991</v></c>`,
					` s="2" t="n"><v>46326.5</v></c>`, ` t="str"><v>a_x0041_</v></c>`, ` t="inlineStr"><is><t>x</t></is></c>`, ` t="inlineStr"><is><t xml:space="preserve"> x </t></is></c>`, ` s="1"/>`, `/>`,
					` t="s"><v>99</v></c>`, ` t="s"><v>x</v></c>`, ` t="s"><v> 1 </v></c>`, ` t="e"><v>#REF!</v></c>`, ` t="b"><v>1</v></c>`, `><f>1+1</f><v>2</v></c>`, `><f>1+1</f></c>`, ` t="str"><v>a&amp;b</v></c>`,
					` t="d"><v>2026-10-31T00:00:00</v></c>`, ` t='s'><v>0</v></c>`, "\n"+`t="s"><v>0</v></c>`, `><v></v></c>`, ` t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>`, ` t="wrong"><v>5</v></c>`, "><v>\xff</v></c>")
			}
			row := fmt.Sprintf(`<row r="%d"%s>`, line, pick("", ` spans="1:6"`, ` ht="15" x14ac:dyDescent="0.2"`))
			if r.IntN(40) == 0 {
				row = pick(`<row>`, `<row r="1">`, `<row r="x">`)
			}
			fast.WriteString(row + cells + "</row>")
			slow.WriteString(row + "<!-- -->" + cells + "</row>")
		}
		a, quickly := rowsOf(t, fast.String())
		b, _ := rowsOf(t, slow.String())
		quick += quickly
		if !reflect.DeepEqual(a, b) {
			t.Fatalf("%s\nquick: %q\nslow:  %q", fast.String(), a, b)
		}
	}
	if quick < 100 {
		t.Errorf("%d rows were read quickly", quick)
	}
}

// rowsOf reads the rows below a header, writes down each with what is wrong with
// it, and counts those that the quick reading takes.
func rowsOf(t *testing.T, rows string) (out []string, quick int) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := os.WriteFile(path, []byte(book(header+rows, nil)), 0o600); err != nil {
		t.Fatal(err)
	}
	for pass := range 2 {
		tab, problems, err := Open(path, "a.xlsx", Options{Whole: true})
		if err != nil || tab == nil {
			t.Fatal(problems, err)
		}
		if pass == 1 { // how far the quick reading alone comes
			tab.sheet.xml.find("<row", 0)
			tab.sheet.xml.from += index(tab.sheet.xml.buf[tab.sheet.xml.from:tab.sheet.xml.to], "<row")
			for _, ok := tab.sheet.quickRow(); ok; _, ok = tab.sheet.quickRow() {
				quick++
			}
		} else {
			for row, ok := tab.Next(); ok; row, ok = tab.Next() {
				text := fmt.Sprintf("%d %q", row.Line, row.Cells)
				for col := range len(row.Cells) {
					if p := tab.Fault(row, col); p != nil {
						text += fmt.Sprint(" ", col, p.Code, p.Found)
					}
				}
				out = append(out, text)
			}
			out = append(out, fmt.Sprint(tab.Problems(), tab.Err()))
		}
		tab.Close()
	}
	return out, quick
}
