// Command telepay computes a telesales month: performance, commission, statements.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"telepay/internal/output/publish"
)

// version is set by the linker; a plain go build says so.
var version = "dev"

// Exit statuses. 2 is Go's own crash and never returned.
const (
	exitDone        = 0
	exitMachine     = 1 // disk, internal
	exitProblems    = 3 // in the user's files
	exitStrict      = 4 // notes, with --strict
	exitUsage       = 64
	exitInterrupted = 130
)

// exit is an error that carries its own status; text is empty where everything
// was said already.
type exit struct {
	status int
	text   string
}

func (e exit) Error() string { return e.text }

func main() {
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-interrupts
		fmt.Fprintln(os.Stderr)
		go func() {
			<-interrupts // at once, all the same
			os.Exit(exitInterrupted)
		}()
		publish.Abandon() // results are swapped in at the very end, so nothing is half written
		os.Exit(exitInterrupted)
	}()
	os.Exit(runWith(os.Args[1:], os.Stdout, os.Stderr))
}

// runWith runs a command line and returns its exit status.
func runWith(args []string, out, errs io.Writer) int {
	root := rootCommand(out, errs)
	root.SetArgs(args)
	err := root.Execute()
	var e exit
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &e):
		if e.text != "" {
			fmt.Fprintln(errs, "telepay: "+e.text)
		}
		return e.status
	}
	fmt.Fprintln(errs, "telepay: "+err.Error())
	return exitMachine
}
