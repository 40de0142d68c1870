package profile

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"telepay/internal/diag"
)

func header(cells ...string) Header {
	return Header{Cells: cells, Line: strings.Join(cells, ","), Pos: func(col int) diag.Pos { return diag.Pos{File: "x.csv", Line: 1, Col: col + 1} }}
}

func codes(t *testing.T, ps []diag.Problem) string {
	t.Helper()
	var cs []string
	for _, p := range ps {
		if p.Found.ZH == "" || p.Found.EN == "" || p.Mend.ZH == "" != (p.Mend.EN == "") {
			t.Errorf("problem %+v lacks a language", p)
		}
		cs = append(cs, fmt.Sprintf("%s@%d", p.Code, p.Pos.Col))
	}
	return strings.Join(cs, " ")
}

func TestMatch(t *testing.T) {
	own := Profile{Name: "mine", Kind: "deals", Columns: map[string][]string{"value": {"签单额", "合同总额"}}, Extra: []string{"城市"}}
	rows := []struct {
		name    string
		kind    Kind
		profile Profile
		header  Header
		want    map[string]int
		codes   string
	}{
		{"English", events, Profile{}, header("date", "agent", "kind", "author", "ground"), map[string]int{"date": 0, "agent": 1, "kind": 2, "author": 3, "ground": 4}, ""},
		{"Chinese in another order", events, Profile{}, header("依据", "记录人", "类型", "工号", "日期"), map[string]int{"date": 4, "agent": 3, "kind": 2, "author": 1, "ground": 0}, ""},
		{"case, blanks, full width", connects, Profile{}, header(" Call ID", "Agent_No", "ANSWERED", "ｔａｌｋ"), map[string]int{"call_id": 0, "agent": 1, "answered": 2, "talk": 3}, ""},
		{"right unit", connects, Profile{}, header("call_id", "answered", "通话时长（秒）"), map[string]int{"call_id": 0, "answered": 1, "talk": 2}, ""},
		{"wrong unit", connects, Profile{}, header("call_id", "answered", "通话时长(分钟)"), map[string]int{"call_id": 0, "answered": 1}, "wrong-unit@3"},
		{"ten thousands", opening, Profile{}, header("agent", "what", "金额(万元)"), map[string]int{"agent": 0, "what": 1}, "wrong-unit@3"},
		{"doubled", connects, Profile{}, header("call_id", "answered", "talk", "TALK"), map[string]int{"call_id": 0, "answered": 1, "talk": 2}, "doubled-column@4"},
		{"missing", connects, Profile{}, header("call_id", "answered", "tlak"), map[string]int{"call_id": 0, "answered": 1}, "missing-column@0 unused-columns@0"},
		{"two amounts", opening, Profile{}, header("agent", "what", "金额", "数额"), map[string]int{"agent": 0, "what": 1, "amount": 2}, "two-columns@4"},
		{"two amounts by unit", opening, Profile{}, header("agent", "what", "金额", "金额(元)"), map[string]int{"agent": 0, "what": 1, "amount": 2}, "two-columns@4"},
		{"two texts", opening, Profile{}, header("工号", "坐席", "what", "amount"), map[string]int{"agent": 0, "what": 2, "amount": 3}, "unused-columns@0"},
		{"profile", deals, own, header("单号", "工号", "客户", "合同额", "签约日", "合同总额", "城市", "", ""), map[string]int{"deal": 0, "agent": 1, "customer": 2, "value": 5, "signed": 4}, "unused-columns@0"},
		{"profile names what is not there", deals, own, header("单号", "工号", "客户", "合同额", "签约日"), map[string]int{"deal": 0, "agent": 1, "customer": 2, "signed": 4}, "missing-column@0 missing-column@0 unused-columns@0"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			m, ps := Match(row.kind, row.profile, row.header)
			if !reflect.DeepEqual(m.Columns, row.want) {
				t.Errorf("columns %v, want %v", m.Columns, row.want)
			}
			if got := codes(t, ps); got != row.codes {
				t.Errorf("problems %q, want %q", got, row.codes)
			}
		})
	}
}

