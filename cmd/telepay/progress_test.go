package main

import (
	"bytes"
	"testing"
	"time"

	"telepay/internal/lang"
)

func TestHowFar(t *testing.T) {
	for _, c := range []struct {
		bytes, of int64
		since     time.Duration
		zh, en    string
	}{
		{0, 4 << 30, 0, "  0 / 4096 MB", "  0 of 4096 MB"},
		{1 << 30, 4 << 30, time.Second, "  25%  1024 / 4096 MB  每秒 1023 MB  还需 4 秒", "  25%  1024 of 4096 MB  1023 MB/s  4 s left"},
		{10, 10, time.Millisecond, "  100%  0 / 0 MB  每秒 0 MB  还需 0 秒", "  100%  0 of 0 MB  0 MB/s  0 s left"},
	} {
		text := howFar(c.bytes, c.of, c.since)
		if text.In(lang.ZH) != c.zh || text.In(lang.EN) != c.en {
			t.Errorf("%q, %q", text.In(lang.ZH), text.In(lang.EN))
		}
	}
}

func TestNoProgressInAFile(t *testing.T) {
	var errs bytes.Buffer
	a := &app{err: &errs}
	done := a.watch(lang.EN, func() (int64, int64) { return 1, 2 })
	time.Sleep(300 * time.Millisecond)
	if done(); errs.Len() > 0 {
		t.Errorf("a file got %q", errs.String())
	}
}
