package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rightvoice/rightvoice/server/auth"
)

const tokenAbout = `
Makes a token for a person or a program. The token is printed once, on the
first line, and kept nowhere; the lines after it belong into the file that
serve is given with --auth-file, where only the hash of the token stands.

  rightvoice token new --name member-portal --side insurer --role evaluator
  rightvoice token new --name ann --person --role author --role viewer --tenant east`

func runToken(_ context.Context, std streams, args []string) error {
	f := newFlags(std, "token", "new [flags]", tokenAbout)
	name := f.String("name", "", "who it is for; stands in the audit log as the `actor`")
	person := f.Bool("person", false, "it is for a person and not for a program")
	side := f.String("side", "", "the `side` it asks for: insurer, provider or integrated (both); evaluators need one")
	tenant := f.String("tenant", auth.DefaultTenant, "the `tenant` it is for; * for all")
	expires := &moment{}
	f.Var(expires, "expires", "`time` or day at which it ends; empty: never")
	var roles list
	f.Var(&roles, "role", "a `role`, as often as needed: viewer, author, approver, publisher, admin, evaluator, auditor")
	rest, err := parseArgs(f, args)
	if err != nil {
		return err
	}
	if !slices.Equal(rest, []string{"new"}) {
		return badArguments("token takes new, and flags")
	}
	token, hash, err := auth.NewToken()
	if err != nil {
		return err
	}
	entry := "{name: " + strconv.Quote(*name) + ", sha256: " + hash
	if *person {
		entry += ", kind: person"
	}
	if *side != "" {
		entry += ", side: " + strconv.Quote(*side)
	}
	var quoted []string
	for _, r := range roles {
		quoted = append(quoted, strconv.Quote(r))
	}
	entry += ", roles: {" + strconv.Quote(*tenant) + ": [" + strings.Join(quoted, ", ") + "]}"
	if !expires.IsZero() {
		entry += ", expires: " + expires.String()
	}
	entry += "}"
	if _, err := auth.ReadFile("token", []byte("tokens:\n  - "+entry+"\n")); err != nil {
		_, why, _ := strings.Cut(err.Error(), ": ")
		return badArguments("%s", why)
	}
	fmt.Fprintf(std.out, "%s\n\ntokens:\n  - %s\n", token, entry)
	return nil
}
