package input

import (
	"fmt"
	"slices"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/input/profile"
	"telepay/internal/input/table"
)

// Draft writes a profile for a file, or a sheet of it, that none reads: what the
// dictionary knows of its columns and what their cells show of how they are
// written, a question for each column that the kind needs and that was not found,
// and the file's own headers to choose from.
func Draft(path, name, sheet string, k profile.Kind) string {
	d := drafting{kind: k, columns: map[string]int{}}
	if t, _, err := table.Open(path, name, table.Options{Narrowest: narrowest, Head: headBytes, NoDigest: true, Sheet: sheet}); err == nil && t != nil {
		d.heads = t.Header.Cells
		for r, ok := t.Next(); ok && len(d.rows) < headRows; r, ok = t.Next() {
			d.rows = append(d.rows, r.Cells)
		}
		t.Close()
		m, _ := profile.Match(k, profile.Profile{}, profile.Header{Cells: d.heads, Pos: func(int) diag.Pos { return diag.Pos{} }})
		d.columns = m.Columns
		d.otherUnits()
		d.findPrefix()
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# 草稿: 没有导入配置读得了 %s。把每个 %s 改成文件里的列名或写法, 再运行 telepay check。\n# A draft: no profile reads %[1]s. Write the file's header or layout for each %[2]s, then run telepay check.\n# 文件里的列 / columns of the file: %[3]s\n", name, profile.Unanswered, strings.Join(clean(d.heads), " | "))
	fmt.Fprintf(&b, "profile: %s\nkind: %s                # 种类? what is in it? calls, deals, payments, attendance …\n", draftName(name, sheet), k.Name)
	d.write(&b)
	return b.String()
}

// Tells tells whether a draft says more of a file than what its columns are called.
func Tells(draft string) bool {
	return strings.Contains(draft, "{of:") || strings.Contains(draft, "\nstrip:")
}

// write writes the columns, and the notes behind them.
func (d *drafting) write(b *strings.Builder) {
	var fields strings.Builder
	for _, f := range d.kind.Fields {
		switch col, known := d.columns[f.Name]; {
		case known:
			text, note := d.column(f, col)
			fmt.Fprintf(&fields, "  %s: %s%s\n", f.Name, text, note)
		case f.Required:
			fmt.Fprintf(&fields, "  %s: %q                # 必需 / required%s\n", f.Name, profile.Unanswered, d.perhaps(f))
		}
	}
	if d.comma {
		b.WriteString("decimal: \",\"                # 1.234,50\n")
	}
	if d.prefix != "" {
		fmt.Fprintf(b, "strip: [%q]                # 每格前面的字 / what stands before each cell\n", d.prefix)
	}
	if d.hasTotals() {
		b.WriteString("until: \"^(合计|总计|小计|Total)\"                # 合计行以下不读 / the table ends at its totals\n")
	}
	b.WriteString("columns:\n" + fields.String())
	for _, f := range d.kind.Fields {
		if _, known := d.columns[f.Name]; !known && !f.Required {
			fmt.Fprintf(b, "  # %s:\n", f.Name)
		}
	}
	for _, f := range d.kind.Fields {
		if words := d.unknownWords(f); len(words) > 0 {
			fmt.Fprintf(b, "# values: {%s: {其中一个 / one of %s: [%s]}}   # 这些词的意思? what do these words mean?\n", f.Name, strings.Join(canonical(f), "|"), strings.Join(words, ", "))
		}
	}
	if _, ok := d.kind.Field("agent"); ok {
		b.WriteString("# agent: {of: 列名, by: name}          # 那一列写的是姓名时 / where the column holds names\n")
	}
	b.WriteString("# dates: [yyyy/m/d hh:mm:ss]        # 日期写法不是 2026-10-31 时 / where dates are written otherwise\n")
}

func canonical(f profile.Field) (words []string) {
	for w := range f.Words {
		words = append(words, w)
	}
	slices.Sort(words)
	return words
}

func clean(heads []string) (out []string) {
	for _, h := range heads {
		if h = oneLine(h); h != "" {
			out = append(out, h)
		}
	}
	return out
}

// oneLine is a text as a comment may hold it.
func oneLine(s string) string { return strings.Join(strings.Fields(diag.Clean(s)), " ") }

// draftName makes a profile's name of a file's.
func draftName(name, sheet string) string {
	stem, _, _ := strings.Cut(name[strings.LastIndexAny(name, "/\\")+1:], ".")
	if sheet != "" {
		stem += "-" + sheet
	}
	return "draft-" + strings.Map(func(r rune) rune {
		if strings.ContainsRune(" /\\:*?\"<>|", r) {
			return '-'
		}
		return r
	}, strings.ToLower(stem))
}
