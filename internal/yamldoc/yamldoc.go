// Package yamldoc reads YAML strictly and keeps for every value the place where
// it stands. Text comes in, a tree of nodes and a list of problems go out. It
// interprets nothing: what a value means is said by whoever asked for it.
// Anchors, aliases, merge keys, tags and second documents are refused.
package yamldoc

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"telepay/internal/diag"
	"telepay/internal/lang"
)

// Limits on what a file may hold; a plan of a company is a hundredth of them.
const (
	maxBytes  = 1 << 20
	maxDepth  = 32
	maxValues = 100_000 // lines, commas and brackets, counted before anything is parsed
)

// Kind is the shape of a node.
type Kind uint8

const (
	Scalar Kind = iota
	Map
	List
	Empty // nothing was written after the key
)

// Node is a value of the file with its place. Path is the chain of keys that
// leads to it, list places from 1: earnings.commission.rate.from 5万.
type Node struct {
	Kind    Kind
	Text    string // of a scalar, as written, quotes taken off
	Quoted  bool
	Entries []Entry // of a map, in the order of the file
	Items   []*Node // of a list
	Path    string
	Line    int
	Col     int
	doc     *document
}

// Entry is a key and its value.
type Entry struct {
	Key   *Node
	Value *Node
}

type document struct {
	file  string
	lines []string
}

// Parse reads one document. With problems the tree may be nil or incomplete.
func Parse(file string, data []byte) (*Node, []diag.Problem) {
	doc := &document{file: file}
	if p, bad := doc.refuseBytes(data); bad {
		return nil, []diag.Problem{p}
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	doc.lines = strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
	var root, second yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(&root); err != nil {
		return nil, doc.syntax(err)
	}
	if err := dec.Decode(&second); err != nil && !errors.Is(err, io.EOF) {
		return nil, doc.syntax(err)
	} else if err == nil {
		return nil, []diag.Problem{doc.problem(max(second.Line, 1), max(second.Column, 1), "yaml-documents",
			lang.T("第二个文档（---）", "a second document (---)"), lang.T("一个文件只写一个文档", "one document in a file"),
			lang.T("分成两个文件, 或删去 --- 之后的内容", "make two files of it, or take out what follows ---"))}
	}
	w := walker{doc: doc}
	node := w.walk(root.Content[0], "", 0)
	if node.Kind == Scalar { // a whole file of full-width colons is one long text to YAML
		w.problems = append(w.problems, doc.wideColons()...)
	}
	if node.Kind == Empty && len(w.problems) == 0 { // "~" or "---" and nothing else
		return nil, []diag.Problem{doc.empty()}
	}
	return node, w.problems
}

func (d *document) refuseBytes(data []byte) (diag.Problem, bool) {
	if len(data) > maxBytes {
		return d.problem(0, 0, "yaml-size", lang.F("文件有 %s 字节", "a file of %s", lang.Count(len(data), "byte", "bytes")),
			lang.T("不超过 1 MiB", "at most 1 MiB"), lang.T("只留下要用的内容", "keep only what is used")), true
	}
	if n := marks(data); n > maxValues {
		return d.problem(0, 0, "yaml-size", lang.F("%d 个换行、逗号和括号", "line ends, commas and brackets: %d", n),
			lang.F("不超过 %d 个值", "at most %d values", maxValues), lang.T("只留下要用的内容", "keep only what is used")), true
	}
	if !utf8.Valid(data) {
		if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) { // "Unicode" of Windows editors
			return d.problem(1, 1, "yaml-encoding", lang.T("UTF-16 编码的文字 (记事本叫“Unicode”)", "text in UTF-16, which Windows editors call Unicode"),
				lang.T("UTF-8", "UTF-8"), lang.T("用编辑器另存为 UTF-8", "save the file as UTF-8 in your editor")), true
		}
		line := 1 + bytes.Count(data[:firstInvalid(data)], []byte("\n"))
		return d.problem(line, 1, "yaml-encoding", lang.T("不是 UTF-8 的文字, 像是 GBK", "text that is not UTF-8; it looks like GBK"),
			lang.T("UTF-8", "UTF-8"), lang.T("用编辑器另存为 UTF-8", "save the file as UTF-8 in your editor")), true
	}
	if len(bytes.TrimSpace(stripComments(data))) == 0 {
		return d.empty(), true
	}
	return diag.Problem{}, false
}

func (d *document) empty() diag.Problem {
	return d.problem(0, 0, "yaml-empty", lang.T("空文件", "an empty file"), lang.T("有内容的文件", "something in it"), lang.Text{})
}

// marks counts what every value of a file has at least one of, so that a small
// file cannot become a tree of millions.
func marks(data []byte) int {
	n := 0
	for _, c := range data {
		if c == '\n' || c == ',' || c == '[' || c == '{' {
			n++
		}
	}
	return n
}

