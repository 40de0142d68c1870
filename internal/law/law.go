// Package law holds dated statutory data: holidays, minimum wages, what a
// jurisdiction lets an employer deduct, social insurance and housing fund of
// cities, tax tables. The data are YAML files with a source each, shipped inside
// the program and replaceable by a project's own. It answers by month or day and
// computes no pay.
package law

import (
	"embed"
	"maps"
	"path"
	"slices"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/period"
	"telepay/internal/yamldoc"
)

//go:embed data/*.yaml
var shipped embed.FS

// Law answers for one set of data files.
type Law struct {
	days          map[period.Day]DayKind
	years         map[int]bool
	sources       map[string]Origin // of holidays, by year
	minimum       map[string]city
	jurisdictions map[string]jurisdiction
	insurance     map[string]table[Insurance]
	fund          map[string]table[Fund]
	tax           map[string]table[Tax]
}

// files are the data files, with how each is read.
var files = []struct {
	name string
	read func(*Law, reader, *yamldoc.Node)
}{
	{Holidays, (*Law).readHolidays},
	{MinimumWages, (*Law).readMinimum},
	{Jurisdictions, (*Law).readJurisdictions},
	{Insurances, (*Law).readInsurance},
	{Funds, (*Law).readFund},
	{Taxes, (*Law).readTax},
}

// Load reads the shipped files, and over them, entry by entry, files of the same
// names in a project's law folder.
func Load(own map[string][]byte) (*Law, []diag.Problem) {
	l := &Law{
		days: map[period.Day]DayKind{}, years: map[int]bool{}, sources: map[string]Origin{}, minimum: map[string]city{},
		jurisdictions: map[string]jurisdiction{}, insurance: map[string]table[Insurance]{}, fund: map[string]table[Fund]{}, tax: map[string]table[Tax]{},
	}
	r := reader{&yamldoc.Reader{}}
	r.Problems.AddAll(strangers(own))
	for _, f := range files {
		data, err := shipped.ReadFile("data/" + f.name)
		if err != nil {
			panic("law: a shipped data file is missing: " + f.name)
		}
		for _, d := range [][]byte{data, own[f.name]} {
			if d == nil {
				continue
			}
			n, problems := yamldoc.Parse("law/"+f.name, d)
			r.Problems.AddAll(problems)
			switch {
			case n == nil:
			case n.Kind != yamldoc.Map:
				r.WantShape(n, lang.T("一组键值", "a group of keys"))
			default:
				f.read(l, r, n)
			}
		}
	}
	return l, r.Problems.All()
}

// strangers reports a project's files that stand for no shipped one: their
// figures would be believed and never used.
func strangers(own map[string][]byte) []diag.Problem {
	var known []string
	for _, f := range files {
		known = append(known, f.name)
	}
	var ps []diag.Problem
	for _, name := range slices.Sorted(maps.Keys(own)) {
		if ext := path.Ext(name); ext != ".yaml" && ext != ".yml" || slices.Contains(known, name) {
			continue
		}
		ps = append(ps, diag.Problem{Code: "unknown-file", Pos: diag.Pos{File: "law/" + name}, Found: lang.Same(name),
			Want: lang.F("其中之一: %s", "one of: %s", strings.Join(known, ", ")), Mend: lang.Same(diag.Nearest(name, known))})
	}
	return ps
}
