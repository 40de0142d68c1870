package record

import (
	"telepay/internal/money"
	"telepay/internal/period"
)

// Deal is a signed or cancelled sale.
type Deal struct {
	ID       string
	Line     string // of a deal that has several; empty: the deal has one
	Agent    string // seller
	Customer string // key of the customer, already hashed where it was personal
	Lead     string
	Phone    string // hashed
	Product  string
	Source   string // where the lead came from: 公司, 自拓, 转介绍, …
	Channel  string
	Value    money.Decimal
	Signed   period.Day
	Due      period.Day // to be paid by; NoDay where the export does not say
	Status   string     // signed, cancelled
	Shares   []Share    // explicit split; empty for none
	Referrer string     // the old customer who brought this one
	Relation string     // agent whose friend or relative the customer is
	Quantity money.Decimal
	Price    money.Decimal
	Cost     money.Decimal
	Tax      money.Decimal
	HasCost  bool
	Contract string
	Fields   map[string]string         // columns of the company's own that a profile names, text
	Numbers  map[string]*money.Decimal // and numbers; nil: an empty cell
	At       Source
}

// Payment is money that came in, or went back, on a deal. Amount is positive for
// payments and deposits and negative for refunds, whatever the file wrote.
type Payment struct {
	ID       string
	Deal     string
	Paid     period.Day
	Cleared  period.Day // NoDay where the export has no such column
	Amount   money.Decimal
	Kind     string // payment, refund, deposit
	Reverses string // id of the payment that a refund takes back; may be empty
	Fee      money.Decimal
	Tax      money.Decimal
	Payer    string // hashed
	At       Source
}

// Dispute is a customer, lead or deal that two or more agents claim (撞单).
type Dispute struct {
	ID       string
	Customer string
	Lead     string
	Deal     string
	Agents   []string
	Opened   period.Day
	Level    string     // settled, manager, leadership
	Ruled    period.Day // NoDay while open
	Owner    string     // who got it by the ruling
	Shares   []Share    // or how it was split
	Void     bool       // or that nobody is credited
	Innocent []string   // parties that the ruling clears
	Evidence string
	At       Source
}
