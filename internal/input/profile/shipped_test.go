package profile

import (
	"slices"
	"testing"
)

// TestShipped holds that every shipped profile can be read and says in both
// languages what it is, what to know of it, and where that is known from.
func TestShipped(t *testing.T) {
	for _, p := range Shipped() {
		if p.Title.ZH == "" || p.Title.EN == "" || p.About.ZH == "" || p.About.EN == "" || p.Source == "" {
			t.Errorf("%s lacks title, about or source", p.Name)
		}
		if p.Layout == nil {
			t.Errorf("%s says no more than names of columns", p.Name)
			continue
		}
		k, _ := Lookup(p.Kind)
		for _, f := range k.Fields {
			if _, ok := p.Layout.Column(f.Name); !ok && f.Required {
				t.Errorf("%s has no column for %s, which %s need", p.Name, f.Name, p.Kind)
			}
		}
	}
}

// TestReference holds the reference against the keys that are read.
func TestReference(t *testing.T) {
	var keys []string
	for _, e := range Reference {
		keys = append(keys, e.Key)
	}
	if !slices.Equal(keys, Keys) {
		t.Errorf("the reference has %v, the reader %v", keys, Keys)
	}
	known := map[string]bool{"with": true, "team": true} // told beside join and by
	for _, e := range ColumnReference {
		known[e.Key] = true
	}
	for _, k := range columnKeys {
		if !known[k] {
			t.Errorf("the reference does not tell of %s", k)
		}
	}
}

// FuzzParse: whatever is written, a profile is read or refused with a place.
func FuzzParse(f *testing.F) {
	for _, p := range Shipped() {
		text, _ := ShippedText(p.Name)
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, problems := Parse("p.yaml", []byte(text))
		if p == nil && len(problems) == 0 {
			t.Error("neither a profile nor a problem")
		}
		for _, q := range problems {
			if q.Pos.File == "" || q.Code == "" {
				t.Errorf("a problem without place or code: %+v", q)
			}
		}
	})
}
