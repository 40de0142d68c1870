package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// FileName is where a statement stands inside the results, with slashes:
// statements/team/id-name-hash.pdf. A person is found by eye; the hash of the id
// keeps names apart on disks that are blind to case, and off the names that
// Windows reserves. Names come from files of the user and may hold anything.
func FileName(team, id, name string) string {
	sum := sha256.Sum256([]byte(id))
	return path.Join("statements", folder(team), Slug(id)+"-"+Slug(name)+"-"+hex.EncodeToString(sum[:4])+".pdf")
}

// slugBytes is the most that a part of a file name takes.
const slugBytes = 60

// Slug keeps letters of any script, ASCII digits, _ and -, and makes everything
// else a dash. It takes at most 60 bytes, never begins or ends with a dash, and
// is never empty.
func Slug(s string) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(s) {
		if !keeps(r) {
			r = '-'
		}
		if r == '-' && (b.Len() == 0 || strings.HasSuffix(b.String(), "-")) {
			continue
		}
		if b.Len()+len(string(r)) > slugBytes {
			break
		}
		b.WriteRune(r)
	}
	if out := strings.TrimRight(b.String(), "-"); out != "" {
		return out
	}
	return "x"
}

func keeps(r rune) bool {
	return r == '_' || r == '-' || r != unicode.ReplacementChar && unicode.IsLetter(r) || r >= '0' && r <= '9'
}

// reserved are names that Windows keeps to itself.
var reserved = regexp.MustCompile(`(?i)^(con|conin|conout|prn|aux|nul|com[0-9]|lpt[0-9])$`)

// folder is a team as a folder.
func folder(team string) string {
	s := Slug(team)
	if reserved.MatchString(s) {
		return s + "_"
	}
	return s
}
