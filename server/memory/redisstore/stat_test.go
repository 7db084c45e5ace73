package redisstore

import (
	"regexp"
	"strconv"
	"testing"

	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// tripsOf is how often a server has read from its clients, this asking among them.
func tripsOf(t testing.TB, server *storetest.Server) int64 {
	t.Helper()
	info := server.MustDo(t, "INFO", "stats").(string)
	found := regexp.MustCompile(`(?m)^total_reads_processed:(\d+)`).FindStringSubmatch(info)
	if found == nil {
		t.Fatal("the server does not count what it reads")
	}
	n, err := strconv.ParseInt(found[1], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
