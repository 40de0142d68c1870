package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"telepay/internal/diag"
	"telepay/internal/input"
	"telepay/internal/input/profile"
	"telepay/internal/lang"
	"telepay/internal/period"
)

// isFile tells whether the argument of check is a file and not a month.
func isFile(arg string) bool {
	if arg == "" {
		return false
	}
	if _, err := period.ParseMonth(arg); err == nil {
		return false
	}
	return true
}

// checkFile says what telepay makes of one file, inside a project or not.
func (a *app) checkFile(arg string) error {
	l, opts, err := a.around()
	if err != nil {
		return err
	}
	path := arg
	if _, err := os.Stat(path); err != nil { // inside the project, as messages name it
		path = filepath.Join(a.dir, arg)
	}
	if _, err := os.Stat(path); err != nil {
		return exit{exitProblems, lang.F("没有文件 %s", "no file %s", arg).In(l)}
	}
	in, err := input.Inspect(path, filepath.ToSlash(arg), opts)
	if err != nil {
		return err
	}
	a.tellInspection(l, in)
	a.offerDraft(l, path, in)
	return a.tell(l, besides(in))
}

// offerDraft prints a profile for a file that none reads rightly.
func (a *app) offerDraft(l lang.Lang, path string, in *input.Inspection) {
	k, ok := likely(in)
	if !ok || len(in.Fits) > 0 && sumErrors(in) == 0 {
		return
	}
	text := input.Draft(path, in.Name, "", k)
	if len(in.Fits) > 0 && !input.Tells(text) {
		return
	}
	name := profileNameOf(text)
	fmt.Fprintln(a.out, lang.F("\n可以从这份草稿开始：存为 profiles/%s.yaml，在 telepay.yaml 里写 profiles: {%s: %[1]s}\n", "\na draft to begin with: save it as profiles/%s.yaml and write profiles: {%s: %[1]s} in telepay.yaml\n", name, k.Name).In(l))
	fmt.Fprint(a.out, text)
}

// besides is what the inspection has not said already.
func besides(in *input.Inspection) (kept []diag.Problem) {
	for _, p := range in.Problems {
		switch p.Code {
		case "encoding-taken", "title-lines", "unused-columns", "unverified-profile":
		default:
			kept = append(kept, p)
		}
	}
	return kept
}

// around is the project that the command stands in; without one, what holds by default.
func (a *app) around() (lang.Lang, input.Options, error) {
	if _, err := os.Stat(filepath.Join(a.dir, "telepay.yaml")); err != nil {
		zone, err := time.LoadLocation("Asia/Shanghai")
		return a.language(lang.ZH), input.Options{Zone: zone, Places: 2, Currency: input.AnyCurrency, Cut: period.Cut{StartDay: 1}}, err
	}
	w, err := a.open()
	if err != nil {
		return lang.ZH, input.Options{}, err
	}
	return w.lang, w.options(w.project.First), nil
}

// tellInspection prints it stage by stage.
func (a *app) tellInspection(l lang.Lang, in *input.Inspection) {
	say := func(title lang.Text, format string, args ...any) {
		fmt.Fprintf(a.out, "%s  %s\n", pad(title.In(l), 10), fmt.Sprintf(format, args...))
	}
	say(lang.T("文件", "file"), "%s (%s)", in.Name, carrier(in).In(l))
	for _, sheet := range in.Sheets {
		fmt.Fprintln(a.out)
		say(lang.T("表", "sheet"), "%s", sheet.Sheet)
		a.tellFit(l, sheet)
	}
	if len(in.Sheets) > 0 {
		fmt.Fprintln(a.out)
	} else {
		a.tellFit(l, in)
	}
	if len(in.Buckets) > 0 {
		a.rows(l, in.Buckets)
	}
	if in.First != "" {
		say(lang.T("日期", "days"), "%s", lang.F("%s 至 %s", "%s to %s", in.First, in.Last).In(l))
	}
	if len(in.Agents) > 0 {
		say(lang.T("坐席", "agents"), "%s", agentsWords(in.Agents).In(l))
	}
	if len(in.Fits) > 0 && !strings.HasPrefix(in.Name, "exports/") { // else it is in its place
		say(lang.T("下一步", "next step"), "%s", nextStep(in.Fits[0], in).In(l))
	}
}

