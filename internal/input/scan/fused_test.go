package scan

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"telepay/internal/period"
	"telepay/internal/query"
)

// fused answers benchJob as it would be programmed for that one question: cells
// read row by row in one loop, no columns, no filters, no measures. It is here to
// be measured against, and shares the cutting into cells and the readers of cells.
type fused struct {
	agents spellings
	codes  codeReader
	dates  dateReader
	cells  []fusedCell
	log    agentLog
}

type fusedCell struct{ dials, connects, effective, talk int64 }

func (w *fused) block(b *batch, people *people, from int32) {
	call, agent, started, result, talk, lead := b.column(0), b.column(1), b.column(3), b.column(6), b.column(7), b.column(9)
	first := newLayout(defaultLayout, time.UTC)
	ask := func(cell []byte) uint32 { return people.cell(b, cell) }
	for r := range b.rows {
		at, to := agent.cell(r)
		who := w.agents.find(b, at, to, ask)
		at, _ = started.cell(r)
		day, _ := w.dates.fixed(b.buf, at, &first)
		if at, to = call.cell(r); at == to || who == 0 || uint32(day-from) >= 31 {
			continue
		}
		c := who<<dayBits | uint32(day-from)
		for int(c) >= len(w.cells) {
			w.cells = append(w.cells, make([]fusedCell, 1<<15)...)
			w.log.room(len(w.cells) >> dayBits)
		}
		at, to = talk.cell(r)
		seconds, _ := digits(b.buf, to, to-at)
		cell := &w.cells[c]
		cell.dials++
		cell.talk += int64(seconds)
		if at, to = result.cell(r); string(b.buf[at:to]) == answered {
			cell.connects++
			if seconds >= 30 {
				cell.effective++
			}
		}
		at, to = lead.cell(r)
		code := w.codes.read(b, at, to)
		word := code<<dayBits | uint64(c&(maxDays-1))
		t := &w.log.tails[who]
		if t.used == chunkSize || t.high != uint32(word>>32) {
			w.log.another(t, uint32(word>>32))
		}
		t.words[t.used] = uint32(word)
		t.used++
	}
}

func runFused(workers int) (*query.Table, error) {
	job := benchJob()
	e, err := newEngine(job, options{workers: workers}.filled(), nil)
	if err != nil {
		return nil, err
	}
	f := &feed{exports: e.calls, opt: e.opt}
	all := make([]fused, workers)
	var wait sync.WaitGroup
	for i := range all {
		w := &all[i]
		w.codes.coder = e.coder
		wait.Go(func() {
			var k block
			var b, own batch
			for f.next(&k) {
				w.block(b.split(&k, e.calls[0], &own, e.opt.record), e.people, int32(job.Days.From))
			}
		})
	}
	wait.Wait()
	names := e.people.all()
	t := query.NewTable(job.Set, names[1:], job.Days)
	for i := range all {
		for c, cell := range all[i].cells[:min(len(all[i].cells), len(names)<<dayBits)] {
			if cell.dials > 0 {
				t.Rows += cell.dials
				into := t.Cell(c>>dayBits-1, job.Days.From+period.Day(c&(maxDays-1)))
				into[0], into[1], into[2], into[3] = into[0]+cell.dials, into[1]+cell.connects, into[2]+cell.effective, into[3]+cell.talk
			}
		}
	}
	t.SetLog("leads", func(agent int, each func([]uint64)) {
		for i := range all {
			all[i].log.each(agent+1, each)
		}
	}, workers)
	return t, f.err
}

func TestFusedEqualsDeclared(t *testing.T) {
	one, err := runFused(2)
	if err != nil {
		t.Fatal(err)
	}
	other, _, _, err := run(benchJob(), options{workers: 2})
	if err != nil || one.Rows != other.Rows {
		t.Fatal(err, one.Rows, other.Rows)
	}
	for a := range 2000 {
		over := []query.Stretch{{Agent: fmt.Sprintf("T%06d", 100000+a), Days: october}}
		for _, name := range []string{"dials", "connects", "eff", "talk"} {
			if x, y := one.Value(name, over), other.Value(name, over); x != y {
				t.Fatalf("%s of %v: %d, declared %d", name, over, x, y)
			}
		}
		if x, y := one.Distinct("leads", over), other.Distinct("leads", over); x != y {
			t.Fatalf("leads of %v: %d, declared %d", over, x, y)
		}
	}
}

// BenchmarkDeclaredAgainstFused runs both in turn, so that a machine that slows
// down slows both: ×1000 is how much longer the declared job takes, in thousandths.
func BenchmarkDeclaredAgainstFused(b *testing.B) {
	benchFile()
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprint(workers, " workers"), func(b *testing.B) {
			var declared, fused time.Duration
			for b.Loop() {
				for range 5 {
					begin := time.Now()
					if _, err := runFused(workers); err != nil {
						b.Fatal(err)
					}
					middle := time.Now()
					if _, _, _, err := run(benchJob(), options{workers: workers}); err != nil {
						b.Fatal(err)
					}
					fused, declared = fused+middle.Sub(begin), declared+time.Since(middle)
				}
			}
			b.ReportMetric(float64(1000*declared)/float64(fused), "×1000")
		})
	}
}
