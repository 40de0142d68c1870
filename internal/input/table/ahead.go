package table

import "io"

// ahead reads src in a goroutine of its own, some pieces before they are asked
// for, so that unpacking goes on beside the work on rows. It must be closed.
type ahead struct {
	full chan piece
	free chan []byte
	stop chan struct{}
	left piece // what is read and not yet delivered
}

type piece struct {
	buf  []byte
	from int
	err  error // after buf
}

const (
	pieces    = 3
	pieceSize = 256 << 10
)

func newAhead(src io.Reader) *ahead {
	a := &ahead{full: make(chan piece, pieces), free: make(chan []byte, pieces), stop: make(chan struct{})}
	for range pieces {
		a.free <- make([]byte, pieceSize)
	}
	go a.run(src)
	return a
}

func (a *ahead) run(src io.Reader) {
	defer close(a.full)
	for {
		select {
		case <-a.stop:
			return
		case buf := <-a.free:
			n, err := 0, error(nil)
			for n < len(buf) && err == nil {
				var k int
				k, err = src.Read(buf[n:])
				n += k
			}
			a.full <- piece{buf[:n], 0, err} // never blocks: as many places as pieces
			if err != nil {
				return
			}
		}
	}
}

func (a *ahead) Read(b []byte) (int, error) {
	for a.left.from == len(a.left.buf) {
		if a.left.err != nil {
			return 0, a.left.err
		}
		if a.left.buf != nil {
			a.free <- a.left.buf[:pieceSize]
		}
		a.left = <-a.full
	}
	n := copy(b, a.left.buf[a.left.from:])
	a.left.from += n
	return n, nil
}

// Close ends the reading and waits until src is no longer used.
func (a *ahead) Close() {
	close(a.stop)
	for range a.full {
	}
}
