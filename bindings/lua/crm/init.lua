--- crm: the CRM of a trade ERP in one file.
--    local crm = require 'crm'
--    local db = crm.open 'clients.db'
--    crm.Company(db, { name = 'ООО Вектор', status = 'active' }):save()
local ffi = require 'ffi'
local json = require 'dkjson'
local raw = require 'crm.raw'
local generated = require 'crm.generated'
local host = require 'crm.host'

local crm = { null = json.null }
local rt = {}

-- errors: tables with code, message and violations

local Error = { __tostring = function(self) return self.message end }

--- The field of the first broken rule, '' if there is none.
Error.__index = function(self, key)
  if key == 'field' then return self.violations[1] and self.violations[1].field or '' end
end

--- Whether a caught value is an error of this library.
function crm.is_error(value) return getmetatable(value) == Error end

local function raise(code, message, violations)
  error(setmetatable({ code = code, message = message, violations = violations or {} }, Error), 0)
end

--- An error of the binding itself, in the form of the library's.
local function refuse(code, rule, value, detail)
  local text = rule .. ': ' .. detail
  raise(code, text, { { rule = rule, entity = '', field = '', record = 0, value = value, detail = detail, text = text } })
end

local function code_of(choice, number)
  for code, n in pairs(choice) do
    if n == number then return code end
  end
end

