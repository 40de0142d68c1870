package convert

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"telepay/internal/input/profile"
)

// TestDictionaryBehindTheProfile: a company's profile may name one column alone;
// the others are found as without a profile.
func TestDictionaryBehindTheProfile(t *testing.T) {
	p, problems := profile.Parse("profiles/orders.yaml", []byte("profile: orders\nkind: deals\ncolumns: {value: {of: 总价}}\n"))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	path := filepath.Join(t.TempDir(), "deals.csv")
	if err := os.WriteFile(path, []byte("订单编号,业务员工号,客户名称,总价,下单时间\nD1,T1,K1,\"¥1,200.50\",2026/10/9\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	kind, _ := profile.Lookup("deals")
	r, problems, err := Open(path, "deals.csv", kind, p, Options{Zone: time.UTC})
	if err != nil || r == nil {
		t.Fatal(problems, err)
	}
	defer r.Table.Close()
	row, ok := r.Next()
	if !ok {
		t.Fatal(r.Problems())
	}
	at := r.Mapping().Columns
	for field, want := range map[string]string{"deal": "D1", "agent": "T1", "customer": "K1", "value": "1200.5", "signed": "2026-10-09"} {
		col, there := at[field]
		if !there || row.Cells[col] != want {
			t.Errorf("%s is in column %d of %q, want %s", field, col, row.Cells, want)
		}
	}
}
