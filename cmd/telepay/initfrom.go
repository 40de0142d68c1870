package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"telepay/internal/input"
	"telepay/internal/input/profile"
	"telepay/internal/lang"
	"telepay/internal/period"
)

// founding is a project that is made of a folder of unknown exports.
type founding struct {
	dir       string
	lang      lang.Lang
	zone      *time.Location
	files     []*dropped
	newest    period.Month
	oldest    period.Month
	roster    *dropped // nil: it is drafted
	questions []lang.Text
	profiles  map[string][]string // kind → profiles
}

// dropped is one file of the folder.
type dropped struct {
	path string // on disk
	name string // inside the folder
	in   *input.Inspection
	to   string // its copy in the project; empty: nobody reads it

	asks    bool   // its draft has a question: nothing reads it before that is answered
	drafted string // its copy where a drafted profile is to read it
}

// place is where the file's copy lies in the project.
func (d *dropped) place() string { return d.to + d.drafted }

// read tells whether a profile reads the file.
func (d *dropped) read() bool { return len(d.in.Fits) > 0 && !d.asks }

func (d *dropped) fit() input.Fit { return d.in.Fits[0] }

// month is the month that the newest row is dated, 0 where rows have no date.
func (d *dropped) month() period.Month {
	if day, err := period.ParseDay(d.in.Last); err == nil {
		return period.Cut{StartDay: 1}.MonthOf(day)
	}
	return 0
}

// initFrom makes a project of a folder of exports: each file copied as it is to
// where a run reads it, the profiles that read them, a roster of whoever is in
// them, a plan to be filled, and the open questions as comments.
func (a *app) initFrom(dir, exports string) error {
	f := &founding{dir: dir, lang: a.language(lang.ZH), profiles: map[string][]string{}}
	if err := f.inspect(exports, func(name string) { a.progress(f.lang, lang.F("看 %s …", "looking at %s …", name)) }); err != nil {
		return err
	}
	if len(f.files) == 0 {
		return exit{exitProblems, lang.F("%s 里没有文件", "no files in %s", exports).In(f.lang)}
	}
	f.place()
	for _, step := range []func() error{f.copyFiles, f.writeDrafts, f.writeRoster, f.writePlan, f.writeProject} {
		if err := step(); err != nil {
			return err
		}
	}
	f.report(a)
	return nil
}

// inspect looks at every file of the folder and of those in it.
func (f *founding) inspect(exports string, tell func(name string)) error {
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		return err
	}
	f.zone = zone
	if _, err := os.ReadDir(exports); err != nil {
		return exit{exitProblems, lang.F("打不开文件夹 %s；路径从当前文件夹算起", "no folder %s that can be opened; the path counts from the folder you are in", exports).In(f.lang)}
	}
	return filepath.WalkDir(exports, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasPrefix(e.Name(), ".") || strings.HasPrefix(e.Name(), "~$") {
			return err
		}
		name, err := filepath.Rel(exports, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		tell(name)
		d := &dropped{path: path, name: name}
		opts := input.Options{Dir: f.dir, Zone: zone, Places: 2, Currency: input.AnyCurrency, Cut: period.Cut{StartDay: 1}}
		f.files = append(f.files, d)
		if d.in, err = input.Inspect(path, name, opts); err != nil { // it is asked about like any that nobody reads
			d.in = &input.Inspection{Name: name}
			return nil
		}
		return f.tryDraft(d, opts)
	})
}

// place decides where each file goes and which months there are.
func (f *founding) place() {
	for _, d := range f.files {
		if d.read() {
			f.newest = max(f.newest, d.month())
		}
	}
	if f.newest == 0 {
		now := time.Now()
		f.newest = period.MonthIn(now.Year(), int(now.Month()))
	}
	f.oldest = f.newest
	taken := map[string]bool{}
	for _, d := range f.files {
		if d.read() {
			f.placeOne(d, taken)
		}
	}
}