func TestMissingColumnNamesTheNearest(t *testing.T) {
	_, ps := Match(connects, Profile{}, header("call_id", "answered", "通话时常"))
	if len(ps) != 2 || !strings.Contains(ps[0].Mend.ZH, "通话时常") || !strings.Contains(ps[0].Found.EN, "call_id | answered | 通话时常") {
		t.Errorf("problems %+v", ps)
	}
}

func TestWords(t *testing.T) {
	p := Profile{Values: map[string]map[string][]string{"result": {"answered": {"33", "失败"}}}}
	m, _ := Match(calls, p, header("call_id", "started"))
	rows := []struct{ field, raw, want string }{
		{"result", "已接通", "answered"}, {"result", "Answered", "answered"}, {"result", "33", "answered"},
		{"result", "失败", "answered"}, {"result", "空号", "invalid"}, {"direction", "呼出", "out"}, {"direction", "OUT", "out"}, {"direction", "转接", ""},
	}
	for _, row := range rows {
		if got := m.Words[row.field][Fold(row.raw)]; got != row.want {
			t.Errorf("%s %s means %q, want %q", row.field, row.raw, got, row.want)
		}
	}
}

// TestDictionary holds that no header means two fields of one kind under its
// first name, no word two things, and every kind has its required columns.
func TestDictionary(t *testing.T) {
	for _, k := range Kinds() {
		fields := map[string]bool{}
		for _, f := range k.Fields {
			if fields[f.Name] {
				t.Errorf("%s: field %s twice", k.Name, f.Name)
			}
			fields[f.Name] = true
			words := map[string]string{}
			for canonical, raws := range f.Words {
				for _, raw := range append([]string{canonical}, raws...) {
					if other, ok := words[Fold(raw)]; ok && other != canonical {
						t.Errorf("%s.%s: %s means %s and %s", k.Name, f.Name, raw, other, canonical)
					}
					words[Fold(raw)] = canonical
				}
			}
			headers := map[string]bool{}
			for _, h := range append([]string{f.Name}, f.Headers...) {
				if headers[headerKey(h)] {
					t.Errorf("%s.%s: header %s twice", k.Name, f.Name, h)
				}
				headers[headerKey(h)] = true
			}
		}
		var own, chinese []string
		for _, f := range k.Fields {
			own = append(own, f.Name)
			chinese = append(chinese, append(f.Headers, f.Name)[0])
		}
		if _, ps := Match(k, Profile{}, header(own...)); len(ps) > 0 {
			t.Errorf("%s: its own columns give %s", k.Name, codes(t, ps))
		}
		if m, ps := Match(k, Profile{}, header(chinese...)); len(ps) > 0 || len(m.Columns) != len(k.Fields) {
			t.Errorf("%s: its Chinese columns give %d of %d fields, %s", k.Name, len(m.Columns), len(k.Fields), codes(t, ps))
		}
	}
}

func TestKindOfFile(t *testing.T) {
	rows := map[string]string{
		"calls.csv": "calls", "Calls-1.csv": "calls", "calls_2026.csv.gz": "calls", "calls2.xlsx": "calls", "通话记录10月.xlsx": "calls", "接通-1.csv": "connects",
		"callsheet.csv": "", "call-counters.csv": "call-counters", "notes.txt": "", "回款（10月）.xlsx": "payments", "任务.csv": "targets", "deals": "deals", "花名册.xlsx": "roster",
	}
	for name, want := range rows {
		if k, _ := KindOfFile(name); k.Name != want {
			t.Errorf("%s is %q, want %q", name, k.Name, want)
		}
	}
}

