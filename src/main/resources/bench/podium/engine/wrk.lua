-- Podium's script for wrk 4.1. It adds: a start at T0, reproducible requests, counters that outlive a
-- killed process, replies by slot, the waits of connections, and the complete latency histogram. It is
-- the same for every step; the settings of a step are in plan.lua in the same directory.
--
-- There are two waits before T0. The first is in the main state, before the threads are created; after
-- it they open their connections. The second is in each thread, at its first request, so that at T0
-- only the request has to be sent.
--
-- wrk runs this file once in the main Lua state, before the first wait, and once in the state of each
-- thread, which is *after* the first wait for all threads but the first: keep its top level cheap.

local ffi = require("ffi")
ffi.cdef([[
struct timespec { long tv_sec; long tv_nsec; };
int clock_gettime(int clock, struct timespec *now);
int clock_nanosleep(int clock, int flags, const struct timespec *until, struct timespec *left);
int open(const char *path, int flags, ...);
void *mmap(void *at, size_t length, int protection, int flags, int file, long offset);
int getpeername(int socket, void *address, unsigned *length);
int getsockname(int socket, void *address, unsigned *length);

/* In the counters file, which the worker reads, too. Its size is two cache lines, so that threads share
   none. The file has one of these per thread, and then one block per thread: replies, late, since (see
   plan.scan). */
struct podium_thread {
  double sent;
  double first_us;
  struct timespec last;
  double layout;         /* 0 before the first scan; 1: wrk's structs are as below; -1: they are not */
  double scanned_us;     /* time of the last scan, 0 if there was none */
  double scanned_sent;   /* requests until the last scan */
  double scanned_late;   /* late replies until the last scan, counted by wrk */
  double broken;         /* broken connections until the last request, counted by wrk */
  double late_us;        /* sum of the waits that late[] counts */
  double closed_us;      /* sum of the waits longer than the timeout for opening a connection */
  double broken_us;      /* sum of the waits within the timeout whose connections broke */
  double padding[4];
};

/* Structs of wrk 4.1.0. */
struct podium_stats { uint64_t count, limit, min, max; uint64_t data[]; };
struct podium_wrk_connection {
  void *thread;
  uint64_t parser[3];
  void *parser_data;
  int state, fd;
  void *ssl;
  bool delayed;
  uint64_t start;        /* of the last request, in us since the epoch; 0: none was sent */
  char *request;
  size_t length, written;
  uint64_t pending;      /* 1 while waiting for a reply, else 0 */
  char *buffers[6];
  char received[8192];
};
struct podium_wrk_thread {
  unsigned long thread;
  void *loop, *address;
  uint64_t connections, complete, requests, bytes, start;
  void *lua;
  uint32_t connect_errors, read_errors, write_errors, status_errors, timeouts;
  struct podium_wrk_connection *cs;
};
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
  local at = C.mmap(nil, plan.counters_bytes, PROT_READ_WRITE, MAP_SHARED, file, 0)
  if file < 0 or ffi.cast("intptr_t", at) == -1 then
    io.stderr:write("the file for the counters cannot be mapped\n")
    os.exit(EXIT_NO_COUNTERS)
  end
  return ffi.cast("struct podium_thread *", at)
end

-- The file "parked" shows the worker that wrk is ready and only waits.
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

-- In each thread's state: the waits of its connections ----------------------------------------------

-- wrk has for each connection the time of its last request and whether it waits for the reply, but it
-- does not report requests without a reply. The results of scans are stored in the counters file,
-- because wrk frees the memory before done(), and because a thread without replies runs no Lua.

local own -- the struct podium_thread of this thread

local SCAN_INTERVAL_US = 100000

-- Shorter waits of requests whose connections broke are not counted.
local MIN_BROKEN_WAIT_US = 200000

-- Whether wrk's structs have the layout declared above; if not, they are not used.
local function layout_matches(thread, now)
  local function is_recent(time) return math.abs(now - tonumber(time)) < 60e6 end
  local fits = ffi.sizeof("void *") == 8
    and thread.connections == plan.scan.connections
    and tonumber(thread.complete) <= own.sent
    and is_recent(thread.start)
    and thread.cs ~= nil
  for i = 0, fits and plan.scan.connections - 1 or -1 do
    local c = thread.cs + i
    fits = fits and c.thread == ffi.cast("void *", thread)
      and (c.parser_data == nil or c.parser_data == ffi.cast("void *", c))
      and c.pending <= 1
      and (c.start == 0 or is_recent(c.start))
  end
  return fits
end

-- Returns the function that scans the connections. It records for each connection the start of its
-- wait, in us since the epoch: positive for a reply, negative for being opened and sending.
local function scanner(thread, late, since)
  local cs, n, timeout = thread.cs, plan.scan.connections, plan.timeout_us
  local buckets, send = plan.scan.late_buckets, plan.scan.send_us
  local address, length = ffi.new("char[128]"), ffi.new("unsigned[1]")

  local function is_closed(c)
    length[0] = 128
    return C.getpeername(c.fd, address, length) ~= 0
  end

  local function port(c)
    length[0] = 128
    local bytes = ffi.cast("unsigned char *", address)
    return C.getsockname(c.fd, address, length) == 0 and bytes[2] * 256 + bytes[3] or 0
  end

  -- wrk does not show which connection broke. But a connection that was opened again has another port,
  -- and wrk counts the broken ones; all others were opened again after their replies.
  local ports, recorded = ffi.new("uint16_t[?]", n), 0
  local function record_broken(i, c, wait)
    local before = ports[i]
    ports[i] = 0
    if before ~= 0 and recorded < thread.read_errors + thread.write_errors and port(c) ~= before then
      recorded = recorded + 1
      own.broken_us = own.broken_us + wait
    end
  end

  -- Records a wait that has ended, if its lower bound is longer than the timeout.
  local function record_wait(to_open, lower_bound, wait)
    if lower_bound <= timeout then
      return
    elseif to_open then
      own.closed_us = own.closed_us + wait
    else
      local bucket = math.min(math.floor(wait / 1e5), buckets - 1)
      late[bucket] = late[bucket] + 1
      own.late_us = own.late_us + wait
    end
  end

  return function(now)
    local previous = own.scanned_us
    for i = 0, n - 1 do
      local c, old = cs + i, since[i]
      local start, begun, current = tonumber(c.start), math.abs(old), old
      if c.pending ~= 0 then
        -- wrk keeps the request of a broken connection until the connection is open again.
        current = now - start > timeout and is_closed(c) and -start or start
      elseif start == 0 then
        current = -send
      elseif old >= 0 or begun <= start then
        -- The reply has just come, and wrk has not requested the next request yet.
        current = -now
        record_wait(false, now - start, now - start)
      end
      if current ~= old then
        since[i] = current
        if old ~= 0 and begun < start then
          -- The wait ended between the two scans.
          record_wait(old < 0, previous - begun, math.min(start, previous + SCAN_INTERVAL_US) - begun)
          if old > 0 and previous - begun <= timeout then
            record_broken(i, c, previous - begun)
          end
        end
        ports[i] = 0
      elseif old > 0 and ports[i] == 0 and now - begun > MIN_BROKEN_WAIT_US then
        ports[i] = port(c)
      end
    end
    own.scanned_us = now
    own.scanned_sent = own.sent
    own.scanned_late = thread.timeouts
  end
end

-- Returns the function that is called at each request if connections are scanned. It counts the
-- request, records its time and the number of replies so far, and scans the connections at intervals.
local function scanning_counter()
  local scan, send = plan.scan, plan.scan.send_us
  local block = ffi.cast("char *", own - podium_thread) + scan.blocks + podium_thread * scan.block
  local replies = ffi.cast("uint64_t *", block)
  local late = ffi.cast("double *", replies + scan.slots)
  local since = late + scan.late_buckets
  local thread = ffi.cast("struct podium_wrk_thread **", wrk.thread)[0]
  local last, slot, due, scan_connections = own.last, 0, 0, nil

  local function update(now)
    if not scan_connections then
      own.layout = layout_matches(thread, now) and 1 or -1
      scan_connections = scanner(thread, late, since)
    end
    if own.layout < 0 then
      due, thread = math.huge, ffi.new("struct podium_wrk_thread")
      return
    end
    scan_connections(now)
    slot = math.max(0, math.min(math.floor((now - send) / scan.slot_us), scan.slots - 1))
    due = send + (math.floor((now - send) / SCAN_INTERVAL_US) + 1) * SCAN_INTERVAL_US
  end

  return function()
    own.sent = own.sent + 1
    C.clock_gettime(CLOCK_REALTIME, last)
    local now = tonumber(last.tv_sec) * 1e6 + tonumber(last.tv_nsec) * 1e-3
    if now >= due then
      update(now)
    end
    replies[slot] = thread.complete
    own.broken = thread.read_errors + thread.write_errors
  end
end

-- Returns the function that is called at each request if connections are not scanned.
local function counter()
  return function()
    own.sent = own.sent + 1
    C.clock_gettime(CLOCK_REALTIME, own.last)
  end
end

-- In each thread's state: the requests -----------------------------------------------------------

local random = math.random

-- Lua would write numbers of 10^14 and more with an exponent.
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

-- Returns a request for wrk's own check, without a random number or a sequence number.
local function sample()
  local function low(bound) return bound end
  local function zero() return 0 end
  local request = plan.requests[1]
  return request.text or request.build(low, zero)
end

local function next_of_one(request, seq, count_request)
  local text, build = request.text, request.build
  if text then
    return function()
      count_request()
      return text
    end
  end
  return function()
    count_request()
    return build(int, seq)
  end
end

local function next_of_many(requests, seq, count_request)
  local total = 0
  for _, request in ipairs(requests) do
    total = total + request.weight
  end
  return function()
    count_request()
    local left, i = random(total), 1
    while left > requests[i].weight do
      left = left - requests[i].weight
      i = i + 1
    end
    return requests[i].text or requests[i].build(int, seq)
  end
end

-- wrk looks up the global function "request" for each request. So each of the following four functions
-- replaces itself by the next one, and the last one needs no condition.
function init()
  math.randomseed(plan.seeds[podium_thread + 1])
  own = ffi.cast("struct podium_thread *", ffi.cast("uintptr_t", podium_counters)) + podium_thread
  local seq = sequence(podium_thread)
  local count_request = plan.scan and scanning_counter() or counter()
  local next = #plan.requests == 1 and next_of_one(plan.requests[1], seq, count_request)
    or next_of_many(plan.requests, seq, count_request)

  -- Waits so that threads that share the core can send their first request before this thread sends
  -- more. Yielding would not suffice, because other workers are in other control groups.
  local function second()
    request = next
    sleep_until(plan.go_on)
    return next()
  end

  local function first()
    sleep_until(plan.send)
    request = second
    local text = next()
    own.first_us = microseconds(own.last)
    return text
  end

  -- The very first call is a check that the main thread makes in the first thread's state. The request
  -- is never sent, so it must not be counted, timed, or consume a sequence number.
  local function check()
    request = first
    return sample()
  end

  request = podium_thread == 0 and check or first
end

-- In the main state: after the end ---------------------------------------------------------------

-- Returns wrk's own array of latencies, because latency(n) scans it from the start each time. Nil if
-- the array does not match the values that wrk returns.
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

-- Writes each value as the difference from the previous one, and its count.
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
