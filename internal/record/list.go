package record

import (
	"telepay/internal/money"
	"telepay/internal/period"
)

// Number is a phone number on one of the company's lists: its own lines, which
// calls have to come from, or numbers that must not be called (勿扰).
type Number struct {
	Number string     // as calls name it
	List   string     // company_line, do_not_call
	Since  period.Day // listed on; NoDay: always
	At     Source
}

// Lead is a number that the company gave out to be called (名单).
type Lead struct {
	Phone  string // as calls name it
	Lead   string
	Agent  string // who is to call it; empty: anybody
	Given  period.Day
	Source string
	Batch  string
	Grade  string
	At     Source
}

// FollowUp is a contact that was promised to a customer for a day.
type FollowUp struct {
	Agent    string
	Customer string // as calls name him
	Due      period.Day
	Kind     string // callback, appointment
	Kept     bool   // as its system says; of callbacks the calls decide
	At       Source
}

// Contact is a call that somebody had with a customer on a day.
type Contact struct {
	Agent string
	Key   string // lead, phone or customer, as calls name it
	Day   period.Day
}

// Report is a report that somebody handed in (日报, 周报), with the figures he
// claims in it.
type Report struct {
	Agent     string
	Date      period.Day // it is about
	Kind      string     // daily, weekly, plan
	Submitted period.Day // NoDay: never
	Clock     int        // second of the day it was handed in
	Figures   map[string]money.Decimal
	At        Source
}
