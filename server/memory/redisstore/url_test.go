package redisstore

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestURLs(t *testing.T) {
	for text, want := range map[string]target{
		"redis://localhost":                     {addrs: []string{"localhost:6379"}},
		"redis://10.0.0.1:7000/2":               {addrs: []string{"10.0.0.1:7000"}, db: 2},
		"redis://[::1]":                         {addrs: []string{"[::1]:6379"}},
		"redis://[::1]:7000/":                   {addrs: []string{"[::1]:7000"}},
		"redis://:pass@h":                       {addrs: []string{"h:6379"}, password: "pass"},
		"rediss://app:p%40s%2Cs@h:1":            {addrs: []string{"h:1"}, username: "app", password: "p@s,s", tls: true},
		"redis://a,b:7000,[::1]":                {addrs: []string{"a:6379", "b:7000", "[::1]:6379"}, cluster: true},
		"rediss://app:pw@a:1,b:2":               {addrs: []string{"a:1", "b:2"}, cluster: true, username: "app", password: "pw", tls: true},
		"redis-cluster://a:1":                   {addrs: []string{"a:1"}, cluster: true},
		"rediss+cluster://a:1":                  {addrs: []string{"a:1"}, cluster: true, tls: true},
		"redis-sentinel://a,b:1/main":           {addrs: []string{"a:26379", "b:1"}, master: "main"},
		"redis+sentinel://app:pw@a/main/3":      {addrs: []string{"a:26379"}, master: "main", db: 3, username: "app", password: "pw"},
		"redis://a:1,b/3?master_name=main":      {addrs: []string{"a:1", "b:26379"}, master: "main", db: 3},
		"rediss-sentinel://a/?master_name=main": {addrs: []string{"a:26379"}, master: "main", tls: true},
		"redis-sentinel://a/main?sentinel_username=s&sentinel_password=p%26w": {
			addrs: []string{"a:26379"}, master: "main", sentinelUsername: "s", sentinelPassword: "p&w"},
	} {
		got, err := parseURL(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
		} else if diff := cmp.Diff(want, got, cmp.AllowUnexported(target{})); diff != "" {
			t.Errorf("%s:\n%s", text, diff)
		}
	}
}

func TestURLsThatAreRefused(t *testing.T) {
	const password = "hunter2"
	for _, text := range []string{
		"", "localhost:6379", "http://h", "redis-ring://h", "redisx://h", "redis-cluster-x://h",
		"redis://", "redis://,", "redis://a,,b", "redis://a:b", "redis://a:0", "redis://a:70000", "redis://a:1:2,b",
		"redis://a/x", "redis://a/-1", "redis://a/1/2", "redis://a,b/1", "redis-cluster://a/1",
		"redis-sentinel://a", "redis-sentinel://a/main/x", "redis-cluster://a?master_name=m",
		"redis://a?db=1", "redis://a?master_name=m&master_name=n", "redis://a?sentinel_password=" + password,
		"redis://u:" + password + "@a:x", "redis://u:%zz" + password + "@a", "redis://u:" + password + "@a/x", "redis://a#" + password,
		"redis://u:" + password + "/@a",
	} {
		if _, err := parseURL(text); err == nil {
			t.Errorf("%s: taken", text)
		} else if strings.Contains(err.Error(), password) {
			t.Errorf("%s: the error shows the password", text)
		}
	}
}

func TestLoopback(t *testing.T) {
	for text, want := range map[string]bool{
		"redis://localhost": true, "redis://127.0.0.1:7000": true, "redis://[::1]": true, "redis://127.0.0.1,127.0.0.2": true,
		"redis://redis": false, "redis://10.0.0.1": false, "redis://127.0.0.1,redis": false, "redis://localhost.example": false,
	} {
		if got, err := Loopback(text); err != nil || got != want {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
	if _, err := Loopback("no URL"); err == nil {
		t.Error("no URL was taken")
	}
}

func TestSlots(t *testing.T) {
	for tag, want := range map[string]int{"123456789": 0x31c3, "a": 15495, "": 0} {
		if got := slot("rv1:{" + tag + "}:x"); got != want {
			t.Errorf("slot of %q is %d, want %d", tag, got, want)
		}
	}
	for _, n := range []int{1, 3, 16} {
		for lane := range n {
			if got := laneOf(probeName(lane, n), n); got != lane {
				t.Errorf("lane %d of %d is probed in lane %d", lane, n, got)
			}
		}
	}
}
