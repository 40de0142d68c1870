package input

import (
	"strings"
	"testing"

	"telepay/fixtures/workbook"
	"telepay/internal/period"
	"telepay/internal/record"
)

var companySheets = map[string][][]any{
	"说明":   {{"本簿由人事维护"}, {"每月更新"}},
	"在职人员": {{"华信电销 人员表"}, {}, {"工号", "姓名", "部门", "岗位", "职级", "入职日期", "底薪"}, {"T1", "甲", "一组", "坐席", "P1", "2025-01-01", nil}, {"T2", "乙", "一组", "坐席", "P2", "2025-01-01", 4321.5}, {"T3", "丙", "一组", "坐席", "P9", "2025-01-01", nil}},
	"职级":   {{"职级", "基本工资"}, {"P1", 3000}, {"P2", 4000}},
	"目标":   {{"月份", "层级", "对象", "指标", "目标值"}, {"2026-09", "agent", "T1", "collected", 50000}, {"2026-10", "agent", "T1", "collected", 60000}, {"2026-10", "team", "一组", "collected", 90000}},
	"签批":   {{"日期", "决定人", "决定", "对象", "工号", "金额", "理由"}, {"2026-09-08", "王总", "one_off", "x", "T1", 100, "九月"}, {"2026-10-08", "王总", "one_off", "y", "T2", 200, "十月"}},
	"期初":   {{"工号", "项目", "对象", "月份", "金额"}, {"T1", "累计收入", nil, "2026-09", 5000}},
}

var companyOrder = []string{"说明", "在职人员", "职级", "目标", "签批", "期初"}

func TestCompanyWorkbook(t *testing.T) {
	opts := project(t, map[string]string{"公司资料.xlsx": workbook.Of(t, companyOrder, companySheets)})
	removeRoster(t, opts)
	ro, list := ReadRoster(opts)
	if got := places(t, list.Sorted()); got != "公司资料.xlsx other-sheets; 公司资料.xlsx!在职人员!A1 title-lines" {
		t.Errorf("problems %s", got)
	}
	var people []string
	for _, p := range ro.People {
		st := p.Spans[0]
		people = append(people, p.ID+" "+st.Grade+" "+st.Base.String())
	}
	if got := strings.Join(people, "; "); got != "T1 P1 3000; T2 P2 4321.5; T3 P9 0" || ro.People[2].Spans[0].HasBase {
		t.Errorf("people %s", got)
	}
	opts.Roster = ro
	for month, want := range map[string]string{"2026-09": "50000 九月", "2026-10": "60000 90000 十月", "2026-11": ""} {
		opts.Month = period.MustMonth(month)
		m, _ := Read(opts)
		m.Calls.Close()
		var got []string
		for _, x := range m.Facts.Targets {
			got = append(got, x.Value.String())
		}
		for _, x := range m.Facts.Decisions {
			got = append(got, x.Reason)
		}
		if strings.Join(got, " ") != want || !m.Facts.Present["targets"] || !m.Facts.Present["decisions"] {
			t.Errorf("%s has %v, want %s", month, got, want)
		}
	}
	opening, files, list := ReadOpening(opts)
	if len(opening) != 1 || opening[0].What != "tax_income" || len(files) != 1 || list.Len() != 0 {
		t.Errorf("opening %+v, files %v, %s", opening, files, places(t, list.Sorted()))
	}
	if at := opening[0].At; at != (record.Source{File: "公司资料.xlsx!期初", Row: 2}) {
		t.Errorf("evidence %s", at)
	}
}

func removeRoster(t *testing.T, opts Options) {
	t.Helper()
	if err := removeFile(opts.Dir, "roster.csv"); err != nil {
		t.Fatal(err)
	}
}

// TestCompanyMistakes: what is wrong in a sheet is told once, with sheet and cell.
func TestCompanyMistakes(t *testing.T) {
	rows := []struct {
		name   string
		change func(s map[string][][]any)
		want   string
	}{
		{"a target without its month", func(s map[string][][]any) { s["目标"][2][0] = nil }, "c.xlsx other-sheets; c.xlsx!在职人员!A1 title-lines; c.xlsx!目标!A3 missing-value"},
		{"a grade twice", func(s map[string][][]any) { s["职级"] = append(s["职级"], []any{"P1", 3001}) }, "c.xlsx other-sheets; c.xlsx!在职人员!A1 title-lines; c.xlsx!职级!A4 duplicate-grade"},
		{"a decision of an unknown kind", func(s map[string][][]any) { s["签批"][1][2] = "maybe" }, "c.xlsx other-sheets; c.xlsx!在职人员!A1 title-lines; c.xlsx!签批!C2 unknown-word"},
		{"a target of nobody", func(s map[string][][]any) { s["目标"][1][2] = "T9" }, "c.xlsx other-sheets; c.xlsx!在职人员!A1 title-lines; c.xlsx!目标!C2 unknown-agent"},
		{"no roster among the sheets", func(s map[string][][]any) { s["在职人员"] = [][]any{{"工号", "城市"}, {"T1", "昆明"}} }, "c.xlsx missing-roster"},
		{"grades by name, without their column", func(s map[string][][]any) { s["职级"][0][0] = "档" }, "c.xlsx other-sheets; c.xlsx!在职人员!A1 title-lines; c.xlsx!职级!A1 missing-column; c.xlsx!职级!A1 unused-columns"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			changed := map[string][][]any{}
			for name, rows := range companySheets {
				for _, r := range rows {
					changed[name] = append(changed[name], append([]any(nil), r...))
				}
			}
			row.change(changed)
			opts := project(t, map[string]string{"company.xlsx": workbook.Of(t, companyOrder, changed)})
			removeRoster(t, opts)
			_, list := ReadRoster(opts)
			if got := strings.ReplaceAll(places(t, list.Sorted()), "company.xlsx", "c.xlsx"); !strings.HasPrefix(got, row.want) {
				t.Errorf("problems %s, want %s", got, row.want)
			}
		})
	}
}

// TestOtherWorkbook: a sheet that is called after the company makes no roster of a
// workbook; one that is called roster does, and says what it lacks.
func TestOtherWorkbook(t *testing.T) {
	for _, row := range []struct {
		sheet string
		roll  bool
	}{{"公司客户", false}, {"花名册", true}} {
		text := workbook.Of(t, []string{row.sheet, "说明"}, map[string][][]any{row.sheet: {{"客户名称", "电话"}, {"甲", "1"}}, "说明": {{"x"}}})
		in := inspect(t, "客户.xlsx", text)
		if (len(in.Sheets) > 0) != row.roll {
			t.Errorf("%s: %d sheets", row.sheet, len(in.Sheets))
		}
		if row.roll && (len(in.Problems) == 0 || in.Sheets[0].Nearest == nil) {
			t.Errorf("%s: %+v", row.sheet, in.Problems)
		}
	}
}
