package sheet

import (
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/record"
	"telepay/internal/statement"
)

// Rows says where the rows of every file went: every row is in exactly one
// bucket. Amount is empty for files whose rows carry no money.
func Rows(r statement.Run, l lang.Lang) Table {
	run := &r
	w := words{l}
	rows := number("rows", "行数", "Rows")
	rows.Sum = true
	t := Table{Name: "rows", Title: lang.T("数据行", "Rows"), Freeze: 1, Columns: []Column{monthColumn,
		text("file", "文件", "File"), text("bucket", "去向", "Bucket"), text("reason", "原因", "Reason"),
		rows, {Key: "amount", Title: lang.T("金额", "Amount"), Kind: Money}}}
	t.Rows = func(yield func([]Cell) bool) {
		for _, b := range run.Rows {
			if !yield(w.bucket(run, b)) {
				return
			}
		}
	}
	t.Totals = t.total(l)
	return t
}

func (w words) bucket(run *statement.Run, b record.Bucket) []Cell {
	var amount *money.Decimal
	if b.HasAmount {
		amount = &b.Amount
	}
	return []Cell{In(run.Month), Words(b.File), w.coded(b.Bucket, bucketWords[b.Bucket]), w.reason(b.Reason),
		Count(b.Rows), AmountIf(amount)}
}

// reasonWords are the reasons of rows that are left out without being wrong; a
// row in error has the code of its problem.
var reasonWords = map[string]lang.Text{
	"other_month":        lang.T("别的月份", "Another month"),
	"duplicate":          lang.T("重复", "Duplicate"),
	"no_agent":           lang.T("没有坐席", "No agent"),
	"no_call":            lang.T("没有对应通话", "No call"),
	"call_left_out":      lang.T("对应通话不计", "Its call is left out"),
	"accepted":           lang.T("有决定: 不计", "Left out by a decision"),
	"before_first_month": lang.T("首月以前", "Before the first month"),
	"cancelled":          lang.T("已取消", "Cancelled"),
	"void":               lang.T("业绩作废", "Credit void"),
	"dispute":            lang.T("撞单待裁", "Disputed lead"),
}
