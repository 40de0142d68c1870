package scan

import (
	"slices"
	"sync"

	"telepay/internal/period"
	"telepay/internal/query"
)

func dayNumber(d int32) period.Day { return period.Day(d) }

// table merges the workers' accounts. Counters are added or the larger one is
// taken, logs are united: any split of the rows gives the same table.
func (p *pass) table() *query.Table {
	set, names := p.e.job.Set, p.e.people.all()
	order := make([]int, 0, len(names))
	for code := 1; code < len(names); code++ {
		order = append(order, code)
	}
	slices.SortFunc(order, func(a, b int) int { return compareText(names[a], names[b]) })
	sorted := make([]string, len(order))
	for i, code := range order {
		sorted[i] = names[code]
	}
	t := query.NewTable(set, sorted, p.e.job.Days)
	p.eachAgent(order, func(place, code int, seen *wordCounts) {
		p.counters(t, place, code)
		p.repeats(t, place, code, seen)
	})
	p.nears(t, order)
	for i, log := range p.e.prog.distinct {
		t.SetLog(set.Distincts[i].Name, p.distinctWords(log, order), p.e.opt.workers)
	}
	for i, m := range set.Moments {
		t.SetMoments(m.Name, p.momentsOf(i, names))
	}
	for _, f := range p.tallied().files {
		t.Rows += f.rows[fine]
	}
	return t
}

func compareText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// eachAgent shares the agents out among as many goroutines as there are workers.
func (p *pass) eachAgent(order []int, f func(place, code int, seen *wordCounts)) {
	var wait sync.WaitGroup
	n := p.e.opt.workers
	for first := range n {
		wait.Go(func() {
			var seen wordCounts
			for place := first; place < len(order); place += n {
				f(place, order[place], &seen)
			}
		})
	}
	wait.Wait()
}

func (p *pass) counters(t *query.Table, place, code int) {
	n := p.e.prog.width
	for day := range p.e.job.Days.Days() {
		into := t.Cell(place, p.e.job.Days.From+period.Day(day))
		for _, w := range p.workers {
			at := (code<<dayBits | day) * n
			if at >= len(w.acc.cells) {
				continue
			}
			for i, m := range p.e.prog.measures {
				switch v := w.acc.cells[at+m.at]; m.kind {
				case query.Max:
					into[i] = max(into[i], v)
				case query.Slots:
					into[i] |= v
				default:
					into[i] += v
				}
			}
		}
	}
}

// wordsOf counts how often an agent's log holds each word, over all workers.
func (p *pass) wordsOf(log, code int, seen *wordCounts) {
	total := 0
	for _, w := range p.workers {
		total += w.acc.logs[log].size(code)
	}
	seen.begin(total)
	for _, w := range p.workers {
		w.acc.logs[log].each(code, seen.addAll)
	}
}

// distinctWords hands over what the workers logged of an agent, by its place.
func (p *pass) distinctWords(log int, order []int) query.Words {
	var logs []*agentLog
	for _, w := range p.workers {
		logs = append(logs, &w.acc.logs[log])
	}
	return func(place int, each func([]uint64)) {
		for _, l := range logs {
			l.each(order[place], each)
		}
	}
}

func (p *pass) repeats(t *query.Table, place, code int, seen *wordCounts) {
	for i, log := range p.e.prog.repeats {
		p.wordsOf(log, code, seen)
		allowed := p.e.job.Set.Repeats[i].Allowed
		seen.each(func(word uint64, rows int64) {
			day := p.e.job.Days.From + period.Day(word&(maxDays-1))
			t.Cell(place, day)[len(p.e.prog.measures)+i] += max(0, rows-allowed)
		})
	}
}

func (p *pass) momentsOf(i int, names []string) (out []query.Moment) {
	for _, w := range p.workers {
		for _, m := range w.acc.met[i] {
			out = append(out, query.Moment{
				Agent: names[m.cell>>dayBits],
				Key:   p.e.job.Set.Moments[i].Keys[m.key],
				Day:   p.e.job.Days.From + period.Day(m.cell&(maxDays-1)),
				Clock: m.second,
			})
		}
	}
	return out
}

// wordCounts counts words exactly, in one table that is used again and again.
type wordCounts struct {
	words []uint64 // 0 is free: no word is 0, since no code is
	times []int32
	n     int
}

func (s *wordCounts) begin(most int) {
	size := 64
	for size < 2*most {
		size *= 2
	}
	s.words, s.times, s.n = grown(s.words, size), grown(s.times, size), 0
	clear(s.words)
}

func (s *wordCounts) addAll(words []uint64) {
	for _, w := range words {
		s.add(w)
	}
}

func (s *wordCounts) add(word uint64) {
	mask := len(s.words) - 1
	for i := int(spread(word)) & mask; ; i = (i + 1) & mask {
		switch s.words[i] {
		case word:
			s.times[i]++
			return
		case 0:
			s.words[i], s.times[i] = word, 1
			s.n++
			return
		}
	}
}

func (s *wordCounts) each(f func(word uint64, times int64)) {
	if s.n == 0 {
		return
	}
	for i, w := range s.words {
		if w != 0 {
			f(w, int64(s.times[i]))
		}
	}
}
