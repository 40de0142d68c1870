package input

import (
	"crypto/sha256"
	"slices"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/input/profile"
	"telepay/internal/lang"
	"telepay/internal/money"
	"telepay/internal/record"
)

// shelf keeps the facts of one kind by their key, over all files: same key and
// same content count once, same key and other content count not at all, since
// nobody can tell which row is right (semantics 16).
type shelf[T any] struct {
	code  string // of the problem of a key with two contents: duplicate-deal
	facts []T
	kept  []kept // of each fact
	at    map[string]int32
	room  int // to make for the file at its first good row
}

// kept is what is remembered of a fact's row, to compare it and to name it.
type kept struct {
	src     *source
	content [16]byte // of SHA-256, enough that no two rows agree by chance
	line    int32
	spoiled bool
	amount  money.Decimal
}

func newShelf[T any](code string) *shelf[T] { return &shelf[T]{code: code, at: map[string]int32{}} }

// reading is how the rows of a kind become facts. key tells facts apart; name
// is the key as messages show it.
type reading[T any] struct {
	kind string
	one  string // of the kind, for the code of the problem: deal
	read func(r *row) T
	key  func(r *row, fact T) (key, name string)
}

// fill reads every file of a kind, one fact a row.
func fill[T any](s *session, places []place, how reading[T]) []T {
	shelf := newShelf[T]("duplicate-" + how.one)
	seen := map[string]string{} // digest of a file → its name
	for _, p := range places {
		src := s.open(how.kind, p)
		if src == nil {
			continue
		}
		src.sameAs(seen)
		shelf.room = src.table.MostRows()
		src.each(func(r *row) {
			fact := how.read(r)
			k, name := how.key(r, fact)
			if r.fault == "" {
				shelf.put(r, profile.Fold(k), name, fact)
			}
			if r.fault != "" {
				s.inError(r, how.kind, name)
			}
		})
	}
	return shelf.good(s.cover)
}

// inError notes whose pay a row in error leaves open: the deal's, and the person's
// whom the row names.
func (s *session) inError(r *row, kind, name string) {
	if kind == "deals" && name != "" {
		s.faultyDeals[name] = true
	}
	if s.roster == nil || kind == "roster" || kind == "opening" {
		return
	}
	if id, ok := s.roster.Known(strings.TrimSpace(r.raw("agent"))); ok && s.waits[id].Code == "" {
		s.waits[id] = record.Fault{Code: r.fault, At: r.evidence()}
	}
}

func (s *shelf[T]) put(r *row, key, name string, fact T) {
	sum := sha256.Sum256(r.content)
	content := [16]byte(sum[:16])
	i, seen := s.at[key]
	if !seen {
		s.makeRoom()
		s.at[key] = int32(len(s.kept))
		s.facts = append(s.facts, fact)
		s.kept = append(s.kept, kept{src: r.source, content: content, line: int32(r.Line), amount: r.amount})
		return
	}
	first := &s.kept[i]
	place := first.src.table.Place(int(first.line), 0)
	if first.content == content {
		if r.twin == "" {
			r.list.Add(repeated(r, place, name))
		}
		r.cover.Add(record.Bucket{File: r.name, Bucket: record.Excluded, Reason: "duplicate", Rows: 1, Amount: r.amount, HasAmount: r.hasMoney()})
		return
	}
	first.spoiled = true
	r.list.Add(conflicting(r, s.code, place, name))
	r.fault = s.code
}

// makeRoom saves growing step by step. A file without a good row takes none.
func (s *shelf[T]) makeRoom() {
	if s.room > 0 {
		s.facts, s.kept, s.room = slices.Grow(s.facts, s.room), slices.Grow(s.kept, s.room), 0
	}
}

// good returns what counts, in the order of the files; first rows whose key
// came again with another content go to the errors.
func (s *shelf[T]) good(cover *record.Coverage) []T {
	n := 0
	for i, k := range s.kept {
		if k.spoiled {
			cover.Add(record.Bucket{File: k.src.name, Bucket: record.Errored, Reason: s.code, Rows: 1, Amount: k.amount, HasAmount: k.src.hasMoney()})
			continue
		}
		s.facts[n] = s.facts[i]
		n++
	}
	clear(s.facts[n:])
	return s.facts[:n:n]
}

// sameAs notes a file that is another one of its kind, byte for byte: that is one
// slip, not one at every row.
func (src *source) sameAs(seen map[string]string) {
	info := src.table.Info()
	if src.twin = seen[info.SHA256]; src.twin == "" || src.sheet != "" { // sheets of one workbook have one digest
		src.twin = ""
		seen[info.SHA256] = src.shown
		return
	}
	src.list.Add(diag.Problem{Code: "same-file", Reach: diag.Note, Pos: diag.Pos{File: src.shown}, See: []diag.Pos{{File: src.twin}},
		Found: lang.F("与 %s 逐字节相同的文件，每行只算一次", "the same file as %s, byte for byte; each row counts once", src.twin), Mend: lang.T("删去其中一份", "delete one of them")})
}

func repeated(r *row, first diag.Pos, name string) diag.Problem {
	return diag.Problem{Code: "duplicate", Reach: diag.Note, Pos: r.table.Pos(r.Row, -1), See: []diag.Pos{first}, Line: r.excerpt(-1),
		Found: lang.F("%s 的重复行，内容相同，只算一次", "%[1]s once more, with the same content; it counts once", name)}
}

func conflicting(r *row, code string, first diag.Pos, name string) diag.Problem {
	return diag.Problem{Code: code, Reach: diag.Row, Pos: r.table.Pos(r.Row, -1), See: []diag.Pos{first}, Line: r.excerpt(-1),
		Found: lang.F("%s 出现两次，内容不同", "%s twice, with different contents", name), Want: lang.T("每个编号只有一种内容", "one content for each id"),
		Mend: lang.T("删去错误的一行，或改正编号；两行都暂不计算", "delete the row that is wrong, or mend its id; until then neither counts")}
}
