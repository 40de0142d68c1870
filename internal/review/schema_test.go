package review

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"telepay/internal/plan"
	"telepay/internal/yamldoc"
)

// validator checks a value against the words of JSON Schema that Schema uses; a
// word that it does not know fails the test.
type validator struct {
	t    *testing.T
	root map[string]any
}

func newValidator(t *testing.T) validator {
	t.Helper()
	v := validator{t: t}
	if err := json.Unmarshal(Schema(), &v.root); err != nil {
		t.Fatal(err)
	}
	return v
}

// check returns what is wrong with a value, empty where it fits.
func (v validator) check(s map[string]any, x any, at string) string {
	for word, arg := range s {
		if wrong := v.word(s, word, arg, x, at); wrong != "" {
			return wrong
		}
	}
	return ""
}

func (v validator) word(s map[string]any, word string, arg, x any, at string) string {
	m, isMap := x.(map[string]any)
	switch word {
	case "$schema", "title", "description", "definitions", "then", "else", "patternProperties", "additionalProperties":
	case "$ref":
		name := strings.TrimPrefix(arg.(string), "#/definitions/")
		def, ok := v.root["definitions"].(map[string]any)[name].(map[string]any)
		if !ok {
			v.t.Fatalf("no definition %s", name)
		}
		return v.check(def, x, at)
	case "type":
		if !slices.Contains(listed(arg), typeOf(x)) {
			return fmt.Sprintf("%s is %s, want %v", at, typeOf(x), arg)
		}
	case "enum":
		if !slices.ContainsFunc(arg.([]any), func(y any) bool { return fmt.Sprint(y) == fmt.Sprint(x) }) {
			return fmt.Sprintf("%s is %v, want one of %v", at, x, arg)
		}
	case "pattern":
		if text, ok := x.(string); ok && !regexp.MustCompile(arg.(string)).MatchString(text) {
			return fmt.Sprintf("%s is %q", at, text)
		}
	case "required":
		for _, key := range listed(arg) {
			if _, ok := m[key]; isMap && !ok {
				return fmt.Sprintf("%s has no %s", at, key)
			}
		}
	case "minItems":
		if list, ok := x.([]any); ok && len(list) < int(arg.(float64)) {
			return at + " is empty"
		}
	case "items":
		list, _ := x.([]any)
		for i, y := range list {
			if wrong := v.check(arg.(map[string]any), y, fmt.Sprintf("%s.%d", at, i+1)); wrong != "" {
				return wrong
			}
		}
	case "minProperties":
		if isMap && len(m) < int(arg.(float64)) {
			return at + " is empty"
		}
	case "properties":
		return v.properties(s, m, at)
	case "allOf":
		for _, sub := range arg.([]any) {
			if wrong := v.check(sub.(map[string]any), x, at); wrong != "" {
				return wrong
			}
		}
	case "anyOf":
		var all []string
		for _, sub := range arg.([]any) {
			wrong := v.check(sub.(map[string]any), x, at)
			if wrong == "" {
				return ""
			}
			all = append(all, wrong)
		}
		return strings.Join(all, " | ")
	case "if":
		branch := "else"
		if v.check(arg.(map[string]any), x, at) == "" {
			branch = "then"
		}
		if sub, ok := s[branch].(map[string]any); ok {
			return v.check(sub, x, at)
		}
	default:
		v.t.Fatalf("the validator does not know %s", word)
	}
	if word == "additionalProperties" && s["properties"] == nil {
		return v.properties(s, m, at)
	}
	return ""
}

func (v validator) properties(s, m map[string]any, at string) string {
	own, _ := s["properties"].(map[string]any)
	patterns, _ := s["patternProperties"].(map[string]any)
	for key, x := range m {
		at, known := at+"."+key, false
		if sub, ok := own[key].(map[string]any); ok {
			known = true
			if wrong := v.check(sub, x, at); wrong != "" {
				return wrong
			}
		}
		for pattern, sub := range patterns {
			if regexp.MustCompile(pattern).MatchString(key) {
				known = true
				if sub == false {
					return at + " is no key here"
				}
				if wrong := v.check(sub.(map[string]any), x, at); wrong != "" {
					return wrong
				}
			}
		}
		if known {
			continue
		}
		switch rest := s["additionalProperties"].(type) {
		case bool:
			if !rest {
				return at + " is no key"
			}
		case map[string]any:
			if wrong := v.check(rest, x, at); wrong != "" {
				return wrong
			}
		}
	}
	return ""
}

func listed(arg any) []string {
	if text, ok := arg.(string); ok {
		return []string{text}
	}
	var out []string
	for _, x := range arg.([]any) {
		out = append(out, x.(string))
	}
	return out
}

func typeOf(x any) string {
	switch x.(type) {
	case map[string]any:
		return "object"
	case []any:
		return "array"
	case json.Number:
		return "number"
	case bool:
		return "boolean"
	case nil:
		return "null"
	}
	return "string"
}

var number = regexp.MustCompile(`^-?\d+(\.\d+)?$`)

