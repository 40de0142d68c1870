package law

import (
	"os"
	"regexp"
	"testing"

	"telepay/internal/lang"
)

// TestPage: every file of docs/law.md is read without a problem, and the page has every file.
func TestPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/law.md")
	if err != nil {
		t.Fatal(err)
	}
	own := map[string][]byte{}
	for _, m := range regexp.MustCompile("(?s)## `law/([a-z_]+\\.yaml)`.*?```yaml\n(.*?)```").FindAllSubmatch(page, -1) {
		own[string(m[1])] = m[2]
	}
	for _, f := range files {
		if own[f.name] == nil {
			t.Errorf("the page has no %s", f.name)
		}
	}
	_, ps := Load(own)
	for _, p := range ps {
		t.Error(p.Format(lang.EN))
	}
	for _, r := range Roundings {
		if !regexp.MustCompile("`" + r.Word + "`").Match(page) {
			t.Errorf("the page has no rounding %s", r.Word)
		}
	}
}
