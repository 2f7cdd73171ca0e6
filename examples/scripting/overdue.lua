-- overdue.lua DATABASE [DAY]: overdue events by manager as of now or of nine o'clock of a day, the longest lists first.
local crm = require 'crm'

local function fail(problem)
  io.stderr:write(tostring(problem), '\n')
  os.exit(1)
end

local function report()
  local db = crm.open(arg[1], { create_file = false })
  if arg[2] then db:clock_set(db:day_start(arg[2]) + 9 * 3600) end
  local now = db:now()

  local managers, order, total = {}, {}, 0
  local overdue = {
    entity = 'event',
    columns = { 'executor_id', 'executor.last_name', 'executor.supervisor.last_name', 'due_at', 'type.name_ru', 'company.name', 'purpose' },
    where = { field = 'state', value = 'overdue' },
    order = { 'due_at' },
  }
  for row in db:select(overdue) do
    local manager = managers[row.executor_id]
    if not manager then
      manager = { name = row.executor_last_name, boss = row.executor_supervisor_last_name, rows = {} }
      managers[row.executor_id] = manager
      order[#order + 1] = manager
    end
    manager.rows[#manager.rows + 1] = row
    total = total + 1
  end
  table.sort(order, function(a, b)
    if #a.rows ~= #b.rows then return #a.rows > #b.rows end
    return a.rows[1].due_at < b.rows[1].due_at
  end)

  print(('%d overdue events of %d managers, %s'):format(total, #order, db:local_text(now)))
  for _, manager in ipairs(order) do
    print(('\n%s (supervisor %s): %d'):format(manager.name, manager.boss or 'none', #manager.rows))
    for _, row in ipairs(manager.rows) do
      print(('  %3d days  %s  %s, %s: %s'):format((now - row.due_at) / 86400, db:local_text(row.due_at), row.type_name_ru, row.company_name or 'no company',
        row.purpose or ''))
    end
  end
  db:close()
end

if #arg < 1 then fail 'usage: luajit overdue.lua DATABASE [DAY, as 2026-03-16]' end
xpcall(report, fail)
