package yamldoc

import (
	"regexp"
	"strconv"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/lang"
)

var (
	yamlLine      = regexp.MustCompile(`line (\d+): (.*)`)
	unknownAnchor = regexp.MustCompile(`unknown anchor '(.*)' referenced`)
)

// faults are what the YAML library says, as people say it.
var faults = []struct {
	part string
	says lang.Text
}{
	{"mapping values are not allowed", lang.T("多出来的冒号", "a colon that does not belong here")},
	{"did not find expected ',' or '}'", lang.T("没有配对的大括号, 或漏了逗号", "a brace without its pair, or a comma missing")},
	{"did not find expected ',' or ']'", lang.T("没有配对的方括号, 或漏了逗号", "a square bracket without its pair, or a comma missing")},
	{"did not find expected node content", lang.T("缺了一个值", "a value that is missing")},
	{"could not find expected ':'", lang.T("没有冒号的一行", "a line without a colon")},
	{"did not find expected key", lang.T("没有对齐的缩进", "indentation that is not aligned")},
	{"did not find expected '-' indicator", lang.T("没有对齐的列表", "a list that is not aligned")},
	{"block sequence entries are not allowed", lang.T("放错地方的列表短横", "a dash of a list that does not belong here")},
	{"cannot start any token", lang.T("不能用来开头的字符 (Tab、%、@、`)", "a character that nothing can begin with (a tab, %, @ or `)")},
	{"tab character", lang.T("缩进里的 Tab", "a tab in the indentation")},
	{"unexpected end of stream", lang.T("没有结束的引号或括号", "a quote or bracket that is never closed")},
	{"escape", lang.T("双引号里认不出的反斜杠", "a backslash in double quotes that cannot be read")},
	{"control characters", lang.T("控制字符", "a control character")},
}

func faultText(what string) lang.Text {
	for _, f := range faults {
		if strings.Contains(what, f.part) {
			return f.says
		}
	}
	return lang.F("读不懂的写法 (%s)", "something that cannot be read (%s)", what)
}

// syntax turns an error of the YAML library into problems with places. Lines
// with a full-width colon are the usual cause, and are named themselves.
func (d *document) syntax(err error) []diag.Problem {
	if m := unknownAnchor.FindStringSubmatch(err.Error()); m != nil {
		return []diag.Problem{d.anchor(m[1])}
	}
	if wide := d.wideColons(); len(wide) > 0 {
		return wide
	}
	line, what := 1, strings.TrimPrefix(err.Error(), "yaml: ")
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		line, _ = strconv.Atoi(m[1])
		what = m[2]
	}
	return []diag.Problem{d.problem(line, 0, "yaml-syntax", faultText(what),
		lang.T("键: 值, 缩进用空格, 上下对齐", "key: value, indented with spaces, aligned"),
		lang.T("看这一行和上下两行: 冒号后要有空格, 标点用半角, 括号和引号要成对, 不用 Tab", "look at this line and its neighbours: a blank after each colon, plain punctuation, brackets and quotes in pairs, no tabs"))}
}

func (d *document) anchor(name string) diag.Problem {
	line, col := 0, 0
	for i, text := range d.lines {
		if at := strings.Index(text, "*"+name); at >= 0 {
			line, col = i+1, len([]rune(text[:at]))+1
			break
		}
	}
	return d.problem(line, col, "yaml-anchor", lang.Same("*"+name), lang.T("普通的 YAML", "plain YAML"), lang.T("把值直接写在这里", "write the value where it stands"))
}

// wideLine is a line whose first colon is a full-width one, outside quotes and comments.
var wideLine = regexp.MustCompile(`^[^:：#"']*：`)

// wideColons reports every line that has a full-width colon where YAML wants a plain one.
func (d *document) wideColons() []diag.Problem {
	var ps []diag.Problem
	for i, text := range d.lines {
		if m := wideLine.FindString(text); m != "" {
			ps = append(ps, d.wideProblem(i+1, len([]rune(m))))
		}
	}
	return ps
}

func (d *document) wideProblem(line, col int) diag.Problem {
	return d.problem(line, col, "yaml-colon", lang.T("全角冒号“：”", "a full-width colon (：)"), lang.T("半角冒号加一个空格", "a plain colon and a blank"),
		lang.T("把“：”改成“: ”", `write ": " for "："`))
}

// wideColon reports a full-width colon that YAML itself reads as text: in a key
// without a value, as in {mode：whole}, and in a lone line under a key.
func (w *walker) wideColon(key, value *Node) {
	if at := strings.Index(key.Text, "："); at >= 0 && !key.Quoted && value.Kind == Empty {
		w.problems = append(w.problems, w.doc.wideProblem(key.Line, key.Col+len([]rune(key.Text[:at]))))
	}
	if at := strings.Index(value.Text, "："); at >= 0 && value.Kind == Scalar && !value.Quoted && value.Line > key.Line {
		w.problems = append(w.problems, w.doc.wideProblem(value.Line, value.Col+len([]rune(value.Text[:at]))))
	}
}
