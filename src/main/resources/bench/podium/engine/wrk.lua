-- What Podium adds to wrk 4.1: two gates before T0, reproducible requests, counters that outlive a
-- killed process, and the whole latency histogram. It is the same for every step; what a step asks
-- for is in plan.lua beside it.
--
-- The first gate is in the main state, before there are threads: behind it they open their
-- connections. The second is in each thread, at its first request: at T0 nothing is left to do but
-- to send it.
--
-- wrk runs this file once in the main Lua state, before the gates, and once in each thread's own
-- state, for all but the first thread *after* the first gate: keep its top level cheap.

local ffi = require("ffi")
ffi.cdef([[
struct timespec { long tv_sec; long tv_nsec; };
int clock_gettime(int clock, struct timespec *now);
int clock_nanosleep(int clock, int flags, const struct timespec *until, struct timespec *left);
int open(const char *path, int flags, ...);
void *mmap(void *at, size_t length, int protection, int flags, int file, long offset);

/* In a file that the worker reads too; as large as two cache lines, so that threads share none. */
struct podium_thread {
  double sent;
  double first_us;
  struct timespec last;
  double padding[12];
};

/* wrk's own struct stats. */
struct podium_stats { uint64_t count, limit, min, max; uint64_t data[]; };
]])

local C = ffi.C
local CLOCK_REALTIME, TIMER_ABSTIME = 0, 1
local O_RDWR, PROT_READ_WRITE, MAP_SHARED = 2, 3, 1
local EXIT_LATE, EXIT_NO_COUNTERS = 3, 4

local plan = dofile("plan.lua")

local function microseconds(time)
  return tonumber(time.tv_sec) * 1e6 + math.floor(tonumber(time.tv_nsec) / 1e3)
end

local function sleep_until(time)
  local wanted = ffi.new("struct timespec", time.seconds, time.nanoseconds)
  repeat
    local interrupted = C.clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, wanted, nil) ~= 0
  until not interrupted
end

-- In the main state: before the threads start ----------------------------------------------------

local threads = 0
local counters

local function open_counters()
  local file = C.open(plan.counters, O_RDWR)
  local size = plan.threads * ffi.sizeof("struct podium_thread")
  local at = C.mmap(nil, size, PROT_READ_WRITE, MAP_SHARED, file, 0)
  if file < 0 or ffi.cast("intptr_t", at) == -1 then
    io.stderr:write("the file for the counters cannot be mapped\n")
    os.exit(EXIT_NO_COUNTERS)
  end
  return ffi.cast("struct podium_thread *", at)
end

-- Whoever finds the file "parked" knows that nothing is left to do but to wait.
local function wait_to_connect()
  local send = ffi.new("struct timespec", plan.send.seconds, plan.send.nanoseconds)
  local now = ffi.new("struct timespec")
  io.open("parked", "w"):close()
  C.clock_gettime(CLOCK_REALTIME, now)
  if now.tv_sec > send.tv_sec or (now.tv_sec == send.tv_sec and now.tv_nsec >= send.tv_nsec) then
    os.exit(EXIT_LATE)
  end
  sleep_until(plan.connect)
end

function setup(thread)
  if threads == 0 then
    counters = open_counters()
    wait_to_connect()
  end
  thread:set("podium_thread", threads)
  thread:set("podium_counters", tonumber(ffi.cast("uintptr_t", counters)))
  threads = threads + 1
end

-- In each thread's state: the requests -----------------------------------------------------------

local mine
local random = math.random

-- A number beyond 10^14 would be written with an exponent.
local function int(low, high)
  local drawn = random(low, high)
  return high < 1e14 and drawn or string.format("%d", drawn)
end

local function sequence(thread)
  local next = plan.sequence.first + thread - plan.sequence.stride
  return function()
    next = next + plan.sequence.stride
    return next < 1e14 and next or string.format("%d", next)
  end
end

-- Draws nothing: for wrk's own check.
local function sample()
  local function low(bound) return bound end
  local function zero() return 0 end
  local request = plan.requests[1]
  return request.text or request.build(low, zero)
end

local function next_of_one(request, seq)
  local text, build = request.text, request.build
  if text then
    return function()
      mine.sent = mine.sent + 1
      C.clock_gettime(CLOCK_REALTIME, mine.last)
      return text
    end
  end
  return function()
    mine.sent = mine.sent + 1
    C.clock_gettime(CLOCK_REALTIME, mine.last)
    return build(int, seq)
  end
