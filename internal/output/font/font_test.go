package font

import "testing"

func TestCharacters(t *testing.T) {
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name          string
		r             rune
		regular, bold bool
	}{
		{"digit", '7', true, true},
		{"common", '薪', true, true},
		{"standard list, basic plane", '骉', true, true},
		{"standard list, extension A", '㛃', true, true},
		{"standard list, beyond the basic plane", '𬱖', true, true},
		{"traditional form, not in the standard list", '戶', true, false},
		{"extension B, in no weight", '𠮷', false, false},
		{"control character", '\x1b', false, false},
		{"no character at all", -1, false, false},
		{"last of the basic plane", 0xFFFF, false, false},
		{"replacement mark of telepay", '〓', true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := set.Regular.Has(c.r); got != c.regular {
				t.Errorf("Regular has %q: %v, want %v", c.r, got, c.regular)
			}
			if got := set.Bold.Has(c.r); got != c.bold {
				t.Errorf("Bold has %q: %v, want %v", c.r, got, c.bold)
			}
		})
	}
}

func TestEachCharacterHasItsOwnGlyph(t *testing.T) {
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []*Face{set.Regular, set.Bold} {
		owner := map[int]rune{}
		for r := rune(0); r < 0x30000; r++ {
			g, ok := f.Glyph(r)
			if !ok {
				continue
			}
			if other, taken := owner[g]; taken {
				t.Fatalf("%s: %q and %q share glyph %d and would turn into each other", f.Name, other, r, g)
			}
			owner[g] = r
		}
		if len(owner) < 8105 {
			t.Errorf("%s has %d characters, want at least 8,105", f.Name, len(owner))
		}
	}
}

func TestAdvance(t *testing.T) {
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		r    rune
		want int
	}{
		{"digit", '0', 555}, {"other digit, same width", '9', 555}, {"minus as wide as a digit", '−', 555},
		{"Han", '金', 1000}, {"rare Han", '𬘭', 1000}, {"none", '𠮷', 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := set.Regular.Advance(c.r); got != c.want {
				t.Errorf("width of %q is %d, want %d", c.r, got, c.want)
			}
		})
	}
}

func TestBrokenFontsAreRefused(t *testing.T) {
	set, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	whole := set.Bold.Data
	for _, n := range []int{0, 11, 12, 40, 300, 5000, len(whole) / 2, len(whole) - 1} {
		if _, err := Parse("cut", whole[:n:n]); err == nil {
			t.Errorf("a font cut to %d bytes was accepted", n)
		}
	}
}

func FuzzParse(f *testing.F) {
	set, err := Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(set.Bold.Data[:4096:4096])
	f.Add([]byte{0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 'c', 'm', 'a', 'p', 0, 0, 0, 0, 0, 0, 0, 12, 0, 0, 0, 16})
	f.Fuzz(func(t *testing.T, b []byte) {
		face, err := Parse("fuzz", b)
		if err == nil && face.Has('中') && face.Advance('中') < 0 {
			t.Error("negative width")
		}
	})
}
