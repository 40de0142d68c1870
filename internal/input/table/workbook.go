package table

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/lang"
)

// A workbook is read from its parts directly: a general library drops a cell's
// type and style on the way, and with them dates, formulas without a value and
// errors. Nothing is unpacked to disk.

// damage is a fault of a workbook's structure.
type damage struct {
	part string
	what string
}

func (d damage) Error() string { return d.part + ": " + strings.TrimPrefix(d.what, d.part+": ") }

func damaged(part, format string, args ...any) error {
	return damage{part, fmt.Sprintf(format, args...)}
}

// openSheet finds the first visible sheet and reads its header.
func (t *Table) openSheet() (*diag.Problem, error) {
	z, p, err := openZip(watched{t.file}, t.file.stat.Size(), t.file.name, t.opts.Stream)
	if p != nil || err != nil {
		return p, err
	}
	t.describe("xlsx")
	before := t.sheet
	if before == nil && t.opts.Like != nil {
		before = t.opts.Like.sheet
	}
	s, err := openWorkbook(z, t.file.name, t.opts.Sheet, before)
	if err != nil {
		return t.workbookProblem(err)
	}
	t.ahead = newAhead(s.xml.src)
	s.xml.src = t.ahead
	t.sheet = s
	if t.opts.Whole {
		if t.notes == 0 && t.opts.Sheet == "" {
			t.problems = append(t.problems, s.notes...)
		}
		return nil, nil
	}
	for {
		row, p, err := s.next(0)
		switch row = row.settled(); {
		case err == io.EOF:
			return emptySheet(t.file.name, s.name), nil
		case p != nil || err != nil:
			return p, err
		case row.blank() || t.isTitle(row):
			continue
		case len(row.fault) > 0:
			return s.headerFault(row), nil
		}
		t.Header = row
		t.secondRow()
		if t.notes == 0 {
			t.problems = append(t.problems, s.notes...)
		}
		return nil, nil
	}
}

func (t *Table) workbookProblem(err error) (*diag.Problem, error) {
	var d damage
	if errors.As(err, &d) {
		return damagedWorkbook(t.file.name, d), nil
	}
	return nil, err
}

func damagedWorkbook(name string, d damage) *diag.Problem {
	return stop(name, "damaged-workbook", lang.F("工作簿损坏或不是 .xlsx（%s）", "a workbook that is damaged or no .xlsx (%s)", d.Error()),
		lang.T("Excel 或 WPS 能正常打开的 .xlsx", "an .xlsx that Excel or WPS opens without complaint"),
		lang.T("重新导出或下载（可能没有传完）；若 Excel 或 WPS 打得开，另存为新的 .xlsx", "export or download it again, it may have been cut short; if Excel or WPS opens it, save it as a new .xlsx"))
}

func emptySheet(name, sheet string) *diag.Problem {
	p := emptyFile(name)
	p.Found = lang.F("工作表“%s”是空的", "the empty sheet %q", sheet)
	p.Pos.Sheet = sheet
	return p
}

// archive is a workbook's zip, its parts by name without regard to case.
type archive map[string]*zip.File

func newArchive(z *zip.Reader) archive {
	a := archive{}
	for _, f := range z.File {
		a[strings.ToLower(strings.TrimPrefix(f.Name, "/"))] = f
	}
	return a
}

// small opens a part whose content is kept.
func (a archive) small(name string) (*markup, error) {
	if f, ok := a[strings.ToLower(name)]; ok && f.UncompressedSize64 > maxSmall {
		return nil, damaged(name, "above %d MiB", maxSmall>>20)
	}
	return a.open(name)
}

// open returns a part as a stream of tags and texts.
func (a archive) open(name string) (*markup, error) {
	f, ok := a[strings.ToLower(name)]
	if !ok {
		return nil, damaged(name, "missing part")
	}
	r, err := f.Open()
	if err != nil {
		return nil, damaged(name, "%v", err)
	}
	// The archive reader itself compares length and checksum with what the directory declares.
	return newMarkup(r, name), nil
}

// each calls f for every start tag of the part.
func (m *markup) each(f func(event)) error {
	for {
		e, err := m.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if e.kind == startTag {
			f(e)
		}
	}
}

