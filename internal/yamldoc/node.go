package yamldoc

import (
	"slices"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/lang"
)

// Pos returns where n stands.
func (n *Node) Pos() diag.Pos { return diag.Pos{File: n.doc.file, Line: n.Line, Col: n.Col} }

// Problem makes a problem that stops the run, at n, with the user's own line.
func (n *Node) Problem(code string, found, want, mend lang.Text) diag.Problem {
	return n.doc.problem(n.Line, n.Col, code, found, want, mend)
}

// ProblemAt is Problem at the character offset of n's text, as for a word of a formula.
func (n *Node) ProblemAt(offset int, code string, found, want, mend lang.Text) diag.Problem {
	col := n.Col + offset
	if n.Quoted {
		col++
	}
	return n.doc.problem(n.Line, col, code, found, want, mend)
}

// Get returns the value of a key of a map, nil where there is none.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	for _, e := range n.Entries {
		if e.Key.Text == key {
			return e.Value
		}
	}
	return nil
}

// KeyOf returns the key of a map that a value stands at, nil where it is none of its.
func (n *Node) KeyOf(value *Node) *Node {
	for _, e := range n.Entries {
		if e.Value == value {
			return e.Key
		}
	}
	return nil
}

// Keys returns the keys of a map in their order.
func (n *Node) Keys() []string {
	var ks []string
	for _, e := range n.Entries {
		ks = append(ks, e.Key.Text)
	}
	return ks
}

// Describe names the shape of n for a message.
func (n *Node) Describe() lang.Text {
	switch n.Kind {
	case Map:
		return lang.T("一组键值", "a group of keys")
	case List:
		return lang.T("一个列表", "a list")
	case Empty:
		return lang.T("没有值", "no value")
	}
	return lang.Same(diag.Quote(n.Text))
}

// LastKey returns the last word of the path: the rule's own name.
func (n *Node) LastKey() string { return n.Path[strings.LastIndex(n.Path, ".")+1:] }

// Reader collects problems while a tree is read.
type Reader struct{ Problems diag.List }

// Bad notes a problem at n.
func (r *Reader) Bad(n *Node, code string, found, want, mend lang.Text) {
	r.Problems.Add(n.Problem(code, found, want, mend))
}

// WantShape notes that n has not the shape that what describes.
func (r *Reader) WantShape(n *Node, what lang.Text) {
	r.Bad(n, "shape", lang.F("%s: %s", "%s: %s", lang.Same(n.Path), n.Describe()), what, lang.Text{})
}

// Word reads a scalar as text; anything else is a problem and empty text.
func (r *Reader) Word(n *Node) string {
	if n == nil {
		return ""
	}
	if n.Kind != Scalar {
		r.WantShape(n, lang.T("一个词", "one word"))
		return ""
	}
	return n.Text
}

// Words reads a list of words, or one word as a list of one.
func (r *Reader) Words(n *Node) []string {
	switch {
	case n == nil:
		return nil
	case n.Kind == Scalar:
		return []string{n.Text}
	case n.Kind != List:
		r.WantShape(n, lang.T("一个列表, 如 [甲, 乙]", "a list such as [a, b]"))
		return nil
	}
	var ws []string
	for _, item := range n.Items {
		if w := r.Word(item); w != "" {
			ws = append(ws, w)
		}
	}
	return ws
}

// Text reads a text in one or both languages: a word, or {zh: …, en: …}.
func (r *Reader) Text(n *Node) lang.Text {
	if n == nil {
		return lang.Text{}
	}
	if n.Kind == Scalar {
		return lang.Same(n.Text)
	}
	r.Known(n, "zh", "en")
	return lang.T(r.Word(n.Get("zh")), r.Word(n.Get("en")))
}

// OneOf reads a word that has to be one of words; empty where n is nil.
func (r *Reader) OneOf(n *Node, words ...string) string {
	w := r.Word(n)
	if n == nil || n.Kind != Scalar {
		return ""
	}
	for _, known := range words {
		if w == known {
			return w
		}
	}
	r.Bad(n, "unknown-word", lang.F("%s: %s", "%s: %s", lang.Same(n.Path), lang.Same(diag.Quote(w))),
		lang.F("其中之一: %s", "one of: %s", strings.Join(words, ", ")), mendNearest(w, words))
	return ""
}

// Known reports every key of a map that is not among keys, with the nearest one.
func (r *Reader) Known(n *Node, keys ...string) {
	if n == nil || n.Kind == Empty {
		return
	}
	if n.Kind != Map {
		r.WantShape(n, lang.F("键: %s", "keys: %s", strings.Join(keys, ", ")))
		return
	}
	for _, e := range n.Entries {
		if !slices.Contains(keys, e.Key.Text) {
			r.UnknownKey(e.Key, n.Path, keys)
		}
	}
}

// UnknownKey notes a key that a place does not have.
func (r *Reader) UnknownKey(key *Node, path string, keys []string) {
	if path == "" {
		path = key.doc.file
	}
	r.Bad(key, "unknown-key", lang.F("%s 里的 %s", "%[2]s in %[1]s", path, key.Text),
		lang.F("它的键之一: %s", "one of its keys: %s", strings.Join(keys, ", ")), mendNearest(key.Text, keys))
}

func mendNearest(w string, words []string) lang.Text {
	if near := diag.Nearest(w, words); near != "" {
		return lang.Same(near)
	}
	return lang.Text{}
}
