package main

import (
	"os"
	"path/filepath"
	"strings"

	"telepay/internal/input"
	"telepay/internal/input/profile"
	"telepay/internal/lang"
	"telepay/internal/record"
)

// tryDraft drafts a profile for a file that telepay's own columns read badly or not
// at all, and looks again: where the draft has no question, it reads the file.
func (f *founding) tryDraft(d *dropped, opts input.Options) error {
	k, ok := likely(d.in)
	another := len(d.in.Fits) > 0 && d.fit().Kind.Name != k.Name // than what its name says
	if !ok || len(d.in.Fits) > 0 && d.refused() == 0 && !another {
		return nil
	}
	text := input.Draft(d.path, d.name, "", k)
	asks := strings.Contains(text, "\""+profile.Unanswered+"\"")
	switch {
	case another && asks || len(d.in.Fits) > 0 && !input.Tells(text):
		return nil
	case asks:
		d.asks = true
		return nil
	}
	name := profileNameOf(text)
	if err := f.write("profiles/"+name+".yaml", []byte(text)); err != nil {
		return err
	}
	again, err := input.Inspect(d.path, d.name, opts)
	if err != nil {
		return err
	}
	before := d.in
	d.in = again
	if len(again.Fits) == 0 || again.Fits[0].Profile == nil || again.Fits[0].Profile.Name != name || !another && !better(again, before) {
		d.in = before
		return os.Remove(filepath.Join(f.dir, "profiles", name+".yaml"))
	}
	f.ask(lang.F("%s 按起草的 profiles/%s.yaml 读取；其中金额、时长、日期的写法对吗？", "%s is read by a draft, profiles/%s.yaml; are amounts, times and dates in it read rightly?", d.name, name))
	return nil
}

// better tells whether a draft reads what telepay's own columns do not: rows, or
// at least their dates.
func better(drafted, own *input.Inspection) bool {
	return len(own.Fits) == 0 || sumErrors(drafted) < sumErrors(own) || drafted.Last != "" && own.Last == ""
}

// likely is the kind that a file seems to be of, where telepay's own columns or a
// draft are to read it.
func likely(in *input.Inspection) (profile.Kind, bool) {
	switch {
	case len(in.Sheets) > 0 || in.Encoding == "":
		return profile.Kind{}, false
	case len(in.Fits) > 0 && in.Fits[0].Profile != nil:
		return profile.Kind{}, false
	}
	k, ok := profile.KindOfFile(filepath.Base(in.Name))
	if !ok && len(in.Fits) > 0 {
		k, ok = in.Fits[0].Kind, true
	}
	if !ok && in.Nearest != nil {
		k, ok = in.Nearest.Kind, true
	}
	return k, ok
}

// refused is how many rows of the file would be in error.
func (d *dropped) refused() int64 { return sumErrors(d.in) }

func sumErrors(in *input.Inspection) (n int64) {
	for _, b := range in.Buckets {
		if b.Bucket == record.Errored {
			n += b.Rows
		}
	}
	return n
}

// writeDrafts drafts a profile for each file that none reads.
func (f *founding) writeDrafts() error {
	for _, d := range f.files {
		if d.to != "" || d.read() || d.in.Encoding == "" {
			if !d.read() && d.in.Encoding == "" {
				f.ask(d.unreadable())
			}
			continue
		}
		k, ok := likely(d.in)
		if !ok {
			f.ask(lang.F("%s 不像任何一种导出，没有放进来；它是什么？没有坐席和日期的文件算不到任何人头上", "%s looks like no export and was left out; what is it? A file without agents and days can be counted for nobody", d.name))
			continue
		}
		if err := f.draft(d, k); err != nil {
			return err
		}
	}
	return nil
}

// draft puts a file in its place with a profile that has questions.
func (f *founding) draft(d *dropped, k profile.Kind) error {
	text := input.Draft(d.path, d.name, "", k)
	name := profileNameOf(text)
	if err := f.write("profiles/"+name+".yaml", []byte(text)); err != nil {
		return err
	}
	d.drafted = "exports/" + f.newest.String() + "/" + k.Name + strings.TrimPrefix(name, "draft") + extension(d.name)
	if ofProject(k.Name) {
		d.drafted = k.Name + extension(d.name)
	}
	if k.Name == "roster" && f.roster == nil {
		f.roster = d
	}
	f.profiles[k.Name] = append(f.profiles[k.Name], name)
	f.ask(lang.F("%s 没有导入配置读得了；放到了 %s，草稿在 profiles/%s.yaml：把每个 %s 改成文件里的列名或写法", "no profile reads %s; it was put to %s, with a draft in profiles/%s.yaml: write the file's header or layout for each %s", d.name, d.drafted, name, profile.Unanswered))
	return f.copyFile(d.path, d.drafted)
}

func profileNameOf(text string) string {
	_, rest, _ := strings.Cut(text, "\nprofile: ")
	name, _, _ := strings.Cut(rest, "\n")
	return name
}

// unreadable says why a file cannot be read, and what helps.
func (d *dropped) unreadable() lang.Text {
	if len(d.in.Problems) == 0 {
		return lang.F("%s 打不开", "%s cannot be opened", d.name)
	}
	p := d.in.Problems[len(d.in.Problems)-1]
	return lang.F("%s 读不了：%s。%s", "%s cannot be read: %s. %s", d.name, p.Found, p.Mend)
}
