package yamldoc

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"telepay/internal/lang"
)

func TestRefused(t *testing.T) {
	gbk, _ := simplifiedchinese.GBK.NewEncoder().String("plan: 华信\nsince: 提成\n")
	for _, c := range []struct {
		name, text, code string
		line, col        int
	}{
		{"anchor", "a: &x 1\n", "yaml-anchor", 1, 4},
		{"alias", "a: 1\nb: *x\n", "yaml-anchor", 2, 4},
		{"merge key", "a:\n  <<: {b: 1}\n", "yaml-anchor", 2, 3},
		{"tag", "a: !!str 1\n", "yaml-tag", 1, 4},
		{"tag of one's own", "a: !money 1\n", "yaml-tag", 1, 4},
		{"second document", "a: 1\n---\nb: 2\n", "yaml-documents", 2, 1},
		{"key twice", "a: 1\nb: 2\na: 3\n", "duplicate-key", 3, 1},
		{"key twice in braces", "a: {b: 1, b: 2}\n", "duplicate-key", 1, 11},
		{"quoted key twice", "a: 1\n\"a\": 2\n", "duplicate-key", 2, 1},
		{"too deep", "a: " + strings.Repeat("[", 33) + strings.Repeat("]", 33) + "\n", "yaml-depth", 1, 36},
		{"key that is a list", "? [a, b]\n: 1\n", "yaml-key", 1, 3},
		{"GBK", gbk, "yaml-encoding", 1, 1},
		{"GBK on a later line", "a: 1\n" + gbk, "yaml-encoding", 2, 1},
		{"empty", "", "yaml-empty", 0, 0},
		{"blank", " \n\n", "yaml-empty", 0, 0},
		{"only comments", "# nothing\n  # more\n", "yaml-empty", 0, 0},
		{"UTF-16", "\xff\xfea\x00:\x00 \x001\x00", "yaml-encoding", 1, 1},
		{"nothing in its place", "~\n", "yaml-empty", 0, 0},
		{"a document of nothing", "---\n", "yaml-empty", 0, 0},
		{"too large", strings.Repeat("# x\n", 300000), "yaml-size", 0, 0},
		{"too many values", "a: [" + strings.Repeat("1,", maxValues) + "]\n", "yaml-size", 0, 0},
		{"too many lines", strings.Repeat("- 1\n", maxValues+1), "yaml-size", 0, 0},
		{"a hole without a floor", "a: " + strings.Repeat("[", maxValues/2), "yaml-syntax", 1, 0},
		{"self alias", "a: &x [*x]\n", "yaml-anchor", 1, 4},
		{"NUL", "a: x\x00\n", "yaml-syntax", 1, 0},
		{"tab", "a:\n\tb: 1\n", "yaml-syntax", 2, 0},
		{"colon too many", "a: b: c\n", "yaml-syntax", 1, 0},
		{"open bracket", "a: [1, 2\n", "yaml-syntax", 1, 0},
		{"full-width comma", "a: {b: 1，c: 2}\n", "yaml-syntax", 1, 0},
		{"full-width colon", "plan: x\nsince：2026-01\n", "yaml-colon", 2, 6},
		{"full-width colon first", "plan：x\nsince: 2026-01\n", "yaml-colon", 1, 5},
		{"full-width colon after Chinese", "a:\n  回款：1\n", "yaml-colon", 2, 5},
		{"full-width colon in braces", "rate: {mode：whole, from 0: 3%}\n", "yaml-colon", 1, 12},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, ps := Parse("plan.yaml", []byte(c.text))
			if len(ps) == 0 {
				t.Fatal("taken")
			}
			if p := ps[0]; p.Code != c.code || p.Pos.Line != c.line || p.Pos.Col != c.col {
				t.Errorf("got %s", p.Format(lang.EN))
			}
		})
	}
}

func TestFullWidthColonSaysHow(t *testing.T) {
	_, ps := Parse("plan.yaml", []byte("plan：x\nsince：2026-01\n"))
	if len(ps) != 2 {
		t.Fatalf("%d problems, want one for each line", len(ps))
	}
	if _, again := Parse("plan.yaml", []byte("plan：x\nsince：2026-01\na: 1\n")); len(again) != 2 {
		t.Errorf("%d problems with a good line below, want 2", len(again))
	}
	if got := ps[0].Format(lang.ZH); !strings.Contains(got, `把“：”改成“: ”`) || !strings.Contains(got, "    plan：x\n        ^") {
		t.Errorf("got %s", got)
	}
}

