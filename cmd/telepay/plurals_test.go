package main

import (
	"go/ast"
	"go/token"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// plural finds a number followed by a noun in the plural.
var plural = regexp.MustCompile(`%(\[\d\])?d ([a-z]+ )?([a-z]+s|people)\b`)

// neverOne begins what counts limits of the program and things that come in twos at least.
var neverOne = regexp.MustCompile(`(at most|more than|last|and|/)? ?` + plural.String() + `( of one call| that differ| leave 200)?`)

// TestCounted holds every counted noun in English to lang.Count: "1 problem".
func TestCounted(t *testing.T) {
	seen := 0
	goFiles(t, func(pkg, path string, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) < 3 || !isF(call.Fun) {
				return true
			}
			text, ok := call.Args[1].(*ast.BasicLit)
			if !ok || text.Kind != token.STRING {
				return true
			}
			seen++
			said, _ := strconv.Unquote(text.Value)
			for _, m := range neverOne.FindAllStringSubmatch(said, -1) {
				if m[1] == "" && m[len(m)-1] == "" {
					t.Errorf("%s: %q counts in the plural; want lang.Count", path, strings.TrimSpace(m[0]))
				}
			}
			return true
		})
	})
	if seen < 500 {
		t.Errorf("%d texts with arguments were looked at; want most of them", seen)
	}
}

func isF(f ast.Expr) bool {
	s, ok := f.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	x, ok := s.X.(*ast.Ident)
	return ok && x.Name == "lang" && s.Sel.Name == "F"
}
