package convert

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"telepay/internal/input/profile"
	"telepay/internal/period"
)

// converted reads a text by a profile: the cells of each row joined by |, then what
// became of the others, then the codes of problems.
func convertText(t *testing.T, prof, text string) (rows, rest string) {
	t.Helper()
	p, problems := profile.Parse("p.yaml", []byte(prof))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if p.Layout == nil {
		t.Fatal("no layout")
	}
	file := filepath.Join(t.TempDir(), "export.csv")
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	k, _ := profile.Lookup(p.Kind)
	person := func(name, team string, _ period.Day) (string, bool) {
		id := map[string]string{"王兰": "T1", "王芳/一组": "T2", "王芳/二组": "T3"}
		if v, ok := id[name]; ok {
			return v, true
		}
		v, ok := id[name+"/"+team]
		return v, ok
	}
	r, found, err := Open(file, "export.csv", k, p, Options{Zone: zone, Person: person})
	if err != nil {
		t.Fatal(err)
	}
	if r == nil {
		for _, p := range found {
			rest += p.Pos.String() + " " + p.Code + "; "
		}
		return "", strings.TrimSuffix(rest, "; ")
	}
	defer r.Table.Close()
	for again := range 2 { // reading anew gives the same
		var lines, left []string
		for row, ok := r.Next(); ok; row, ok = r.Next() {
			lines = append(lines, fmt.Sprintf("%d %s", row.Line, strings.Join(row.Cells, "|")))
		}
		for _, p := range r.Problems() {
			left = append(left, p.Pos.String()+" "+p.Code)
		}
		n := int64(len(lines))
		for f, l := range r.Left() {
			left = append(left, fmt.Sprintf("%s %d", f.Reason, l.Rows))
			n += l.Rows
		}
		if n != r.Rows() {
			t.Errorf("%d rows went somewhere, of %d", n, r.Rows())
		}
		if again == 0 {
			rows, rest = strings.Join(lines, "\n"), strings.Join(left, "; ")
			if err := r.Restart(); err != nil {
				t.Fatal(err)
			}
		} else if rows != strings.Join(lines, "\n") {
			t.Errorf("read anew it gives\n%s\nand before\n%s", strings.Join(lines, "\n"), rows)
		}
	}
	return rows, rest
}

