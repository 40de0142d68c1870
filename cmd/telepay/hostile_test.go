package main

import (
	"archive/zip"
	"bufio"
	"compress/flate"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestHostileFiles: files made to hurt are refused in seconds and in little memory,
// with a message that fits a screen. Every file is made here and never kept.
func TestHostileFiles(t *testing.T) {
	const payments = "exports/2026-10/payments-2.csv"
	rows := []struct {
		name, file string
		write      func(w io.Writer)
		want       string // of the messages
		most       int    // MiB
	}{
		{"a field of 100 MB", payments, text("流水号,单号,到账日,金额\nP2,D1,2026-10-13,", "7", 100<<20), "payments-2.csv:2: error[field-too-long]", 64},
		{"a quote that never closes, then 100 MB", payments, text("流水号,单号,到账日,金额\nP2,\"D1,2026-10-13,5\n", "P3,D1,2026-10-13,5\n", 100<<20), "payments-2.csv:2:4: error[unclosed-quote]", 64},
		{"64 million columns", payments, text("流水号,单号,到账日,金额\nP2", ",", 64<<20), "payments-2.csv:2: error[too-many-columns]", 64},
		{"a header of 64 million columns", payments, text("流水号", ",", 64<<20), "payments-2.csv:1: error[too-many-columns]", 64},
		{"a million faulty rows", payments, text("流水号,单号,到账日,金额\n", "P2,D1,2026-10-13,1e9\n", 1e6*21), "error[bad-amount]: 发现 \"1e9\"", 256},
		{"a million ragged rows", payments, text("流水号,单号,到账日,金额\n", "P2,D1\n", 1e6*6), "error[ragged-row]", 160},
		{"a million agents that nobody knows", "exports/2026-10/calls.csv", numbered("通话编号,工号,开始时间,通话时长\n", "C%d,X%d,2026-10-13 09:00:00,5\n", 1e6), "error[unknown-agent]", 256},
		{"a million rows of calls in error", "exports/2026-10/calls.csv", numbered("通话编号,工号,开始时间,通话时长\n", "C%d,T1,2026-10-13 99:00:00,%d\n", 1e6), "error[bad-time]", 192},
		{"a gzip bomb of one field", payments + ".gz", packed(text("流水号,单号,到账日,金额\nP2,D1,2026-10-13,", "7", 512<<20)), "payments-2.csv.gz:2: error[field-too-long]", 64},
		{"a zip bomb that says so", "exports/2026-10/payments-2.xlsx", bomb("xl/worksheets/sheet1.xml", "<row/>", 400<<20), "error[workbook-too-large]", 64},
		{"a zip bomb of texts that nothing points to", "exports/2026-10/payments-2.xlsx", bomb("xl/sharedStrings.xml", "<si/>", 100<<20), "error[damaged-workbook]", 384},
		{"a zip bomb of one text", "exports/2026-10/payments-2.xlsx", bomb("xl/sharedStrings.xml", "<si><t><![CDATA[x]]>", 9<<20), "error[damaged-workbook]", 64},
		{"a list of parts that never ends", "exports/2026-10/payments-2.xlsx", func(w io.Writer) { text("PK\x03\x04", "PK\x01\x02"+strings.Repeat("\x00", 42), 64<<20)(w) }, "error[damaged-workbook]", 64},
		{"a plan of brackets", "plan.yaml", text("plan: ", "[", 1<<20-100), "plan.yaml: error[yaml-size]", 64},
		{"a plan of braces", "plan.yaml", text("plan: ", "{a: ", 1<<20-100), "plan.yaml: error[yaml-size]", 64},
		{"a plan of aliases", "plan.yaml", text("a: &a [x, x]\n", "bb: [*a]\n", 400<<10), "error[yaml-anchor]", 128},
		{"a plan of one key", "plan.yaml", text("", "a: 1\n", 400<<10), "error[duplicate-key]", 256},
		{"a plan of a million values", "plan.yaml", text("plan: [", "1,", 1<<20-100), "plan.yaml: error[yaml-size]", 64},
		{"a profile of two million bytes", "profiles/x.yaml", text("profile: x\n", "# nothing\n", 2<<20), "x.yaml: error[yaml-size]", 64},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			dir := exhibit(t)
			if strings.HasPrefix(row.file, "profiles/") {
				settings(t, dir, "profiles: {payments: x}\n")
			}
			generate(t, filepath.Join(dir, filepath.FromSlash(row.file)), row.write)
			began := time.Now()
			said, memory := checkMeasured(t, "-C", dir, "--quiet", "check")
			if !strings.Contains(said, row.want) || len(said) > 64<<10 {
				t.Errorf("%d bytes of messages that begin\n%.2000s\nwant %s", len(said), said, row.want)
			}
			if took := time.Since(began); memory > row.most || took > 2*time.Minute {
				t.Errorf("took %d MiB of memory and %s; want at most %d MiB", memory, took.Round(time.Millisecond), row.most)
			}
		})
	}
}

