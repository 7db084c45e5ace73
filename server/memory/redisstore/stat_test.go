package redisstore

import (
	"regexp"
	"strconv"
	"testing"

	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// commandCalls is how often a server was sent a command.
func commandCalls(t testing.TB, server *storetest.Server, command string) int64 {
	t.Helper()
	info := server.MustDo(t, "INFO", "commandstats").(string)
	found := regexp.MustCompile(`(?m)^cmdstat_` + command + `:calls=(\d+)`).FindStringSubmatch(info)
	if found == nil {
		return 0
	}
	n, err := strconv.ParseInt(found[1], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
