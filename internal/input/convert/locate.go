package convert

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/input/profile"
	"telepay/internal/input/table"
	"telepay/internal/lang"
	"telepay/internal/period"
)

// farthest is how many lines a header is looked for in.
const farthest = 200

// locate reads up to the first row of data. Problems say that no header was found.
func (r *Reader) locate() []diag.Problem {
	h := r.lay.Header
	if len(h.Names) > 0 {
		return r.headless(h)
	}
	for n := 0; n < farthest; n++ {
		row, ok := r.Table.Next()
		if !ok {
			break
		}
		if !r.isHeader(row) {
			r.before = append(r.before, strings.Join(row.Cells, ","))
			continue
		}
		r.head, r.heads = row, cells(row.Cells)
		second, ok := r.Table.Next()
		switch {
		case !ok:
		case h.Rows == 2:
			r.heads = merged(row.Cells, second.Cells, h.Join)
		default:
			if heads := table.TwoRows(row.Cells, second.Cells); heads != nil {
				r.heads = heads
			} else {
				r.pending = append(r.pending, second)
			}
		}
		return nil
	}
	return []diag.Problem{r.noHeader()}
}

// headless takes the names of the columns from the profile.
func (r *Reader) headless(h profile.Head) []diag.Problem {
	r.heads = h.Names
	row, ok := r.Table.Next()
	if !ok {
		return []diag.Problem{{Code: "empty-file", Reach: diag.Stop, Pos: diag.Pos{File: r.name}, Found: lang.T("空文件", "an empty file"), Want: lang.T("至少一行数据", "a row of data"), Mend: lang.T("重新导出", "export it again")}}
	}
	r.head = row
	if h.Find != nil && r.isHeader(row) { // the same export with a header
		r.heads = cells(row.Cells)
		return nil
	}
	r.pending, r.unnamed = append(r.pending, row), true
	for n := 1; n < nearRows; n++ {
		if row, ok = r.Table.Next(); !ok {
			break
		}
		r.pending = append(r.pending, row)
	}
	for _, row := range r.pending {
		if row.Cells = slices.Clone(row.Cells); r.fit(&row) == nil {
			return nil
		}
	}
	p := r.stopped("header-not-found", lang.F("前 %d 行里没有一行有配置 %s 的列数；第一行有 %d 列", "no row among the first %d, whose cells are as many as the profile %s names; the first one has %d", len(r.pending), r.prof.Name, len(r.head.Cells)),
		lang.F("没有表头的行，%d 到 %s 列", "rows without a header, of %d to %s", h.Least, lang.Count(len(h.Names), "cell", "cells")), lang.T("文件可能来自别的系统：telepay check 文件 会说明它像哪一种", "the file may come from another system: telepay check FILE says what it looks like"))
	return []diag.Problem{*p}
}

// nearRows is how many rows of a file without a header have to be wrong before it
// is taken for another file.
const nearRows = 20

// isHeader tells whether a row has every name that the profile looks for, or,
// where it names none, the headers of all required columns.
func (r *Reader) isHeader(row table.Row) bool {
	if find := r.lay.Header.Find; len(find) > 0 {
		for _, name := range find {
			if indexOf(row.Cells, name) < 0 {
				return false
			}
		}
		return true
	}
	found := 0
	for _, c := range r.lay.Columns {
		for _, h := range append(append([]string(nil), c.Of...), c.Join...) {
			if indexOf(row.Cells, h) >= 0 {
				found++
				break
			}
		}
	}
	return found >= min(2, len(r.lay.Columns))
}

func (r *Reader) noHeader() diag.Problem {
	var names []string
	for _, name := range r.lay.Header.Find {
		names = append(names, name)
	}
	if len(names) == 0 {
		for _, c := range r.lay.Columns {
			names = append(names, c.Of...)
		}
	}
	found := ""
	if len(r.before) > 0 {
		found = r.before[0]
	}
	return diag.Problem{Code: "header-not-found", Reach: diag.Stop, Pos: diag.Pos{File: r.name, Line: 1}, Line: firstCharacters(found, 200),
		Found: lang.F("前 %s 行里没有导入配置 %s 要的表头", "no header of the profile %[2]s in the first %[1]s", lang.Count(farthest, "line", "lines"), r.prof.Name),
		Want:  lang.F("一行含有：%s", "a line with: %s", strings.Join(names, ", ")),
		Mend:  lang.T("文件可能来自别的系统：telepay check 文件 会说明它像哪一种", "the file may come from another system: telepay check FILE says what it looks like")}
}