func TestParseLayout(t *testing.T) {
	rows := []struct {
		words, text, want string
		ok                bool
	}{
		{"yyyy/mm/dd", "2026/10/31", "2026-10-31 00:00:00", true},
		{"yyyy/m/d hh:mm:ss", "2026/1/9 09:05:10", "2026-01-09 09:05:10", true},
		{"yyyy年m月d日", "2026年10月31日", "2026-10-31 00:00:00", true},
		{"dd.mm.yyyy hh:mm", "31.10.2026 09:05", "2026-10-31 09:05:00", true},
		{"yyyymmdd", "20261031", "2026-10-31 00:00:00", true},
		{"yyyy-mm-ddThh:mm:ss", "2026-10-31T09:05:10", "2026-10-31 09:05:10", true},
		{"mm/dd", "", "", false},
		{"yyyy-mm", "", "", false},
		{"yyyy-mm-dd mm", "", "", false},
		{"yyyy-mm-dd 10", "", "", false},
		{"iso", "", "", false},
	}
	for _, row := range rows {
		l, ok := ParseLayout(row.words)
		if ok != row.ok {
			t.Errorf("%s: %v, want %v", row.words, ok, row.ok)
			continue
		}
		if !ok {
			continue
		}
		at, err := time.Parse(l.Go, row.text)
		if err != nil || at.Format("2006-01-02 15:04:05") != row.want || l.Clock != strings.Contains(row.words, "hh") {
			t.Errorf("%s reads %s as %v, %v", row.words, row.text, at, err)
		}
	}
}

func TestParse(t *testing.T) {
	rows := []struct{ name, text, codes string }{
		{"all keys", "profile: mine\nkind: deals\ncolumns: {value: 签单额, customer: [客户号, 客户]}\nvalues: {status: {cancelled: [退]}, source: {自拓: [陌拜]}}\ndates: [yyyy/m/d]\nextra: [城市]\nseparator: tab\nencoding: gbk\n", ""},
		{"no kind", "profile: mine\n", "missing-key@1"},
		{"unknown kind", "profile: mine\nkind: sales\n", "unknown-word@7"},
		{"unknown key", "kind: deals\ncolums: {}\n", "unknown-key@1"},
		{"unknown field", "kind: deals\ncolumns: {amount: 金额}\n", "unknown-key@11"},
		{"unknown word", "kind: deals\nvalues: {status: {gone: [退]}}\n", "unknown-key@19"},
		{"no words in a field", "kind: deals\nvalues: {deal: {a: b}}\n", "unknown-key@10"},
		{"one word, two meanings", "kind: deals\nvalues: {status: {signed: [x], cancelled: [X]}}\n", "word-twice@43"},
		{"one header, two fields", "kind: deals\ncolumns: {value: 金额, price: 金额}\n", "column-twice@29"},
		{"bad layout", "kind: deals\ndates: [dd/mm]\n", "date-layout@8"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			p, ps := Parse("profiles/mine.yaml", []byte(row.text))
			if got := codes(t, ps); got != row.codes {
				t.Errorf("problems %q, want %q", got, row.codes)
			}
			if row.codes != "" {
				return
			}
			want := &Profile{Name: "mine", Kind: "deals", Columns: map[string][]string{"value": {"签单额"}, "customer": {"客户号", "客户"}},
				Values: map[string]map[string][]string{"status": {"cancelled": {"退"}}, "source": {"自拓": {"陌拜"}}},
				Dates:  []Moment{{"yyyy/m/d", "2006/1/2", false, ""}}, Extra: []string{"城市"}, Comma: '\t', Encoding: "gb18030"}
			if !reflect.DeepEqual(p, want) {
				t.Errorf("profile %+v, want %+v", p, want)
			}
		})
	}
}

// TestPatternsAreShort: a pattern of 500 characters is read, a longer one is not.
func TestPatternsAreShort(t *testing.T) {
	for n, want := range map[int]string{500: "", 501: "pattern"} {
		text := "profile: x\nkind: deals\ncolumns:\n  deal: {of: 单号, pattern: \"" + strings.Repeat("a", n) + "\"}\n"
		_, problems := Parse("x.yaml", []byte(text))
		got := ""
		for _, p := range problems {
			got += p.Code
		}
		if got != want {
			t.Errorf("%d characters: %q, want %q", n, got, want)
		}
	}
}
