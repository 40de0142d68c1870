// Package index makes one page for each team that lists its statements, for
// whoever hands them out: name, id, payable, a line to sign. Statements come in,
// HTML goes out; it has no script and asks the network for nothing.
package index

import (
	"html/template"
	"io"
	"path"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/statement"
)

// Entry is one statement of a team.
type Entry struct {
	Statement statement.Statement
	File      string // inside the results
}

type row struct{ Link, ID, Name, Grade, Payable, Held string }

type page struct {
	Lang, Title, Draft, Total, Sum string
	Head                           []string
	Rows                           []row
}

var layout = template.Must(template.New("index").Parse(`<!doctype html>
<html lang="{{.Lang}}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{{.Title}}</title>
<style>
body{font:14px/1.5 "Noto Sans SC","PingFang SC","Microsoft YaHei",sans-serif;color:#1D2227;max-width:50rem;margin:2rem auto;padding:0 1rem}
h1{font-size:20px;color:#16485C}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.35rem .5rem;border-bottom:1px solid #CDD4D8}
th{border-bottom:2px solid #16485C}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}a{color:#16485C}.draft{color:#9C2F22}td.sign{width:9rem}
@media(prefers-color-scheme:dark){body{background:#14181b;color:#e6eaec}h1,a{color:#8cc3d9}}
@media print{body{margin:0;background:#fff;color:#000}}
</style></head><body>
<h1>{{.Title}} <small class="draft">{{.Draft}}</small></h1>
<table><thead><tr>{{range $i, $h := .Head}}<th{{if or (eq $i 3) (eq $i 4)}} class="n"{{end}}>{{$h}}</th>{{end}}</tr></thead><tbody>
{{range .Rows}}<tr><td>{{.ID}}</td><td><a href="{{.Link}}">{{.Name}}</a></td><td>{{.Grade}}</td><td class="n">{{.Payable}}</td><td class="n">{{.Held}}</td><td class="sign"></td></tr>
{{end}}</tbody><tfoot><tr><th colspan="3">{{.Total}}</th><th class="n">{{.Sum}}</th><th></th><th></th></tr></tfoot></table>
</body></html>
`))

// Write writes the page of one team, in the order of the entries.
func Write(w io.Writer, r statement.Run, team string, entries []Entry, l lang.Lang) error {
	p := page{Lang: string(l), Title: lang.F("%s %s %s 工资单", "%s %s %s statements", r.Company, r.Month.String(), team).In(l),
		Total: lang.F("%s 人, 应发合计", "%s, payable", lang.Count(len(entries), "person", "people")).In(l),
		Head:  []string{lang.T("工号", "id").In(l), lang.T("姓名", "name").In(l), lang.T("职级", "grade").In(l), lang.T("应发", "payable").In(l), lang.T("待裁最多", "held up to").In(l), lang.T("签收", "received").In(l)}}
	if r.Draft {
		p.Draft = lang.T("草稿", "draft").In(l)
	}
	var sum money.Decimal
	for _, e := range entries {
		st := e.Statement
		sum = sum.Add(st.Totals.Payable)
		held := ""
		if !st.Totals.HeldUpTo.IsZero() {
			held = statement.WriteMoney(st.Totals.HeldUpTo)
		}
		p.Rows = append(p.Rows, row{path.Base(e.File), st.Person.ID, st.Person.Name, st.Station.Grade, statement.WriteMoney(st.Totals.Payable), held})
	}
	p.Sum = statement.WriteMoney(sum)
	return layout.Execute(w, p)
}