func firstCharacters(s string, n int) string {
	if rs := []rune(s); len(rs) > n {
		return string(rs[:n]) + "…"
	}
	return s
}

// merged joins two header rows: a cell of the first one goes on to the right
// over cells that it was merged with, which the second row names.
func merged(first, second []string, join string) []string {
	heads := make([]string, max(len(first), len(second)))
	above := ""
	for i := range heads {
		var a, b string
		if i < len(first) {
			a = strings.TrimSpace(first[i])
		}
		if i < len(second) {
			b = strings.TrimSpace(second[i])
		}
		if a != "" {
			above = a
		}
		switch {
		case b == "":
			heads[i] = a
		case above == "":
			heads[i] = b
		default:
			heads[i] = above + join + b
		}
	}
	return heads
}

func cells(row []string) []string {
	heads := slices.Clone(row)
	for len(heads) > 0 && strings.TrimSpace(heads[len(heads)-1]) == "" {
		heads = heads[:len(heads)-1]
	}
	return heads
}

// indexOf finds a header by its whole name, else by its name without a unit; −1
// where none or several fit.
func indexOf(heads []string, name string) int {
	want := profile.HeaderKey(name)
	for i, h := range heads {
		if profile.HeaderKey(h) == want {
			return i
		}
	}
	at := -1
	for i, h := range heads {
		if profile.HeaderName(h) == want {
			if at >= 0 {
				return -1
			}
			at = i
		}
	}
	return at
}

// raw returns the next row of the table, its width made right; what follows the
// table is counted as footer.
func (r *Reader) raw() (table.Row, bool) {
	for {
		var row table.Row
		ok := true
		if r.met++; r.opts.Head > 0 && r.met > beginRows {
			return row, false
		}
		if len(r.pending) > 0 {
			row, r.pending = r.pending[0], r.pending[1:]
		} else if row, ok = r.Table.Next(); !ok {
			return row, false
		}
		if r.past || r.ends(row) {
			r.past = true
			r.after = append(r.after, strings.Join(row.Cells, ","))
			r.leave(Fate{Reason: "footer"}, zero)
			continue
		}
		if p := r.fit(&row); p != nil {
			if !r.quiet {
				r.problems = append(r.problems, *p)
			}
			r.leave(Fate{p.Code, true}, zero)
			continue
		}
		return row, true
	}
}

func (r *Reader) ends(row table.Row) bool {
	if r.lay.Until == nil {
		return false
	}
	for _, c := range row.Cells {
		if c = strings.TrimSpace(c); c != "" {
			return r.lay.Until.MatchString(c)
		}
	}
	return false
}

// fit gives a row the width of the header. Only cells that are empty are cut,
// and only a profile that says so lets short rows pass.
func (r *Reader) fit(row *table.Row) *diag.Problem {
	width, least := r.width(), r.width()
	switch {
	case r.unnamed: // without a header the number of cells is all that tells files apart
		least = r.lay.Header.Least
	case r.lay.Pad || r.Table.IsWorkbook():
		least = 0
	}
	n := len(row.Cells)
	for n > width && strings.TrimSpace(row.Cells[n-1]) == "" {
		n--
	}
	if n > width || n < least {
		want := lang.F("%s 列，与表头相同", "%s, as in the header", lang.Count(width, "cell", "cells"))
		if least < width {
			want = lang.F("%d 到 %s 列", "%d to %s", least, lang.Count(width, "cell", "cells"))
		}
		return &diag.Problem{Code: "ragged-row", Reach: diag.Row, Pos: r.Table.Pos(*row, -1), Found: lang.F("这一行有 %s 列", "a row of %s", lang.Count(len(row.Cells), "cell", "cells")), Want: want,
			Mend: lang.T("检查这一行是否缺列或多了分隔符；若整个文件都这样，在导入配置里写 ragged: pad", "look for a missing cell or a separator too many; if the whole file is so, say ragged: pad in the profile")}
	}
	row.Cells = row.Cells[:n]
	for len(row.Cells) < width {
		row.Cells = append(row.Cells, "")
	}
	return nil
}