func (f *founding) placeOne(d *dropped, taken map[string]bool) {
	k := d.fit().Kind
	if ofProject(k.Name) {
		if k.Name == "roster" && f.roster != nil {
			f.ask(lang.F("%s 也像花名册；现在用的是 %s", "%s looks like a roster, too; %s is used", d.name, f.roster.name))
			return
		}
		if k.Name == "roster" {
			f.roster = d
		}
		d.to = d.in.FileName(k.Name + extension(d.name))
		f.use(d)
		return
	}
	m := d.month()
	if m == 0 {
		m = f.newest
		f.ask(lang.F("%s 没有日期，放进了 %s；是哪个月的？", "%s has no dates and was put into %s; which month is it?", d.name, m.String()))
	}
	if m < f.oldest && m >= f.newest-12 {
		f.oldest = m
	}
	if d.in.First != "" && d.in.First[:7] != d.in.Last[:7] {
		f.ask(lang.F("%s 的行从 %s 到 %s，放进了 %s；要算更早的月份，也复制到那些月份的文件夹里", "the rows of %s go from %s to %s; it was put into %s. To compute earlier months, copy it into their folders, too", d.name, d.in.First, d.in.Last, m.String()))
	}
	d.to = f.freeName(m, k, d.name, taken)
	if p := d.fit().Profile; p != nil && p.Layout != nil && p.Layout.Days != nil { // its name may say the period
		d.to = "exports/" + m.String() + "/" + k.Name + "-" + strings.TrimSuffix(filepath.Base(d.name), filepath.Ext(d.name)) + extension(d.name)
	}
	f.use(d)
}

// freeName is a name that tells the kind, and the file's own where several have one.
func (f *founding) freeName(m period.Month, k profile.Kind, name string, taken map[string]bool) string {
	for n := 1; ; n++ {
		to := "exports/" + m.String() + "/" + k.Name
		if n > 1 {
			to += fmt.Sprintf("-%d", n)
		}
		to += extension(name)
		if !taken[to] {
			taken[to] = true
			return to
		}
	}
}

// use notes which profile reads the files of a kind.
func (f *founding) use(d *dropped) {
	fit, name := d.fit(), input.OwnColumns
	if fit.Profile != nil {
		name = fit.Profile.Name
	}
	if !slices.Contains(f.profiles[fit.Kind.Name], name) {
		f.profiles[fit.Kind.Name] = append(f.profiles[fit.Kind.Name], name)
	}
	if fit.Profile != nil && fit.Profile.Shipped && !fit.Profile.Verified {
		f.ask(lang.F("%s 按 %s 读取，这个导入配置没有用真实文件核对过；头几行对吗？telepay check %s", "%s is read by %s, a profile that was never held against a real file; are its first rows right? telepay check %s", d.name, name, d.to))
	}
	if len(d.in.Fits) > 1 && d.in.Fits[1].Profile != nil {
		f.ask(lang.F("%s 也能按 %s 读取；现在用的是 %s", "%s can be read by %s, too; %s is used", d.name, d.in.Fits[1].Called(), name))
	}
	if refused := d.refused(); refused > 0 {
		f.ask(lang.F("%s 有 %s 行读不了；telepay check %s 说明原因和改法", "%[2]s refused in %[1]s; telepay check %[3]s says why, with the mend", d.name, lang.Count(int(refused), "row is", "rows are"), d.to))
	}
}

func (f *founding) ask(q lang.Text) { f.questions = append(f.questions, q) }

func (f *founding) write(name string, data []byte) error {
	path := filepath.Join(f.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o644)
}

func (f *founding) copyFiles() error {
	for _, d := range f.files {
		if d.to == "" {
			continue
		}
		if err := f.copyFile(d.path, d.to); err != nil {
			return err
		}
	}
	return nil
}

// copyFile copies an export byte for byte.
func (f *founding) copyFile(from, to string) error {
	src, err := os.Open(from)
	if err != nil {
		return err
	}
	defer src.Close()
	path := filepath.Join(f.dir, filepath.FromSlash(to))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	dst, err := os.Create(path)
	if err != nil {
		return err
	}
	if _, err := io.Copy(dst, src); err != nil {
		dst.Close()
		return err
	}
	return dst.Close()
}

