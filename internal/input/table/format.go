package table

import (
	"fmt"
	"io"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// What a cell's format makes of a number.
const (
	plainNumber = iota
	dateNumber  // a day, with a time where the number has a fraction
	timeNumber  // a time of day
	spanNumber  // an elapsed time: hours may pass 24
)

type format struct {
	kind   int
	clock  bool // the format shows a time beside the date
	digits int  // zeros of a format such as 000000
}

// builtin are the formats that workbooks name by number alone. 27 to 36 and
// 50 to 58 are the dates of East Asian editions.
func builtin(id int) format {
	switch {
	case id == 22:
		return format{kind: dateNumber, clock: true}
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return format{kind: dateNumber}
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id == 55, id == 56, id == 45, id == 47:
		return format{kind: timeNumber}
	case id == 46:
		return format{kind: spanNumber}
	}
	return format{}
}

// custom reads a format code: y, m and d make a date, h and s a time, [h] an
// elapsed time; quoted text, escaped characters and colours say nothing.
func custom(code string) format {
	code = strings.ToLower(code)
	section, _, _ := strings.Cut(code, ";")
	var letters strings.Builder
	for i := 0; i < len(section); i++ {
		switch c := section[i]; c {
		case '\\', '_', '*':
			i++
		case '"', '[':
			end := strings.IndexByte(section[i+1:], map[byte]byte{'"': '"', '[': ']'}[c])
			if end < 0 {
				return format{}
			}
			if inner := section[i+1 : i+1+end]; c == '[' && strings.Trim(inner, "hms") == "" && inner != "" {
				return format{kind: spanNumber}
			}
			i += end + 1
		default:
			letters.WriteByte(c)
		}
	}
	return byLetters(strings.ReplaceAll(letters.String(), "general", ""))
}

func byLetters(s string) format {
	day, clock := strings.ContainsAny(s, "yd"), strings.ContainsAny(s, "hs")
	switch {
	case s != "" && strings.Trim(s, "0") == "":
		return format{digits: len(s)}
	case day || strings.Contains(s, "m") && !clock:
		return format{kind: dateNumber, clock: clock}
	case clock:
		return format{kind: timeNumber}
	}
	return format{}
}

// formats reads what each style number shows.
func (a archive) formats(part string) ([]format, error) {
	m, err := a.small(part)
	if err != nil {
		return nil, err
	}
	codes := map[int]format{}
	var all []format
	for inCells := false; ; {
		e, err := m.next()
		switch {
		case err == io.EOF:
			return nil, damaged(part, "no cell styles")
		case err != nil:
			return nil, err
		case e.ends("cellXfs"):
			return all, nil
		case e.starts("cellXfs"):
			inCells = true
		case e.starts("numFmt"):
			codes[m.formatID(e)] = custom(string(m.attr(e, "formatCode")))
		case e.starts("xf") && inCells:
			id := m.formatID(e)
			f, ok := codes[id]
			if !ok {
				f = builtin(id)
			}
			all = append(all, f)
		}
	}
}

// formatID reads the number of a format; none is the general format 0.
func (m *markup) formatID(e event) int {
	id, err := strconv.Atoi(string(m.attr(e, "numFmtId")))
	if err != nil {
		return 0
	}
	return id
}

// isPlain tells whether a number reads the same after rounding: at most 15
// characters of digits, no zeros that say nothing.
func isPlain[text string | []byte](s text) bool {
	point := false
	for i := range len(s) {
		switch c := s[i]; {
		case c == '.' && !point && i > 0:
			point = true
		case c < '0' || c > '9':
			return false
		}
	}
	return len(s) > 0 && len(s) <= 15 && (len(s) == 1 || s[0] != '0') && !(point && (s[len(s)-1] == '0' || s[len(s)-1] == '.'))
}

// number is coef × 10^exp, at most 15 significant digits: a workbook's numbers
// are binary, and what lies beyond is noise (6399.9999999999991 is 6400).
type number struct {
	coef *big.Int
	exp  int
}

// parseNumber reads a number as workbooks write it, exponents included.
func parseNumber(s string) (number, bool) {
	s = strings.TrimSpace(s)
	mantissa, exponent, scientific := strings.Cut(strings.ToUpper(s), "E")
	exp := 0
	if scientific {
		var err error
		if exp, err = strconv.Atoi(exponent); err != nil || exp < -400 || exp > 400 {
			return number{}, false
		}
	}
	whole, frac, _ := strings.Cut(strings.TrimPrefix(mantissa, "-"), ".")
	digits := whole + frac
	if digits == "" || len(digits) > 400 || strings.Trim(digits, "0123456789") != "" {
		return number{}, false
	}
	n := number{exp: exp - len(frac)}
	n.coef, _ = new(big.Int).SetString(digits, 10)
	n = n.significant(15)
	if mantissa[0] == '-' {
		n.coef.Neg(n.coef)
	}
	return n, true
}

// significant rounds half up to so many digits and drops zeros at the end.
func (n number) significant(digits int) number {
	ten := big.NewInt(10)
	if cut := len(n.coef.String()) - digits; cut > 0 {
		unit := new(big.Int).Exp(ten, big.NewInt(int64(cut)), nil)
		half := new(big.Int).Rsh(unit, 1)
		n.coef = n.coef.Add(n.coef, half)
		n.coef, n.exp = n.coef.Quo(n.coef, unit), n.exp+cut
	}
	for q, r := new(big.Int), new(big.Int); n.coef.Sign() != 0; {
		if q.QuoRem(n.coef, ten, r); r.Sign() != 0 {
			break
		}
		n.coef.Set(q)
		n.exp++
	}
	return n
}

// String writes n in plain digits. From 10^15 on a workbook no longer holds
// every digit: such a number is written 1.23456789012345E+16, so that nobody
// takes it for an exact id or amount.
func (n number) String() string {
	if n.coef.Sign() == 0 {
		return "0"
	}
	sign, digits := "", new(big.Int).Abs(n.coef).String()
	if n.coef.Sign() < 0 {
		sign = "-"
	}
	size := len(digits) + n.exp // digits before the point
	switch {
	case size > 15:
		return sign + strings.TrimSuffix(digits[:1]+"."+digits[1:], ".") + "E+" + strconv.Itoa(size-1)
	case n.exp >= 0:
		return sign + digits + strings.Repeat("0", n.exp)
	case size > 0:
		return sign + digits[:size] + "." + digits[size:]
	}
	return sign + "0." + strings.Repeat("0", -size) + digits
}

// seconds returns n days in whole seconds, rounded.
func (n number) seconds() (int64, bool) {
	v := new(big.Int).Mul(n.coef, big.NewInt(86400))
	unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(n.exp, -n.exp))), nil)
	if n.exp >= 0 {
		v.Mul(v, unit)
	} else {
		v.Add(v, new(big.Int).Rsh(unit, 1)).Quo(v, unit)
	}
	return v.Int64(), v.IsInt64() && n.coef.Sign() >= 0
}

// lastSerial is 31 December 9999.
const lastSerial = 2958465

// moment shows a serial number as 2026-10-31, 2026-10-31 09:05:10 or 09:05:10.
// It declines what is no date: day 0, the 29 February 1900 that never was, and
// what lies past the year 9999.
func (f format) moment(n number, date1904 bool) (string, bool) {
	secs, ok := n.seconds()
	day := secs / 86400
	if !ok || day > lastSerial {
		return "", false
	}
	clock := fmt.Sprintf("%02d:%02d:%02d", secs%86400/3600, secs%3600/60, secs%60)
	switch {
	case f.kind == spanNumber:
		return fmt.Sprintf("%02d:%02d:%02d", secs/3600, secs%3600/60, secs%60), true
	case f.kind == timeNumber && day == 0:
		return clock, true
	}
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case date1904:
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case day == 60 || day == 0:
		return "", false
	case day < 60:
		start = start.AddDate(0, 0, 1)
	}
	text := start.AddDate(0, 0, int(day)).Format("2006-01-02")
	if f.clock || f.kind == timeNumber || secs%86400 != 0 {
		text += " " + clock
	}
	return text, true
}