func firstInvalid(data []byte) int {
	for i := 0; i < len(data); {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(data)
}

func stripComments(data []byte) []byte {
	var out []byte
	for _, line := range bytes.Split(data, []byte("\n")) {
		if !bytes.HasPrefix(bytes.TrimSpace(line), []byte("#")) {
			out = append(append(out, line...), '\n')
		}
	}
	return out
}

func (d *document) problem(line, col int, code string, found, want, mend lang.Text) diag.Problem {
	p := diag.Problem{Code: code, Reach: diag.Stop, Pos: diag.Pos{File: d.file, Line: line, Col: col}, Found: found, Want: want, Mend: mend}
	if line > 0 && line <= len(d.lines) {
		if p.Line = d.lines[line-1]; len(p.Line) > longLine {
			p.Line = ""
		}
	}
	return p
}

// longLine is how long a line may be, in bytes, to be shown with a problem.
const longLine = 2000

type walker struct {
	doc      *document
	problems []diag.Problem
	cut      *Node  // the last number with separators, put together again
	cutText  string // as the file spells it
}

func (w *walker) refuse(n *yaml.Node, code string, found, want, mend lang.Text) {
	w.problems = append(w.problems, w.doc.problem(n.Line, n.Column, code, found, want, mend))
}

func (w *walker) walk(y *yaml.Node, path string, depth int) *Node {
	n := &Node{Path: path, Line: y.Line, Col: y.Column, doc: w.doc, Kind: Empty}
	if !w.plain(y, depth) {
		return n
	}
	switch y.Kind {
	case yaml.ScalarNode:
		n.Quoted = y.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0
		n.Text = y.Value
		if y.Value != "" && y.Value != "~" || n.Quoted {
			n.Kind = Scalar
		}
	case yaml.MappingNode:
		n.Kind = Map
		w.walkMap(y, n, depth)
	case yaml.SequenceNode:
		n.Kind = List
		for i, item := range y.Content {
			n.Items = append(n.Items, w.walk(item, join(path, strconv.Itoa(i+1)), depth+1))
		}
	}
	return n
}

func (w *walker) walkMap(y *yaml.Node, n *Node, depth int) {
	seen := map[string]*Node{}
	for i := 0; i+1 < len(y.Content); i += 2 {
		key := w.walk(y.Content[i], n.Path, depth+1)
		if key.Kind != Scalar {
			w.refuse(y.Content[i], "yaml-key", lang.T("不是一个词的键", "a key that is not a word"), lang.T("键: 值", "key: value"), lang.Text{})
			continue
		}
		if key.Text == "<<" {
			w.refuse(y.Content[i], "yaml-anchor", lang.T("<<", "<<"), lang.T("普通的 YAML", "plain YAML"), lang.T("把值直接写在这里", "write the values where they stand"))
			continue
		}
		if first, ok := seen[key.Text]; ok {
			p := key.Problem("duplicate-key", lang.F("%s 写了两次", "%s written twice", key.Text), lang.T("每个键只写一次", "each key once"), lang.T("删去一个, 或改名", "take one out, or give it a name of its own"))
			p.See = []diag.Pos{first.Pos()}
			w.problems = append(w.problems, p)
			continue
		}
		if w.cutByComma(y, i, n) {
			continue
		}
		seen[key.Text] = key
		value := w.walk(y.Content[i+1], join(n.Path, key.Text), depth+1)
		w.wideColon(key, value)
		n.Entries = append(n.Entries, Entry{key, value})
	}
}

// cutByComma reports a value within braces that a comma of its own has cut in two:
// {when: product in (a, b)}, {amount: 3,800}.
func (w *walker) cutByComma(y *yaml.Node, i int, n *Node) bool {
	value := y.Content[i+1]
	if y.Style&yaml.FlowStyle == 0 || value.Tag != "!!null" || value.Value != "" || len(n.Entries) == 0 {
		return false
	}
	before, rest := n.Entries[len(n.Entries)-1], y.Content[i].Value
	open := before.Value.Kind == Scalar && !before.Value.Quoted && strings.Count(before.Value.Text, "(") > strings.Count(before.Value.Text, ")")
	switch {
	case open:
		before.Value.Text += ", " + rest
		if strings.Count(before.Value.Text, "(") == strings.Count(before.Value.Text, ")") {
			w.problems = append(w.problems, before.Value.Problem("comma-in-braces", lang.F("{ } 里带逗号的值 %s", "a value with a comma inside { }: %s", before.Value.Text),
				lang.T("引号里的值: 逗号在 { } 里分开各键", "it in quotes: inside { } a comma ends a value"), lang.F(`%s: "%s"`, `%s: "%s"`, before.Key.Text, before.Value.Text)))
		}
		return true
	case thousands.MatchString(w.spelt(before.Value) + "," + rest):
		if w.cut == before.Value { // told of its first comma
			w.problems = w.problems[:len(w.problems)-1]
		}
		w.cutText, w.cut = w.spelt(before.Value)+","+rest, before.Value
		before.Value.Text += rest
		w.problems = append(w.problems, before.Value.Problem("comma-in-braces", lang.F("千分位 %s", "a thousands separator: %s", w.cutText),
			lang.T("不带千分位的数", "a number without separators"), lang.F("%s: %s", "%s: %s", before.Key.Text, before.Value.Text)))
		return true
	}
	return false
}

// spelt is a value as the file has it.
func (w *walker) spelt(n *Node) string {
	if n == w.cut {
		return w.cutText
	}
	return n.Text
}

var thousands = regexp.MustCompile(`^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$`)

// plain refuses what a plan never needs and a bomb does.
func (w *walker) plain(y *yaml.Node, depth int) bool {
	switch {
	case depth > maxDepth:
		w.refuse(y, "yaml-depth", lang.F("超过 %d 层的嵌套", "more than %d levels", maxDepth), lang.T("更浅的写法", "fewer levels"), lang.Text{})
		return false
	case y.Kind == yaml.AliasNode:
		w.refuse(y, "yaml-anchor", lang.Same("*"+y.Value), lang.T("普通的 YAML", "plain YAML"), lang.T("把值直接写在这里", "write the value where it stands"))
		return false
	case y.Anchor != "":
		w.refuse(y, "yaml-anchor", lang.Same("&"+y.Anchor), lang.T("普通的 YAML", "plain YAML"), lang.T("把值直接写在这里", "write the value where it stands"))
		return false
	case y.Style&yaml.TaggedStyle != 0:
		w.refuse(y, "yaml-tag", lang.Same(y.Tag), lang.T("普通的 YAML", "plain YAML"), lang.T("去掉标签", "take the tag out"))
		return false
	}
	return true
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
