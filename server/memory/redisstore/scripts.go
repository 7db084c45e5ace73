package redisstore

import (
	"context"
	"crypto/sha1"
	"encoding/hex"

	"github.com/redis/go-redis/v9"
)

// script is a program that Redis runs as one step.
type script struct{ text, hash string }

func newScript(text string) *script {
	sum := sha1.Sum([]byte(text)) // as Redis names scripts; nothing rests on it
	return &script{text, hex.EncodeToString(sum[:])}
}

// ask is one run of a script.
type ask struct {
	script *script
	keys   []string
	args   []any
}

// byHash names the script by its hash, which the server may not know yet.
func (a *ask) byHash() *redis.Cmd { return a.command("evalsha", a.script.hash) }

// whole has the script's text.
func (a *ask) whole() *redis.Cmd { return a.command("eval", a.script.text) }

// command is bound to no caller's context: others ride along with it.
func (a *ask) command(name, script string) *redis.Cmd {
	all := make([]any, 0, 3+len(a.keys)+len(a.args))
	all = append(all, name, script, len(a.keys))
	for _, k := range a.keys {
		all = append(all, k)
	}
	return redis.NewCmd(context.Background(), append(all, a.args...)...)
}

// pipelined runs scripts, and other commands after them, in one round trip, or in
// two where the server has forgotten a script.
func pipelined(ctx context.Context, client redis.UniversalClient, asks []*ask, others ...redis.Cmder) []*redis.Cmd {
	commands := make([]*redis.Cmd, len(asks))
	pipe := client.Pipeline()
	for i, a := range asks {
		commands[i] = a.byHash()
		_ = pipe.Process(ctx, commands[i])
	}
	for _, c := range others {
		_ = pipe.Process(ctx, c)
	}
	_, _ = pipe.Exec(ctx) // each command has its own error
	again := client.Pipeline()
	for i, a := range asks {
		if redis.HasErrorPrefix(commands[i].Err(), "NOSCRIPT") {
			commands[i] = a.whole()
			_ = again.Process(ctx, commands[i])
		}
	}
	if again.Len() > 0 {
		_, _ = again.Exec(ctx)
	}
	return commands
}

// note puts a shared decision into the list of the member's, so that all of them
// can be found again. It keeps at most 64; what falls out of the list goes too.
const note = `
local function note(list, name, px, now)
	local item, place = string.match(name, '}:(.*)'), string.match(name, '.*}:')
	if type(redis.pcall('ZADD', list, now + px, item)) ~= 'number' then
		redis.call('DEL', list)
		redis.call('ZADD', list, now + px, item)
	end
	if redis.call('PTTL', list) < px then redis.call('PEXPIRE', list, px) end
	local n = redis.call('ZCARD', list)
	if n > 8 then n = n - redis.call('ZREMRANGEBYSCORE', list, '-inf', now) end
	if n > 64 then
		local out = redis.call('ZPOPMIN', list, n - 64)
		for i = 1, #out, 2 do redis.call('DEL', place .. out[i]) end
	end
end
`

// seen is the version of what is stored about a member: the nonce of its seal,
// which every write makes anew. What is of another type is nothing.
const seen = `
local function seen(name)
	local v = redis.pcall('GETRANGE', name, 0, 12)
	if type(v) == 'string' then return v end
	return ''
end
`

// claimScript claims the decision KEYS[1] if the member's facts KEYS[2] are still
// those of version ARGV[1]. If not, it returns them, and the member's shared
// decisions that KEYS[3] lists.
var claimScript = newScript(seen + note + `
if seen(KEYS[2]) ~= ARGV[1] then
	local facts = redis.pcall('GET', KEYS[2])
	local out = {type(facts) == 'string' and facts or ''}
	local live, place = redis.pcall('ZREVRANGE', KEYS[3], 0, 15), string.match(KEYS[1], '.*}:')
	for _, item in ipairs(live) do
		local e = redis.pcall('GET', place .. item)
		if type(e) == 'string' then
			out[#out + 1] = place .. item
			out[#out + 1] = e
		end
	end
	return out
end
local px, now = tonumber(ARGV[3]), tonumber(ARGV[4])
if px <= 0 then return redis.call('GET', KEYS[1]) end
local earlier = false
if ARGV[5] == 'xx' then
	redis.call('SET', KEYS[1], ARGV[2], 'PX', px)
else
	earlier = redis.call('SET', KEYS[1], ARGV[2], 'PX', px, 'NX', 'GET')
end
if not earlier then note(KEYS[3], KEYS[1], px, now) end
return earlier`)

// swapScript replaces what is stored if it is still what was seen, or of another
// type. It returns what it found instead.
var swapScript = newScript(note + `
local v = redis.pcall('GET', KEYS[1])
if type(v) == 'string' and v ~= ARGV[1] then return v end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
note(KEYS[2], KEYS[1], tonumber(ARGV[3]), tonumber(ARGV[4]))
return false`)

// learnScript writes what is known of a member if nobody wrote meanwhile; else it
// returns what is stored. Without anything to write it only looks, and sees that
// it stays no shorter (GT) or no longer (LT) than it should.
var learnScript = newScript(seen + `
if seen(KEYS[1]) ~= ARGV[1] then
	local v = redis.pcall('GET', KEYS[1])
	return type(v) == 'string' and v or ''
end
if ARGV[2] == 'keep' then
	if ARGV[3] then redis.call('PEXPIRE', KEYS[1], ARGV[4], ARGV[3]) end
	return false
end
if ARGV[2] == 'drop' then
	redis.call('DEL', KEYS[1])
	return false
end
redis.call('SET', KEYS[1], ARGV[3], 'PX', ARGV[4])
return false`)

// forgetScript deletes the facts, the shared decisions and the ledger of a member.
var forgetScript = newScript(`
local place = string.match(KEYS[1], '.*}:')
local live = redis.pcall('ZRANGE', KEYS[2], 0, -1)
for _, item in ipairs(live) do redis.call('DEL', place .. item) end
return redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])`)

// idsScript is the ids in a member's list of decisions. A list of another type is
// empty.
var idsScript = newScript(`
local ids = redis.pcall('ZRANGE', KEYS[1], 0, -1)
if ids.err then return {} end
return ids`)

// enlistScript puts a record into its member's list, and returns the ids of those
// that are too many, the oldest ones. Their records go before their places in the
// list do: what no list leads to could not be forgotten.
var enlistScript = newScript(`
if type(redis.pcall('ZADD', KEYS[1], ARGV[1], ARGV[2])) ~= 'number' then
	redis.call('DEL', KEYS[1])
	redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2])
end
redis.call('PEXPIRE', KEYS[1], ARGV[4])
local over = redis.call('ZCARD', KEYS[1]) - ARGV[3]
if over <= 0 then return {} end
return redis.call('ZRANGE', KEYS[1], 0, over - 1)`)
