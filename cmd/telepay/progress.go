package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"telepay/internal/lang"
)

// watch shows on a terminal how far the reading of calls is, until the function
// that it returns is called. Elsewhere it shows nothing.
func (a *app) watch(l lang.Lang, passed func() (bytes, of int64)) (done func()) {
	if a.quiet || !isTerminal(a.err) {
		return func() {}
	}
	stop, ended := make(chan struct{}), make(chan struct{})
	begin := time.Now()
	go func() {
		defer close(ended)
		tick := time.NewTicker(250 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				fmt.Fprint(a.err, "\r\x1b[K") // the line is cleared
				return
			case <-tick.C:
				bytes, of := passed()
				fmt.Fprint(a.err, "\r\x1b[K"+howFar(bytes, of, time.Since(begin)).In(l))
			}
		}
	}()
	return func() { close(stop); <-ended }
}

// isTerminal tells whether w is a screen that somebody looks at.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// howFar says how much is read, at what rate, and how long the rest will take.
func howFar(bytes, of int64, since time.Duration) lang.Text {
	ms := max(1, since.Milliseconds())
	rate := bytes / ms * 1000
	if rate == 0 {
		return lang.F("  %d / %d MB", "  %d of %d MB", bytes>>20, of>>20)
	}
	left := (of - bytes + rate - 1) / rate
	return lang.F("  %d%%  %d / %d MB  每秒 %d MB  还需 %d 秒", "  %d%%  %d of %d MB  %d MB/s  %d s left", bytes*100/max(1, of), bytes>>20, of>>20, rate>>20, left)
}