// TestPeriodOfTheName: where the lines before the header say no period, the name of
// the file may: first and last day, or the month.
func TestPeriodOfTheName(t *testing.T) {
	for _, row := range []struct{ period, name, want string }{
		{"'([0-9-]{10})_([0-9-]{10})'", "考勤_2026-02-27_2026-02-28.csv", "2026-02-27 正常; 2026-02-28 休息"},
		{"'([0-9]{4}-[0-9]{2})月'", "考勤2026-02月.csv", ""}, // two columns are no month of 28 days
		{"'([0-9-]{10})_([0-9-]{10})'", "考勤.csv", ""},
	} {
		p, problems := profile.Parse("p.yaml", []byte("kind: attendance\nheader: {find: [工号]}\nperiod: "+row.period+"\ndays: {headers: '^([0-9]+)$', date: day, cell: cell}\ncolumns: {agent: 工号, date: day, status: cell}\n"))
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		file := filepath.Join(t.TempDir(), row.name)
		if err := os.WriteFile(file, []byte("工号,27,28\nT1,正常,休息\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		k, _ := profile.Lookup("attendance")
		r, found, err := Open(file, row.name, k, p, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if r == nil {
			if row.want != "" || len(found) == 0 || found[0].Code != "days-unlike-period" {
				t.Errorf("%s: %v", row.name, found)
			}
			continue
		}
		var got []string
		for x, ok := r.Next(); ok; x, ok = r.Next() {
			got = append(got, x.Cells[1]+" "+x.Cells[2])
		}
		r.Table.Close()
		if strings.Join(got, "; ") != row.want {
			t.Errorf("%s: %v, want %s", row.name, got, row.want)
		}
	}
}

func TestConvert(t *testing.T) {
	const deals = "kind: deals\ncolumns: {deal: 单, agent: 人, customer: 客, value: {of: 额, pattern: '(.*)'}, signed: 日}\n"
	tests := []struct{ name, profile, text, rows, rest string }{
		{"preamble, header found, footer", "kind: deals\nheader: {find: [单, 额]}\nuntil: ^合计\nragged: pad\ncolumns: {deal: 单, agent: 人, customer: 客, value: 额, signed: 日}\n",
			"十月成交\n,,单位：元\n单,人,客,额,日\nD1,T1,K1,\"1,200.50\",2026-10-08\n合计,,,1200.50\n制表,,\n", "4 D1|T1|K1|1200.5|2026-10-08", "footer 2"},
		{"no header line in reach", "kind: deals\nheader: {find: [单, 额度]}\ncolumns: {deal: 单, agent: 人, customer: 客, value: 额度, signed: 日}\n", "单,人\nD1,T1\n", "", "export.csv:1 header-not-found"},
		{"a required column is not there", deals, "单,人,客,日\nD1,T1,K1,2026-10-08\n", "", "export.csv:1 missing-column"},
		{"a column that a condition needs is not there", "kind: deals\nalso: {stage: 阶段}\ndrop: {lost: stage = 输}\ncolumns: {deal: 单, agent: 人, customer: 客, value: 额, signed: 日}\n", "单,人,客,额,日\nD1,T1,K1,1,2026-10-08\n", "", "export.csv:1 missing-column"},
		{"ragged rows are refused unless the profile pads", "kind: deals\nempty: [-]\ncolumns: {deal: 单, agent: 人, customer: 客, value: 额, signed: 日}\n", "单,人,客,额,日\nD1,T1,K1,5\nD2,T1,K1,5,2026-10-08,,\nD3,T1,K1,5,2026-10-08,x\n", "3 D2|T1|K1|5|2026-10-08", "export.csv:2 ragged-row; export.csv:4 ragged-row; ragged-row 2"},
		{"prefixes and empty words", "kind: deals\nstrip: ['`', \"'\", '=\"']\nempty: ['--', 'NULL']\ncolumns: {deal: 单, agent: 人, customer: 客, value: 额, signed: 日, contract: 合同}\n",
			"单,人,客,额,日,合同\n`D1,'T1,\"=\"\"0012\"\"\",`5.00,`2026-10-08,`--\n", "2 D1|T1|0012|5|2026-10-08|", ""},
		{"names without units, headers padded", "kind: deals\nheader: {find: [单号]}\ncolumns: {deal: 单号, agent: 工号, customer: 客户, value: 金额, signed: 日期}\n", "单号  ,工号\t,客户,金额(元) ,日期\nD1,T1,K1,¥5,2026-10-08\n", "2 D1|T1|K1|5|2026-10-08", ""},
		{"amounts", deals, "单,人,客,额,日\n1,T,K,¥1,a,2026-10-08\n", "", "export.csv:2 ragged-row; ragged-row 1"},
		{"decimal comma", "kind: deals\nseparator: ;\ndecimal: ','\ncolumns: {deal: d, agent: a, customer: c, value: v, signed: s}\ndates: [d.m.yyyy]\n", "d;a;c;v;s\nD1;T1;K1;1.234,56 €;8.10.2026\nD2;T1;K1;1,234.56;8.10.2026\nD3;T1;K1;-5,5;31.12.2026\n", "2 D1|T1|K1|1234.56|2026-10-08\n4 D3|T1|K1|-5.5|2026-12-31", "export.csv:3:10 bad-amount; bad-amount 1"},
		{"dates in the stated order only", "kind: deals\ndates: [dd/mm/yyyy, yyyy年m月d日]\nquotes: lenient\ncolumns: {deal: d, agent: a, customer: c, value: v, signed: s}\n", "d,a,c,v,s\n1,T,K,1,05/10/2026\n2,T,K,1,2026年10月5日\n3,T,K,1,2026-10-05\n4,T,K,1,13/13/2026\n", "2 1|T|K|1|2026-10-05\n3 2|T|K|1|2026-10-05", "export.csv:4:9 bad-date; export.csv:5:9 bad-date; bad-date 2"},
		{"serials of Excel", "kind: deals\ncolumns: {deal: d, agent: a, customer: c, value: v, signed: {of: s, dates: [excel]}}\n", "d,a,c,v,s\n1,T,K,1,46303\n2,T,K,1,46303.99999\n3,T,K,1,60\n4,T,K,1,59\n5,T,K,1,2026-10-08\n", "2 1|T|K|1|2026-10-08\n3 2|T|K|1|2026-10-08\n5 4|T|K|1|1900-02-28", "export.csv:4:9 bad-date; export.csv:6:9 bad-date; bad-date 2"},
		{"serials of 1904", "kind: deals\ncolumns: {deal: d, agent: a, customer: c, value: v, signed: {of: s, dates: [excel 1904]}}\n", "d,a,c,v,s\n1,T,K,1,44841\n", "2 1|T|K|1|2026-10-08", ""},
		{"epochs and zones", "kind: calls\nzone: UTC\ncolumns: {call_id: id, started: {of: at, dates: [epoch]}, next_contact: next, talk: {of: ms, unit: ms}}\n", "id,at,next,ms\n1,1793462399,x,1499\n2,1793462400,,1500\n3,1.5,,0\n", "2 1|2026-10-31 23:59:59|1|x\n3 2|2026-11-01 00:00:00|2|\n4 3|1970-01-01 08:00:01|0|", ""},
		{"a zone by column", "kind: calls\ncolumns:\n  call_id: id\n  started: {join: [day, time], dates: [mm/dd/yyyy hh:mm:ss], zone: {column: tz, PDT: \"-07:00\", PST: \"-08:00\"}}\n", "id,day,time,tz\n1,10/31/2026,08:59:59,PDT\n2,10/31/2026,09:00:00,pdt\n3,10/31/2026,09:00:00,XYZ\n", "2 1|2026-10-31 23:59:59\n3 2|2026-11-01 00:00:00", "export.csv:4:3 bad-date; bad-date 1"},
		{"offsets, and a clock of twelve hours", "kind: calls\ndates: [\"yyyy-mm-dd hh:mm:ss+hh:mm\", \"m/d/yy h:mm am\"]\ncolumns: {call_id: id, started: at, talk: {of: t, unit: mm:ss}}\n", "id,at,t\n1,2026-10-31 23:30:00+03:00,1:05\n2,10/8/26 3:05 PM,75:00\n", "2 1|2026-11-01 04:30:00|65\n3 2|2026-10-08 15:05:00|4500", ""},
		{"talk over midnight", "kind: calls\nalso: {b: {of: begin, as: clock}, e: {of: end, as: clock}}\ncolumns:\n  call_id: id\n  started: {join: [day, begin]}\n  talk: {formula: \"if(e < b, e - b + 24h, e - b)\"}\n", "id,day,begin,end\n1,2026-10-31,23:59:30,00:00:20\n2,2026-10-31,09:00:00,09:01:10\n", "2 1|2026-10-31 23:59:30|50\n3 2|2026-10-31 09:00:00|70", ""},
		{"a refund inside a cell, a sign word", "kind: payments\nalso: {flow: 收支, gross: {of: 金额, pattern: '^([0-9.,]+)', as: money}, back: {of: 金额, pattern: '已退款([0-9.]+)', as: money, else: '0'}}\ncolumns: {payment: 号, deal: 单, paid: 日, amount: {formula: \"if(flow = 支出, back - gross, gross - back)\"}}\n",
			"号,单,收支,金额,日\n1,D1,收入,100.00(已退款30.00),2026-10-08\n2,D1,支出,40.00,2026-10-08\n3,D1,收入,\"1,000.00\",2026-10-08\n", "2 1|D1|2026-10-08|70\n3 2|D1|2026-10-08|-40\n4 3|D1|2026-10-08|1000", ""},
		{"dropped with a reason, nobody, counted", "kind: calls\nalso: {app: app}\nnot_people: [ivr]\ndrop: {not_a_call: app != Dial, short: talk < 5s}\ncolumns: {call_id: id, agent: who, started: at, talk: t}\n", "id,who,at,t,app\n1,T1,2026-10-08 09:00:00,70,Dial\n2,T1,garbage,70,Playback\n3,IVR,2026-10-08 09:00:00,70,Dial\n4,T1,2026-10-08 09:00:00,4,Dial\n", "2 1|T1|2026-10-08 09:00:00|70", "not_a_call 1; not_a_person 1; short 1"},
		{"legs become one call", "kind: calls\ncollapse: {key: call_id, take: highest talk, started: lowest started, ring: first}\ncolumns: {call_id: id, agent: who, started: at, talk: t, ring: r}\n", "id,who,at,t,r\nA,T1,2026-10-08 09:00:10,0,9\nA,T2,2026-10-08 09:00:20,70,3\nB,T3,2026-10-08 09:00:00,1,1\na,T1,2026-10-08 09:00:05,,2\n", "3 A|T2|2026-10-08 09:00:05|70|9\n4 B|T3|2026-10-08 09:00:00|1|1", "collapsed 2"},
		{"people by name, within the team", "kind: deals\ncolumns: {deal: 单, agent: {of: 人, by: name, team: 组}, customer: 客, value: 额, signed: 日}\n", "单,人,组,客,额,日\n1,王兰,一组,K,1,2026-10-08\n2,王芳,二组,K,1,2026-10-08\n3,王芳,三组,K,1,2026-10-08\n", "2 1|T1|K|1|2026-10-08\n3 2|T3|K|1|2026-10-08\n4 3|王芳|K|1|2026-10-08", ""},
		{"people by account, else by name", "kind: deals\ncolumns: {deal: 单, agent: {of: [账号, 人], by: name}, customer: 客, value: 额, signed: 日}\n", "单,人,账号,客,额,日\n1,王兰,wl,K,1,2026-10-08\n2,王兰,,K,1,2026-10-08\n3,孙某,s1,K,1,2026-10-08\n", "2 1|T1|K|1|2026-10-08\n3 2|T1|K|1|2026-10-08\n4 3|s1|K|1|2026-10-08", ""},
		{"no header, names by position", "kind: deals\nheader: {names: [d, a, c, v, s, note], least: 5}\ncolumns: {deal: d, agent: a, customer: c, value: v, signed: s}\n", "D1,T1,K1,5,2026-10-08\nD2,T1,K1,5,2026-10-08,x\nD3,T1,K1,5\n", "1 D1|T1|K1|5|2026-10-08\n2 D2|T1|K1|5|2026-10-08", "export.csv:3 ragged-row; ragged-row 1"},
		{"two rows of header", "kind: attendance\nheader: {find: [工号], rows: 2, join: /}\ncolumns: {agent: 工号, date: 日期, late: 迟到/分钟, early: 早退/分钟}\n", "月报,,,,,\n工号,日期,迟到,,早退,\n,,次数,分钟,次数,分钟\nT1,2026-10-08,1,26,2,7\n", "4 T1|2026-10-08|26|7", ""},
		{"two rows of header, joined", "kind: attendance\nempty: ['-']\ncolumns: {agent: 工号, date: 日期, late: 迟到分钟, early: 早退分钟}\n", "工号,日期,迟到,,早退,\n,,次数,迟到分钟,早退次数,早退分钟\nT1,2026-10-08,1,26,2,7\n", "3 T1|2026-10-08|26|7", ""},
		{"the unit of the header", "kind: attendance\nempty: ['-']\ncolumns: {agent: 工号, date: 日期, late: 迟到}\n", "工号,日期,迟到(小时)\nT1,2026-10-08,0.5\n", "2 T1|2026-10-08|30", ""},
		{"the profile's unit is the header's", "kind: attendance\ncolumns: {agent: 工号, date: 日期, late: {of: 迟到, unit: s}}\n", "工号,日期,迟到(秒)\nT1,2026-10-08,90\n", "2 T1|2026-10-08|1.5", ""},
		{"the profile's unit is not the header's", "kind: attendance\ncolumns: {agent: 工号, date: 日期, late: {of: 迟到, unit: s}}\n", "工号,日期,迟到(分钟)\nT1,2026-10-08,90\n", "", "export.csv:1 wrong-unit"},
		{"ten thousands", "kind: deals\nempty: ['-']\ncolumns: {deal: 单, agent: 人, customer: 客, value: 额, signed: 日}\n", "单,人,客,额(万元),日\nD1,T,K,1,2026-10-08\n", "", "export.csv:1 wrong-unit"},
		{"totals of what counts and of what does not", "kind: payments\nheader: {find: [号]}\nalso: {flow: 收支}\ntotals: [{field: amount, find: '收入([0-9.]+)'}, {field: amount, when: flow = 支出, find: '支出([0-9.]+)'}]\ndrop: {expense: flow = 支出}\ncolumns: {payment: 号, deal: 单, paid: 日, amount: 金额}\n", "收入5.00 支出7.00\n号,单,收支,金额,日\n1,D,收入,5,2026-10-08\n2,D,支出,6,2026-10-08\n", "3 1|D|2026-10-08|5", "export.csv totals-differ; expense 1"},
		{"a column for each day", "kind: attendance\nheader: {find: [工号]}\nperiod: '([0-9-]{10})~([0-9-]{10})'\ndays: {headers: '^(\\d+|[一二三四五六日])$', date: day, cell: cell}\ncolumns: {agent: 工号, date: day, status: cell}\n", "考勤 2026-10-09~2026-10-11\n工号,组,9,六,11\nT1,一组,正常,休息,旷工\n", "3 T1|2026-10-09|正常\n3 T1|2026-10-10|休息\n3 T1|2026-10-11|旷工", ""},
		{"columns of days out of order", "kind: attendance\nheader: {find: [工号]}\nperiod: '([0-9-]{10})~([0-9-]{10})'\ndays: {headers: '^(\\d+|[一二三四五六日])$', date: day, cell: cell}\ncolumns: {agent: 工号, date: day, status: cell}\n", "考勤 2026-10-09~2026-10-11\n工号,组,9,日,六\nT1,一组,正常,休息,旷工\n", "", "export.csv:2 days-unlike-period"},
		{"totals of the file itself", "kind: payments\nheader: {find: [号]}\ncolumns: {payment: 号, deal: 单, paid: 日, amount: 额}\ntotals: [{field: amount, find: '收入.*?([0-9.,]+)元'}]\n", "收入：2笔 30.00元,,,\n号,单,日,额\n1,D,2026-10-08,10\n2,D,2026-10-08,20.00\n", "3 1|D|2026-10-08|10\n4 2|D|2026-10-08|20", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rows, rest := convertText(t, test.profile, test.text)
			if rows != test.rows {
				t.Errorf("rows\n%s\nwant\n%s", rows, test.rows)
			}
			got := strings.Split(rest, "; ")
			want := strings.Split(test.rest, "; ")
			if !sameSet(got, want) {
				t.Errorf("rest %q, want %q", rest, test.rest)
			}
		})
	}
}

func sameSet(a, b []string) bool {
	count := map[string]int{}
	for _, s := range a {
		count[s]++
	}
	for _, s := range b {
		count[s]--
	}
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}

func TestAmounts(t *testing.T) {
	good := map[string]string{
		"1200.50": "1200.5", "1,200.50": "1200.5", "¥1,200.50": "1200.5", "￥12": "12", "+10000.00": "10000", "-3.00": "-3", "3.00-": "-3", "(3.00)": "-3", "12元": "12", "CNY 5": "5", "HK$1,000": "1000", "-¥5.00": "-5", "¥-5.00": "-5", "１２": "12", "0": "0",
	}
	for text, want := range good {
		if d, ok := decimalOf(text, '.'); !ok || d.String() != want {
			t.Errorf("%q is %s, %v; want %s", text, d, ok, want)
		}
	}
	for _, text := range []string{"", "-", "1,2", "12,00", "1,2345", "1.234,56", "1e5", "NaN", "1万", "#REF!", "--5", "-5-", "1 200", "5%", "1,200,", ",5", ".5", "5.", "0.1234567", "1234567890123456"} {
		if d, ok := decimalOf(text, '.'); ok {
			t.Errorf("%q is read as %s", text, d)
		}
	}
}

// FuzzAmount: whatever is read as an amount has the digits that it shows.
func FuzzAmount(f *testing.F) {
	for _, s := range []string{"¥1,200.50", "(3.00)", "1.234,56", "HK$5-", "-¥5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, point := range []byte{'.', ','} {
			d, ok := decimalOf(s, point)
			if !ok {
				continue
			}
			digits := func(s string) string {
				return strings.Trim(strings.Map(func(r rune) rune {
					if r < '0' || r > '9' {
						return -1
					}
					return r
				}, s), "0")
			}
			if ascii := strings.ToValidUTF8(s, ""); digits(d.String()) != digits(ascii) && !strings.ContainsFunc(s, func(r rune) bool { return r > 0x7f }) {
				t.Errorf("%q is read as %s", s, d)
			}
		}
	})
}
