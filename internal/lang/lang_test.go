package lang

import "testing"

func TestIn(t *testing.T) {
	for _, c := range []struct {
		name   string
		text   Text
		zh, en string
	}{
		{"both", T("底薪", "base"), "底薪", "base"},
		{"no English", Text{ZH: "底薪"}, "底薪", "底薪"},
		{"no Chinese", Text{EN: "base"}, "base", "base"},
		{"same in both", Same("T1"), "T1", "T1"},
		{"filled", F("%d 个", "%d of them", 3), "3 个", "3 of them"},
		{"filled with a text", F("%s 缺 %s", "%[2]s missing in %[1]s", "plan", T("键", "key")), "plan 缺 键", "key missing in plan"},
		{"one counted", F("还有 %s 行", "%s more", Count(1, "row", "rows")), "还有 1 行", "1 row more"},
		{"many counted", F("还有 %s 行", "%s more", Count(2, "row", "rows")), "还有 2 行", "2 rows more"},
		{"none counted", F("%s 人", "%s", Count(0, "person", "people")), "0 人", "0 people"},
		{"empty", Text{}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.text.In(ZH) != c.zh || c.text.In(EN) != c.en {
				t.Errorf("got %q and %q", c.text.In(ZH), c.text.In(EN))
			}
		})
	}
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		in   string
		want Lang
		ok   bool
	}{{"", ZH, true}, {"zh", ZH, true}, {"zh-CN", ZH, true}, {"中文", ZH, true}, {"en", EN, true}, {"English", EN, true}, {"fr", ZH, false}, {"EN", ZH, false}} {
		t.Run(c.in, func(t *testing.T) {
			if l, err := Parse(c.in); l != c.want || (err == nil) != c.ok {
				t.Errorf("got %s (%v)", l, err)
			}
		})
	}
	if ZH.Other() != EN || EN.Other() != ZH {
		t.Error("the other of two languages is the other")
	}
}
