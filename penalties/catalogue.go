// Package penalties holds the kinds of rules that deduct, and the legal guard
// over all guarded deductions together. Shipped deductions are YAML beside it. A
// rule and one person's month come in; nominal deductions go out, and what the
// law lets through of them.
package penalties

import (
	"embed"

	"telepay/internal/catalogue"
	"telepay/internal/rule"
)

//go:embed definitions/*.yaml
var definitions embed.FS

// Kinds returns every kind of deduction, by name.
func Kinds() map[string]*rule.Kind {
	k := penalty()
	return map[string]*rule.Kind{k.Name: k}
}

// Shipped returns the deductions that telepay ships.
func Shipped() map[string]catalogue.Definition { return catalogue.Load(definitions, "definitions") }