local function raise_status(db, status)
  local code = code_of(generated.choices.status, status) or 'internal'
  local answer = ffi.new 'const char *[1]'
  local told = raw.crm_error_json(db, answer) == raw.CRM_OK and json.decode(ffi.string(answer[0])) or {}
  if told.code ~= code then -- closed, or in use elsewhere: the handle has no error of this call
    local message = raw.crm_error_message(db)
    raise(code, message ~= nil and ffi.string(message) or code)
  end
  local texts = {}
  for i, v in ipairs(told.violations) do texts[i] = v.text end
  raise(code, #texts > 0 and table.concat(texts, '; ') or told.message, told.violations)
end

-- values on their way in and out

--- A number of Lua; beyond 2^53 it stays an int64_t.
function rt.number(value)
  local number = tonumber(value)
  return number <= 9007199254740991 and number >= -9007199254740991 and number or value
end

function rt.text(value)
  if type(value) ~= 'string' then error('a text is wanted, not ' .. type(value), 3) end
  local at = value:find('\0', 1, true)
  if at then refuse('invalid_argument', 'field.nul', value, 'a zero byte at ' .. at - 1 .. ': remove it') end
  return value
end

--- `limit`: what a number of Lua may be below.
local function whole(value, bits, limit)
  if type(value) == 'number' and (value ~= math.floor(value) or value < -limit or value >= limit) then
    refuse('invalid_argument', 'field.range', tostring(value), 'a whole number of ' .. bits .. ' bits is wanted, beyond 2^53 an int64_t')
  end
  return value
end

--- A whole number as it is, if it has room: the FFI would cut it.
function rt.int64(value) return whole(value, 64, 2 ^ 53) end
function rt.int32(value) return whole(value, 32, 2 ^ 31) end

function rt.text_or_nil(value) return value ~= nil and value ~= crm.null and rt.text(value) or nil end

--- '2026-03-02' as days since 1970-01-01.
function rt.to_days(db, date)
  if date == nil then return raw.CRM_NONE end
  local day = ffi.new 'int64_t[1]'
  db:check(raw.crm_date_parse(db:handle(), rt.text(date), day))
  return day[0]
end

function rt.from_days(db, days)
  local iso = ffi.new 'const char *[1]'
  db:check(raw.crm_date_text(db:handle(), days, iso))
  return ffi.string(iso[0])
end

--- Instants are seconds since 1970-01-01 UTC, as os.time gives them, with a fraction.
function rt.to_micros(seconds)
  if seconds == nil then return raw.CRM_NONE end
  if type(seconds) ~= 'number' then error('seconds since 1970 are wanted, not ' .. type(seconds), 3) end
  if not (math.abs(seconds) < 1e12) then refuse('invalid_argument', 'field.range', tostring(seconds), 'seconds since 1970 are wanted') end
  return ffi.cast('int64_t', math.floor(seconds * 1e6 + 0.5))
end

function rt.from_micros(micros) return tonumber(micros) / 1e6 end

--- Scaled integers as decimal texts and back: (150050, 2) is '1500.5'.
local function to_decimal(number, digits)
  local sign = number < 0 and '-' or ''
  local all = tostring(number < 0 and -number or number):gsub('LL$', '')
  all = ('0'):rep(digits + 1 - #all) .. all
  local part = all:sub(#all - digits + 1):gsub('0+$', '')
  return sign .. all:sub(1, #all - digits) .. (part ~= '' and '.' .. part or '')
end

local function from_decimal(value, digits, name)
  local sign, whole, part = tostring(value):match '^(-?)(%d+)%.?(%d*)$'
  part = part and part:gsub('0+$', '')
  if not whole or #part > digits or tonumber(whole) * 10 ^ digits >= 2 ^ 63 then
    refuse('invalid_argument', 'field.range', tostring(value), name .. ': a decimal text with up to ' .. digits .. ' digits after the point')
  end
  local number = 0LL
  for digit in (whole .. part .. ('0'):rep(digits - #part)):gmatch '%d' do number = number * 10 + tonumber(digit) end
  return sign == '-' and -number or number
end

function rt.to_json(value)
  return json.encode(value, {
    exception = function(_, v) -- an int64_t
      return '"' .. tostring(v):gsub('LL$', '') .. '"'
    end,
  })
end

--- Nulls are crm.null, so that arrays keep their length.
function rt.from_json(text) return (json.decode(ffi.string(text), 1, json.null)) end

local classes = {}

function rt.entity_no(entity) return type(entity) == 'string' and raw.crm_entity_no(entity) or entity.entity end
function rt.entity_name(number)
  local class = classes[tonumber(number)]
  return class and class.entity_name
end

function rt.choice_no(choice, code)
  if choice[code] then return choice[code] end
  refuse('invalid_argument', 'field.enum', tostring(code), 'one of the codes of the enumeration')
end

function rt.handles(records)
  local all = ffi.new('crm_record *[?]', math.max(records and #records or 0, 1))
  for i, record in ipairs(records or {}) do all[i - 1] = record:handle() end
  return all
end

--- crm_action of the options of db:event_act.
function rt.action(db, options)
  options = options or {}
  local action = ffi.new 'crm_action'
  action.struct_size = ffi.sizeof(action)
  action.all_day = options.all_day and 1 or 0
  action.start_at = rt.to_micros(options.start_at)
  action.end_at = rt.to_micros(options.end_at)
  action.until_day = rt.to_days(db, options.until_day)
  action.outcome = rt.int64(options.outcome or 0)
  action.executor = rt.int64(options.executor or 0)
  action.result = rt.text_or_nil(options.result)
  action.reason = rt.text_or_nil(options.reason)
  action.comment = rt.text_or_nil(options.comment)
  return action
end

-- handles

local function closed(what) refuse('misuse', 'handle.closed', '', 'the ' .. what .. ' is closed') end

--- Methods of what holds a pointer, freed by the collector or by close().
local function closable(what, close)
  return {
    handle = function(self) return self._pointer or closed(what) end,
    take = function(self, pointer) rawset(self, '_pointer', ffi.gc(pointer, close)) end,
    close = function(self)
      if not self._pointer then return end
      close(ffi.gc(self._pointer, nil))
      rawset(self, '_pointer', false)
    end,
  }
end

-- records

local function int(record, field) return raw.crm_record_int(record:handle(), field.no) end
local function set_int(record, field, value) record:check(raw.crm_record_set_int(record:handle(), field.no, rt.int64(value))) end
local function set_text(record, field, value) record:check(raw.crm_record_set_text(record:handle(), field.no, value, #value)) end
local function string_or_nil(pointer) return pointer ~= nil and ffi.string(pointer) or nil end
local function digits_of(record, field)
  return generated.odd_currencies[string_or_nil(raw.crm_record_text(record:handle(), field.currency, nil)) or ''] or 2
end

--- How a property reads its field, writes it, and what it makes of a cell in a row of a query.
local kinds = {
  text = {
    read = function(r, f)
      local length = ffi.new 'int32_t[1]'
      local text = raw.crm_record_text(r:handle(), f.no, length)
      return ffi.string(text, length[0])
    end,
    write = function(r, f, v)
      if type(v) ~= 'string' then error(f.name .. ': a text is wanted, not ' .. type(v), 3) end
      set_text(r, f, v)
    end,
  },
  integer = {
    read = function(r, f) return rt.number(int(r, f)) end,
    write = function(r, f, v) set_int(r, f, type(v) == 'table' and v.id or v) end,
    of_cell = function(v) return rt.number(v) end,
  },
  boolean = {
    read = function(r, f) return int(r, f) ~= 0 end,
    write = function(r, f, v) set_int(r, f, v and 1 or 0) end,
    of_cell = function(v) return v ~= 0 end,
  },
  real = {
    read = function(r, f) return raw.crm_record_real(r:handle(), f.no) end,
    write = function(r, f, v) r:check(raw.crm_record_set_real(r:handle(), f.no, v)) end,
  },
  decimal = {
    read = function(r, f) return to_decimal(int(r, f), 6) end,
    write = function(r, f, v) set_int(r, f, from_decimal(v, 6, f.name)) end,
    of_cell = function(v) return to_decimal(v, 6) end,
  },
  money = {
    read = function(r, f) return to_decimal(int(r, f), digits_of(r, f)) end,
    write = function(r, f, v) set_int(r, f, from_decimal(v, digits_of(r, f), f.name)) end,
    of_cell = function(v) return rt.number(v) end,
  },
  date = {
    read = function(r, f) return rt.from_days(r._db, int(r, f)) end,
    write = function(r, f, v) set_int(r, f, rt.to_days(r._db, v)) end,
    of_cell = function(v, _, db) return rt.from_days(db, v) end,
  },
  instant = {
    read = function(r, f) return rt.from_micros(int(r, f)) end,
    write = function(r, f, v) set_int(r, f, rt.to_micros(v)) end,
    of_cell = function(v) return rt.from_micros(v) end,
  },
  choice = {
    read = function(r, f) return code_of(generated.choices[f.choices], tonumber(int(r, f))) end,
    write = function(r, f, v) set_text(r, f, tostring(v)) end,
    of_cell = function(v, f) return code_of(generated.choices[f.choices], tonumber(v)) end,
  },
  entity = {
    read = function(r, f) return rt.entity_name(int(r, f)) end,
    write = function(r, f, v) set_text(r, f, type(v) == 'string' and v or v.entity_name) end,
    of_cell = function(v) return rt.entity_name(v) end,
  },
}

local Record = closable('record', raw.crm_record_close)

function Record:check(status)
  if status ~= raw.CRM_OK then self._db:check(status) end
end

function Record:field(name) return self.fields[name] or error(self.entity_name .. ' has no field ' .. tostring(name), 3) end

--- The number, unless it is 0 because the record cannot be used.
function Record:sure(number)
  if number == 0 and raw.crm_record_is_null(self:handle(), raw.CRM_RECORD_ID) < 0 then self:check(raw.CRM_MISUSE) end
  return rt.number(number)
end

--- Inserts or updates; 'conflict' if somebody changed it since it was loaded. The record then shows what is stored.
function Record:save()
  self:check(raw.crm_record_save(self:handle()))
  return self
end

--- Erases a row that hangs on others; others are archived, ended or removed: 'refused'.
function Record:erase() self:check(raw.crm_record_erase(self:handle())) end

--- The record as JSON has it.
function Record:to_table()
  local answer = ffi.new 'const char *[1]'
  self:check(raw.crm_record_json(self:handle(), answer))
  return rt.from_json(answer[0])
end

--- Sets a field by the text that people write: dates as 2026-03-02, codes of enumerations, decimals.
function Record:set_text(field, text) set_text(self, self:field(field), text) end
--- Sets a field as it is stored: days, microseconds, minor units, millionths.
function Record:set_int(field, number) set_int(self, self:field(field), number) end
--- A field as it is stored, 0 if it has no value.
function Record:get_int(field) return self:sure(int(self, self:field(field))) end

local function read_property(record, key)
  if key == 'id' then return record:sure(raw.crm_record_id(record:handle())) end
  if key == 'version' then return record:sure(raw.crm_record_version(record:handle())) end
end

local function class_of(entity)
  local class = setmetatable({ entity = entity.no, entity_name = entity.name, fields = {} }, { __index = Record })
  for _, field in ipairs(entity.fields) do class.fields[field.name] = field end
  local meta = {
    __index = function(record, key)
      local field = class.fields[key]
      if not field then return class[key] or read_property(record, key) end
      local null = raw.crm_record_is_null(record:handle(), field.no)
      if null < 0 then record:check(raw.CRM_MISUSE) end
      if null ~= 0 then return nil end
      return kinds[field.kind].read(record, field)
    end,
    __newindex = function(record, key, value)
      local field = class.fields[key]
      if not field then error(entity.class .. ' has no field ' .. tostring(key), 2) end
      if value == nil or value == crm.null then
        record:check(raw.crm_record_set_null(record:handle(), field.no))
      else
        kinds[field.kind].write(record, field, value)
      end
    end,
    __tostring = function(record) return ('<%s %s>'):format(entity.name, record._pointer and record.id or 'closed') end,
  }
  local function made(db, place)
    local record = setmetatable({ _db = db, _pointer = false }, meta)
    record:take(place[0])
    return record
  end
  --- The stored record; 'not_found' if there is none.
  function class.load(db, id)
    local place = ffi.new 'crm_record *[1]'
    db:check(raw.crm_record_load(db:handle(), entity.no, rt.int64(id), place))
    return made(db, place)
  end
  getmetatable(class).__call = function(_, db, values)
    local place = ffi.new 'crm_record *[1]'
    db:check(raw.crm_record_new(db:handle(), entity.no, place))
    local record = made(db, place)
    -- In the order of the fields: a currency stands before nothing, but amounts need it.
    for _, field in ipairs(entity.fields) do
      if field.kind == 'text' and values and values[field.name] ~= nil then record[field.name] = values[field.name] end
    end
    for name, value in pairs(values or {}) do
      if not class.fields[name] or class.fields[name].kind ~= 'text' then record[name] = value end
    end
    return record
  end
  classes[entity.no], classes[entity.name] = class, class
  return class
end

for _, entity in ipairs(generated.entities) do crm[entity.class] = class_of(entity) end

-- queries

--- The field that 'company.name' of an event leads to; nil for id and version.
local function field_of(entity, path)
  local class = classes[entity]
  local last = path
  for step in path:gmatch '([^.]+)%.' do
    local reference = class and class.fields[step .. '_id']
    class = reference and classes[reference.refers]
    last = last:sub(#step + 2)
  end
  return class and class.fields[last == 'stored_state' and 'state' or last]
end

--- A prepared query with parameters, { param = 1 }.
local Query = closable('query', raw.crm_query_close)
Query.__index = Query

function Query:_bind(parameters)
  for index, value in ipairs(parameters) do
    if value == crm.null then
      self._db:check(raw.crm_query_bind_null(self:handle(), index))
    elseif type(value) == 'string' then
      self._db:check(raw.crm_query_bind_text(self:handle(), index, value, #value))
    elseif type(value) == 'number' and not (value == math.floor(value) and math.abs(value) < 2 ^ 53) then
      self._db:check(raw.crm_query_bind_real(self:handle(), index, value))
    else
      self._db:check(raw.crm_query_bind_int(self:handle(), index, value))
    end
  end
end

local Cursor = closable('cursor', raw.crm_cursor_close)
Cursor.__index = Cursor

--- The cells of the next rows, one row after another, and how many rows; texts are good until the next call, while somebody
--- holds the cursor.
function Cursor:cells(max_rows)
  local columns = #self._columns
  if not self._cells or self._room < max_rows then self._cells, self._room = ffi.new('crm_cell[?]', max_rows * columns), max_rows end
  self._db:check(raw.crm_cursor_cells(self:handle(), max_rows, self._cells, self._count))
  return self._cells, self._count[0]
end

--- A cursor over the rows with these parameters.
function Query:cursor(...)
  self:_bind { ... }
  local place = ffi.new 'crm_cursor *[1]'
  self._db:check(raw.crm_query_run(self:handle(), place))
  local cursor = setmetatable({ _db = self._db, _columns = self._columns, _count = ffi.new 'int32_t[1]' }, Cursor)
  cursor:take(place[0])
  return cursor
end

local BATCH = 256

--- Iterates over the rows: tables with a member a column, 'company.name' as company_name.
function Query:run(...)
  local cursor, columns, db = self:cursor(...), self._columns, self._db
  local cells, count, at = nil, 0, 0
  return function()
    if at == count then
      if count < BATCH and cells then return cursor:close() end
      cells, count = cursor:cells(BATCH)
      at = 0
      if count == 0 then return cursor:close() end
    end
    local row, base = {}, at * #columns
    for i = 1, #columns do
      local cell, column = cells[base + i - 1], columns[i]
      if cell.kind == raw.CRM_TEXT then
        row[column.name] = ffi.string(cell.value.text, cell.size)
      elseif cell.kind == raw.CRM_REAL then
        row[column.name] = cell.value.real
      elseif cell.kind ~= raw.CRM_NULL then
        row[column.name] = column.of_cell(cell.value.integer, column.field, db)
      end
    end
    at = at + 1
    return row
  end
end

-- the database

local Database = closable('database', raw.crm_close)
for name, method in pairs(generated.methods(rt)) do Database[name] = method end
Database.__index = Database

function Database:check(status)
  if status ~= raw.CRM_OK then raise_status(self:handle(), status) end
end

--- What calls the library may be called back once there is a host: LuaJIT must interpret it.
local function interpret()
  jit.off(generated.methods, true)
  local of_classes = { crm.Company.load, getmetatable(crm.Company).__call } -- the same code for every class
  for _, calls in ipairs { of_classes, { Record.save, Record.erase, Query.cursor, Database.prepare } } do
    for _, call in ipairs(calls) do jit.off(call) end
  end
  jit.flush()
end

--- What the host supplies from now on, instead of what was set before: functions, each of them optional, that do not use the database. clock() gives
--- seconds. deliver(notice) shows or sends a notice, a table with its text. geocode(query) gives { latitude =, longitude =, precision = } or nil.
--- file_exists(uri) gives a boolean. authorise { user_id =, entity =, id =, done = } gives nil (so does a function without return) or true, or why
--- not, or false. products(position), documents(position) and receipts(position) give { records = {...}, next = position, more = boolean }. An error
--- in one is told as 'host' with its text, and nothing is half done. Close such a database: its callbacks take places of the few that LuaJIT has.
function Database:host_set(parts)
  interpret()
  local made, callbacks = host.table_of(self:handle(), parts, rt)
  local status = raw.crm_host_set(self:handle(), made)
  if status ~= raw.CRM_OK then
    host.free(callbacks)
    raise_status(self:handle(), status)
  end
  host.free(self._callbacks)
  rawset(self, '_callbacks', callbacks)
end

local close = Database.close
function Database:close()
  close(self)
  host.free(self._callbacks)
  self._callbacks = nil
end

--- A query to be run many times, in the language of the README of the project.
function Database:prepare(query)
  local place = ffi.new 'crm_query *[1]'
  self:check(raw.crm_query_new(self:handle(), rt.to_json(query), place))
  local prepared = setmetatable({ _db = self, _columns = {} }, Query)
  prepared:take(place[0])
  local class = classes[query.entity]
  local names = query.columns
  if not names then
    names = { 'id', 'version' }
    for _, field in ipairs(generated.entities[class.entity].fields) do names[#names + 1] = field.name end
  end
  for i, name in ipairs(names) do
    local field = field_of(query.entity, name)
    prepared._columns[i] = {
      name = name:gsub('%.', '_'),
      field = field,
      of_cell = field and kinds[field.kind].of_cell or kinds.integer.of_cell,
    }
  end
  return prepared
end

--- Iterates over all rows of a query.
function Database:select(query) return self:prepare(query):run() end

--- Everything that `work` does is one change; an error undoes it.
function Database:transaction(work)
  self:begin()
  local ok, result = pcall(work)
  if not ok then
    self:rollback()
    error(result, 0)
  end
  self:commit()
  return result
end

--- UTF-8 of a Windows-1251 text. LuaJIT has no conversion of its own.
function Database:text_from_windows_1251(bytes)
  local utf8 = ffi.new 'const char *[1]'
  self:check(raw.crm_text_from_windows_1251(self:handle(), bytes, #bytes, utf8))
  return ffi.string(utf8[0])
end

--- And back; a character that is not there becomes `replacement`, '?', or without one is refused.
function Database:text_to_windows_1251(text, replacement)
  local bytes, length = ffi.new 'const char *[1]', ffi.new 'int32_t[1]'
  self:check(raw.crm_text_to_windows_1251(self:handle(), rt.text(text), replacement and replacement:byte() or 0, bytes, length))
  return ffi.string(bytes[0], length[0])
end

local limits = { 'max_nesting', 'max_text_bytes', 'max_search_bytes', 'max_conditions', 'max_columns', 'max_values', 'max_answer_rows',
  'max_answer_bytes', 'max_resident_bytes' }

--- Opens a CRM: a file (made if there is none), ':memory:' or 'memory:' (no database at all). Options: durability ('full', 'normal',
--- 'off'), busy_timeout_ms, read_only, create_file, language ('english', 'russian'), actor; the limits of crm_options in crm.h
--- (max_nesting, ...); zone ('Asia/Novosibirsk', else Europe/Moscow) and currency ('KZT', else RUB) of a base that is made: one that is
--- there keeps its own.
function crm.open(source, options)
  options = options or {}
  local given = ffi.new 'crm_options'
  given.struct_size = ffi.sizeof(given)
  given.durability = rt.choice_no(generated.choices.durability, options.durability or 'full')
  given.busy_timeout_ms = rt.int32(options.busy_timeout_ms or 5000)
  given.read_only = options.read_only and 1 or 0
  given.create_file = options.create_file == false and 0 or 1
  given.language = rt.choice_no(generated.choices.language, options.language or 'english')
  given.actor = rt.int64(options.actor or 0)
  for _, limit in ipairs(limits) do given[limit] = rt.int64(options[limit] or 0) end
  given.zone = rt.text_or_nil(options.zone)
  given.currency = rt.text_or_nil(options.currency)
  local place = ffi.new 'crm_db *[1]'
  local db = setmetatable({}, Database)
  local status = raw.crm_open(rt.text(source), given, place)
  db:take(place[0])
  local ok, problem = pcall(db.check, db, status)
  if not ok then
    db:close()
    error(problem, 0)
  end
  return db
end

--- An array for JSON even where it is empty.
function crm.array(values) return setmetatable(values or {}, { __jsontype = 'array' }) end

return crm
