package main

import (
	"fmt"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	if os.Getenv("TELEPAY_CHILD") == "main" { // the program as it is, signals and all
		main()
	}
	if os.Getenv("TELEPAY_CHILD") != "" { // of a test that runs the command as a process of its own
		status := runWith(os.Args[1:], os.Stdout, os.Stderr)
		fmt.Fprint(os.Stderr, peak())
		os.Exit(status)
	}
	testscript.Main(m, map[string]func(){
		"telepay": func() { os.Exit(runWith(os.Args[1:], os.Stdout, os.Stderr)) },
	})
}

// TestScripts runs the command as its users type it: testdata/script.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", RequireExplicitExec: true})
}
