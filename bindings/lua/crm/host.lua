--- What the host supplies: Lua functions as callbacks of the library.
local ffi = require 'ffi'
local raw = require 'crm.raw'

local host = {}

--- How a part's function is asked: JSON in, JSON out.
local function ask_with(work, rt)
  return function(question) return (rt.to_json((work(rt.from_json(question))))) end
end

local ways = {
  clock = function(work, rt)
    return function() return (tostring(rt.to_micros(work())):gsub('LL$', '')) end
  end,
  deliver = function(work, rt)
    return function(question)
      work(rt.from_json(question))
      return ''
    end
  end,
  geocode = ask_with, file_exists = ask_with, authorise = ask_with, products = ask_with, documents = ask_with, receipts = ask_with,
}

--- The table for crm_host_set, and its callbacks, which take places of the few that there are until host.free.
function host.table_of(pointer, parts, rt)
  local made, callbacks = ffi.new 'crm_host', {}
  made.struct_size = ffi.sizeof(made)
  for name, way in pairs(ways) do
    if parts[name] then
      local ask = way(parts[name], rt)
      local callback = ffi.cast('crm_host_call', function(_, question)
        callbacks.asking = true
        local ok, told = pcall(ask, question)
        raw.crm_host_answer(pointer, tostring(told))
        callbacks.asking = false
        return ok and raw.CRM_OK or raw.CRM_HOST
      end)
      callbacks[#callbacks + 1] = callback
      made[name] = callback
    end
  end
  return made, callbacks
end

--- Once the library calls no more. Inside a callback, by which a database was closed, they stay.
function host.free(callbacks)
  if not callbacks or callbacks.asking then return end
  for _, callback in ipairs(callbacks) do callback:free() end
end

return host
