package scan

import (
	"fmt"
	"io"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"testing"

	"telepay/internal/query"
)

var plainOwn = regexp.MustCompile(`^-?0*([0-9]{1,9})(\.[0-9]+)?$`)

// ownOfText reads a number of the company's own by exact fractions.
func ownOfText(text string, places int) (v int64, why string) {
	x, ok := new(big.Rat).SetString(text)
	if !plainOwn.MatchString(text) || !ok {
		return 0, "bad-number"
	}
	x.Mul(x, new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)))
	if !x.IsInt() {
		return 0, "too-many-places"
	}
	return x.Num().Int64(), ""
}

// number returns a number field of the row, and whether it has one.
func (r *oRow) number(field string) (v int64, has bool) {
	if slices.Contains(query.NumberFields, field) {
		return r.nums[field], r.nums[field] >= 0
	}
	v, has = r.own[field]
	return v, has
}

func isNumberField(field string) bool {
	return slices.Contains(query.NumberFields, field) || slices.ContainsFunc(ownColumns, func(c query.Column) bool { return c.Name == field && !c.Text })
}

// Every text of up to five characters that a number may be made of is read as
// exact fractions read it, or refused with them.
func TestOwnNumbersAgainstFractions(t *testing.T) {
	const of = "019.- x"
	var try func(text string, left int)
	try = func(text string, left int) {
		for places := range 4 {
			v, why := readOwn([]byte(text), places)
			if why != fine {
				v, why = slowOwn(text, places)
			}
			want, bad := int64(noOwn), ""
			if trimmed := strings.TrimSpace(text); trimmed != "" {
				if want, bad = ownOfText(trimmed, places); bad != "" {
					want = noOwn
				}
			}
			if v != want || reasonWords[why] != bad {
				t.Fatalf("%q with %d places: %d %q, want %d %q", text, places, v, reasonWords[why], want, bad)
			}
		}
		for i := 0; i < len(of) && left > 0; i++ {
			try(text+of[i:i+1], left-1)
		}
	}
	try("", 5)
	for text, want := range map[string]int64{"999999999.999999": query.MostOwn, "-999999999.999999": -query.MostOwn, "000000000000000001.5": 1_500_000, "3.140000000000": 3_140_000} {
		if v, why := slowOwn(text, 6); v != want || why != fine {
			t.Errorf("%s: %d %q, want %d", text, v, reasonWords[why], want)
		}
	}
}

// Texts are coded alike whether there are few of them or many, in any file.
func TestManyOwnTexts(t *testing.T) {
	const many = 3 * fewTexts
	own := query.Set{Own: ownColumns, Distincts: []query.Distinct{{Name: "tasks", Field: "任务"}}, Measures: []query.Measure{{Name: "one", Where: in("任务", "任务7")}, {Name: "last", Where: in("任务", fmt.Sprintf("任务%d", many-1))}}}
	var few, all strings.Builder
	for i := range many {
		fmt.Fprintf(&all, "B%d,T1,2026-10-05 10:00:00,任务%d\n", i, i)
		fmt.Fprintf(&few, "A%d,T1,2026-10-05 10:00:00,任务%d\n", i, i%9)
	}
	columns := []string{"call_id", "agent", "started", "任务"}
	files := []testFile{{name: "few.csv", columns: columns, text: few.String()}, {name: "many.csv", columns: columns, text: all.String()}}
	for _, opt := range variants {
		table, _, _, err := run(jobOf(own, files, nil), opt)
		if err != nil {
			t.Fatal(err)
		}
		over := []query.Stretch{{Agent: "T1", Days: october}}
		if n := table.Distinct("tasks", over); n != many {
			t.Errorf("%+v: %d tasks, want %d", opt, n, many)
		}
		if one, last := table.Value("one", over), table.Value("last", over); one != 1+many/9 || last != 1 {
			t.Errorf("%+v: %d of one task, %d of the last", opt, one, last)
		}
	}
}

