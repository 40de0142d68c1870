package convert

import (
	"fmt"
	"os"
	"testing"
	"time"

	"telepay/internal/input/profile"
)

func TestTry(t *testing.T) {
	zone, _ := time.LoadLocation("Asia/Shanghai")
	for _, row := range []struct{ profile, file string }{
		{"alipay", "payments-cn/alipay.csv"}, {"zkteco-attlog", "attendance-attlog/1_attlog.dat"}, {"dingtalk-month", "attendance-dingtalk-fixture/dingtalk-month-fixture.xlsx"},
		{"crm-pipeline", "deals-crm-pipeline/sales_pipeline.csv"}, {"daily-counters", "calls-callmemaybe-2019-10/telecom_dataset_2019-10.csv"},
	} {
		p, ok := profile.ShippedAs(row.profile)
		if !ok {
			t.Fatal(row.profile)
		}
		k, _ := profile.Lookup(p.Kind)
		r, ps, err := Open(os.Getenv("DATA")+"/"+row.file, row.file, k, p, Options{Zone: zone})
		fmt.Println(row.profile, err)
		for _, p := range ps {
			fmt.Println(p.Format("en"))
		}
		if r == nil {
			continue
		}
		n := 0
		for x, ok := r.Next(); ok; x, ok = r.Next() {
			if n++; n < 16 {
				fmt.Printf("%d %q\n", x.Line, x.Cells)
			}
		}
		fmt.Println(n)
		for f, l := range r.Left() {
			fmt.Println(f, *l)
		}
		for i, p := range r.Problems() {
			if i < 5 {
				fmt.Println(p.Format("en"))
			}
		}
	}
}