func TestTaken(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"full-width colon in a value", "title: 提成：甲类\n", "title=提成：甲类"},
		{"full-width colon in quotes", "a:\n  \"回款：元\"\n", "a=回款：元"},
		{"byte order mark", "\ufeffa: 1\n", "a=1"},
		{"Windows line ends", "a: 1\r\nb: 2\r\n", "a=1 b=2"},
		{"as written, not as typed", "a: 007\nb: yes\nc: 1.50\nd: 2026-01\n", "a=007 b=yes c=1.50 d=2026-01"},
		{"nothing after the colon", "a:\nb: ~\n", "a=<empty> b=<empty>"},
		{"empty quotes are text", "a: ''\n", "a="},
		{"paths", "a:\n  b: [1, {c: 2}]\n", "a.b.1=1 a.b.2.c=2"},
		{"Chinese keys", "提成: {满 5万: 3%}\n", "提成.满 5万=3%"},
		{"comments", "a: 1 # one\n# b: 2\n", "a=1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, ps := Parse("plan.yaml", []byte(c.text))
			if len(ps) > 0 {
				t.Fatal(ps[0].Format(lang.EN))
			}
			if got := strings.Join(leaves(n), " "); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func leaves(n *Node) []string {
	switch n.Kind {
	case Empty:
		return []string{n.Path + "=<empty>"}
	case Scalar:
		return []string{n.Path + "=" + n.Text}
	}
	var out []string
	for _, e := range n.Entries {
		out = append(out, leaves(e.Value)...)
	}
	for _, i := range n.Items {
		out = append(out, leaves(i)...)
	}
	return out
}

func TestReader(t *testing.T) {
	text := "word: x\nlist: [a, b]\ntext: {zh: 甲, en: a}\nodd: {a: 1}\n"
	n, _ := Parse("f.yaml", []byte(text))
	for _, c := range []struct {
		name string
		read func(r *Reader) any
		want string
		code string
	}{
		{"word", func(r *Reader) any { return r.Word(n.Get("word")) }, "x", ""},
		{"no word", func(r *Reader) any { return r.Word(n.Get("none")) }, "", ""},
		{"list as word", func(r *Reader) any { return r.Word(n.Get("list")) }, "", "shape"},
		{"words", func(r *Reader) any { return r.Words(n.Get("list")) }, "[a b]", ""},
		{"one word as words", func(r *Reader) any { return r.Words(n.Get("word")) }, "[x]", ""},
		{"map as words", func(r *Reader) any { return r.Words(n.Get("odd")) }, "[]", "shape"},
		{"both languages", func(r *Reader) any { return r.Text(n.Get("text")) }, "{甲 a}", ""},
		{"text with another key", func(r *Reader) any { return r.Text(n.Get("odd")) }, "{ }", "unknown-key"},
		{"one of", func(r *Reader) any { return r.OneOf(n.Get("word"), "x", "y") }, "x", ""},
		{"none of", func(r *Reader) any { return r.OneOf(n.Get("word"), "xy", "z") }, "", "unknown-word"},
		{"known keys", func(r *Reader) any { r.Known(n, "word", "list", "text", "odd"); return "" }, "", ""},
		{"a key too many", func(r *Reader) any { r.Known(n, "word", "list", "text", "od"); return "" }, "", "unknown-key"},
		{"keys of a word", func(r *Reader) any { r.Known(n.Get("word"), "a"); return "" }, "", "shape"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &Reader{}
			got, code := fmt.Sprint(c.read(r)), ""
			for _, p := range r.Problems.All() {
				code = p.Code
			}
			if got != c.want || code != c.code {
				t.Errorf("got %q with problem %q, want %q with %q", got, code, c.want, c.code)
			}
		})
	}
}

func TestProblemStandsAtTheWord(t *testing.T) {
	n, _ := Parse("f.yaml", []byte("when: 回款 > x\nother: \"回款 > x\"\n"))
	plain, quoted := n.Get("when").ProblemAt(5, "c", lang.Same("x"), lang.Text{}, lang.Text{}), n.Get("other").ProblemAt(5, "c", lang.Same("x"), lang.Text{}, lang.Text{})
	if plain.Pos.Col != 12 || quoted.Pos.Col != 14 {
		t.Errorf("columns %d and %d, want 12 and 14", plain.Pos.Col, quoted.Pos.Col)
	}
}

// FuzzParse: whatever comes, there is a tree or a problem with a code, and never a panic.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"a: 1", "a：1", "---", "- a\n- {b: c}", "a: &x [*x]", "? [a]\n: b", "a: {b：c}", "\xff", "a:\n\tb", "...", "%YAML 1.1\n---\n", "<<: a", "a: !t 1", "'"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		n, ps := Parse("f.yaml", data)
		if n == nil && len(ps) == 0 {
			t.Error("neither a tree nor a problem")
		}
		for _, p := range ps {
			if p.Code == "" || p.Found.IsEmpty() || p.Format(lang.ZH) == "" {
				t.Errorf("a problem without words: %+v", p)
			}
		}
	})
}
