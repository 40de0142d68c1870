package table

import (
	"archive/zip"
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
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
				if r.IntN(30) == 0 { // a name of another form
					ref = fmt.Sprintf(pick(` r ="%c%d"`, ` x:r="%c%d"`, "\tr=\"%c%d\"", ` a="'" r="%c%d"`), 'A'+col, line)
				}
				cells += "<c" + ref + pick(
					` t="s"><v>2</v></c>`, ` t="s"><v>0</v></c>`, ` s="1"><v>46326</v></c>`, ` s="3"><v>42</v></c>`, `><v>65.5</v></c>`, `><v>007</v></c>`, ` t="n"><v>6399.9999999999991</v></c>`,
					` s="2" t="n"><v>46326.5</v></c>`, ` t="str"><v>a_x0041_</v></c>`, ` t="inlineStr"><is><t>x</t></is></c>`, ` t="inlineStr"><is><t xml:space="preserve"> x </t></is></c>`, ` s="1"/>`, `/>`,
					` t="s"><v>99</v></c>`, ` t="s"><v>00000003</v></c>`, ` s="2" t="s"><v>3</v></c>`, ` s="0"><v>13800000000</v></c>`, ` s="99"><v>1.5</v></c>`, `><v>1.50</v></c>`, `><v>1234567890123456</v></c>`, ` t="s"><v>x</v></c>`, ` t="s"><v> 1 </v></c>`, ` t="e"><v>#REF!</v></c>`, ` t="b"><v>1</v></c>`, `><f>1+1</f><v>2</v></c>`, `><f>1+1</f></c>`, ` t="str"><v>a&amp;b</v></c>`,
					` t="d"><v>2026-10-31T00:00:00</v></c>`, ` t='s'><v>0</v></c>`, "\n"+`t="s"><v>0</v></c>`, `><v></v></c>`, ` t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>`, ` t="wrong"><v>5</v></c>`, "><v>\xff</v></c>")
			}
			row := fmt.Sprintf(`<row r="%d"%s>`, line, pick("", ` spans="1:6"`, ` ht="15" x14ac:dyDescent="0.2"`))
			if r.IntN(40) == 0 {
				row = pick(`<row>`, `<row r="1">`, `<row r="x">`, fmt.Sprintf(`<row r="%d" >`, line), fmt.Sprintf(`<row r="%d">%s`, line, strings.Repeat("<c><v>1</v></c>", maxColumns+r.IntN(2))))
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
	if quick < 80 {
		t.Errorf("%d rows were read quickly", quick)
	}
}

// Shared texts read straight from the buffer equal those read tag by tag.
func TestQuickTextsEqualSlowTexts(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	forms := []string{"<t>%s</t>", "<t>%s</t>", "<t>%s</t>", `<t xml:space="preserve"> %s</t>`, "<t/>", "<r><t>a</t></r><r><t>%s</t></r>", "<t>a</t><rPh><t>%s</t></rPh>", "\n<t>%s</t>"}
	words := []string{"", "L00001234", "2026-10-05 10:00:00", "张三", "a_b", "_x0041_", "a&amp;b", "a\tb", "a\nb", strings.Repeat("long ", 20), "~!@#"}
	for round := range 200 {
		if round == 100 {
			words = append(words, "a\x01b", "\x7f")
		}
		var fast, slow strings.Builder
		for range 1 + r.IntN(30) {
			text := forms[r.IntN(len(forms))]
			if strings.Contains(text, "%s") {
				text = fmt.Sprintf(text, words[r.IntN(len(words))])
			}
			fast.WriteString("<si>" + text + "</si>")
			slow.WriteString("<si><!-- -->" + text + "</si>")
		}
		a, b := textsOf(t, fast.String()), textsOf(t, slow.String())
		if a.controls != b.controls || a.len() != b.len() {
			t.Fatalf("%s\nquick: %d texts, %v\nslow: %d texts, %v", fast.String(), a.len(), a.controls, b.len(), b.controls)
		}
		for i := range a.len() {
			if string(a.at(i)) != string(b.at(i)) {
				t.Fatalf("%s\ntext %d: quick %q, slow %q", fast.String(), i, a.at(i), b.at(i))
			}
		}
	}
	var all texts
	newMarkup(strings.NewReader(strings.Repeat("<si><t>张三</t></si><si><t>L00001234</t></si>", 50_000)), "").quickTexts(&all)
	if all.len() != 100_000 {
		t.Errorf("%d texts were read quickly", all.len())
	}
}

func textsOf(t *testing.T, items string) texts {
	t.Helper()
	content := book(header, func(p map[string]string) { p["xl/sharedStrings.xml"] = "<sst>" + items + "</sst>" })
	z, err := zip.NewReader(strings.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	all, err := newArchive(z).sharedStrings("xl/sharedStrings.xml")
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Texts of all lengths come back, whatever piece they are in.
func TestTextsInPieces(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	all := texts{most: maxUnpacked}
	letters := bytes.Repeat([]byte("0123456789abcdef"), maxField/16)
	text := func(i int) []byte {
		return letters[i%16:][:[]int{0, 1, 9, 100_000, maxField - 16, 1<<pieceBits - 2*(maxField-16)}[i*7%6]]
	}
	for i := range 200 {
		all.add(text(i), true)
	}
	if len(all.pieces) < 20 {
		t.Errorf("only %d pieces", len(all.pieces))
	}
	for range 1000 {
		if i := r.IntN(200); !bytes.Equal(all.at(i), text(i)) {
			t.Fatalf("text %d has %d bytes, want %d", i, len(all.at(i)), len(text(i)))
		}
	}
}

// Every byte value at every place of a word, beside bytes of all kinds.
func TestBytesOfAWord(t *testing.T) {
	for _, around := range []byte{'a', '0', '9', ' ', '~', 0x80, 0xff, '<', '\v', '\f', '-', 0xac} {
		for c := range 256 {
			for place := range 20 {
				b := bytes.Repeat([]byte{around}, 20)
				b[place] = byte(c)
				bare, figures := 0, 0
				for bare < len(b) && isBare(b[bare]) {
					bare++
				}
				for figures < 8 && b[figures] >= '0' && b[figures] <= '9' {
					figures++
				}
				end := 0
				for end < len(b) && b[end] != ',' && b[end] != '\n' && b[end] != '\r' {
					end++
				}
				if got := before(b, ','); got != end {
					t.Fatalf("% x: %d before the end, want %d", b, got, end)
				}
				if bareBytes(b) != bare || digits(b) != figures {
					t.Fatalf("% x: %d bare, %d digits; want %d, %d", b, bareBytes(b), digits(b), bare, figures)
				}
				if n, _ := strconv.Atoi(string(b[:figures])); valueOf(b, figures) != n {
					t.Fatalf("% x: %d, want %d", b, valueOf(b, figures), n)
				}
			}
		}
	}
	r := rand.New(rand.NewPCG(3, 3))
	for range 100_000 {
		want := r.IntN(100_000_000)
		text := fmt.Sprint(want)
		if got := valueOf([]byte(text+"<rest..."), len(text)); got != want {
			t.Fatalf("%s is %d", text, got)
		}
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
