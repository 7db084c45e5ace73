package redisstore

import (
	"crypto/tls"
	"time"

	"github.com/redis/go-redis/v9"
)

// Dial makes a client for another store on a Redis, with the same care for
// time limits: no call waits longer than wait, and nothing is tried twice. It
// connects when it is first used.
func Dial(url string, wait time.Duration, tls *tls.Config) (redis.UniversalClient, error) {
	to, err := parseURL(url)
	if err != nil {
		return nil, err
	}
	return newClient(to, Options{LookupTimeout: wait, TLS: tls}), nil
}
