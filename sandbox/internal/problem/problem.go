// Package problem has the one kind of error that the sandbox shows: what failed, why, and what to do about it.
package problem

import (
	"errors"
	"strings"
)

// Exit codes of every command.
const (
	ExitOK       = 0
	ExitFailure  = 1
	ExitUsage    = 2
	ExitCannotDo = 3 // this machine lacks something; the error says what installs it
)

// Error is a failure told in full sentences' parts.
type Error struct {
	What string `json:"error"`
	Why  string `json:"why,omitempty"`
	Do   string `json:"do,omitempty"`
	Code int    `json:"exitCode"`
	err  error
}

// New starts an ordinary failure.
func New(what string) *Error { return &Error{What: what, Code: ExitFailure} }

// Usage starts a failure of the command line itself.
func Usage(what string) *Error { return &Error{What: what, Code: ExitUsage} }

// CannotDo starts a failure whose cause is the machine.
func CannotDo(what string) *Error { return &Error{What: what, Code: ExitCannotDo} }

// Because adds the reason.
func (e *Error) Because(why string) *Error {
	e.Why = why
	return e
}

// From adds the reason and keeps the error for errors.Is.
func (e *Error) From(err error) *Error {
	e.err = err
	e.Why = err.Error()
	return e
}

// Try adds the next step for the reader.
func (e *Error) Try(do string) *Error {
	e.Do = do
	return e
}

// Error joins the three parts on one line each.
func (e *Error) Error() string {
	lines := []string{e.What}
	if e.Why != "" {
		lines = append(lines, "  why: "+e.Why)
	}
	if e.Do != "" {
		lines = append(lines, "  do:  "+e.Do)
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the underlying error, if there is one.
func (e *Error) Unwrap() error { return e.err }

// As turns any error into an Error; an unknown one is an ordinary failure.
func As(err error) *Error {
	var known *Error
	if errors.As(err, &known) {
		return known
	}
	return New(err.Error())
}
