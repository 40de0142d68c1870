// Package project reads telepay.yaml: who the company is, its months, sites and
// folders. Bytes come in, settings go out; it opens no file.
package project

import (
	"strconv"
	"time"
	_ "time/tzdata" // one zone for every machine, also where the system has none

	"telepay/internal/catalogue"
	"telepay/internal/diag"
	"telepay/internal/lang"
	"telepay/internal/period"
	"telepay/internal/yamldoc"
)

// Project is the settings of a project folder.
type Project struct {
	Company      lang.Text
	Language     lang.Lang
	Zone         *time.Location
	Currency     string
	Places       int // of the currency: 2 for CNY
	First        period.Month
	Cut          period.Cut
	Jurisdiction string
	Objection    int // days to object to a statement
	Sites        map[string]Site
	Exports      string
	Out          string
	Profiles     map[string][]string // kind of export → profiles
}

// Site is a place of work, with whose law and minimum wage holds there.
type Site struct {
	City         string
	Jurisdiction string
}

// Fields is the table of telepay.yaml.
var Fields = []catalogue.Field{
	{Key: "company", Name: lang.T("公司", "company"), Kind: lang.T("文字, 或 {zh: …, en: …}", "text, or {zh: …, en: …}"), Help: lang.T("印在工资单上的公司名", "as printed on statements"), Example: "company: {zh: 华信电销, en: Huaxin Telesales}"},
	{Key: "language", Name: lang.T("语言", "language"), Kind: lang.Same("zh-CN, en"), Default: lang.Same("zh-CN"), Help: lang.T("工资单和报表的语言; 花名册可按人另定", "language of papers; the roster may say otherwise for a person"), Example: "language: zh-CN"},
	{Key: "zone", Name: lang.T("时区", "zone"), Kind: lang.T("时区名", "a time zone"), Default: lang.Same("Asia/Shanghai"), Help: lang.T("月份按哪个时区的零点分", "whose midnight parts the months"), Example: "zone: Asia/Shanghai"},
	{Key: "currency", Name: lang.T("币种", "currency"), Kind: lang.T("三个字母", "three letters"), Default: lang.Same("CNY"), Help: lang.T("所有金额的币种", "of all amounts"), Example: "currency: CNY"},
	{Key: "first_month", Name: lang.T("首月", "first month"), Kind: lang.T("月份", "a month"), Help: lang.T("telepay 从哪个月开始算; 更早的留在 opening.csv", "the first month that telepay computes; what earlier ones left stands in opening.csv"), Example: "first_month: 2026-09"},
	{Key: "month_starts", Name: lang.T("月起始日", "month starts"), Kind: lang.Same("1, 2…28"), Default: lang.Same("1"), Help: lang.T("每月从几号开始; 26 表示上月 26 日到本月 25 日", "day that a month starts on; 26 means the 26th to the 25th"), Example: "month_starts: 26"},
	{Key: "jurisdiction", Name: lang.T("适用法域", "jurisdiction"), Kind: lang.T("法域名", "a jurisdiction"), Default: lang.Same("CN"), Help: lang.T("扣款限额按哪里的规定", "whose law limits deductions"), Example: "jurisdiction: CN"},
	{Key: "objection_days", Name: lang.T("异议期", "objection days"), Kind: lang.T("天数", "days"), Default: lang.Same("7"), Help: lang.T("工资单发出后多少天内可提异议", "days to object to a statement"), Example: "objection_days: 7"},
	{Key: "sites", Name: lang.T("职场", "sites"), Kind: lang.T("职场: {city: …, jurisdiction: …}", "site: {city: …, jurisdiction: …}"), Help: lang.T("各职场在哪个城市 (最低工资) ", "which city a site is in (for the minimum wage)"), Example: "sites: {昆明: {city: 昆明}}"},
	{Key: "exports", Name: lang.T("导出目录", "exports"), Kind: lang.T("文件夹", "a folder"), Default: lang.Same("exports"), Help: lang.T("每月一个子文件夹, 如 exports/2026-10", "one sub-folder a month, as exports/2026-10"), Example: "exports: exports"},
	{Key: "out", Name: lang.T("结果目录", "out"), Kind: lang.T("文件夹", "a folder"), Default: lang.Same("out"), Help: lang.T("结果写到哪里", "where results go"), Example: "out: out"},
	{Key: "profiles", Name: lang.T("导入配置", "profiles"), Kind: lang.T("导出种类: 一个或几个导入配置", "kind of export: one profile or several"), Help: lang.T("列名对不上的导出用哪个配置读: profiles/ 里的, 或自带的 (telepay help profiles); 写几个时用第一个合适的", "which profile reads an export whose columns are its own: one in profiles/, or one that comes with telepay (telepay help profiles); of several the first one that fits"), Example: "profiles: {calls: dialer, payments: [alipay, wechat]}"},
}

