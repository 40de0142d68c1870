package input

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"telepay/internal/money"
)

// TestReadPaid reads payroll tables as companies make them.
func TestReadPaid(t *testing.T) {
	mine := map[string]money.Decimal{"T01": money.Int(5000), "T02": money.Int(4000), "T03": money.Int(9000), "T04": money.Int(3000)}
	rows := []struct{ name, content, want, problems string }{
		{"as the manual says", "工号,金额\nT01,5000.00\nT02,4000\n", "T01 5000; T02 4000", ""},
		{"net beside gross", "工号,应发,实发\nT01,5000,4500\n", "T01 5000", ""},
		{"net alone", "工号,实发工资（元）\nT01,4500\n", "net T01 4500", ""},
		{"names", "姓名,应发合计\n张三,5000\n李四,4000\n合计,9000\n", "T01 5000; T02 4000", ""},
		{"another system's ids", "坐席,Gross Pay\n8001,\"5,000.00\"\n", "T01 5000", ""},
		{"titles, a header of two rows, totals", "十月工资表,,,\n,,扣款,\n员工号,底薪,迟到,应发\nT01,4000,-50,\"￥5,000.00\"\nT02,3500,(20.5),4000.00\n小计,7500,,9000\n", "T01 5000 底薪=4000 迟到=-50; T02 4000 底薪=3500 迟到=-20.5", ""},
		{"a header of two rows, joined", "项目,,\n工号,底薪,\n,,应发\nT01,4000,5000\n", "T01 5000 底薪=4000", ""},
		{"groups above their columns", "序号,姓名,员工号,应发项目,,应发合计\n,,,底薪,补贴,\n1,张三,T01,4000,1000,5000\n2,李四,T02,4000,,4000\n", "T01 5000 底薪=4000 补贴=1000; T02 4000 底薪=4000", ""},
		{"running numbers that are somebody's ids, too", "序号,姓名,应发\n1,李四,4000\n2,张三,5000\n", "T02 4000; T01 5000", ""},
		{"no header at all", "T01,张三,5010\nT02,李四,3990\nT03,王五,9000\n", "T01 5010; T02 3990; T03 9000", ""},
		{"two rows of one person", "工号,金额\nT01,3000\nt01,2000.5\n", "T01 5000.5", ""},
		{"a stranger", "工号,金额\nT01,5000\nX77,100\n", "T01 5000; stranger X77 100", ""},
		{"a word for an amount", "工号,金额,备注\nT01,5000,\nT02,另发,\nT03,9000,\nT04,3000,\nT01,0,\nT02,0,\nT03,0,\nT04,0,\nT01,0,\nT02,0,\nT03,0,\n", "", "paid.csv:3:5 bad-amount"},
		{"nobody of the roster", "工号,金额\nX1,5000\n", "", "paid.csv missing-column"},
		{"no amounts", "工号,城市\nT01,昆明\n", "", "paid.csv:1 missing-column"},
		{"amounts that are far off", "工号,电话\nT01,13800000000\n", "", "paid.csv:1 missing-column"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			files := map[string]string{"paid.csv": row.content}
			if strings.HasPrefix(row.name, "running") {
				files["roster.csv"] = "工号,姓名,团队,岗位,职级,入职日期,别名\nT01,张三,一组,坐席,P1,2025-01-01,1\nT02,李四,一组,坐席,P1,2025-01-01,2\n"
			}
			opts := project(t, files)
			ro, _ := ReadRoster(opts)
			paid, problems, err := ReadPaid(filepath.Join(opts.Dir, "paid.csv"), "paid.csv", ro, mine)
			if err != nil {
				t.Fatal(err)
			}
			if got := places(t, problems); got != row.problems {
				t.Errorf("problems %q, want %q", got, row.problems)
			}
			if got := paidText(paid); len(problems) == 0 && got != row.want {
				t.Errorf("read %q, want %q", got, row.want)
			}
		})
	}
}

func paidText(p *Paid) string {
	if p == nil {
		return ""
	}
	var all []string
	for _, r := range p.Rows {
		s := r.Agent + " " + r.Amount.String()
		for _, x := range r.Parts {
			s += fmt.Sprintf(" %s=%s", x.Title, x.Amount)
		}
		all = append(all, s)
	}
	for _, r := range p.Strangers {
		all = append(all, "stranger "+r.Agent+" "+r.Amount.String())
	}
	text := strings.Join(all, "; ")
	if p.Net {
		text = "net " + text
	}
	return text
}
