package expr

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"telepay/internal/lang"
	"telepay/internal/money"
)

// Fault is a mistake in a formula; At counts characters from its start.
type Fault struct {
	Code  string
	At    int
	Found lang.Text
	Want  lang.Text
	Mend  lang.Text
}

func (f *Fault) Error() string { return f.Found.EN + "; want " + f.Want.EN }

type tokenKind uint8

const (
	tokEnd tokenKind = iota
	tokNumber
	tokWord
	tokText // quoted
	tokMark
)

type token struct {
	kind tokenKind
	text string
	num  money.Ratio
	unit Unit
	at   int
}

// lexer cuts a formula into tokens, in characters.
type lexer struct {
	src []rune
	at  int
}

func (l *lexer) next() (token, *Fault) {
	for l.at < len(l.src) && unicode.IsSpace(l.src[l.at]) {
		l.at++
	}
	start := l.at
	if l.at == len(l.src) {
		return token{kind: tokEnd, at: start}, nil
	}
	c := l.src[l.at]
	switch {
	case c >= '0' && c <= '9':
		return l.number()
	case c == '_' || unicode.IsLetter(c):
		for l.at < len(l.src) && wordRune(l.src[l.at]) {
			l.at++
		}
		return token{kind: tokWord, text: string(l.src[start:l.at]), at: start}, nil
	case c == '"' || c == '\'':
		return l.quoted(c)
	}
	two := string(l.src[l.at:min(l.at+2, len(l.src))])
	if two == "<=" || two == ">=" || two == "!=" {
		l.at += 2
		return token{kind: tokMark, text: two, at: start}, nil
	}
	if mark, ok := otherPairs[two]; ok {
		return token{}, &Fault{"formula", start, lang.Same(two), lang.Same(mark), lang.Same(mark)}
	}
	if strings.ContainsRune("+-*/()=<>,", c) {
		l.at++
		return token{kind: tokMark, text: string(c), at: start}, nil
	}
	if c >= '０' && c <= '９' {
		plain := norm.NFKC.String(string(l.src[start:]))
		return token{}, &Fault{"formula", start, lang.Same(string(c)), lang.T("半角数字", "plain digits"), lang.Same(plain)}
	}
	if mark, ok := otherMarks[c]; ok {
		return token{}, &Fault{"formula", start, lang.Same(string(c)), lang.Same(mark), lang.Same(mark)}
	}
	return token{}, &Fault{"formula", start, lang.Same(string(c)), lang.T("数字、名称或运算符", "a number, a name or an operator"), strayMarks[c]}
}

// otherMarks are signs that people type for the plain ones.
var otherMarks = map[rune]string{'×': "*", '÷': "/", '−': "-", '（': "(", '）': ")", '，': ",", '≥': ">=", '≤': "<=", '＝': "=", '％': "%"}

// otherPairs are operators of other languages.
var otherPairs = map[string]string{"==": "=", "=>": ">=", "=<": "<=", "<>": "!=", "&&": "and", "||": "or"}

// strayMarks are signs that have no place of their own.
var strayMarks = map[rune]lang.Text{
	'%': unitBehind, '‰': unitBehind,
	'¥': withoutSign, '￥': withoutSign, '$': withoutSign,
	'“': plainQuotes, '”': plainQuotes, '‘': plainQuotes, '’': plainQuotes,
}

var (
	unitBehind  = lang.T("单位紧跟数字, 中间没有空格: 5%, 5万", "the unit right behind its number, without a blank: 5%, 5万")
	withoutSign = lang.T("只写数字, 不写货币符号", "the number alone, without a sign of currency")
	plainQuotes = lang.T("去掉引号, 或用半角引号", "without quotes, or with plain ones")
)

func wordRune(c rune) bool {
	return c == '_' || c == '.' || unicode.IsLetter(c) || unicode.IsDigit(c)
}

func (l *lexer) quoted(quote rune) (token, *Fault) {
	start := l.at
	for l.at++; l.at < len(l.src); l.at++ {
		if l.src[l.at] == quote {
			l.at++
			return token{kind: tokText, text: string(l.src[start+1 : l.at-1]), at: start}, nil
		}
	}
	return token{}, &Fault{"formula", start, lang.T("没有结束的引号", "a quote that is not closed"), lang.T("成对的引号", "quotes in pairs"), lang.Text{}}
}

// number reads 3800, 1.5万, 3%, 0.5‰, 60s, 2h; and 15万元 where a number has to be
// money, as in collected / 15万元. Separators and exponents are refused.
func (l *lexer) number() (token, *Fault) {
	start := l.at
	for l.at < len(l.src) && (l.src[l.at] >= '0' && l.src[l.at] <= '9' || l.src[l.at] == '.') {
		l.at++
	}
	d, err := money.Parse(string(l.src[start:l.at]))
	if err != nil {
		return token{}, &Fault{"number", start, lang.Same(string(l.src[start:l.at])), lang.T("普通的数字, 如 1200 或 0.5", "a plain number such as 1200 or 0.5"), lang.Text{}}
	}
	t := token{kind: tokNumber, num: money.Of(d), at: start}
	end := l.at
	for end < len(l.src) && (unicode.IsLetter(l.src[end]) || l.src[end] == '%' || l.src[end] == '‰') {
		end++
	}
	suffix := string(l.src[l.at:end])
	s, ok := suffixes[suffix]
	if !ok {
		return token{}, badSuffix(start, string(l.src[start:end]), suffix)
	}
	l.at = end
	t.num, t.unit, t.text = t.num.Mul(s.times), s.unit, string(l.src[start:end])
	return t, nil
}

type suffix struct {
	times money.Ratio
	unit  Unit
}

var suffixes = map[string]suffix{
	"":    {money.One, Plain},
	"千":   {money.Whole(1000), Plain},
	"万":   {money.Whole(10000), Plain},
	"亿":   {money.Whole(100000000), Plain},
	"%":   {money.Of(money.New(1, 2)), Percent},
	"‰":   {money.Of(money.New(1, 3)), Percent},
	"元":   {money.One, Money},
	"万元":  {money.Whole(10000), Money},
	"s":   {money.One, Time},
	"秒":   {money.One, Time},
	"min": {money.Whole(60), Time},
	"分钟":  {money.Whole(60), Time},
	"h":   {money.Whole(3600), Time},
	"小时":  {money.Whole(3600), Time},
}

func badSuffix(at int, whole, suffix string) *Fault {
	want := lang.T("3%、0.5‰、1.5万、60s、2h 这样的写法", "a number as in 3%, 0.5‰, 1.5万, 60s or 2h")
	if strings.HasPrefix(suffix, "e") || strings.HasPrefix(suffix, "E") {
		want = lang.T("不带指数的数字", "a number without an exponent")
	}
	mend := lang.Text{}
	if unit := map[string]string{"w": "万", "W": "万", "k": "千", "K": "千", "％": "%", "块": "元", "分": "min", "m": "min"}[suffix]; unit != "" {
		mend = lang.Same(strings.TrimSuffix(whole, suffix) + unit)
	}
	return &Fault{"number", at, lang.Same(whole), want, mend}
}
