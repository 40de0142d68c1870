package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"regexp"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

func keeps(r rune) bool {
	return r == '_' || r == '-' || unicode.IsLetter(r) || unicode.IsDigit(r) && r < 0x80
}

var reserved = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])$`)

// folder is a team as a folder; Windows keeps some names to itself.
func folder(team string) string {
	if s := Slug(team); !reserved.MatchString(s) {
		return s
	}
	return Slug(team) + "_"
}

// FileName is where a statement stands inside the results: statements/team/
// id-name-hash.pdf. A person is found by eye; the hash of the id keeps names
// apart on disks that are blind to case, and off the names that Windows reserves.
func FileName(team, id, name string) string {
	sum := sha256.Sum256([]byte(id))
	return path.Join("statements", folder(norm.NFC.String(team)), Slug(norm.NFC.String(id))+"-"+Slug(norm.NFC.String(name))+"-"+hex.EncodeToString(sum[:4])+".pdf")
}
