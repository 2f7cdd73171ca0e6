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
print 'fine'
