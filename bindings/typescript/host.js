/** What the host supplies: functions of JavaScript as callbacks of the library. */
import koffi from 'koffi';
import * as raw from './raw.js';

/** An answer that comes later would be taken for none. */
export function atOnce(answer) {
  if (typeof answer?.then === 'function') throw new TypeError('a function of the host must answer at once: it gave a promise');
  return answer;
}

/** The text of what was thrown; it may be anything, also what makes no text. */
function saidBy(error) {
  try {
    return String(error?.message || error);
  } catch {
    return 'an exception that makes no text';
  }
}

/** The callbacks of a database; they are registered as long as the library may call. */
export class Callbacks {
  #registered = [];
  #asking = 0;

  /** Sets them by `set(table)`; those before are let go if that does not throw. */
  replace(handle, parts, values, set) {
    const before = this.#registered;
    this.#registered = [];
    const table = { struct_size: raw.sizeof(raw.crm_host), reserved: 0, user: null, destroy: null };
    for (const name of ['clock', 'deliver', 'geocode', 'file_exists', 'authorise', 'products', 'documents', 'receipts'])
      table[name] = parts[name] ? this.#register(handle, parts[name], values) : null;
    try {
      set(table);
    } catch (error) {
      this.release();
      this.#registered = before;
      throw error;
    }
    before.forEach((callback) => koffi.unregister(callback));
  }

  /** Once the library calls no more. Inside a callback, where a database was closed by it, they stay. */
  release() {
    if (this.#asking === 0) this.#registered.splice(0).forEach((callback) => koffi.unregister(callback));
  }

  #register(handle, work, { toJson, fromJson }) {
    const callback = koffi.register((_, question) => {
      ++this.#asking;
      try {
        const answer = atOnce(work(fromJson(question)));
        const told = answer === undefined ? undefined : toJson(answer); // who returned nothing may have forgotten to
        if (told === 'null' && answer !== null) throw new TypeError(`a function of the host answered ${String(answer)}, which JSON cannot say`);
        if (told !== undefined) raw.crm_host_answer(handle, told);
        return raw.CRM_OK;
      } catch (error) {
        raw.crm_host_answer(handle, saidBy(error));
        return raw.CRM_HOST;
      } finally {
        --this.#asking;
      }
    }, koffi.pointer(raw.crm_host_call));
    this.#registered.push(callback);
    return callback;
  }
}
