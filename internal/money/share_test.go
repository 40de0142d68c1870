package money

import "testing"

func TestParseShare(t *testing.T) {
	for text, want := range map[string]string{"60%": "0.6", "1/3": "0.3333", "0%": "0", "100%": "1", "1/1": "1", "12.5%": "0.125",
		"101%": "", "-1%": "", "2/1": "", "1/0": "", "rest": "", "0.6": "", "": "", "1/-3": ""} {
		got := ""
		if v, ok := ParseShare(text); ok {
			got = v.Round(4, HalfUp).String()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}
