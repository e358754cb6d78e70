import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * `npm run crash -- --kills 2000 [--seed N]`: the gateway killed with SIGKILL at every step of its journal and at random
 * instants, and beside it whole houses of which a random process is killed, one kill for each twenty-five (T02). The
 * suite plays 300 and 12.
 */
const { values } = parseArgs({
  options: { kills: { type: 'string', default: '300' }, seed: { type: 'string', default: '20261121' } },
});
if (!/^[1-9]\d{0,5}$/.test(values.kills)) {
  process.stderr.write(`Cannot read --kills "${values.kills}": wanted a whole number from 1 to 999999\n`);
  process.exit(2);
}
if (!/^[1-9]\d{0,8}$/.test(values.seed)) {
  process.stderr.write(`Cannot read --seed "${values.seed}": wanted a whole number from 1 to 999999999\n`);
  process.exit(2);
}
const houseKills = Math.max(12, Math.ceil(Number(values.kills) / 25));
const root = join(import.meta.dirname, '..');
const child = spawn(
  process.execPath,
  ['--test', '--test-concurrency=1', 'tests/crash-steps.test.ts', 'tests/crash.test.ts'],
  {
    cwd: root,
    env: { ...process.env, CRASH_KILLS: values.kills, CRASH_SEED: values.seed, CRASH_HOUSE_KILLS: String(houseKills) },
    stdio: ['ignore', 'inherit', 'inherit'],
  },
);
child.on('exit', (code) => (process.exitCode = code ?? 1));
