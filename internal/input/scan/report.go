package scan

import (
	"cmp"
	"slices"

	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/record"
)

// report says where every row went, and what is wrong with those in error.
func (p *pass) report() ([]record.Bucket, []diag.Problem) {
	all := p.tallied()
	buckets, problems := p.buckets(all), p.problems(all)
	if p.e.joined != nil {
		all = p.e.extra.tallied()
		buckets = append(buckets, p.e.extra.buckets(all)...)
		problems = append(problems, p.e.extra.problems(all)...)
	}
	return buckets, problems
}

func (p *pass) buckets(all *tallies) (out []record.Bucket) {
	for i := range all.files {
		file := p.exports[i].src.File
		for why, rows := range all.files[i].rows {
			b := record.Bucket{File: file, Bucket: record.Excluded, Reason: reasonWords[why], Rows: rows}
			switch {
			case reason(why) == fine:
				b.Bucket = record.Counted
			case reason(why) >= firstError:
				b.Bucket = record.Errored
			}
			if rows > 0 || reason(why) == fine {
				out = append(out, b)
			}
		}
	}
	return out
}

// problems are sorted by file and place, at most maxSamples of a kind and file.
func (p *pass) problems(all *tallies) (out []diag.Problem) {
	for i := range all.files {
		var of []diag.Problem
		for why := firstError; why < reasons; why++ {
			of = append(of, p.sampleProblems(all, i, why)...)
			of = append(of, p.oddProblems(all, i, why)...)
			of = append(of, p.conflictProblems(all, i, why)...)
		}
		slices.SortStableFunc(of, func(a, b diag.Problem) int {
			return cmp.Or(cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Col, b.Pos.Col))
		})
		out = append(out, of...)
		out = append(out, p.emptyNote(&all.files[i], i)...)
	}
	return out
}

// capped cuts a list of one kind and says in the last shown how many are left out.
func capped(ps []diag.Problem, all int) []diag.Problem {
	ps = ps[:min(maxSamples, len(ps))]
	if n := len(ps); n > 0 && all > n {
		ps[n-1].Another = all - n
	}
	return ps
}

func (p *pass) sampleProblems(all *tallies, file int, why reason) (out []diag.Problem) {
	t := &all.files[file]
	for _, s := range t.samples[why] {
		out = append(out, p.rowProblem(why, s, p.pos(all, s.at, s.col)))
	}
	return capped(out, int(t.rows[why]))
}

// oddProblems names each unknown agent or word once, with its first row and how
// many rows there are.
func (p *pass) oddProblems(all *tallies, file int, why reason) (out []diag.Problem) {
	keys := p.oddKeys(&all.files[file], why)
	for _, key := range keys[:min(maxSamples, len(keys))] {
		n := all.files[file].odds[key]
		out = append(out, p.oddProblem(key, n, p.pos(all, n.first, n.col)))
	}
	return capped(out, len(keys))
}

// oddKeys lists what is odd in the order in which a reader of the file meets it.
func (p *pass) oddKeys(t *fileTally, why reason) (keys []oddKey) {
	for key := range t.odds {
		if key.why == why {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b oddKey) int {
		return cmp.Or(t.odds[a].first.compare(t.odds[b].first), cmp.Compare(p.spelling(a), p.spelling(b)))
	})
	return keys
}

func (p *pass) conflictProblems(all *tallies, file int, why reason) (out []diag.Problem) {
	var of []conflict
	for _, c := range all.conflicts {
		if c.why == why && int(c.places[0].file) == file {
			of = append(of, c)
		}
	}
	slices.SortFunc(of, func(a, b conflict) int { return a.places[0].compare(b.places[0]) })
	for _, c := range of[:min(maxSamples, len(of))] {
		q := p.conflictProblem(c, p.pos(all, c.places[0], 0))
		for _, at := range c.places[1:min(4, len(c.places))] {
			q.See = append(q.See, p.pos(all, at, 0))
		}
		out = append(out, q)
	}
	return capped(out, len(of))
}

func (p *pass) pos(all *tallies, at place, col int) diag.Pos {
	return diag.Pos{File: p.exports[at.file].src.File, Line: p.lineOf(all, at), Col: col}
}

// spelling is an odd word as the file has it; empty for all beyond those kept by name.
func (p *pass) spelling(key oddKey) string {
	odds := &p.e.people.odds
	if key.why == unknownWord {
		odds = &p.e.words[key.field].odds
	}
	return odds.texts[key.code&^odd]
}

// emptyNote explains a file of calls that had rows, none of which counts.
func (p *pass) emptyNote(t *fileTally, file int) []diag.Problem {
	if p == p.e.extra || t.rows[fine] > 0 || t.rows[otherMonth] == 0 {
		return nil
	}
	month := p.e.job.Cut.MonthOf(p.e.job.Days.From)
	return []diag.Problem{{
		Code: "nothing-counted", Reach: diag.Note, Pos: diag.Pos{File: p.exports[file].src.File},
		Found: lang.F("没有一行计入, 其中 %s 行不在 %s", "no row that counts; %s outside %s", lang.Count(int(t.rows[otherMonth]), "row lies", "rows lie"), month),
		Want:  lang.F("%s 的通话记录", "calls of %s", month),
		Mend:  lang.T("确认导出时选的月份, 或把文件移到所属月份的文件夹", "check the month of the export, or move the file to the folder of its month"),
	}}
}

// wordsKnown lists the canonical words of a field, sorted.
func (p *pass) wordsKnown(file, field int) (words []string) {
	for _, w := range p.exports[file].src.Values[wordFields[field]] {
		words = append(words, w)
	}
	slices.Sort(words)
	return slices.Compact(words)
}
