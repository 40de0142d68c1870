package sheet

import (
	"slices"

	"strings"

	"telepay/internal/lang"
	"telepay/internal/statement"
)

// Data returns the tables that stand as CSV files.
func Data(r statement.Run, l lang.Lang) []Table {
	return []Table{Register(r, l), Lines(r, l), KPIs(r, slices.Values(r.KPIs), l), Rankings(r, l), Rows(r, l), Pay(r, l), Problems(r, l),
		Exceptions(r, l), Weeks(r, l), Calls(r, l), Callbacks(r, l), Promotion(r, l), Odd(r, l), Suggested(r, l), PayDays(r, l), Overtime(r, l)}
}

// Workbook returns the sheets of the register, in their order.
func Workbook(r statement.Run, l lang.Lang) []Table {
	tables := []Table{Summary(r, l), Problems(r, l), Register(r, l), Deductions(r, l), Pay(r, l),
		Lines(r, l), KPIs(r, slices.Values(r.KPIs), l), Rankings(r, l), Held(r, l), Exceptions(r, l), Weeks(r, l), Calls(r, l), Callbacks(r, l),
		Promotion(r, l), Odd(r, l), Suggested(r, l), Overtime(r, l), PayDays(r, l), Rows(r, l)}
	head := strings.TrimSpace(r.Company.In(l) + " " + r.Month.String())
	if r.Draft {
		head += " " + lang.T("草稿", "DRAFT").In(l)
	}
	for i := range tables {
		tables[i].Head = head
	}
	return tables
}
