/** make_package.mjs LIBRARY FOLDER: the npm package with the shared library inside; needs npm and no network. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const [library, folder] = process.argv.slice(2).map((given) => resolve(given));
const name = { '.dll': 'crm.dll', '.dylib': 'libcrm.dylib' }[extname(library)] ?? 'libcrm.so.0';
const copy = mkdtempSync(join(tmpdir(), 'crm-package-'));
try {
  cpSync(dirname(fileURLToPath(import.meta.url)), copy, { recursive: true, filter: (path) => basename(path) !== 'node_modules' });
  copyFileSync(library, join(copy, name));
  mkdirSync(folder, { recursive: true });
  execFileSync('npm', ['pack', '--loglevel', 'error', '--pack-destination', folder], { cwd: copy, stdio: 'inherit', shell: process.platform === 'win32' });
} finally {
  rmSync(copy, { recursive: true });
}
