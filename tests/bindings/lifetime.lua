-- Handles left to the collector and closed in any order: an error at most.
local crm = require 'crm'

local function refused(work, ...)
  local ok, problem = pcall(work, ...)
  assert(not ok and crm.is_error(problem) and problem.code == 'misuse', tostring(problem))
end

local db = crm.open(arg[1])
local record = crm.Company(db, { name = 'Вектор' }):save()
local query = db:prepare { entity = 'company', columns = { 'name' } }
local rows = query:run()
db:close()
db:close()
refused(record.save, record)
refused(query.cursor, query)
refused(rows)
refused(db.now, db)
record:close()
refused(function() return record.name end)

for _ = 1, 5 do
  db = crm.open(arg[1])
  for i = 1, 1000 do crm.Company(db, { name = 'брошенный ' .. i }) end
  local abandoned = db:select { entity = 'company', columns = { 'name' } }
  assert(abandoned().name == 'Вектор')
  db = nil -- its records and cursor may be collected before it or after it
  abandoned = nil
  collectgarbage()
  collectgarbage()
end

-- The functions of a host live as long as the library may call them, in code that was compiled before as well; what they do wrong is told.
db = crm.open 'memory:'
for _ = 1, 1000 do db:now() end
for second = 1, 5000 do db:host_set { clock = function() return second end } end
collectgarbage()
for _ = 1, 1000 do assert(db:now() == 5000) end
local function told(text, work, ...)
  local ok, problem = pcall(work, ...)
  assert(not ok and crm.is_error(problem) and problem.code == 'host' and problem.message:find(text, 1, true), tostring(problem))
end
db:host_set { clock = function() return db:today() end }
told('must not call back', db.now, db)
db:host_set { clock = function() end }
told('not an instant', db.now, db)
db:host_set { clock = function() error { 'a table' } end }
told('table:', db.now, db)
db:host_set { clock = function() error(setmetatable({}, { __tostring = function() error 'no text' end })) end }
told('makes no text', db.now, db)
db:host_set { clock = function() error(setmetatable({}, { __tostring = function() return 5 end })) end }
told('makes no text', db.now, db)
db:host_set {}
db:now()
local company = crm.Company(db, { name = 'Вектор' }):save()
local boss = crm.User(db, { last_name = 'Директоров', administrator = true }):save()
db:act_as(boss.id)
for _, answer in ipairs { function() end, function() return nil, 'not today' end, function() return 0 / 0 end, function() return math.huge end } do
  db:host_set { authorise = answer }
  company.name = 'Ромб'
  told('', company.save, company)
end
db:host_set { authorise = function() return nil end }
company:save()
db:act_as(0)
db:host_set { clock = function() db:close() return 0 end }
pcall(db.now, db)
db = crm.open 'memory:'
local ends = true
db:host_set { clock = function() -- in one thread only a function of the host can
  if ends then db:interrupt() end
  return 0
end }
local saved, problem = pcall(function() return crm.Company(db, { name = 'Вектор' }):save() end)
assert(not saved and crm.is_error(problem) and problem.code == 'interrupted', tostring(problem))
ends = false
assert(#db:query { entity = 'company' } == 0)
db:close()
for _ = 1, 2000 do
  local one = crm.open 'memory:'
  one:host_set { clock = os.time, geocode = function() end }
  one:close()
end

-- Texts of an old host, with a zero byte told and not cut.
db = crm.open 'memory:'
assert(db:text_from_windows_1251 '\206\206\206 \185 1' == 'ООО № 1')
assert(db:text_to_windows_1251('ООО ≤ № 1', '?') == '\206\206\206 ? \185 1')
assert(not pcall(db.text_to_windows_1251, db, '≤'))
assert(not pcall(db.text_from_windows_1251, db, 'a\0b'))
print 'fine'
