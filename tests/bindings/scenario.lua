-- scenario.lua FILE DATABASE: every step of the scenario through the LuaJIT binding; prints an answer a line (JSON).
local file, path = arg[1], arg[2]
local crm = require 'crm'
local json = require 'dkjson'

local dbs, records, asked = { first = crm.open(path) }, {}, crm.array {}

local function class_of(entity)
  return crm[('_' .. entity):gsub('_(%l)', string.upper)]
end

local function seconds(iso)
  local year, month, day, hour, minute, second, zone = iso:match '(%d+)-(%d+)-(%d+)T(%d+):(%d+):(%d+)(.*)'
  local days = os.time { year = year, month = month, day = day, hour = 12 }
  local utc = days + os.difftime(days, os.time(os.date('!*t', days))) - 12 * 3600 + hour * 3600 + minute * 60 + second
  local sign, h, m = zone:match '([+-])(%d+):(%d+)'
  if not sign then return utc end
  return utc - (sign == '+' and 1 or -1) * (h * 3600 + m * 60)
end

--- An argument as a programmer writes it.
local function given(value)
  if type(value) ~= 'table' or value == json.null then return value end
  if value['$'] then return records[value['$']].id end
  if value.record then return records[value.record] end
  if value.records and next(value, next(value)) == nil then
    local all = {}
    for i, name in ipairs(value.records) do all[i] = records[name] end
    return all
  end
  if type(value.version) == 'string' then return records[value.version].version end
  if value.instant then return seconds(value.instant) end
  if value.date and next(value, next(value)) == nil then return value.date end
  if type(value.entity) == 'string' and next(value, next(value)) == nil then return class_of(value.entity) end
  if value.flag ~= nil then return value.flag end
  if value.choice then return value.choice[2] end
  local all = setmetatable({}, getmetatable(value))
  for k, v in pairs(value) do all[k] = given(v) end
  return all
end

--- A JSON value as the property wants it.
local function typed(field, value)
  value = given(value)
  if field.kind == 'instant' and type(value) == 'string' then return seconds(value) end
  return value
end

local function told_of(kind, value)
  if value == nil then return json.null end
  if kind == 'instant' then return os.date('!%Y-%m-%dT%H:%M:%SZ', value) end
  return value
end

local function read(record, field)
  return told_of(record.fields[field] and record.fields[field].kind, record[field])
end

local function call(db, step)
  local args, n = {}, #step.args
  for i = 1, n do
    args[i] = given(step.args[i])
    if args[i] == json.null then args[i] = nil end
  end
  local answer = { db[step.method](db, unpack(args, 1, n)) }
  if step.method == 'external_find' then return crm.array { answer[1] or json.null, answer[2] } end
  if step.method == 'now' then answer[1] = told_of('instant', answer[1]) end
  return answer[1]
end

local function at(step, answer)
  for _, part in ipairs(step.at or {}) do answer = answer[type(part) == 'number' and part + 1 or part] end
  return answer
end

--- A function that answers what the step says, or fails with it.
local function part_of_host(name, part)
  local said = given(part.answer)
  return function(question)
    if name ~= 'clock' then asked[#asked + 1] = { name, question } end -- who knows how often
    if part.fails then error(part.fails, 0) end
    if said == json.null then return nil end
    return said
  end
end

--- The rows as arrays by the columns of the query.
local function rows_of(db, query)
  local rows = crm.array {}
  for row in db:select(query) do
    local values = crm.array {}
    for i, column in ipairs(query.columns) do
      local value = row[column:gsub('%.', '_')]
      values[i] = told_of(column:match '_at$' and 'instant', value)
    end
    rows[#rows + 1] = values
  end
  return rows
end

local function fields_of(step, record)
  local answer = {}
  for _, name in ipairs(step.fields) do answer[name] = read(record, name) end
  return answer
end

local run = {
  open = function(step)
    local options = { zone = step.zone, currency = step.currency }
    for name, limit in pairs(step.limits or {}) do options[name] = limit end
    dbs[step.as] = crm.open(step.path or path, options)
  end,
  call = function(step, db) return at(step, call(db, step)) end,
  host = function(step, db)
    local parts = {}
    for name, part in pairs(step.parts) do parts[name] = part_of_host(name, part) end
    db:host_set(parts)
  end,
  asked = function(step)
    local all = asked
    asked = crm.array {}
    return at(step, all)
  end,
  new = function(step, db)
    local class, fields = class_of(step.entity), {}
    for name, value in pairs(step.fields) do fields[name] = typed(class.fields[name], value) end
    records[step.as] = class(db, fields)
  end,
  load = function(step, db) records[step.as] = class_of(step.entity).load(db, given(step.id)) end,
  set = function(step, _, record)
    for name, value in pairs(step.fields) do record[name] = typed(record.fields[name], value) end
  end,
  set_text = function(step, _, record) record:set_text(step.field, step.text) end,
  set_int = function(step, _, record) record:set_int(step.field, step.number) end,
  get = function(step, _, record) return fields_of(step, record) end,
  query = function(step, db)
    local answer = db:query(given(step.query))
    return { rows = answer.rows, next = answer.next or json.null }
  end,
  select = function(step, db) return rows_of(db, given(step.query)) end,
  save = function(_, _, record) record:save() end,
  erase = function(_, _, record) record:erase() end,
  close = function(_, db, record) (record or db):close() end,
}

local function answer(step)
  local ok, result = pcall(run[step['do']], step, dbs[step.on or 'first'], records[step.record])
  if ok then return { answer = result == nil and json.null or result } end
  if not crm.is_error(result) then error(result, 0) end
  local violations = crm.array {}
  for i, v in ipairs(result.violations) do violations[i] = { rule = v.rule, entity = v.entity, field = v.field } end
  return { error = { code = result.code, text = result.message, violations = violations } }
end

for _, step in ipairs(json.decode(io.open(file):read '*a', 1, json.null)) do
  print(json.encode(step['do'] and answer(step) or {}))
end
