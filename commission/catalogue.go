// Package commission holds the kinds of rules that earn, base pay included, one
// file a kind, and beside them the shipped rules as YAML in the plan's language.
// A rule and one person's month come in, exact lines with their steps go out.
package commission

import (
	"embed"

	"telepay/internal/catalogue"
	"telepay/internal/rule"
)

//go:embed definitions/*.yaml
var definitions embed.FS

// Kinds returns every kind of earning, by name.
func Kinds() map[string]*rule.Kind {
	all := map[string]*rule.Kind{}
	for _, k := range []*rule.Kind{base(), commission(), bonus(), contest(), pool(), release(), guarantee()} {
		all[k.Name] = k
	}
	return all
}

// Shipped returns the earnings that telepay ships: kinds with their shape filled in.
func Shipped() map[string]catalogue.Definition { return catalogue.Load(definitions, "definitions") }
