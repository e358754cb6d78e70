import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * `npm run crash -- --kills 300`: the real processes, killed with SIGKILL at random moments while orders flow (T02).
 * The suite plays 51 kills; a kill takes about two seconds.
 */
const { values } = parseArgs({ options: { kills: { type: 'string', default: '300' } } });
if (!/^[1-9]\d{0,5}$/.test(values.kills)) {
  process.stderr.write(`Cannot read --kills "${values.kills}": wanted a whole number from 1 to 999999\n`);
  process.exit(2);
}
const root = join(import.meta.dirname, '..');
const child = spawn(process.execPath, ['--test', 'tests/crash.test.ts'], {
  cwd: root,
  env: { ...process.env, CRASH_KILLS: values.kills },
  stdio: ['ignore', 'inherit', 'inherit'],
});
child.on('exit', (code) => (process.exitCode = code ?? 1));
