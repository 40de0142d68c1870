// Package record holds the facts of a month as they are after reading: people,
// deals, payments, disputes, attendance, events, targets, decisions, lists and what
// earlier months left. Calls are never facts; they are counted while they are
// read (package query). Nothing here computes.
package record

import (
	"fmt"

	"telepay/internal/money"
	"telepay/internal/period"
)

// Source is the file and row that a fact stands in; it is printed as evidence.
// Row is the physical line of a text file, the row of a sheet otherwise.
type Source struct {
	File string
	Row  int
}

// String returns deals.csv#12.
func (s Source) String() string {
	if s.Row == 0 {
		return s.File
	}
	return fmt.Sprintf("%s#%d", s.File, s.Row)
}

// Facts is everything small that was read for one month.
type Facts struct {
	Month      period.Month
	People     []Person
	Deals      []Deal
	Payments   []Payment
	Disputes   []Dispute
	Attendance []AttendanceDay
	Summaries  []AttendanceMonth
	Events     []Event
	Targets    []Target
	Decisions  []Decision
	Tax        []TaxDeductions
	Opening    []Opening
	Numbers    []Number
	Leads      []Lead
	FollowUps  []FollowUp
	Reports    []Report
	Waits      map[string]Fault // people of whom a row is in error: they have no statement (semantics 14)
	Faulty     map[string]bool  // ids of deals whose own row has a problem: their money waits for it
	Present    map[string]bool  // exports that were there, even if empty, and their columns: "deals", "deals.due", …
	Rows       []Bucket         // coverage of every file read (semantics 13)
}

// Fault is a row in error.
type Fault struct {
	Code string
	At   Source
}

// Share is a part of one credit: a fraction of the whole, or the rest of it.
type Share struct {
	Agent string
	Part  money.Ratio
	Rest  bool
}
