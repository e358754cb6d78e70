import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', 'peers');
const stamp = join(folder, 'node_modules', '.lock');

/** Installs the peers, once for each state of their lock: `npm ci`, no scripts, nothing of the product's own packages. */
export function installPeers(): void {
  const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  process.stderr.write('Installing the peers into bench/peers, once.\n');
  const npm = process.env['npm_execpath'];
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const stdio: ('ignore' | 'inherit')[] = ['ignore', 'inherit', 'inherit'];
  const options = { cwd: folder, stdio };
  const done =
    npm === undefined
      ? spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
      : spawnSync(process.execPath, [npm, ...args], options);
  if (done.status !== 0) throw new Error('Cannot install the peers: npm ci in bench/peers failed, see above');
  writeFileSync(stamp, lock);
}