// relations reads which part each id of a part stands for, and the part of a kind.
func (a archive) relations(part string) (byID map[string]string, byKind map[string]string, err error) {
	dir, base := path.Split(part)
	m, err := a.small(dir + "_rels/" + base + ".rels")
	if err != nil {
		return nil, nil, err
	}
	byID, byKind = map[string]string{}, map[string]string{}
	err = m.each(func(e event) {
		if !e.starts("Relationship") || string(m.attr(e, "TargetMode")) == "External" {
			return
		}
		target := string(m.attr(e, "Target"))
		if !strings.HasPrefix(target, "/") {
			target = dir + target
		}
		target = strings.TrimPrefix(path.Clean(target), "/")
		byID[string(m.attr(e, "Id"))] = target
		byKind[path.Base(string(m.attr(e, "Type")))] = target
	})
	return byID, byKind, err
}

// openWorkbook finds sheet, shared strings and styles; before, if not nil, is a
// sheet of the same workbook.
func openWorkbook(z *zip.Reader, name, wanted string, before *sheet) (*sheet, error) {
	a := newArchive(z)
	_, top, err := a.relations("")
	if err != nil {
		return nil, err
	}
	book := top["officeDocument"]
	byID, byKind, err := a.relations(book)
	if err != nil {
		return nil, err
	}
	s := &sheet{file: name}
	id, err := s.choose(a, book, wanted)
	if err != nil {
		return nil, err
	}
	if before != nil {
		s.shared, s.formats = before.shared, before.formats
	} else if part, ok := byKind["sharedStrings"]; ok {
		if s.shared, err = a.sharedStrings(part); err != nil {
			return nil, err
		}
	}
	if part, ok := byKind["styles"]; ok && before == nil {
		if s.formats, err = a.formats(part); err != nil {
			return nil, err
		}
	}
	if s.xml, err = a.open(byID[id]); err != nil {
		return nil, err
	}
	return s, nil
}

// choose takes the sheet that is wanted, else the first visible one, and notes
// that others were passed over.
func (s *sheet) choose(a archive, book, wanted string) (id string, err error) {
	m, err := a.small(book)
	if err != nil {
		return "", err
	}
	var others []string
	err = m.each(func(e event) {
		switch string(e.name) {
		case "workbookPr":
			yes := string(m.attr(e, "date1904"))
			s.date1904 = yes == "1" || yes == "true"
		case "sheet":
			state, name := string(m.attr(e, "state")), string(m.attr(e, "name"))
			switch {
			case state != "" && state != "visible":
			case id == "" && (wanted == "" || wanted == name):
				s.name, id = name, string(m.attr(e, "id"))
			default:
				others = append(others, name)
			}
		}
	})
	if err == nil && id == "" {
		return "", damaged(book, "no visible sheet")
	}
	s.others = others
	if len(others) > 0 && wanted == "" {
		p := note(s.file, "other-sheets", at{}, lang.F("工作簿有多张表，只读取第一张“%s”；未读：%s", "several sheets; only the first, %q, is read; not read: %s", s.name, strings.Join(others, ", ")),
			lang.T("把要读的表移到最前面，或另存为单独的文件", "move the sheet that counts to the front, or save it as a file of its own"))
		s.notes = append(s.notes, p)
	}
	return id, err
}

// sharedStrings reads the texts that cells point to.
func (a archive) sharedStrings(part string) (texts, error) {
	m, err := a.open(part)
	if err != nil {
		return texts{}, err
	}
	all := texts{most: int(a[strings.ToLower(part)].UncompressedSize64)} // at most maxUnpacked
	unpacking := newAhead(m.src)
	defer unpacking.Close()
	m.src = unpacking
	for {
		m.quickTexts(&all)
		e, err := m.next()
		switch {
		case err == io.EOF:
			return all, nil
		case err != nil:
			return texts{}, err
		case e.starts("sst"):
			if n, ok := wholeNumber(m.attr(e, "uniqueCount")); ok {
				all.begins = make([]uint32, 0, min(n, maxShared))
			}
		case e.starts("si"):
			text, err := m.richText("si")
			if err != nil {
				return texts{}, err
			}
			if all.add([]byte(text), false); all.len() > maxShared {
				return texts{}, damaged(part, "more than %d texts", maxShared)
			}
		}
	}
}

// richText gathers the <t> of an element up to its end, without pronunciation guides (<rPh>).
func (m *markup) richText(end string) (string, error) {
	var b strings.Builder
	in, guide := false, false
	for {
		e, err := m.next()
		switch {
		case err == io.EOF:
			return "", damaged(m.part, "text cut short")
		case err != nil:
			return "", err
		case e.ends(end):
			return unescape(b.String()), nil
		case e.kind == charData && in && !guide:
			if b.Write(e.text); b.Len() > maxField {
				return "", damaged(m.part, "a text above 1 MiB")
			}
		case e.kind != charData:
			in = e.starts("t")
			guide = (guide || e.starts("rPh")) && !e.ends("rPh")
		}
	}
}