// TestHostileInspection: check FILE, which tries every profile on a file, bears the
// same files.
func TestHostileInspection(t *testing.T) {
	rows := []struct {
		name, file string
		write      func(w io.Writer)
		want       string
		most       int // MiB
	}{
		{"a field of 100 MB", "x.csv", text("流水号,单号,到账日,金额\nP2,D1,2026-10-13,", "7", 100<<20), "x.csv:2: error[field-too-long]", 96},
		{"faulty rows without an end", "x.csv", text("流水号,单号,到账日,金额\n", "P2,D1,2026-10-13,1e9\n", 3e5*21), "error[bad-amount]", 256},
		{"a gzip bomb", "x.csv.gz", packed(text("流水号,单号,到账日,金额\nP2,D1,2026-10-13,", "7", 512<<20)), "x.csv.gz", 96},
		{"a zip bomb", "x.xlsx", bomb("xl/worksheets/sheet1.xml", "<row/>", 400<<20), "error[workbook-too-large]", 96},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), row.file)
			generate(t, file, row.write)
			began := time.Now()
			said, memory := checkMeasured(t, "--quiet", "check", file)
			if !strings.Contains(said, row.want) || len(said) > 64<<10 {
				t.Errorf("%d bytes of messages that begin\n%.2000s\nwant %s", len(said), said, row.want)
			}
			if took := time.Since(began); memory > row.most || took > 2*time.Minute {
				t.Errorf("took %d MiB of memory and %s; want at most %d MiB", memory, took.Round(time.Millisecond), row.most)
			}
		})
	}
}

// checkMeasured runs check in a process of its own.
func checkMeasured(t *testing.T, args ...string) (said string, memory int) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(exe, args...)
	c.Env = append(os.Environ(), "TELEPAY_CHILD=1")
	var errs strings.Builder
	c.Stderr = &errs
	if err := c.Run(); c.ProcessState == nil || c.ProcessState.ExitCode() != exitProblems {
		t.Fatalf("ended with %v: %.2000s", err, errs.String())
	}
	said, kib, _ := strings.Cut(errs.String(), "VmHWM:")
	memory, _ = strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(kib), " kB")) // not known on other systems than Linux: 0
	return said, memory >> 10
}

// peak is the line in which Linux says the most memory that this process had.
func peak() string {
	data, _ := os.ReadFile("/proc/self/status")
	_, rest, _ := strings.Cut(string(data), "VmHWM:")
	line, _, _ := strings.Cut(rest, "\n")
	return "VmHWM:" + line
}

func settings(t *testing.T, dir, more string) {
	t.Helper()
	f, err := os.OpenFile(filepath.Join(dir, "telepay.yaml"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := io.WriteString(f, more); err != nil {
		t.Fatal(err)
	}
}

func generate(t *testing.T, path string, write func(w io.Writer)) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	b := bufio.NewWriterSize(f, 1<<20)
	write(b)
	if err := b.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// text writes head, and then one piece again and again up to a size.
func text(head, piece string, size int) func(w io.Writer) {
	return func(w io.Writer) {
		io.WriteString(w, head)
		block := strings.Repeat(piece, max(1, (1<<20)/len(piece)))
		for ; size >= len(block); size -= len(block) {
			io.WriteString(w, block)
		}
		io.WriteString(w, block[:size/len(piece)*len(piece)])
	}
}

func numbered(head, row string, n int) func(w io.Writer) {
	return func(w io.Writer) {
		io.WriteString(w, head)
		for i := range n {
			fmt.Fprintf(w, row, i, i)
		}
	}
}

func packed(write func(w io.Writer)) func(w io.Writer) {
	return func(w io.Writer) {
		z := gzip.NewWriter(w)
		write(z)
		z.Close()
	}
}

// bomb writes a workbook one part of which is a piece again and again.
func bomb(part, piece string, size int) func(w io.Writer) {
	parts := []struct{ name, xml string }{
		{"_rels/.rels", `<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>`},
		{"xl/worksheets/sheet1.xml", `<worksheet><sheetData></sheetData></worksheet>`},
		{"xl/sharedStrings.xml", `<sst></sst>`},
	}
	return func(w io.Writer) {
		z := zip.NewWriter(w)
		z.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestSpeed) })
		for _, p := range parts {
			f, err := z.Create(p.name)
			if err != nil {
				panic(err)
			}
			if p.name == part {
				text(p.xml[:strings.Index(p.xml, "</")], piece, size)(f)
				continue
			}
			io.WriteString(f, p.xml)
		}
		z.Close()
	}
}
