// Package manifest describes a run for whoever has to trust its files: what went
// in, what came out, each with its digest.
package manifest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"sort"

	"telepay/internal/money"
	"telepay/internal/statement"
)

// File is an input or output.
type File struct {
	Name   string `json:"name"`
	Kind   string `json:"kind,omitempty"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
	Rows   int64  `json:"rows,omitempty"`
}

type document struct {
	Program string        `json:"program"`
	Month   string        `json:"month"`
	Plan    string        `json:"plan_sha256"`
	Run     string        `json:"run_digest"`
	Draft   bool          `json:"draft"`
	People  int           `json:"people"`
	Stopped int           `json:"stopped"`
	Gross   money.Decimal `json:"gross"`
	Payable money.Decimal `json:"payable"`
	Inputs  []File        `json:"inputs"`
	Outputs []File        `json:"outputs"`
}

// Write writes data/manifest.json into a folder of results that is complete but for it.
func Write(dir string, r statement.Run, digest string, inputs []File) error {
	d := document{Program: "telepay " + r.Version, Month: r.Month.String(), Plan: r.PlanHash, Run: digest, Draft: r.Draft, People: len(r.Statements), Stopped: len(r.Stopped), Inputs: inputs}
	for _, st := range r.Statements {
		d.Gross, d.Payable = d.Gross.Add(st.Totals.Gross), d.Payable.Add(st.Totals.Payable)
	}
	sort.Slice(d.Inputs, func(i, j int) bool { return d.Inputs[i].Name < d.Inputs[j].Name })
	var err error
	if d.Outputs, err = outputs(dir); err != nil {
		return err
	}
	data, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "data", "manifest.json"), append(data, '\n'), 0o600)
}

func outputs(dir string) ([]File, error) {
	var out []File
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		sum := sha256.Sum256(data)
		out = append(out, File{Name: filepath.ToSlash(name), Bytes: int64(len(data)), SHA256: hex.EncodeToString(sum[:])})
		return err
	})
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out, err
}
