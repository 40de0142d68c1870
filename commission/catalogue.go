// Package commission holds the kinds of rules that earn, base pay included, one
// file a kind, and beside them the shipped rules as YAML in the plan's language.
// A rule and one person's month come in, exact lines with their steps go out.
package commission

import (
	"embed"
	"strings"

	"telepay/internal/catalogue"
	"telepay/internal/rule"
)

//go:embed definitions/*.yaml
var definitions embed.FS

// Kinds returns every kind of earning, by name.
func Kinds() map[string]*rule.Kind {
	all := map[string]*rule.Kind{}
	for _, k := range []*rule.Kind{base(), commission(), bonus(), contest(), guarantee()} {
		all[k.Name] = k
	}
	return all
}

// Shipped returns the earnings that telepay ships: kinds with their shape filled in.
func Shipped() map[string]catalogue.Definition { return load(definitions) }

func load(fs embed.FS) map[string]catalogue.Definition {
	entries, err := fs.ReadDir("definitions")
	if err != nil {
		panic("commission: the shipped definitions are missing")
	}
	var files []catalogue.File
	for _, e := range entries {
		data, _ := fs.ReadFile("definitions/" + e.Name())
		files = append(files, catalogue.File{Name: strings.TrimSuffix(e.Name(), ".yaml"), Data: data})
	}
	return catalogue.Load(files)
}