// Read reads telepay.yaml.
func Read(file string, data []byte) (*Project, []diag.Problem) {
	n, problems := yamldoc.Parse(file, data)
	if n == nil || len(problems) > 0 {
		return nil, problems
	}
	r := &yamldoc.Reader{}
	catalogue.Check(r, n, Fields)
	p := &Project{Language: lang.ZH, Currency: "CNY", Places: 2, Jurisdiction: "CN", Objection: 7, Exports: "exports", Out: "out",
		Cut: period.Cut{StartDay: 1}, Sites: map[string]Site{}, Profiles: map[string][]string{}}
	if c := n.Get("company"); c != nil {
		p.Company = r.Text(c)
	} else {
		r.Bad(n, "missing-key", lang.T("没有 company", "no company"), lang.T("公司名", "the company's name"), lang.Same("company: 华信电销"))
	}
	p.times(r, n)
	p.words(r, n)
	if s := n.Get("sites"); s != nil && s.Kind == yamldoc.Map {
		for _, e := range s.Entries {
			r.Known(e.Value, "city", "jurisdiction")
			p.Sites[e.Key.Text] = Site{City: r.Word(e.Value.Get("city")), Jurisdiction: r.Word(e.Value.Get("jurisdiction"))}
		}
	}
	if s := n.Get("profiles"); s != nil && s.Kind == yamldoc.Map {
		for _, e := range s.Entries {
			p.Profiles[e.Key.Text] = r.Words(e.Value)
		}
	}
	return p, r.Problems.All()
}

func (p *Project) times(r *yamldoc.Reader, n *yamldoc.Node) {
	zone := "Asia/Shanghai"
	if z := n.Get("zone"); z != nil {
		zone = r.Word(z)
	}
	loc, err := time.LoadLocation(zone)
	if err != nil {
		r.Bad(n.Get("zone"), "zone", lang.Same(diag.Quote(zone)), lang.T("Asia/Shanghai 这样的时区名", "a time zone such as Asia/Shanghai"), lang.Text{})
	}
	p.Zone = loc
	first := n.Get("first_month")
	m, err := period.ParseMonth(r.Word(first))
	if err != nil {
		at := first
		if at == nil {
			at = n
		}
		r.Bad(at, "missing-key", lang.T("没有可用的 first_month", "no first_month that can be used"), lang.T("2026-09 这样的月份", "a month such as 2026-09"), lang.Same("first_month: 2026-09"))
	}
	p.First = m
	if v, ok := whole(r, n.Get("month_starts"), 1, 28); ok {
		p.Cut.StartDay = v
	}
	if v, ok := whole(r, n.Get("objection_days"), 0, 365); ok {
		p.Objection = v
	}
}

func whole(r *yamldoc.Reader, n *yamldoc.Node, least, most int) (int, bool) {
	if n == nil {
		return 0, false
	}
	v, err := strconv.Atoi(r.Word(n))
	if err != nil || v < least || v > most {
		r.Bad(n, "number", lang.F("%s: %s", "%s: %s", n.Path, n.Text), lang.F("%d 到 %d 的整数", "a whole number from %d to %d", least, most), lang.Text{})
		return 0, false
	}
	return v, true
}

func (p *Project) words(r *yamldoc.Reader, n *yamldoc.Node) {
	if v := n.Get("language"); v != nil {
		l, err := lang.Parse(r.Word(v))
		if err != nil {
			r.Bad(v, "unknown-word", lang.F("language: %s", "language: %s", v.Text), lang.Same("zh-CN, en"), lang.Text{})
		}
		p.Language = l
	}
	for key, into := range map[string]*string{"currency": &p.Currency, "jurisdiction": &p.Jurisdiction, "exports": &p.Exports, "out": &p.Out} {
		if v := n.Get(key); v != nil {
			*into = r.Word(v)
		}
	}
}

// MinimumOf returns the city whose minimum wage holds at a site.
func (p *Project) MinimumOf(site string) string { return p.Sites[site].City }

// JurisdictionOf returns whose law holds at a site.
func (p *Project) JurisdictionOf(site string) string {
	if j := p.Sites[site].Jurisdiction; j != "" {
		return j
	}
	return p.Jurisdiction
}
