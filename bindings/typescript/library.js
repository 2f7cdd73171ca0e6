/** Finds the shared library: CRM_LIBRARY, else one beside this file, else the system's. */
import koffi from 'koffi';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const name = { win32: 'crm.dll', darwin: 'libcrm.dylib' }[process.platform] ?? 'libcrm.so.0';
const beside = fileURLToPath(new URL(name, import.meta.url));

const file = process.env.CRM_LIBRARY || (existsSync(beside) ? beside : name);

function load() {
  try {
    return koffi.load(file);
  } catch (problem) {
    throw new Error(`cannot load the library of crm, ${file} (${problem.message}); let CRM_LIBRARY name the file; in a clone, `
      + `cmake --preset library && cmake --build --preset library makes build/library/capi/${name}`);
  }
}

export const library = load();
