package redisstore

// ledgerScript is memory.Ledger in Redis: one hash for each member, by contact.
// A value is h (a place) or s (shown), its time in milliseconds, and the marks of
// the parts. The field # counts all that were ever shown, so that a server can
// tell when Redis has lost some.
//
// ARGV: now, how long what was shown is kept, hold or show, the end of places or
// the time of showing, and the number of contacts; for each its own mark, those of
// its parts, the number of its limits, and of each four marks of parts (empty is
// any), the most, the window, and how many more for 100 of another kind.
//
// It returns what # says, and for each contact two numbers. Holding: the limit
// that is full (from 1; 0 is none) and when it will not be (0 is never). Showing:
// whether it is the first time, and the limits that are exceeded as bits.
var ledgerScript = newScript(ledgerRead + ledgerLimits + `
local out, arg = {}, 6
for _ = 1, n do
	local self, parts, limits = ARGV[arg], ARGV[arg + 1], {}
	local c = {decision = string.sub(parts, 1, 8), parts = parts}
	for j = 1, tonumber(ARGV[arg + 2]) do
		local a = arg + 3 + (j - 1) * 7
		limits[j] = {ARGV[a], ARGV[a + 1], ARGV[a + 2], ARGV[a + 3], most = tonumber(ARGV[a + 4]), window = tonumber(ARGV[a + 5]), more = tonumber(ARGV[a + 6])}
	end
	arg = arg + 3 + #limits * 7
	local e = by[self]
	if mode == 'hold' then
		local full, retry = 0, 0
		for j, l in ipairs(limits) do
			local is, when = is_full(l, c, self)
			if is and (full == 0 or retry > 0 and (when == 0 or when > retry)) then full, retry = j, when end
		end
		out[#out + 1] = full
		out[#out + 1] = retry
		if full == 0 and not (e and (e.shown or e.at >= at)) then put(self, parts, false) end
	else
		local first, over = 0, 0
		if not (e and e.shown) then
			first = 1
			put(self, parts, true)
			count = redis.call('HINCRBY', KEYS[1], '#', 1)
			for j, l in ipairs(limits) do
				if is_over(l) then over = over + 2 ^ (j - 1) end
			end
		end
		out[#out + 1] = first
		out[#out + 1] = over
	end
end
if changed then
	trim()
	local last = 0
	for _, e in pairs(by) do last = math.max(last, leaves(e, keep)) end
	redis.call('PEXPIRE', KEYS[1], math.max(last - now, 1))
end
table.insert(out, 1, tonumber(count))
return out`)

// ledgerRead reads the ledger and drops what no limit can count any more.
const ledgerRead = `
local now, keep, mode, at, n = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5])
local by, count = {}, '0'
local function leaves(e, window)
	if e.shown then return e.at + window end
	return e.at
end
local stored = redis.pcall('HGETALL', KEYS[1])
if stored.err then
	redis.call('DEL', KEYS[1])
	stored = {}
end
for i = 1, #stored, 2 do
	local field, v = stored[i], stored[i + 1]
	if field == '#' then
		count = v
	else
		local e = {shown = string.sub(v, 1, 1) == 's', at = tonumber(string.sub(v, 2, 14)), parts = string.sub(v, 15)}
		if e.at and #v == 54 and leaves(e, keep) > now then
			e.decision = string.sub(e.parts, 1, 8)
			by[field] = e
		else
			redis.call('HDEL', KEYS[1], field)
		end
	end
end
count = tonumber(count) or 0
`

// ledgerLimits are the methods of memory.Ledger.
const ledgerLimits = `
local changed = false
local function put(self, parts, shown)
	by[self] = {shown = shown, at = at, parts = parts, decision = string.sub(parts, 1, 8)}
	redis.call('HSET', KEYS[1], self, (shown and 's' or 'h') .. string.format('%013.0f', at) .. parts)
	changed = true
end
local function fits(l, parts, kind)
	for i = 1, 4 do
		if (kind or i ~= 3) and l[i] ~= '' and l[i] ~= string.sub(parts, 8 * i + 1, 8 * i + 8) then return false end
	end
	return true
end
local function messages(l, except, shown)
	local last = {}
	for _, e in pairs(by) do
		local t = leaves(e, l.window)
		if t > now and e.decision ~= except and (e.shown or not shown) and fits(l, e.parts, true) and t > (last[e.decision] or 0) then
			last[e.decision] = t
		end
	end
	local all = {}
	for _, t in pairs(last) do all[#all + 1] = t end
	table.sort(all)
	return all
end
local function items(l, except, shown)
	local asks, helpful = {}, {}
	for field, e in pairs(by) do
		local t = leaves(e, l.window)
		if t > now and fits(l, e.parts, false) then
			if string.sub(e.parts, 25, 32) ~= l[3] then
				if e.shown then helpful[#helpful + 1] = t end
			elseif field ~= except and (e.shown or not shown) then
				asks[#asks + 1] = t
			end
		end
	end
	table.sort(asks)
	return asks, helpful
end
local function later(all, t)
	local k = 0
	for _, x in ipairs(all) do
		if x > t then k = k + 1 end
	end
	return k
end
local function is_full(l, c, self)
	if l[3] == '' then
		local all = messages(l, c.decision, false)
		if #all < l.most then return false end
		return true, all[#all - l.most + 1]
	end
	local asks, helpful = items(l, self, false)
	local function room(t) return 1 + later(asks, t) <= l.most + math.floor(later(helpful, t) * l.more / 100) end
	if room(now) then return false end
	for _, t in ipairs(asks) do
		if room(t) then return true, t end
	end
	return true, 0
end
local function is_over(l)
	if l[3] == '' then return #messages(l, '', true) > l.most end
	local asks, helpful = items(l, '', true)
	return #asks > l.most + math.floor(#helpful * l.more / 100)
end
local function trim()
	local times, size = {}, 0
	for field, e in pairs(by) do
		size = size + 1
		times[size] = {e.at, field}
	end
	if size <= 4096 then return end
	table.sort(times, function(a, b) return a[1] < b[1] end)
	for i = 1, size - 4096 do
		redis.call('HDEL', KEYS[1], times[i][2])
		by[times[i][2]] = nil
	end
end
`
