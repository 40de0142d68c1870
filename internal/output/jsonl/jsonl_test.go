package jsonl

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/period"
	"telepay/internal/record"
	"telepay/internal/statement"
)

func dec(s string) money.Decimal { return money.MustParse(s) }

func write(t *testing.T, all ...statement.Statement) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, statement.Run{Statements: all}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// filler gives every field of a statement a value of its own and remembers it.
type filler struct {
	n    int
	said map[string]string // what must be found, and the field it stands in
}

// left are fields that are not written, each for a reason.
var left = map[string]string{
	".Language":           "of the paper; this file has both",
	".Silent":             "for explain",
	".Person.Account":     "a bank account",
	".Person.Hire":        "of the roster",
	".Person.Leave":       "of the roster",
	".Person.Tax":         "of the roster",
	".Person.Language":    "of the paper",
	".Person.Spans":       "of the roster",
	".Person.At":          "of the roster",
	".Station.Fields":     "the company's own columns",
	".Station.At":         "of the roster",
	".Station.Since":      "of the roster",
	".Station.Until":      "of the roster",
	".Station.Leader":     "of the roster",
	".Station.Status":     "of the roster",
	".Station.Employment": "of the roster",
	".Station.Base":       "of the roster",
	".Station.HasBase":    "of the roster",
	".Station.Insured":    "of the roster",
	".KPIs.NumUnit":       "the unit of the KPI says it",
}

func (f *filler) fill(v reflect.Value, path string) {
	if left[path] != "" {
		return
	}
	f.n++
	mark := fmt.Sprint(100000 + f.n)
	switch x := v.Addr().Interface().(type) {
	case *money.Decimal:
		*x = dec(mark)
		f.said[`"`+mark+`"`] = path
		return
	case *money.Ratio:
		*x = money.Of(dec(mark))
		f.said[`"`+mark+`"`] = path
		return
	case *lang.Text:
		*x = lang.T("中"+mark, "en"+mark)
		f.said["中"+mark], f.said["en"+mark] = path, path
		return
	case *period.Month:
		*x = period.MonthIn(2000+f.n/12%1000, f.n%12+1)
		f.said[`"`+x.String()+`"`] = path
		return
	case *period.Day:
		*x = period.Day(f.n)
		f.said[`"`+x.String()+`"`] = path
		return
	case *record.Source:
		*x = record.Source{File: "f" + mark, Row: f.n}
		f.said[x.String()] = path
		return
	case *statement.Step:
		*x = statement.S("note", statement.Word(lang.Same("w"+mark)), statement.Named(lang.Same("v"+mark), money.Whole(int64(f.n)), statement.Percent))
		f.said[`"w`+mark+`"`], f.said[`"v`+mark+`"`], f.said[fmt.Sprintf(`"value":"%d"`, f.n)] = path, path, path
		return
	case *statement.Stage, *statement.Unit:
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i), path+"."+v.Type().Field(i).Name)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem(), path)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		f.fill(v.Index(0), path)
	case reflect.String:
		v.SetString("s" + mark)
		f.said[`"s`+mark+`"`] = path
	case reflect.Int:
		v.SetInt(int64(100000 + f.n))
		f.said[":"+mark] = path
	case reflect.Bool:
		v.SetBool(true)
	default:
		panic("no filling for " + path)
	}
}

// Every field of a statement is written, but for those that are left out for a reason.
func TestEverythingIsWritten(t *testing.T) {
	var st statement.Statement
	f := filler{said: map[string]string{}}
	f.fill(reflect.ValueOf(&st).Elem(), "")
	got := write(t, st)
	for value, path := range f.said {
		if !strings.Contains(got, value) {
			t.Errorf("%s: no %s", path, value)
		}
	}
	for _, key := range []string{`"draft":true`, `"incomplete":true`, `"team":true`, `"statutory":"`} {
		if !strings.Contains(got, key) {
			t.Errorf("no %s", key)
		}
	}
	if len(f.said) < 100 {
		t.Errorf("only %d values were looked for", len(f.said))
	}
}

func TestOneObjectALine(t *testing.T) {
	two := write(t, statement.Statement{Person: record.Person{ID: "1", Name: "a\nb"}}, statement.Statement{Person: record.Person{ID: "=2", Name: "<b>&"}})
	lines := strings.Split(two, "\n")
	if len(lines) != 3 || lines[2] != "" {
		t.Fatalf("%q", lines)
	}
	for i, want := range []string{"a\nb", "<b>&"} {
		var got struct{ Name string }
		if err := json.Unmarshal([]byte(lines[i]), &got); err != nil || got.Name != want {
			t.Errorf("%q (%v), want %q", got.Name, err, want)
		}
	}
	if !strings.Contains(two, `"<b>&"`) || !strings.Contains(two, `"=2"`) {
		t.Errorf("text is escaped for somebody else: %s", two)
	}
}

// Money is text, a quotient without end is exact, and what is not there is null
// or an empty list, never left out.
func TestShape(t *testing.T) {
	third := money.Quotient(money.Int(1), money.Int(3))
	got := write(t, statement.Statement{Month: period.MustMonth("2026-10"), Objection: period.NoDay,
		Lines:  []statement.Line{{Amount: dec("-12.5"), Rate: &third, Steps: []statement.Step{statement.S("rate", statement.Figure(money.Of(dec("100")), statement.Money), statement.Figure(third, statement.Percent), statement.Figure(money.Of(dec("33.33")), statement.Money))}}},
		KPIs:   []statement.KPIRow{{KPI: "conversion"}},
		Scores: []statement.Score{{Name: "b", Total: third, Grade: "D"}, {Name: "a", Total: money.Whole(97)}}})
	for _, piece := range []string{
		`{"month":"2026-10","pay_month":"","draft":false,`, `"objection_until":""`, `"net":null`, `"statutory":null`, `"amount":"-12.5"`, `"rate":"1/3"`, `"limit":null`,
		`"how":[{"key":"rate","terms":[{"text":{"zh":"","en":""},"value":"100","unit":"money"},{"text":{"zh":"","en":""},"value":"1/3","unit":"ratio"},`,
		`"zh":"100.00 × 33.33% = 33.33"`, `"unpaid":[]`, `"guard":null`, `"evidence":[]`, `"value":null`,
		`"scores":{"a":"97","b":"0.3333"},"scorecards":[{"name":"b","title":{"zh":"","en":""},"total":"1/3","grade":"D",`,
	} {
		if !strings.Contains(got, piece) {
			t.Errorf("no %s in\n%s", piece, got)
		}
	}
}

func TestSameBytesTwice(t *testing.T) {
	var st statement.Statement
	(&filler{said: map[string]string{}}).fill(reflect.ValueOf(&st).Elem(), "")
	if write(t, st) != write(t, st) {
		t.Error("two writes differ")
	}
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, bytes.ErrTooLarge }

func TestWriteErrorComesBack(t *testing.T) {
	if err := Write(fullDisk{}, statement.Run{Statements: make([]statement.Statement, 1)}); err == nil {
		t.Error("no error")
	}
}