end

local function next_of_many(requests, seq)
  local total = 0
  for _, request in ipairs(requests) do
    total = total + request.weight
  end
  return function()
    mine.sent = mine.sent + 1
    C.clock_gettime(CLOCK_REALTIME, mine.last)
    local left, i = random(total), 1
    while left > requests[i].weight do
      left = left - requests[i].weight
      i = i + 1
    end
    return requests[i].text or requests[i].build(int, seq)
  end
end

-- wrk asks for the global function "request" anew each time, so that each of these four replaces
-- itself by the next and the last one has nothing left to decide.
function init()
  math.randomseed(plan.seeds[podium_thread + 1])
  mine = ffi.cast("struct podium_thread *", ffi.cast("uintptr_t", podium_counters)) + podium_thread
  local seq = sequence(podium_thread)
  local next = #plan.requests == 1 and next_of_one(plan.requests[1], seq)
    or next_of_many(plan.requests, seq)

  -- Whoever shares the core shall send its first request before this thread sends more. To yield
  -- is not enough: other load pods are in other control groups.
  local function second()
    request = next
    sleep_until(plan.go_on)
    return next()
  end

  local function first()
    sleep_until(plan.send)
    request = second
    local text = next()
    mine.first_us = microseconds(mine.last)
    return text
  end

  -- The very first call is a check that the main thread makes in the first thread's state. What it
  -- returns is never sent: it must not count, take the time or consume a parameter.
  local function check()
    request = first
    return sample()
  end

  request = podium_thread == 0 and check or first
end

-- In the main state: after the end ---------------------------------------------------------------

-- wrk's own memory of the latencies, since asking wrk for the n-th value scans from the start each
-- time. Nil where it does not agree with what wrk says of it.
local function raw_stats(latency)
  local stats = ffi.cast("struct podium_stats **", latency)[0]
  local limit, min, max = tonumber(stats.limit), tonumber(stats.min), tonumber(stats.max)
  if limit ~= plan.timeout_us + 1 or min ~= latency.min or max ~= latency.max or max >= limit then
    return nil
  end
  local data, values = stats.data, 0
  for value = min, max do
    if data[value] ~= 0 then
      values = values + 1
    end
  end
  return values == #latency and stats or nil
end

-- Each value as its distance from the one before, and its count.
local function value_writer(out)
  local last, lines, n = 0, {}, 0
  local function flush()
    out:write(table.concat(lines, "", 1, n))
    n = 0
  end
  local function write(value, count)
    n = n + 1
    lines[n] = string.format("%d %d\n", value - last, count)
    last = value
    if n == 4096 then
      flush()
    end
  end
  return write, flush
end

local function write_latency(out, latency)
  local raw = #latency > 0 and raw_stats(latency)
  out:write(string.format("latency %d %s\n", #latency, raw and "raw" or "asked"))
  local write, flush = value_writer(out)
  if raw then
    for value = tonumber(raw.min), tonumber(raw.max) do
      local count = raw.data[value]
      if count ~= 0 then
        write(value, tonumber(count))
      end
    end
  else
    for i = 1, #latency do
      write(latency(i))
    end
  end
  flush()
end

function done(summary, latency)
  local out = io.open("results", "w")
  local function write(...) out:write(string.format(...)) end
  local errors = summary.errors
  write("duration_us %d\n", summary.duration)
  write("requests %d\n", summary.requests)
  write("bytes %d\n", summary.bytes)
  write("errors %d %d %d %d %d\n",
    errors.connect, errors.read, errors.write, errors.timeout, errors.status)
  write("threads %d\n", threads)
  for i = 0, threads - 1 do
    local thread = counters[i]
    write("thread %d %d %d\n", thread.sent, thread.first_us, microseconds(thread.last))
  end
  if plan.histogram then
    local thousandths = {50000, 75000, 90000, 99000, 99900}
    write("percentiles %d\n", #thousandths)
    for _, p in ipairs(thousandths) do
      write("percentile %d %d\n", p, #latency > 0 and latency:percentile(p / 1000) or 0)
    end
    write_latency(out, latency)
  else
    write("percentiles 0\n")
  end
  write("end\n")
  out:close()
end
