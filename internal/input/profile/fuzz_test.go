package profile

import "testing"

// FuzzProfile: whatever a profile says, it is read or its problem is told, and
// nothing panics.
func FuzzProfile(f *testing.F) {
	for _, s := range []string{"profile: x\nkind: calls\n", "kind: deals\ncolumns: {deal: [a, b]}\nvalues: {status: {signed: [x]}}\ndates: [yyyy/m/d]\nextra: [c]\nseparator: tab\nencoding: gbk\n",
		"kind: calls\ncolumns: {agent: }\n", "kind: calls\nvalues: [x]\n", "kind: calls\ndates: {a: b}\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, problems := Parse("profiles/x.yaml", data)
		if p == nil && len(problems) == 0 {
			t.Error("neither a profile nor a problem")
		}
		for _, q := range problems {
			if q.Code == "" || q.Found.IsEmpty() {
				t.Errorf("a problem without words: %+v", q)
			}
		}
		if p != nil {
			if _, ok := Lookup(p.Kind); !ok {
				t.Errorf("kind %q", p.Kind)
			}
		}
	})
}
