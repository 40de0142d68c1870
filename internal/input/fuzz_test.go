package input

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"telepay/internal/diag"
	"telepay/internal/input/profile"
	"telepay/internal/input/table"
)

// bare is a row of no file, to read single values with.
func bare() *row {
	return &row{source: &source{session: newSession(Options{Zone: time.UTC}), kind: profile.Kind{Name: "deals"}, table: &table.Table{}, columns: profile.Mapping{Layouts: profile.Standard}}}
}

var (
	dayOnly   = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})`) // the year first, in any marks
	clockOnly = regexp.MustCompile(`^\d{1,4}:\d\d(:\d\d)?$`)
)

// FuzzDate: what is read as a day is written as one, exists, and prints as what it was read from.
func FuzzDate(f *testing.F) {
	for _, s := range []string{"2026-10-31", "2026-02-29", "2026-10-31 09:05:10", "2026-10-31T09:05:10+08:00", "26-10-31", "次日 01:30", "25:00", "9:05", "０９:05", "1900-01-00", "2026-13-01", "9:5", ":", "2026-10-31 24:00:00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := bare()
		if at, ok := r.instant(s); ok {
			m := dayOnly.FindStringSubmatch(s)
			if m == nil || at.Year() < 1900 || at.Year() >= 2200 {
				t.Fatalf("%q is read as %s", s, at)
			}
			var year, month, day int
			fmt.Sscan(m[1]+" "+strings.TrimPrefix(m[2], "0")+" "+strings.TrimPrefix(m[3], "0"), &year, &month, &day)
			if plain := len(s) == len(m[0]); plain && (at.Year() != year || int(at.Month()) != month || at.Day() != day) {
				t.Errorf("%q is read as %s", s, at)
			}
		}
		if n, ok := clock(s, 9999); ok {
			parts := strings.Split(s, ":")
			var h, m, sec int
			fmt.Sscan(parts[0], &h)
			fmt.Sscan(strings.TrimLeft(parts[1], "0")+" 0", &m)
			if len(parts) == 3 {
				fmt.Sscan(strings.TrimLeft(parts[2], "0")+" 0", &sec)
			}
			if !clockOnly.MatchString(strings.TrimLeft(parts[0], "0")+s[len(parts[0]):]) && !strings.HasPrefix(strings.TrimLeft(s, "0"), ":") {
				t.Errorf("%q is read as %d seconds", s, n)
			}
			if m > 59 || sec > 59 {
				t.Errorf("%q is read as %d seconds", s, n)
			}
		}
	})
}

// FuzzID: an id that is taken keeps its form when it is read again, has no character
// that nobody sees, and is found by its own spelling alone.
func FuzzID(f *testing.F) {
	for _, s := range []string{"T100001", " Ｔ１ ", "A\u200b1", "1.23E+11", "007", "А001", "İ", "ß", "e\u0301", "1e5", "\u202e1", "\xf7\u0385"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := bare()
		r.kind.Name = "roster" // its faults need no column of a header
		id := profile.Show(s)
		if again := profile.Show(id); again != id {
			t.Errorf("%q is kept as %q, which is kept as %q", s, id, again)
		}
		if key := profile.Fold(s); profile.Fold(key) != key || profile.Fold(id) != key {
			t.Errorf("%q is compared as %q, %q and %q", s, key, profile.Fold(key), profile.Fold(id))
		}
		ro := &Roster{known: map[string]string{profile.Fold("A001"): "A001"}, named: map[string]string{}}
		if known, ok := ro.Known(s); ok && (known != "A001" || strings.ContainsFunc(id, func(c rune) bool { return c >= 0x80 || unicode.IsSpace(c) })) {
			t.Errorf("%q is taken for %s", s, known)
		}
		if mend := ro.hint(s); mend.ZH == "" || mend.EN == "" {
			t.Errorf("no hint for %q", s)
		}
		if twin, letter := lookalike(s, []string{"A001"}); twin != "" && (letter < 0x80 || profile.Fold(s) == profile.Fold(twin)) {
			t.Errorf("%q looks like %s for its %q", s, twin, letter)
		}
	})
}

// FuzzRoster: no bytes of a roster make the reading panic, and nobody is read without a name.
func FuzzRoster(f *testing.F) {
	f.Add(rosterText)
	f.Add("工号,姓名,团队,角色,职级,入职日期\nT1,甲,一组,坐席,初级,2025-01-01\n")
	f.Add("agent,name\n\"")
	f.Fuzz(func(t *testing.T, content string) {
		ro, list := ReadRoster(project(t, map[string]string{"roster.csv": content}))
		for _, p := range ro.People {
			if p.ID == "" || p.Name == "" || len(p.Spans) == 0 {
				t.Errorf("person %+v", p)
			}
		}
		for _, p := range list.All() {
			if p.Reach != diag.Note && p.Mend.IsEmpty() {
				t.Errorf("no mend: %s", p.Format("en"))
			}
		}
	})
}

// FuzzDraft: whatever is dropped in, its draft is a profile, but for the questions.
func FuzzDraft(f *testing.F) {
	f.Add("工号,日期,状态\nT1,2026-10-09,正常\n")
	f.Add("工号,组织,,入职\n,大区,小组,\nT1,华东,一组,2025-01-01\n")
	f.Add("Call ID,Agent,Start Time,Talk Time\nC1,Ann Lee,10/13/2026 9:05:10 AM,1:05\n")
	f.Add("单号,\"通话\n时长\"\n1,2\n")
	f.Add("流水号;单号;到账日;金额\nP1;D1;1.1.2026;1.200,50\n")
	f.Add("\"a\"\"b: {\",通话时长(分钟),\\,#\n1,2,3,4\n\x00\x00")
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text string) {
		file := filepath.Join(dir, "x.csv")
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"calls", "deals", "attendance"} {
			k, _ := profile.Lookup(name)
			draft := Draft(file, "x.csv", "", k)
			_, problems := profile.Parse("profiles/x.yaml", []byte(draft))
			for _, p := range problems {
				if p.Code != "unanswered" && p.Code != "column-twice" {
					t.Errorf("%s: %s in\n%s", p.Code, p.Found.EN, draft)
				}
			}
		}
	})
}