// tellFit says which profile reads a file or sheet and what it makes of it.
func (a *app) tellFit(l lang.Lang, in *input.Inspection) {
	say := func(title lang.Text, format string, args ...any) {
		fmt.Fprintf(a.out, "%s  %s\n", pad(title.In(l), 10), fmt.Sprintf(format, args...))
	}
	if len(in.Fits) == 0 {
		if in.Nearest != nil {
			say(lang.T("像", "like"), "%s: %s", in.Nearest.Called().In(l), lang.T("缺必需的列", "required columns are missing").In(l))
		}
		return
	}
	best := in.Fits[0]
	say(lang.T("配置", "profile"), "%s: %s", best.Called().In(l), reasonsFor(best).In(l))
	if best.Profile != nil && best.Profile.Shipped {
		say(lang.T("", ""), "%s", verifiedWord(best.Profile).In(l))
		say(lang.T("须知", "note"), "%s", best.Profile.About.In(l))
	}
	if len(in.Fits) > 1 {
		say(lang.T("其次", "next"), "%s: %s", in.Fits[1].Called().In(l), reasonsFor(in.Fits[1]).In(l))
	} else if in.Nearest != nil {
		say(lang.T("其次", "next"), "%s: %s", in.Nearest.Called().In(l), lang.T("缺必需的列", "required columns are missing").In(l))
	}
	if in.Unnamed {
		say(lang.T("表头", "header"), "%s", lang.F("没有表头, 第 %s 行就是数据；列名按位置", "none, the data begin at line %s; columns by position", in.Place()).In(l))
	} else {
		say(lang.T("表头", "header"), "%s", lang.F("第 %s 行", "line %s", in.Place()).In(l))
	}
	a.tellColumns(l, in)
	a.tellRows(l, in)
}

func pad(s string, width int) string {
	n := 0
	for _, r := range s {
		if n++; r >= 0x1100 {
			n++
		}
	}
	return s + strings.Repeat(" ", max(0, width-n))
}

func carrier(in *input.Inspection) lang.Text {
	switch {
	case in.Encoding == "xlsx":
		if in.Sheet == "" {
			return lang.T("工作簿", "workbook")
		}
		return lang.F("工作簿, 表“%s”", "workbook, sheet %q", in.Sheet)
	case in.Encoding == "":
		return lang.T("读不出来", "not readable")
	}
	sep := map[byte]lang.Text{',': lang.T("逗号", "comma"), '\t': lang.T("制表符", "tab"), ';': lang.T("分号", "semicolon"), '|': lang.T("竖线", "bar")}[in.Separator]
	return lang.F("文本, %s, 以%s分列", "text, %s, cells parted by %s", strings.ToUpper(in.Encoding), sep)
}

func reasonsFor(f input.Fit) lang.Text {
	return lang.F("认得 %s 列, 前 %s 行里 %d 行能读", "%s known; of the first %s, %d can be read", lang.Count(f.Columns, "column is", "columns are"), lang.Count(f.Good+f.Bad, "row", "rows"), f.Good)
}

func verifiedWord(p *profile.Profile) lang.Text {
	if p.Verified {
		return lang.T("用真实文件核对过", "held against a real file")
	}
	return lang.T("只按文档写成, 没有用真实文件核对过 (unverified)", "made from documentation, never held against a real file (unverified)")
}

func (a *app) tellColumns(l lang.Lang, in *input.Inspection) {
	t := newTable(lang.T("栏目", "field"), lang.T("取自列", "column"), lang.T("怎样读", "how"))
	for _, u := range in.Uses {
		t.add(u.Field.Name, strings.Join(u.Headers, " + "), u.How.In(l))
	}
	t.print(a.out, l)
	if len(in.Unread) > 0 {
		fmt.Fprintln(a.out, lang.F("未使用的列: %s", "columns that are not used: %s", strings.Join(in.Unread, ", ")).In(l))
	}
}

