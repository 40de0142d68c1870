package profile

import (
	"embed"
	"fmt"
	"sort"
	"strings"
	"sync"
)

//go:embed shipped/*.yaml
var shippedFiles embed.FS

// Shipped returns the profiles that come with telepay, by name; they are read once
// and not to be changed. A mistake in one of them is a mistake of the program.
func Shipped() []*Profile { return shipped() }

var shipped = sync.OnceValue(func() []*Profile {
	entries, err := shippedFiles.ReadDir("shipped")
	if err != nil {
		panic(err)
	}
	var all []*Profile
	for _, e := range entries {
		p, ok := ShippedAs(strings.TrimSuffix(e.Name(), ".yaml"))
		if !ok {
			panic("profile: " + e.Name() + " cannot be read")
		}
		all = append(all, p)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].Name < all[j].Name })
	return all
})

// ShippedAs returns a shipped profile by its name.
func ShippedAs(name string) (*Profile, bool) {
	text, ok := ShippedText(name)
	if !ok {
		return nil, false
	}
	p, problems := Parse(name+".yaml", []byte(text))
	if len(problems) > 0 || p.Name != name {
		panic(fmt.Sprintf("profile: shipped %s: %v", name, problems))
	}
	p.Shipped = true
	return p, true
}

// ShippedText returns a shipped profile as it is written, to be copied and changed.
func ShippedText(name string) (string, bool) {
	if strings.ContainsAny(name, `/\.`) {
		return "", false
	}
	data, err := shippedFiles.ReadFile("shipped/" + name + ".yaml")
	return string(data), err == nil
}
