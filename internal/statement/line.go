// Package statement holds what is owed: the lines of a person's month with the
// steps that lead to each amount. Steps are data, never prose, so that one
// statement can be printed in either language.
package statement

import (
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
)

// Stage is a place in the order of calculation (semantics 37).
type Stage uint8

const (
	Rate        Stage = iota // rates on credits
	Component                // other earnings of the month's own figures
	Contests                 // contests and pools
	BasePay                  // base and attendance pay
	Held                     // held and released
	Reversals                // what refunds of earlier months take back
	Guarantee                // guarantee or draw
	NotEarned                // not-earned reductions
	Deductions               // deductions, nominal
	Guard                    // the legal guard over all guarded deductions
	MinimumWage              // minimum-wage top-up
	Carry                    // carried in and out
	Statutory                // insurance, fund, tax
	Rounding                 // rounding of the net
)

var stageNames = [...]string{"rate", "component", "contests", "base", "held", "reversals", "guarantee", "not_earned", "deductions", "guard", "minimum_wage", "carry", "statutory", "rounding"}

// String returns the word that lines.csv prints.
func (s Stage) String() string { return stageNames[s] }

// Kind says what a line does to pay.
type Kind string

const (
	Earning     Kind = "earning"
	Deduction   Kind = "deduction"
	Withholding Kind = "withholding"
	Employer    Kind = "employer"
	HeldBack    Kind = "held"
	CarriedIn   Kind = "carried_in"
	CarriedOut  Kind = "carried_out"
	Info        Kind = "info"
)

// Class says which law a deduction stands under (semantics 45).
type Class string

const (
	Absence     Class = "absence"
	NotEarnedCl Class = "not_earned"
	Loss        Class = "loss"
	Discipline  Class = "discipline"
	Recovery    Class = "recovery"
	Court       Class = "court"
	StatutoryCl Class = "statutory"
)

// Guarded tells whether the legal guard looks at deductions of this class.
func (c Class) Guarded() bool { return c == Loss || c == Discipline || c == Recovery }

// Line is one amount of one person. Amount is signed: what the line adds to pay.
// For guarded deductions Nominal, Limit and Carried are filled: nominal ≤ 0 as
// written in the plan, limit ≥ 0 as the law left it, carried ≥ 0 what waits.
type Line struct {
	No         int
	Stage      Stage
	Rule       string // key of the rule in the plan
	Kind       Kind
	Class      Class
	Nature     string // what an earning is for, where the minimum wage asks: overtime, meal, …
	Title      lang.Text
	Clause     string
	PlanPath   string // earnings.commission
	FactMonth  period.Month
	PayMonth   period.Month
	Base       *money.Ratio // what was rated, where one number says it
	Rate       *money.Ratio
	Quantity   *money.Ratio
	Nominal    money.Decimal
	Limit      *money.Decimal
	Amount     money.Decimal
	Carried    money.Decimal
	Ground     lang.Text
	Evidence   []record.Source
	Steps      []Step
	Notes      []Step // losing alternatives, what is near, why others paid nothing
	Incomplete bool   // uses figures of somebody who has no statement (semantics 14)
}

// Unit says how a figure is written.
type Unit uint8

const (
	Plain    Unit = iota // count, factor, score: up to 4 places
	Money                // 2 places where exact, else up to 4
	Percent              // × 100 and %
	Duration             // seconds, written h:mm:ss
	Days                 // count of days
)

// Term is a piece of a step: a name, a figure, or a figure with its name.
type Term struct {
	Text   lang.Text
	Value  money.Ratio
	Unit   Unit
	Figure bool // whether Value is meant
}

// Step is one move of a derivation. Key names the phrase that package output
// (phrases.go) has for it in both languages; the terms fill its blanks in order.
type Step struct {
	Key   string
	Terms []Term
}

// Figure, Named and Word make terms.
func Figure(v money.Ratio, u Unit) Term { return Term{Value: v, Unit: u, Figure: true} }
func Named(name lang.Text, v money.Ratio, u Unit) Term {
	return Term{Text: name, Value: v, Unit: u, Figure: true}
}
func Word(t lang.Text) Term { return Term{Text: t} }

// S makes a step.
func S(key string, terms ...Term) Step { return Step{Key: key, Terms: terms} }
