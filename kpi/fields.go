package kpi

import (
	"telepay/internal/crediting"
	"telepay/internal/expr"
	"telepay/internal/money"
	"telepay/internal/record"
)

// CreditEnv gives the fields of a credit; amount is the name of its money.
func CreditEnv(c crediting.Credit, amount string) expr.Env {
	return func(name string) expr.Value {
		switch name {
		case amount:
			return expr.NumberOf(money.Of(c.Amount))
		case "value":
			return expr.NumberOf(money.Of(c.Value))
		case "paid_after":
			if c.Row == nil || c.Payment == "" {
				return expr.None
			}
			return expr.NumberOf(money.Whole(int64(c.Paid - c.Row.Signed)))
		case "deal":
			return expr.TextOf(c.Deal)
		case "product":
			return expr.TextOf(c.Product)
		case "source":
			return expr.TextOf(c.Source)
		case "channel":
			return expr.TextOf(c.Channel)
		case "customer":
			return expr.TextOf(c.Customer)
		}
		if v, ok := paper(c, name); ok {
			return v
		}
		if c.Row != nil {
			if n, own := c.Row.Numbers[name]; own {
				return numberOrNone(n)
			}
		}
		return expr.TextOf(c.Fields[name])
	}
}

func numberOrNone(n *money.Decimal) expr.Value {
	if n == nil {
		return expr.None
	}
	return expr.NumberOf(money.Of(*n))
}

// paper gives what the contract of a deal says.
func paper(c crediting.Credit, name string) (expr.Value, bool) {
	d := c.Row
	if d == nil {
		d = &record.Deal{}
	}
	number := func(v money.Decimal) (expr.Value, bool) {
		if v.Sign() <= 0 {
			return expr.None, true
		}
		return expr.NumberOf(money.Of(v)), true
	}
	list, _ := money.Parse(c.Fields["list_price"])
	switch name {
	case "month_day":
		return expr.NumberOf(money.Whole(int64(c.Date.MonthDay()))), true
	case "contract":
		return expr.TextOf(d.Contract), true
	case "quantity":
		return number(d.Quantity)
	case "price":
		return number(d.Price)
	case "list_price":
		return number(list)
	case "discount":
		if d.Price.Sign() <= 0 || list.Sign() <= 0 {
			return expr.None, true
		}
		return expr.NumberOf(money.Quotient(list.Sub(d.Price), list)), true
	case "mispriced":
		return expr.Truth(d.Price.Sign() > 0 && d.Quantity.Sign() > 0 && d.Price.Mul(d.Quantity).Cmp(d.Value) != 0), true
	}
	return expr.None, false
}
