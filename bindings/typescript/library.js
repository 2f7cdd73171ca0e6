/** Finds the shared library: CRM_LIBRARY, else one beside this file, else the system's. */
import koffi from 'koffi';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const name = { win32: 'crm.dll', darwin: 'libcrm.dylib' }[process.platform] ?? 'libcrm.so.0';
const beside = fileURLToPath(new URL(name, import.meta.url));

export const library = koffi.load(process.env.CRM_LIBRARY ?? (existsSync(beside) ? beside : name));
