-- costs.lua DB DATA: what a call, a row, a list and a month cost through the LuaJIT binding.
local ffi = require 'ffi'
local crm = require 'crm'
local raw = require 'crm.raw'
local json = require 'dkjson'

local CALLS, LISTS = 1000000, 30
local LIST = {
  entity = 'event', order = { 'id' }, limit = 1000,
  columns = { 'id', 'start_at', 'end_at', 'type_id', 'stored_state', 'priority', 'sequence', 'due_at', 'purpose', 'result', 'company.name',
    'executor.last_name' },
}
local MONTH = {
  entity = 'event', order = { 'start_at' },
  columns = { 'id', 'start_at', 'end_at', 'type_id', 'stored_state', 'priority', 'purpose', 'company.name' },
  where = { all = { { field = 'executor_id', value = { param = 1 } }, { field = 'start_at', op = 'ge', value = { param = 2 } },
    { field = 'start_at', op = 'lt', value = { param = 3 } } } },
}

ffi.cdef 'typedef struct { long s, ns; } crm_bench_time; int clock_gettime(int, crm_bench_time *);'
local function now()
  local t = ffi.new 'crm_bench_time'
  ffi.C.clock_gettime(1, t)
  return tonumber(t.s) * 1e6 + tonumber(t.ns) / 1e3
end

local function cost(task, count, work)
  local best = math.huge
  for _ = 1, 3 do
    local start = now()
    work()
    best = math.min(best, now() - start)
  end
  print(('{"language": "Lua", "task": "%s", "us": %.5f}'):format(task, best / count))
end

local db = crm.open(arg[1])
local company, rows, month = crm.Company(db), db:prepare(LIST), db:prepare(MONTH)
local months, drawn = {}, 0
for line in io.lines(arg[2] .. '/p_cal.csv') do
  local user, start, finish = line:match '(%d+)|(%d+)|(%d+)'
  months[#months + 1] = { tonumber(user), tonumber(start) * 1000000, tonumber(finish) * 1000000 }
end

--- Draws what a cursor gives: numbers and lengths of texts.
local function draw(cursor, columns)
  repeat
    local cells, count = cursor:cells(256)
    for i = 0, count * columns - 1 do
      local cell = cells[i]
      if cell.kind == raw.CRM_TEXT then drawn = drawn + #ffi.string(cell.value.text, cell.size) else drawn = drawn + tonumber(cell.value.integer) end
    end
  until count < 256
  cursor:close()
end

cost('call', CALLS, function()
  local handle = company:handle()
  local get = raw.crm_record_int
  for _ = 1, CALLS do get(handle, 5) end
end)
cost('getters', 1000, function()
  local cursor, more = rows:cursor(), ffi.new 'int32_t[1]'
  local handle = cursor:handle()
  local next_row, text, int = raw.crm_cursor_next, raw.crm_cursor_text, raw.crm_cursor_int
  while next_row(handle, more) == 0 and more[0] ~= 0 do
    for i = 0, 7 do drawn = drawn + tonumber(int(handle, i)) end
    for i = 8, 11 do text(handle, i, nil) end
  end
  cursor:close()
end)
cost('cells', 1000, function() draw(rows:cursor(), 12) end)
cost('json', 1000, function()
  local answer = ffi.new 'const char *[1]'
  raw.crm_query_rows_json(rows:handle(), answer)
  json.decode(ffi.string(answer[0]))
end)
cost('list', LISTS, function()
  for _ = 1, LISTS do draw(rows:cursor(), 12) end
end)
cost('month', #months, function()
  for _, m in ipairs(months) do draw(month:cursor(m[1], m[2], m[3]), 8) end
end)
db:close()
