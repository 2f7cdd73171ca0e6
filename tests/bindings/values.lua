-- A value that has no room in C is refused and never cut.
local crm = require 'crm'

local db = crm.open 'memory:'
local kind = crm.EventType(db, { code = 'call', name_ru = 'звонок', no_company = true }):save()
local user = crm.User(db, { last_name = 'Иванов' }):save()
local event = crm.Event(db, { type_id = kind, executor_id = user, setter_id = user, start_at = db:now(), currency = 'RUB', amount = '10.50' })
db:event_plan(event)
local by_id = db:prepare { entity = 'event', columns = { 'id' }, where = { field = 'id', value = { param = 1 } } }
local refused = {
  function() crm.Event.load(db, 1.5) end,
  function() crm.Event.load(db, 2 ^ 64) end,
  function() crm.Event.load(db, 0 / 0) end,
  function() db:completeness(1.5) end,
  function() db:contacts('x', 2 ^ 32 + 1) end,
  function() crm.open('memory:', { actor = 2 ^ 64 }) end,
  function() event.amount = '1' .. ('0'):rep(30) end,
  function() event.contact_id = 2 ^ 64 end,
  function() event.start_at = 1e30 end,
  function() db:event_act(event.id, 0, 'hold', { outcome = 2 ^ 64 }) end,
}
for i, work in ipairs(refused) do
  local ok, problem = pcall(work)
  assert(not ok and crm.is_error(problem) and problem.code == 'invalid_argument', i .. ': ' .. tostring(problem))
end
assert(by_id:run(event.id)().id == event.id and by_id:run(2 ^ 64 + event.id)() == nil)
local by_contact = db:prepare { entity = 'event', columns = { 'id' }, where = { field = 'contact_id', value = { param = 1 } } }
assert(by_contact:run(crm.null)().id == event.id and by_contact:run(1)() == nil)
assert(event.amount == '10.5' and event.contact_id == nil)
local ok, problem = pcall(event.set_text, event, 'nothing', 'x')
assert(not ok and problem:find 'event has no field nothing', problem)
print 'fine'