// Two rows of one id that differ in a column of the company's own alone are a
// conflict, whether anything asks for the column or not.
func TestOwnColumnsTellRowsApart(t *testing.T) {
	text := "1,T1,2026-10-05 10:00:00,1.50\n1,T1,2026-10-05 10:00:00,1.25\n2,T1,2026-10-05 10:00:00,1\n2,T1,2026-10-05 10:00:00,1\n"
	f := testFile{name: "calls.csv", columns: []string{"call_id", "agent", "started", "费用"}, text: text}
	for _, set := range []query.Set{{Own: ownColumns, Measures: []query.Measure{{Name: "cost", Kind: query.Sum, Field: "费用"}}}, {Measures: []query.Measure{{Name: "cost"}}}} {
		table, buckets, _, err := run(jobOf(set, []testFile{f}, nil), options{})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := bucketTexts(buckets), []string{"calls.csv  1", "calls.csv duplicate 1", "calls.csv duplicate-call 2"}; !slices.Equal(got, want) {
			t.Errorf("buckets %q, want %q", got, want)
		}
		if got := table.Value("cost", []query.Stretch{{Agent: "T1", Days: october}}); len(set.Own) > 0 && got != 100 {
			t.Errorf("cost %d, want 100", got)
		}
	}
}

func TestProblemsOfOwnNumbers(t *testing.T) {
	f := testFile{name: "calls.csv", columns: []string{"call_id", "agent", "started", "费用", "质检分"}, text: "1,T1,2026-10-05 10:00:00,1.255,\n2,T1,2026-10-05 10:00:00,,八十\n3,T1,2026-10-05 10:00:00,1.20,80\n"}
	set := query.Set{Own: ownColumns, Measures: []query.Measure{{Name: "cost", Kind: query.Sum, Field: "费用"}, {Name: "score", Kind: query.Sum, Field: "质检分"}}}
	_, _, problems, err := run(jobOf(set, []testFile{f}, nil), options{})
	if got, want := positions(problems), []string{"calls.csv:2:26 too-many-places", "calls.csv:3:27 bad-number"}; err != nil || !slices.Equal(got, want) {
		t.Fatalf("%v, problems %q, want %q", err, got, want)
	}
	for i, want := range []string{`"1.255" in the column "费用"; want at most 2 decimal places`, `"八十" in the column "质检分"; want a plain number such as 12, -12 or 12.5, of at most 9 digits before the point`} {
		if got := problems[i].Found.EN + "; want " + problems[i].Want.EN; got != want || problems[i].Mend.IsEmpty() {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// Sums that 64 bits may not hold are refused, never wrong.
func TestSumsOfOwnNumbersNeverWrap(t *testing.T) {
	const row = "T1,2026-10-05 10:00:00,-999999999.999999\n"
	for _, rows := range []int{9_223, 9_224, 40_000} {
		f := testFile{name: "calls.csv", columns: []string{"agent", "started", "质检分"}, text: strings.Repeat(row, rows)}
		job := jobOf(query.Set{Own: ownColumns, Measures: []query.Measure{{Name: "score", Kind: query.Sum, Field: "质检分"}}}, []testFile{f}, nil)
		job.Calls[0].Open = func() (io.Reader, error) { return strings.NewReader(f.text), nil }
		for _, opt := range variants {
			table, _, _, err := run(job, opt)
			switch {
			case rows*query.MostOwn > 0 && rows <= 9_223: // 9,223,372,036,854,775,807 is the most
				if got, want := table.Value("score", []query.Stretch{{Agent: "T1", Days: october}}), -int64(rows)*query.MostOwn; err != nil || got != want {
					t.Errorf("%d rows, %+v: %d, want %d (%v)", rows, opt, got, want, err)
				}
			case err == nil || !strings.Contains(err.Error(), "质检分"):
				t.Errorf("%d rows, %+v: error %v", rows, opt, err)
			}
		}
	}
}

func TestOwnColumnsCalledLikeFields(t *testing.T) {
	for _, own := range [][]query.Column{{{Name: "talk"}}, {{Name: "agent", Text: true}}, {{Name: "connected"}}, {{Name: "x"}, {Name: "x", Text: true}}} {
		if _, _, _, err := Run(jobOf(query.Set{Own: own}, nil, nil)); err == nil {
			t.Errorf("%v is taken", own)
		}
	}
}
