package input

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Whatever stands far down in a file of calls, reading it block by block and
// looking at the whole of it first give the same counts, buckets and messages.
func TestStreamEqualsWholeLook(t *testing.T) {
	head := strings.SplitAfter(callText, "\n")[0]
	var rows strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&rows, "B%05d,T%02d,2026-10-08 09:00:00,呼出,1380000%04d,接通,%d,张三\n", i, 1+i%2, i%500, i%90)
	}
	far := head + rows.String()
	cut := zipped(far)
	for name, file := range map[string]string{
		"plain":          far,
		"BOM":            "\ufeff" + far,
		"CRLF":           strings.ReplaceAll(far, "\n", "\r\n"),
		"lone CR":        far + "C1,T01,2026-10-08 09:00:00,呼出,1,接通,5,a\rC2,T01,2026-10-08 09:00:00,呼出,1,接通,5,a\r",
		"GBK bytes":      far + "C1,T01,2026-10-08 09:00:00,呼出,1,接通,5,\xd5\xc5\n",
		"ASCII, GBK":     strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll("call_id,agent,started,direction,phone,result,talk,note\n"+rows.String(), "呼出", "out"), "接通", "answered"), "张三", "x"), "B00003,", "B\xd5\xc53,"),
		"control":        far + "C1,T01,2026-10-08 09:00:00,呼出,1,接通,5,a\x01b\n",
		"Ctrl-Z":         far + "\x1a",
		"private use":    far + "C1,T01,2026-10-08 09:00:00,呼出,1,接通,5,\ue000\n",
		"lost":           far + "C1,T01,2026-10-08 09:00:00,呼出,1,接通,5,\ufffd\n",
		"full width":     far + "Ｃ１,Ｔ０１,2026-10-08 09:00:00,呼出,1,接通,5,，。\n",
		"stray quote":    far + "C1,T01,2026-10-08 09:00:00,呼出,1,接通,5,\"a\"b\nC2,T01,2026-10-08 09:00:00,呼出,1,接通,7,\"a\nb\"\n",
		"unclosed quote": far + "C1,T01,2026-10-08 09:00:00,呼出,1,接通,5,\"ab\n" + rows.String(),
		"gzip":           cut,
		"cut gzip":       cut[:len(cut)-9],
		"gzip, control":  zipped(far + "C1,T01,2026-10-08 09:00:00,呼出,1,接通,5,a\x01b\n"),
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{"calls.csv": file}
			if strings.Contains(name, "gzip") {
				files = map[string]string{"calls.csv.gz": file}
			}
			streamed, whole := told(t, files, false), told(t, files, true)
			if !slices.Equal(streamed, whole) {
				t.Errorf("streamed:\n%s\nlooked at as a whole:\n%s", strings.Join(streamed, "\n"), strings.Join(whole, "\n"))
			}
			sum := sha256.Sum256([]byte(file))
			if digest := hex.EncodeToString(sum[:]); len(streamed) > 2 && !strings.Contains(strings.Join(streamed, "\n"), digest) {
				t.Errorf("no digest %s in %q", digest, streamed)
			}
		})
	}
}

// told reads a month and writes down all that comes of it.
func told(t *testing.T, files map[string]string, whole bool) (out []string) {
	t.Helper()
	month, list := Read(project(t, files))
	problems := list.All()
	if whole {
		for name := range files {
			problems = append(problems, month.Calls.reopen("exports/2026-10/"+name)...)
		}
	}
	if month.Calls.Any() {
		if month.Calls.calls[0].table.Unproven() == whole {
			t.Fatal("the file is not read in the way to be tested")
		}
		table, bs, ps, err := month.Calls.Run(callSet, month.Facts.People)
		if err != nil {
			t.Fatal(err)
		}
		if problems = append(problems, ps...); len(month.Calls.calls) > 0 {
			out = append(out, fmt.Sprint(table.Rows), buckets(bs))
		}
	}
	month.Calls.Close()
	out = append(out, fmt.Sprint(month.Calls.Files()))
	list.AddAll(problems[list.Len():])
	return append(out, places(t, list.Sorted()))
}
