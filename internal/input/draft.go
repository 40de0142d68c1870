package input

import (
	"fmt"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/input/profile"
	"telepay/internal/input/table"
)

// Unanswered stands in a draft where somebody has to write a header.
const Unanswered = "?"

// Draft writes a profile for a file that none reads: what the dictionary knows of
// its columns, a question for each column that the kind needs and that was not
// found, and the file's own headers to choose from.
func Draft(path, name string, k profile.Kind) string {
	var heads []string
	known := map[string]string{}
	if t, _, err := table.Open(path, name, table.Options{Narrowest: narrowest, Head: headBytes, NoDigest: true}); err == nil && t != nil {
		heads = t.Header.Cells
		m, _ := profile.Match(k, profile.Profile{}, profile.Header{Cells: heads, Pos: func(int) diag.Pos { return diag.Pos{} }})
		for field, col := range m.Columns {
			known[field] = strings.TrimSpace(heads[col])
		}
		t.Close()
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# 草稿: 没有导入配置读得了 %s。把每个 %s 改成文件里的列名, 再运行 telepay check。\n# A draft: no profile reads %[1]s. Write the file's header for each %[2]s, then run telepay check.\n# 文件里的列 / columns of the file: %[3]s\n", name, Unanswered, strings.Join(clean(heads), " | "))
	fmt.Fprintf(&b, "profile: %s\nkind: %s                # 种类? what is in it? calls, deals, payments, attendance …\ncolumns:\n", draftName(name), k.Name)
	for _, f := range k.Fields {
		switch {
		case known[f.Name] != "":
			fmt.Fprintf(&b, "  %s: %q\n", f.Name, known[f.Name])
		case f.Required:
			fmt.Fprintf(&b, "  %s: %q                # 必需 / required\n", f.Name, Unanswered)
		}
	}
	for _, f := range k.Fields {
		if known[f.Name] == "" && !f.Required {
			fmt.Fprintf(&b, "  # %s:\n", f.Name)
		}
	}
	if _, ok := k.Field("agent"); ok {
		b.WriteString("# agent: {of: 列名, by: name}          # 那一列写的是姓名时 / where the column holds names\n")
	}
	b.WriteString("# dates: [yyyy/m/d hh:mm:ss]        # 日期写法不是 2026-10-31 时 / where dates are written otherwise\n")
	return b.String()
}

func clean(heads []string) (out []string) {
	for _, h := range heads {
		if h = strings.TrimSpace(h); h != "" {
			out = append(out, h)
		}
	}
	return out
}

// draftName makes a profile's name of a file's.
func draftName(name string) string {
	stem, _, _ := strings.Cut(name[strings.LastIndexAny(name, "/\\")+1:], ".")
	return "draft-" + strings.Map(func(r rune) rune {
		if strings.ContainsRune(" /\\:*?\"<>|", r) {
			return '-'
		}
		return r
	}, strings.ToLower(stem))
}
