// Package manifest describes a run for whoever has to trust its files: what went
// in, what came out, each with its digest. A folder of results that is complete
// but for it comes in; data/manifest.json goes out. It never changes a result.
package manifest

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"

	"telepay/internal/money"
	"telepay/internal/statement"
)

// Name is where a manifest stands in a folder of results.
const Name = "data/manifest.json"

// File is an input or output. Rows is 0 where there are none to count.
type File struct {
	Name   string `json:"name"`
	Kind   string `json:"kind,omitempty"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
	Rows   int64  `json:"rows,omitempty"`
}

type document struct {
	Program    string         `json:"program"`
	Month      string         `json:"month"`
	Plan       string         `json:"plan_sha256"`
	Run        string         `json:"run_digest"`
	Draft      bool           `json:"draft"`
	Currency   string         `json:"currency"`
	People     int            `json:"people"`
	Stopped    int            `json:"stopped"`
	Problems   int            `json:"problems"`
	Gross      money.Decimal  `json:"gross"`
	Deductions money.Decimal  `json:"deductions"`
	Payable    money.Decimal  `json:"payable"`
	Net        *money.Decimal `json:"net"` // null where the plan has no statutory part
	Inputs     []File         `json:"inputs"`
	Outputs    []File         `json:"outputs"`
}

// Write writes the manifest into dir. digest is the run's own; inputs and outputs
// are listed by name.
func Write(dir string, r statement.Run, digest string, inputs []File) error {
	d := document{Program: "telepay " + r.Version, Month: r.Month.String(), Plan: r.PlanHash, Run: digest, Draft: r.Draft,
		Currency: r.Currency, People: len(r.Statements), Stopped: len(r.Stopped), Problems: problems(r), Inputs: sorted(inputs)}
	d.add(r.Statements)
	outputs, err := filesOf(dir)
	if err != nil {
		return err
	}
	d.Outputs = outputs
	data, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, filepath.FromSlash(Name)), append(data, '\n'), 0o600)
}

// add adds up totals; net stays null unless every statement has one.
func (d *document) add(all []statement.Statement) {
	net, complete := money.Zero, len(all) > 0
	for i := range all {
		t := all[i].Totals
		d.Gross, d.Deductions, d.Payable = d.Gross.Add(t.Gross), d.Deductions.Add(t.Deductions), d.Payable.Add(t.Payable)
		if t.Net == nil {
			complete = false
			continue
		}
		net = net.Add(*t.Net)
	}
	if complete {
		d.Net = &net
	}
}

func problems(r statement.Run) (n int) {
	for _, p := range r.Problems {
		n += 1 + p.Another
	}
	return n
}

// sorted returns files by name and leaves the caller's order alone.
func sorted(files []File) []File {
	out := append([]File{}, files...)
	slices.SortFunc(out, func(a, b File) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Kind, b.Kind)) })
	return out
}
