// Package catalogue holds the tables that say what the sections and rules of a
// plan may contain. One table feeds the reader, its errors, the help texts, the
// plan reference and the schema; it computes nothing.
package catalogue

import (
	"embed"
	"strings"

	"telepay/internal/lang"
	"telepay/internal/statement"
	"telepay/internal/yamldoc"
)

// Field is one key that a rule or section may have.
type Field struct {
	Key     string
	Name    lang.Text // Chinese and English name
	Kind    lang.Text // what is written there: a condition, a percentage, …
	Range   lang.Text // which values are allowed; empty: any of the kind
	Default lang.Text // what holds where the key is not written; empty: nothing
	Help    lang.Text
	Example string
}

// Kind is a kind of rule.
type Kind struct {
	Name    string
	Title   lang.Text
	Section string // earnings or deductions
	Stage   statement.Stage
	Help    lang.Text
	Fields  []string // keys of the frame that the kind uses
	Needs   []string // keys that must be written
	OneOf   []string // of these exactly one must be written
	Example string   // YAML of one rule
}

// Section is a part of the plan that is no rule.
type Section struct {
	Key    string
	Title  lang.Text
	Help   lang.Text
	Fields []Field
}

// Keys returns the keys of the fields.
func Keys(fields []Field) []string {
	ks := make([]string, len(fields))
	for i, f := range fields {
		ks[i] = f.Key
	}
	return ks
}

// Check reports every key of n that the fields do not have.
func Check(r *yamldoc.Reader, n *yamldoc.Node, fields []Field) {
	if n != nil {
		r.Known(n, Keys(fields)...)
	}
}

// Definition is a rule or KPI that telepay ships: a kind with its shape filled
// in, read from YAML that looks like a plan's own.
type Definition struct {
	Name string
	Node *yamldoc.Node
}

// Load parses the shipped definitions of a folder, by name. They are part of the
// program, so a mistake in one is a broken invariant.
func Load(folder embed.FS, dir string) map[string]Definition {
	entries, err := folder.ReadDir(dir)
	if err != nil {
		panic("catalogue: the shipped definitions are missing: " + dir)
	}
	defs := map[string]Definition{}
	for _, e := range entries {
		data, err := folder.ReadFile(dir + "/" + e.Name())
		if err != nil {
			panic("catalogue: the shipped definition is missing: " + e.Name())
		}
		n, problems := yamldoc.Parse(e.Name(), data)
		if len(problems) > 0 {
			panic("catalogue: shipped definition " + problems[0].Format(lang.EN))
		}
		name := strings.TrimSuffix(e.Name(), ".yaml")
		defs[name] = Definition{name, n}
	}
	return defs
}
