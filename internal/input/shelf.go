package input

import (
	"crypto/sha256"
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
	code string // of the problem of a key with two contents: duplicate-deal
	kept []kept[T]
	at   map[string]int
}

type kept[T any] struct {
	fact    T
	content [sha256.Size]byte
	pos     diag.Pos
	file    string
	amount  money.Decimal
	money   bool
	spoiled bool
}

func newShelf[T any](code string) *shelf[T] { return &shelf[T]{code: code, at: map[string]int{}} }

// put keeps a fact, unless its row has a fault. name is the key as messages
// show it; empty for a key that must not be shown.
func (s *shelf[T]) put(r *row, key, name string, fact T) {
	if r.fault != "" {
		return
	}
	content := sha256.Sum256([]byte(r.content.String()))
	key = profile.Fold(key)
	i, seen := s.at[key]
	if !seen {
		s.at[key] = len(s.kept)
		s.kept = append(s.kept, kept[T]{fact, content, r.table.Pos(r.Row, -1), r.name, r.amount, r.hasMoney(), false})
		return
	}
	first := &s.kept[i]
	if first.content == content {
		r.list.Add(repeated(r, first.pos, name))
		r.cover.add(r.name, record.Excluded, "duplicate", r.amount, r.hasMoney())
		return
	}
	first.spoiled = true
	r.list.Add(conflicting(r, s.code, first.pos, name))
	r.fault = s.code
}

// facts returns what counts, in the order of the files; first rows whose key
// came again with another content go to the errors.
func (s *shelf[T]) facts(cover *coverage) []T {
	var all []T
	for _, k := range s.kept {
		if k.spoiled {
			cover.add(k.file, record.Errored, s.code, k.amount, k.money)
			continue
		}
		all = append(all, k.fact)
	}
	return all
}

func repeated(r *row, first diag.Pos, name string) diag.Problem {
	return diag.Problem{Code: "duplicate", Reach: diag.Note, Pos: r.table.Pos(r.Row, -1), See: []diag.Pos{first}, Line: r.excerpt(-1),
		Found: lang.F("%s 的重复行，内容相同，只算一次", "%[1]s once more, with the same content; it counts once", lang.Same(name))}
}

func conflicting(r *row, code string, first diag.Pos, name string) diag.Problem {
	return diag.Problem{Code: code, Reach: diag.Row, Pos: r.table.Pos(r.Row, -1), See: []diag.Pos{first}, Line: r.excerpt(-1),
		Found: lang.F("%s 出现两次，内容不同", "%s twice, with different contents", lang.Same(name)), Want: lang.T("每个编号只有一种内容", "one content for each id"),
		Mend: lang.T("删去错误的一行，或改正编号；两行都暂不计算", "delete the row that is wrong, or mend its id; until then neither counts")}
}

// label joins the visible parts of a key.
func label(parts ...string) string { return strings.Join(parts, " ") }
