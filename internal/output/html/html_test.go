package html

import (
	"regexp"
	"strings"
	"testing"

	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/review"
	"telepay/internal/statement"
)

// TestPage: every block is there, what people wrote is text and never markup, and
// the page asks for nothing beside itself.
func TestPage(t *testing.T) {
	step := statement.S("rate", statement.Figure(money.Whole(100), statement.Money), statement.Figure(money.Of(money.New(5, 2)), statement.Percent), statement.Figure(money.Whole(5), statement.Money))
	d := review.Document{Title: lang.Same("<b>方案"), Blocks: []review.Block{
		{Heading: lang.T("收入", "Earnings"), Level: 1},
		{Heading: lang.Same("提成 & co"), Level: 2, Note: "earnings.commission"},
		{Text: lang.Same("a < b")},
		{Table: &review.Table{Head: []lang.Text{lang.Same("满"), lang.Same("比例")}, Rows: [][]lang.Text{{lang.Same("5万"), lang.Same("5%")}}, Right: 1}},
		{Sum: &review.Sum{Given: lang.Same("回款 100"), Steps: []statement.Step{step}, Comes: lang.Same("5.00")}},
		{Sign: []lang.Text{lang.T("签名", "Signature")}},
	}}
	page := string(Write(d, lang.EN))
	for _, want := range []string{`<html lang="en">`, "<h1>&lt;b&gt;方案</h1>", "<h2>Earnings</h2>", "<h3>提成 &amp; co <small>earnings.commission</small></h3>", "<p>a &lt; b</p>",
		`<tr><td>5万</td><td class="n">5%</td></tr>`, "100.00 × 5% = 5.00", "<span>Signature</span>"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in\n%s", want, page)
		}
	}
	if away := regexp.MustCompile(`(?i)https?:|src=|href=|@import|url\(|<script`).FindString(page); away != "" {
		t.Errorf("the page asks for %s", away)
	}
	if open, shut := strings.Count(page, "<div"), strings.Count(page, "</div>"); open != shut {
		t.Errorf("%d divs opened, %d shut", open, shut)
	}
	if zh := string(Write(d, lang.ZH)); !strings.Contains(zh, `<html lang="zh-CN">`) || !strings.Contains(zh, "<h2>收入</h2>") {
		t.Error("the Chinese page is not Chinese")
	}
}