// tellRows prints the first rows as they will be read; what is personal is covered.
func (a *app) tellRows(l lang.Lang, in *input.Inspection) {
	head := []lang.Text{lang.T("行", "line")}
	for _, u := range in.Uses {
		head = append(head, lang.Same(u.Field.Name))
	}
	t := newTable(head...)
	for _, p := range in.Rows {
		row := []string{fmt.Sprint(p.Line)}
		for i, cell := range p.Cells {
			row = append(row, in.Shown(i, cell))
		}
		t.add(row...)
	}
	t.print(a.out, l)
}

func agentsWords(agents []input.Seen) lang.Text {
	var words []string
	for i, s := range agents {
		if i == 8 {
			words = append(words, "…")
			break
		}
		words = append(words, fmt.Sprintf("%s (%d)", diag.Clean(s.ID), s.Rows))
	}
	list := strings.Join(words, ", ")
	return lang.F("%d 人: %s", "%d: %s", len(agents), list)
}

// extension is the end of the name that a copy of a file may have in a project.
func extension(name string) string {
	ext := strings.ToLower(filepath.Ext(name))
	switch ext {
	case ".gz":
		return strings.ToLower(filepath.Ext(strings.TrimSuffix(name, filepath.Ext(name)))) + ext
	case ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls":
		return ext
	}
	return ".txt"
}

// ofProject tells whether a kind lies beside the plan and holds for all months.
func ofProject(kind string) bool { return kind == "roster" || kind == "grades" || kind == "opening" }

// nextStep says how the file comes into a project.
func nextStep(f input.Fit, in *input.Inspection) lang.Text {
	month := "2026-10"
	if len(in.Last) >= 7 {
		month = in.Last[:7]
	}
	name := f.Kind.Name + extension(in.Name)
	at := "exports/" + month + "/" + name
	if ofProject(f.Kind.Name) {
		at = in.FileName(name)
	}
	if f.Profile == nil {
		return lang.F("放到项目的 %s", "put it into the project as %s", at)
	}
	return lang.F("放到项目的 %s, 并在 telepay.yaml 里写 profiles: {%s: %s}；没有项目时 telepay init 文件夹 --from 导出所在文件夹", "put it into the project as %s, and write profiles: {%s: %s} in telepay.yaml; without a project: telepay init DIR --from FOLDER-OF-EXPORTS", at, f.Kind.Name, f.Profile.Name)
}

// helpProfiles lists the profiles that come with telepay, or prints one.
func (a *app) helpProfiles(l lang.Lang, args []string) error {
	if len(args) > 0 {
		text, ok := profile.ShippedText(args[0])
		if !ok {
			var names []string
			for _, p := range profile.Shipped() {
				names = append(names, p.Name)
			}
			if near := diag.Nearest(args[0], names); near != "" {
				return exit{exitUsage, lang.F("没有导入配置 %s; 最近的是 %s", "no profile %s; the nearest is %s", args[0], near).In(l)}
			}
			return exit{exitUsage, lang.F("没有导入配置 %s; telepay help profiles 列出全部", "no profile %s; telepay help profiles lists them all", args[0]).In(l)}
		}
		fmt.Fprint(a.out, text)
		return nil
	}
	fmt.Fprintln(a.out, lang.T("telepay.yaml 里写 profiles: {calls: 名称}; 自己的写在 profiles/名称.yaml, 同名时用自己的。telepay help profiles 名称 打印一个, 可以复制改写; telepay check 文件 说明文件合哪一个。",
		"Write profiles: {calls: NAME} in telepay.yaml; your own stand in profiles/NAME.yaml and win. telepay help profiles NAME prints one, to be copied and changed; telepay check FILE says which one a file fits.").In(l))
	for _, k := range profile.Kinds() {
		first := true
		for _, p := range profile.Shipped() {
			if p.Kind != k.Name {
				continue
			}
			if first {
				fmt.Fprintf(a.out, "\n%s %s\n", k.Name, k.Title.In(l))
				first = false
			}
			mark := ""
			if !p.Verified {
				mark = lang.T("  [未核对 unverified]", "  [unverified]").In(l)
			}
			fmt.Fprintf(a.out, "  %-24s %s%s\n", p.Name, p.Title.In(l), mark)
		}
	}
	return nil
}
