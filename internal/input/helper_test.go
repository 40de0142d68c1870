package input

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"

	"telepay/fixtures/workbook"
)

func zipped(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, s)
	w.Close()
	return b.String()
}

// oneSheet is a workbook of one sheet.
func oneSheet(t testing.TB, rows [][]any) string {
	t.Helper()
	return workbook.Of(t, []string{"Sheet1"}, map[string][][]any{"Sheet1": rows})
}

func removeFile(dir, name string) error { return os.Remove(filepath.Join(dir, name)) }
