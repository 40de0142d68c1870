package review

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

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
		if is := typeOf(x); !slices.Contains(listed(arg), is) && !(is == "integer" && slices.Contains(listed(arg), "number")) {
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
	case "minimum", "maximum":
		if n, ok := x.(json.Number); ok {
			if v, _ := n.Float64(); word == "minimum" && v < arg.(float64) || word == "maximum" && v > arg.(float64) {
				return fmt.Sprintf("%s is %v", at, x)
			}
		}
	case "not":
		if v.check(arg.(map[string]any), x, at) == "" {
			return fmt.Sprintf("%s is %v, which it is not to be", at, x)
		}
	case "propertyNames":
		for key := range m {
			if wrong := v.check(arg.(map[string]any), key, at+"."+key); wrong != "" {
				return wrong
			}
		}
	case "contains":
		if list, ok := x.([]any); ok && !slices.ContainsFunc(list, func(y any) bool { return v.check(arg.(map[string]any), y, at) == "" }) {
			return at + " has none of what it is to have"
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
	case "maxProperties":
		if isMap && len(m) > int(arg.(float64)) {
			return at + " has too many keys"
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
	case "oneOf":
		fits := 0
		for _, sub := range arg.([]any) {
			if v.check(sub.(map[string]any), x, at) == "" {
				fits++
			}
		}
		if fits != 1 {
			return fmt.Sprintf("%s fits %d of %v", at, fits, arg)
		}
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
	if s["properties"] == nil && (word == "additionalProperties" || word == "patternProperties" && s["additionalProperties"] == nil) {
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
	switch x := x.(type) {
	case map[string]any:
		return "object"
	case []any:
		return "array"
	case json.Number:
		if !strings.Contains(x.String(), ".") {
			return "integer"
		}
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