// valueOf turns a YAML tree into what an editor hands to a schema.
func valueOf(n *yamldoc.Node) any {
	switch n.Kind {
	case yamldoc.Map:
		m := map[string]any{}
		for _, e := range n.Entries {
			m[e.Key.Text] = valueOf(e.Value)
		}
		return m
	case yamldoc.List:
		out := []any{}
		for _, i := range n.Items {
			out = append(out, valueOf(i))
		}
		return out
	case yamldoc.Empty:
		return nil
	}
	switch {
	case n.Quoted:
	case n.Text == "true" || n.Text == "false":
		return n.Text == "true"
	case number.MatchString(n.Text):
		return json.Number(n.Text)
	}
	return n.Text
}

// plans returns every plan under fixtures with its text.
func plans(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir("../../fixtures", func(path string, d fs.DirEntry, err error) error {
		name := filepath.Base(path)
		if err != nil || d.IsDir() || !strings.HasPrefix(name, "plan") || !strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, "_test.yaml") {
			return err
		}
		data, err := os.ReadFile(path)
		out[filepath.ToSlash(path)] = string(data)
		return err
	})
	if err != nil || len(out) < 50 {
		t.Fatalf("%d plans (%v)", len(out), err)
	}
	return out
}

// TestSchemaOfFixtures: the schema takes every plan that the reader takes, and
// refuses every plan with a key that the reader does not know.
func TestSchemaOfFixtures(t *testing.T) {
	v := newValidator(t)
	taken, refused := 0, 0
	for path, text := range plans(t) {
		root, problems := yamldoc.Parse("plan.yaml", []byte(text))
		if root == nil || len(problems) > 0 || root.Kind != yamldoc.Map {
			continue
		}
		wrong := v.check(v.root, valueOf(root), "plan")
		_, problems = plan.Read("plan.yaml", []byte(text), plan.Context{})
		stops, unknown := false, false
		for _, p := range problems {
			stops = stops || p.Reach == 0
			unknown = unknown || p.Code == "unknown-key"
		}
		switch {
		case !stops && wrong != "":
			t.Errorf("%s is refused: %s", path, wrong)
		case !stops:
			taken++
		case unknown && wrong == "":
			t.Errorf("%s has an unknown key and is taken", path)
		case unknown:
			refused++
		}
	}
	if taken < 50 || refused < 2 {
		t.Errorf("%d plans taken, %d refused", taken, refused)
	}
}

// TestSchemaRefusesUnknownKeys puts a key that nobody knows into every group of
// the shipped plan in turn: where the reader refuses it, so does the schema.
func TestSchemaRefusesUnknownKeys(t *testing.T) {
	v := newValidator(t)
	text := plans(t)["../../fixtures/example/project/plan.yaml"]
	for _, extra := range []string{"title: {zh: 底薪, en: Base salary}", "times: factor.monthly", "when: absent_days = 0 and leave_days = 0", "against: full_attendance"} {
		if !strings.Contains(text, extra) {
			t.Fatalf("the shipped plan has no %s", extra)
		}
	}
	text = strings.Replace(text, "when: absent_days = 0 and leave_days = 0", "at_most: {per month: 300}", 1)
	text = strings.Replace(text, "\ndeductions:", "  pool: {of: [commission], share: 25%, parts: [{share: 30%, for: role = leader}, {share: rest}]}\n  held: {rule: release, of: [commission], parts: [{share: 80%}, {share: 20%, after: 90d}]}\n\ndeductions:", 1)
	text = strings.Replace(text, "clause: 五-1\n", "clause: 五-1\n    recover: {instalments: 3}\n", 1)
	root, problems := yamldoc.Parse("plan.yaml", []byte(text))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	tried := 0
	var visit func(n *yamldoc.Node)
	visit = func(n *yamldoc.Node) {
		if n.Kind == yamldoc.Map {
			key := *n.Entries[0].Key
			key.Text = "zzz"
			n.Entries = append(n.Entries, yamldoc.Entry{Key: &key, Value: n.Entries[0].Value})
			if refusedByReader(flow(root)) {
				tried++
				if v.check(v.root, valueOf(root), "plan") == "" {
					t.Errorf("zzz in %q is taken by the schema", n.Path)
				}
			}
			n.Entries = n.Entries[:len(n.Entries)-1]
			for _, e := range n.Entries {
				visit(e.Value)
			}
		}
		for _, i := range n.Items {
			visit(i)
		}
	}
	visit(root)
	if tried < 35 {
		t.Errorf("%d groups only", tried)
	}
}

func refusedByReader(text string) bool {
	_, problems := plan.Read("plan.yaml", []byte(text), plan.Context{})
	for _, p := range problems {
		if p.Code == "unknown-key" && strings.Contains(p.Found.EN, "zzz") {
			return true
		}
	}
	return false
}

// flow writes the whole tree as YAML on one line.
func flow(n *yamldoc.Node) string {
	switch n.Kind {
	case yamldoc.Scalar:
		return quote(n.Text)
	case yamldoc.Empty:
		return ""
	}
	var parts []string
	for _, e := range n.Entries {
		parts = append(parts, quote(e.Key.Text)+": "+flow(e.Value))
	}
	for _, i := range n.Items {
		parts = append(parts, flow(i))
	}
	if n.Kind == yamldoc.List {
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func quote(s string) string { return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"` }