// beginRows is how many rows are the begin of a file.
const beginRows = 5000

// width is how many columns the file has, without those that Days adds.
func (r *Reader) width() int {
	if r.lay.Days != nil && len(r.days) > 0 {
		return len(r.heads) - 2
	}
	return len(r.heads)
}

// bindDays finds the columns of days and the period that they cover.
func (r *Reader) bindDays() *diag.Problem {
	d := r.lay.Days
	if d == nil {
		return nil
	}
	r.days = nil
	for i, h := range r.heads {
		if d.Headers.MatchString(h) {
			r.days = append(r.days, i)
		}
	}
	span, p := r.readPeriod()
	if p != nil {
		return p
	}
	r.period = span
	if n := int(span[1]-span[0]) + 1; n != len(r.days) || n == 0 {
		return r.stopped("days-unlike-period", lang.F("%s 个日期列，而统计日期 %s 至 %s 有 %d 天", "%s, where %s to %s has %d", lang.Count(len(r.days), "column of a day", "columns of days"), span[0], span[1], n),
			lang.T("每天一列", "a column for each day"), lang.T("按整月重新导出", "export the whole month again"))
	}
	for i, col := range r.days {
		if p := r.dayLabel(col, span[0]+period.Day(i), d.Headers); p != nil {
			return p
		}
	}
	r.heads = append(r.heads, d.Date, d.Cell)
	return nil
}

var weekdays = []string{"日", "一", "二", "三", "四", "五", "六"}

// dayLabel holds the label of a column, a day of the month or a weekday, against its day.
func (r *Reader) dayLabel(col int, day period.Day, headers *regexp.Regexp) *diag.Problem {
	m := headers.FindStringSubmatch(r.heads[col])
	if len(m) < 2 || m[1] == fmt.Sprint(day.MonthDay()) || m[1] == weekdays[day.Weekday()] {
		return nil
	}
	return r.stopped("days-unlike-period", lang.F("列“%s”在 %s 的位置上", "the column %q in the place of %s", r.heads[col], day), lang.F("%d 或 %s", "%d or %s", day.MonthDay(), weekdays[day.Weekday()]),
		lang.T("不要增删或移动日期列；重新导出", "do not add, delete or move columns of days; export again"))
}

// readPeriod reads the first and last day of the period, or its month, from the
// lines before the header, else from the name of the file.
func (r *Reader) readPeriod() (span [2]period.Day, p *diag.Problem) {
	for _, text := range []string{strings.Join(r.before, "\n"), filepath.Base(r.path)} {
		if r.lay.Period == nil {
			break
		}
		switch m := r.lay.Period.FindStringSubmatch(text); len(m) {
		case 3:
			from, err := period.ParseDay(m[1])
			to, err2 := period.ParseDay(m[2])
			if err == nil && err2 == nil && from <= to && to-from < 62 {
				return [2]period.Day{from, to}, nil
			}
		case 2:
			if month, err := period.ParseMonth(m[1]); err == nil {
				days := period.Cut{StartDay: 1}.Span(month)
				return [2]period.Day{days.From, days.Last()}, nil
			}
		}
	}
	return span, r.stopped("days-unlike-period", lang.T("表头之前和文件名里都没有写统计日期", "no period in the lines before the header, nor in the name of the file"), lang.T("如“统计日期：2026-05-01 至 2026-05-31”", "as in 统计日期：2026-05-01 至 2026-05-31"),
		lang.T("重新导出，保留标题行；月份写在文件名里的，在导入配置的 period 里写出它的样子", "export it again and leave the title line in; where the month stands in the name of the file, let period in the profile say how"))
}

func (r *Reader) stopped(code string, found, want, mend lang.Text) *diag.Problem {
	return &diag.Problem{Code: code, Reach: diag.Stop, Pos: r.Table.Pos(r.head, -1), Found: found, Want: want, Mend: mend}
}
