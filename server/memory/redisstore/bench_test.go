package redisstore

import (
	"context"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/rightvoice/rightvoice/server/memory"
	"github.com/rightvoice/rightvoice/server/memory/storetest"
)

// callers is how many goroutines each benchmark claims from at once.
const callers = 64

// parallel runs one in many goroutines, with a member for each round.
func parallel(b *testing.B, one func(member string)) {
	b.ReportAllocs()
	b.SetParallelism(callers / 2) // times GOMAXPROCS, 2 where these figures come from
	var n atomic.Int64
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			one(strconv.FormatInt(n.Add(1)%50_000, 10))
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "claims/s")
}

// BenchmarkGet is what there is to reach: the client's own batching, and no
// batching, of a plain GET of a value of the same size.
func BenchmarkGet(b *testing.B) {
	server := storetest.StartRedis(b)
	client := redis.NewClient(&redis.Options{Addr: server.Addr, PoolSize: callers})
	defer client.Close()
	client.Set(context.Background(), "k", make([]byte, 300), 0)
	b.Run("batched by the client", func(b *testing.B) {
		batched, err := client.AutoPipeline()
		if err != nil {
			b.Fatal(err)
		}
		parallel(b, func(string) { batched.Get(context.Background(), "k").Bytes() })
	})
	b.Run("each for itself", func(b *testing.B) {
		parallel(b, func(string) { client.Get(context.Background(), "k").Bytes() })
	})
}

func benchStore(b *testing.B) *Store {
	s := connect(b, Options{URL: storetest.StartRedis(b).URL(), Budget: roomy})
	closing(b, s)
	return s
}

func BenchmarkClaim(b *testing.B) {
	s := benchStore(b)
	key, fresh := storetest.Key(b, "m"), storetest.Entry("019523a8-71f0-7aaa-8bbb-0123456789ab")
	claim := func(member string) {
		key := key
		key.Member = member
		if _, status, _ := storetest.Claim(context.Background(), s, key, fresh, time.Hour); status == memory.Unavailable {
			b.Error("unavailable")
		}
	}
	b.Run("64 callers", func(b *testing.B) { parallel(b, claim) })
	b.Run("one caller", func(b *testing.B) {
		for b.Loop() {
			claim("m")
		}
	})
}

func BenchmarkClaimAll(b *testing.B) {
	s := benchStore(b)
	claims := make([]memory.Claim, 100)
	for i := range claims {
		claims[i] = memory.Claim{Key: storetest.Key(b, strconv.Itoa(i)), Fresh: storetest.Entry("d"), TTL: time.Hour}
	}
	for b.Loop() {
		s.ClaimAll(context.Background(), claims)
	}
	b.ReportMetric(float64(b.N*len(claims))/b.Elapsed().Seconds(), "claims/s")
}

func BenchmarkRecord(b *testing.B) {
	s := benchStore(b)
	r := memory.Record{Tenant: "t", Entry: storetest.Entry("d"), Asker: "insurer"}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		r.Member = strconv.Itoa(i % 10_000)
		r.DecisionID = strconv.Itoa(i)
		s.Record(r)
	}
	b.StopTimer()
	storetest.Flush(b, s)
	st := s.Stats()
	b.ReportMetric(float64(st.RecordsWritten)/float64(st.RecordsWritten+st.RecordsDropped), "written")
}

// BenchmarkScript runs the script of a claim in the ways there are: gathered by a
// lane, gathered by the client, and each for itself.
func BenchmarkScript(b *testing.B) {
	server := storetest.StartRedis(b)
	s := connect(b, Options{URL: server.URL(), Budget: roomy})
	closing(b, s)
	client := redis.NewClient(&redis.Options{Addr: server.Addr, PoolSize: callers})
	defer client.Close()
	key, fresh, ctx := storetest.Key(b, "m"), storetest.Entry("019523a8-71f0-7aaa-8bbb-0123456789ab"), context.Background()
	storetest.Claim(ctx, s, key, fresh, time.Hour)
	name := s.keys.SharedName(&key)
	sealed := s.keys.Seal(name, memory.AppendEntry(nil, &fresh))
	run := func() ask {
		return ask{claimScript, []string{name, memory.FactsNameOf(name), memory.LiveNameOf(name)}, []any{"", sealed, int64(1000), time.Now().UnixMilli(), "nx"}}
	}
	b.Run("gathered by a lane", func(b *testing.B) {
		parallel(b, func(string) {
			c := newCall(run())
			s.lane(name).enqueue(c)
			if _, err := c.await(ctx, time.Now().Add(time.Second)); err != nil {
				b.Error(err)
			}
		})
	})
	b.Run("gathered by the client", func(b *testing.B) {
		batched, err := client.AutoPipeline()
		if err != nil {
			b.Fatal(err)
		}
		parallel(b, func(string) {
			a := run()
			if err := batched.Do(ctx, a.byHash().Args()...).Err(); err != nil {
				b.Error(err)
			}
		})
	})
	b.Run("each for itself", func(b *testing.B) {
		parallel(b, func(string) {
			a := run()
			if err := client.Do(ctx, a.byHash().Args()...).Err(); err != nil {
				b.Error(err)
			}
		})
	})
}
