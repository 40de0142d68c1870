package input

import (
	"telepay/internal/input/profile"
	"telepay/internal/period"
	"telepay/internal/query"
	"telepay/internal/record"
)

// rehearse reads the file as a run would, by the readers of its kind, to find
// what they would refuse. Who is on the roster is asked only where there is one.
func (s *session) rehearse(in *Inspection, p place, by Fit, rows int64) error {
	trial := newSession(s.opts)
	k := by.Kind
	trial.roster, trial.reader, trial.profiles[k.Name] = s.roster, s.reader, []*profile.Profile{by.used()}
	trial.opts.Month = in.month(s.opts)
	files := []place{p}
	switch k.Name {
	case "calls", "connects", "call-counters":
		return trial.rehearseCalls(in, k.Name, files)
	}
	if read := rehearsals[k.Name]; read != nil {
		read(trial, files)
	}
	in.Problems = append(in.Problems, trial.list.All()...)
	in.Buckets = trial.cover.List()
	in.Buckets = append(in.Buckets, record.Bucket{File: p.name, Bucket: record.Counted, Rows: rows - sumRows(in.Buckets)})
	return nil
}

var rehearsals = map[string]func(*session, []place){
	"deals":              func(s *session, ps []place) { s.readDeals(ps) },
	"payments":           func(s *session, ps []place) { s.readPayments(ps) },
	"disputes":           func(s *session, ps []place) { s.readDisputes(ps) },
	"attendance":         func(s *session, ps []place) { s.readAttendance(ps) },
	"monthly-attendance": func(s *session, ps []place) { s.readSummaries(ps) },
	"events":             func(s *session, ps []place) { s.readEvents(ps) },
	"targets":            func(s *session, ps []place) { s.readTargets(ps) },
	"decisions":          func(s *session, ps []place) { s.readDecisions(ps) },
	"tax":                func(s *session, ps []place) { s.readTax(ps) },
	"numbers":            func(s *session, ps []place) { s.readNumbers(ps) },
	"leads":              func(s *session, ps []place) { s.readLeads(ps) },
	"followups":          func(s *session, ps []place) { s.readFollowUps(ps) },
	"reports":            func(s *session, ps []place) { s.readReports(ps) },
	"roster":             func(s *session, ps []place) { s.rosterAlone(ps) },
	"grades":             func(s *session, ps []place) { s.readGrades(ps) },
}

// rehearseCalls counts a file of calls, of connects or of counters with no question.
func (s *session) rehearseCalls(in *Inspection, kind string, files []place) error {
	c := &Calls{s: s, later: map[string]bool{}, rows: map[string]int64{}}
	from := map[string]*[]*source{"calls": &c.calls, "call-counters": &c.counters, "connects": &c.connects}[kind]
	*from = s.openAll(kind, files)
	defer c.Close()
	people := s.roster.People
	if len(people) == 0 {
		for _, a := range in.Agents {
			people = append(people, record.Person{ID: a.ID})
		}
	}
	set := query.Set{Measures: []query.Measure{{Name: "rows", Kind: query.Count, Where: &query.Filter{Op: query.Is, Field: "connected"}}, {Name: "talk", Kind: query.Sum, Field: "talk"}},
		Distincts: []query.Distinct{{Name: "direction", Field: "direction"}, {Name: "result", Field: "result"}}}
	if kind == "call-counters" { // which have no single calls to tell apart
		set.Distincts = nil
	}
	for _, src := range c.calls {
		src.askOwnNumbers(&set)
	}
	_, buckets, problems, err := c.Run(set, people)
	if err != nil {
		return err
	}
	in.Buckets = buckets
	in.Problems = append(append(in.Problems, s.list.All()...), problems...)
	return nil
}

// askOwnNumbers has the company's own numbers read, so that what is none is told.
func (src *source) askOwnNumbers(set *query.Set) {
	for _, h := range sortedHeaders(src.columns.Extra) {
		c := query.Column{Name: h, Places: query.PlainPlaces}
		switch src.columns.ExtraAs[h] {
		case "":
			continue
		case "money":
			c.Places = src.opts.Places
		}
		set.Own = append(set.Own, c)
		set.Measures = append(set.Measures, query.Measure{Name: "own " + h, Kind: query.Sum, Field: h})
	}
}

// month is the month that most of a file is about, as far as its first day says.
func (in *Inspection) month(opts Options) period.Month {
	if d, err := period.ParseDay(in.Last); err == nil {
		return opts.Cut.MonthOf(d)
	}
	return opts.Month
}

func sumRows(bs []record.Bucket) (n int64) {
	for _, b := range bs {
		n += b.Rows
	}
	return n
}
