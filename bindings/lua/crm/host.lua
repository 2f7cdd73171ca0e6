--- What the host supplies: Lua functions as callbacks of the library.
local ffi = require 'ffi'
local raw = require 'crm.raw'

local host = {}

--- What a part's function gave: one value, of which JSON can tell. Who returned nothing may have forgotten to, and nil with a reason is a failure.
local function answer_of(count, answer, reason)
  if count == 0 then error('a function of the host returned nothing: return nil where that is the answer', 0) end
  if answer == nil and count > 1 then error(tostring(reason), 0) end
  if type(answer) == 'number' and (answer ~= answer or math.abs(answer) == math.huge) then
    error('a function of the host answered ' .. tostring(answer) .. ', which JSON cannot say', 0)
  end
  return answer
end

--- How a part's function is asked: JSON in, JSON out.
local function ask_with(work, rt)
  local function told(...) return answer_of(select('#', ...), ...) end
  return function(question) return (rt.to_json(told(work(rt.from_json(question))))) end
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
        local made, text = pcall(tostring, told) -- an error may be a value that makes no text
        raw.crm_host_answer(pointer, made and type(text) == 'string' and text or 'an error that makes no text')
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