// writeRoster drafts a roster of everybody who is in the files, where there is none.
func (f *founding) writeRoster() error {
	if f.roster != nil {
		f.askWho()
		return nil
	}
	first := ""
	from := map[string][]string{} // id → the files that have it
	for _, d := range f.files {
		if d.to == "" {
			continue
		}
		for _, s := range d.in.Agents {
			from[s.ID] = append(from[s.ID], d.name)
		}
		if d.in.First != "" && (first == "" || d.in.First < first) {
			first = d.in.First
		}
	}
	if first == "" {
		first = f.oldest.String() + "-01"
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	head, open := []string{"工号", "姓名", "团队", "角色", "职级", "入职日期", "aliases", "来自"}, f.say("待填", "to be filled in")
	if f.lang == lang.EN {
		head = []string{"agent", "name", "team", "role", "grade", "hire", "aliases", "seen in"}
	}
	w.Write(head)
	for _, id := range slices.Sorted(maps.Keys(from)) {
		w.Write([]string{id, id, open, "agent", open, first[:7] + "-01", "", strings.Join(from[id], "; ")})
	}
	w.Flush()
	f.ask(lang.F("花名册是草稿：%s 个工号或名字来自导出（“来自”一列写着哪个文件），姓名、团队、职级、入职日期都要改；一人有几个工号或名字的，留一行，其余写进 aliases", "the roster is a draft: %s from the exports (the column “seen in” says from which); names, teams, grades and days of hire are to be filled in. Where one person has several ids or names, keep one row and put the others into aliases", lang.Count(len(from), "id or name comes", "ids or names come")))
	return f.write("roster.csv", []byte("\ufeff"+b.String()))
}

// strangers are the ids and names of a file that mean nobody of the roster.
func strangers(ro *input.Roster, in *input.Inspection) (ids []string) {
	for _, s := range in.Agents {
		if !ro.Meets(s.ID) {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// askWho asks who the ids of each export are that the company's roster does not have.
func (f *founding) askWho() {
	ro, _ := input.ReadRoster(input.Options{Dir: f.dir, Profiles: f.profiles}) // check tells its problems
	for _, d := range f.files {
		unknown := strangers(ro, d.in)
		if len(unknown) > 0 && d.fit().Profile != nil { // an account may be unknown, and the name beside it not
			if in, err := input.Inspect(d.path, d.name, input.Options{Dir: f.dir, Zone: f.zone, Places: 2, Currency: input.AnyCurrency, Cut: period.Cut{StartDay: 1}, Roster: ro}); err == nil {
				unknown = strangers(ro, in)
			}
		}
		if n := len(unknown); n > 0 && d != f.roster && len(ro.People) > 0 {
			if n > 12 {
				unknown = append(unknown[:12], "…")
			}
			f.ask(lang.F("%s 里的 %s 个工号或名字，花名册 %s 认不出是谁：%s；写进那人的 aliases 一列（也可以叫 系统账号、别名），如 8001; 9。同名的人要靠工号或部门区分", "%[2]s nobody of the roster %[3]s, in %[1]s: %[4]s; write this into the person's column aliases, as in 8001; 9. People of one name are told apart by id or team", d.name, lang.Count(n, "id or name means", "ids or names mean"), f.roster.place(), strings.Join(unknown, ", ")))
		}
	}
}

// has tells whether some file of a kind goes into the project.
func (f *founding) has(kind string) bool {
	for _, d := range f.files {
		if d.to != "" && d.fit().Kind.Name == kind || d.drafted != "" && strings.HasPrefix(filepath.Base(d.drafted), kind) {
			return true
		}
	}
	return false
}

// writePlan writes a plan that runs and pays nothing until figures are written.
func (f *founding) writePlan() error {
	var b strings.Builder
	fmt.Fprintf(&b, "# 草稿: 底薪和比例都是 0, 改成自己的, 再运行 telepay run。规则的写法: telepay help rules\n# A draft: base and rate are 0; write your own and run telepay run. How rules are written: telepay help rules\nplan: %s\nsince: %s\nearnings:\n  base: {title: %s, amount: 0}                  # %s\n", f.say("草稿", "draft"), f.oldest, f.say("底薪", "Base"), f.say("底薪多少?", "how much?"))
	title, rate := f.say("提成", "Commission"), f.say("比例多少?", "which rate?")
	switch {
	case f.has("deals") && f.has("payments"):
		fmt.Fprintf(&b, "  commission: {title: %s, of: collected, rate: 0%%}   # %s %s\n", title, f.say("按回款,", "of what is collected;"), rate)
	case f.has("deals"):
		fmt.Fprintf(&b, "  commission: {title: %s, of: signed, rate: 0%%}      # %s %s\ncrediting: {basis: signed}                         # %s\n", title, f.say("按签约额,", "of what is signed;"), rate,
			f.say("没有回款的导出, 按签约额; 有了改成 collected", "there is no export of payments; once there is, write collected"))
	}
	return f.write("plan.yaml", []byte(b.String()))
}

// say is a word in the language of the project.
func (f *founding) say(zh, en string) string { return lang.T(zh, en).In(f.lang) }

// writeProject writes the settings, with the questions above them.
func (f *founding) writeProject() error {
	var b strings.Builder
	b.WriteString("# 项目设置; 每个键的说明: telepay help project / settings: telepay help project\n#\n# 要回答的问题 / open questions\n")
	f.questions = append([]lang.Text{lang.T("公司名是什么？在哪个城市（最低工资按城市）？", "what is the company called, and which city is it in (the minimum wage is the city's)?"),
		lang.F("没有写时区的时间按 Asia/Shanghai，币种 %s，对吗？改 zone 和 currency", "times without an offset are taken as those of Asia/Shanghai, and the currency as %s; is that right? Change zone and currency", f.currency()),
		lang.F("从 %s 开始算对吗？更早的行不计，早先留下的余额写进 opening.csv", "is %s the month to begin with? Earlier rows do not count; balances from before go into opening.csv", f.oldest.String())}, f.questions...)
	for i, q := range f.questions {
		fmt.Fprintf(&b, "# %d. %s\n", i+1, q.In(f.lang))
	}
	fmt.Fprintf(&b, "company: %s\nlanguage: %s\nzone: Asia/Shanghai\ncurrency: %s\nfirst_month: %s\n# sites: {%s}\n", f.say("待填", "to be filled in"), f.lang, f.currency(), f.oldest, f.say("职场: {city: 城市}", "SITE: {city: CITY}"))
	var kinds []string
	for k := range f.profiles {
		if !slices.Equal(f.profiles[k], []string{input.OwnColumns}) {
			kinds = append(kinds, k)
		}
	}
	slices.Sort(kinds)
	if len(kinds) > 0 {
		b.WriteString("profiles:\n")
	}
	for _, k := range kinds {
		fmt.Fprintf(&b, "  %s: [%s]\n", k, strings.Join(f.profiles[k], ", "))
	}
	return f.write("telepay.yaml", []byte(b.String()))
}

// currency is the one that most rows with a currency name; CNY where none does.
func (f *founding) currency() string {
	rows := map[string]int{}
	for _, d := range f.files {
		for c, n := range d.in.Currencies {
			rows[c] += n
		}
	}
	best := "CNY"
	for _, c := range slices.Sorted(maps.Keys(rows)) {
		if len(c) == 3 && rows[c] > rows[best] {
			best = c
		}
	}
	return best
}

// report says what became of every file, and what to do next.
func (f *founding) report(a *app) {
	t := newTable(lang.T("文件", "file"), lang.T("放到", "put to"), lang.T("读法", "read by"))
	for _, d := range f.files {
		to, by := d.to, ""
		if d.read() {
			by = d.fit().Called().In(f.lang)
		}
		switch {
		case d.drafted != "":
			to, by = d.drafted, lang.T("起草的配置, 待填", "a drafted profile, to be filled in").In(f.lang)
		case to == "":
			to, by = lang.T("没有放进来", "left out").In(f.lang), lang.T("见 telepay.yaml 里的问题", "see the questions in telepay.yaml").In(f.lang)
		}
		t.add(d.name, to, by)
	}
	t.print(a.out, f.lang)
	fmt.Fprintln(a.out, lang.F("%s 个问题写在 %s/telepay.yaml 开头。改好花名册、方案和设置后: telepay -C %[2]s check", "%s at the head of %s/telepay.yaml. When roster, plan and settings are mended: telepay -C %[2]s check", lang.Count(len(f.questions), "question stands", "questions stand"), f.dir).In(f.lang))
}
