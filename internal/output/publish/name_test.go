package publish

import (
	"path"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestFileName(t *testing.T) {
	long := strings.Repeat("长", 40)
	for _, c := range []struct{ name, team, id, person, want string }{
		{"plain", "春城一组", "T100002", "李娜", "statements/春城一组/T100002-李娜-"},
		{"blanks", "Team A", "T 1", "Anna  Maria", "statements/Team-A/T-1-Anna-Maria-"},
		{"parent folders", "../..", "../../etc/passwd", "..\\x", "statements/x/etc-passwd-x-"},
		{"absolute", "/etc", "C:\\Windows", "a:b", "statements/etc/C-Windows-a-b-"},
		{"device", "CON", "NUL", "aux", "statements/CON_/NUL-aux-"},
		{"device with a superscript", "COM¹", "LPT1", "x", "statements/COM/LPT1-x-"},
		{"numbered device", "lpt9", "1", "x", "statements/lpt9_/1-x-"},
		{"NUL byte", "a\x00b", "1\x00", "\x00", "statements/a-b/1-x-"},
		{"trailing dots and blanks", "team. ", "1.", "name...", "statements/team/1-name-"},
		{"leading dot and dash", ".git", "-rf", "--help", "statements/git/rf-help-"},
		{"sixty bytes", long, long, long, "statements/" + strings.Repeat("长", 20) + "/" + strings.Repeat("长", 20) + "-" + strings.Repeat("长", 20) + "-"},
		{"empty", "", "", "", "statements/x/x-x-"},
		{"composed alike", "e\u0301", "e\u0301", "\u00e9", "statements/\u00e9/\u00e9-\u00e9-"},
		{"rare characters", "组", "1", "𬱖", "statements/组/1-𬱖-"},
		{"broken UTF-8", "a\xff", "\xff", "b", "statements/a/x-b-"},
		{"direction marks", "\u202eabc", "1", "x\u200by", "statements/abc/1-x-y-"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := FileName(c.team, c.id, c.person)
			rest, ok := strings.CutPrefix(got, c.want)
			if !ok || !regexp.MustCompile(`^[0-9a-f]{8}\.pdf$`).MatchString(rest) {
				t.Errorf("%q, want %q and eight digits", got, c.want)
			}
		})
	}
}

// The digest is that of the id as it is: printf T100002 | sha256sum.
func TestFileNameDigest(t *testing.T) {
	if got := FileName("a", "T100002", "b"); got != "statements/a/T100002-b-4dd34821.pdf" {
		t.Errorf("%s", got)
	}
}

// On a disk that is blind to case, and after NFC, names of different people differ.
func TestFileNamesDiffer(t *testing.T) {
	seen := map[string]string{}
	for _, id := range []string{"t1", "T1", "Ｔ1", "t 1", "t.1", "t/1", "\u00e9", "e\u0301", "é ", "CON", "con", "", " "} {
		for _, team := range []string{"a", "A"} {
			name := norm.NFC.String(strings.ToLower(path.Base(FileName(team, id, "x"))))
			if other, taken := seen[name]; taken && other != id {
				t.Errorf("%q and %q are both %s", id, other, name)
			}
			seen[name] = id
		}
	}
}

// Whatever a name holds, its path is local, has three parts, and every part is
// short and safe on every system.
func TestFileNameLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.RuneFrom([]rune("./\\:-CONcon01 长\x00\u202e"))))
		got := FileName(text.Draw(t, "team"), text.Draw(t, "id"), text.Draw(t, "name"))
		parts := strings.Split(got, "/")
		if len(parts) != 3 || parts[0] != "statements" || path.Clean(got) != got || !utf8.ValidString(got) {
			t.Fatalf("%q", got)
		}
		for _, p := range parts[1:] {
			stem := strings.TrimSuffix(p, ".pdf")
			if len(p) > 140 || strings.ContainsAny(stem, "./\\:*?\"<>| \x00") || strings.HasPrefix(p, "-") || reserved.MatchString(stem) {
				t.Fatalf("%q has the part %q", got, p)
			}
		}
	})
}
