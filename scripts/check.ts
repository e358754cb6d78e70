import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { longTests } from './long-tests.ts';

/**
 * `npm test`: the type check first, then lint and format beside the tests, which close the run with the runner's own
 * summary. `npm test -- 'src/guard/**'` runs a part of the tests.
 */
const root = join(import.meta.dirname, '..');
/** A test that hangs is a failure, and what a failed one leaves running does not keep the run from its end. */
const endings = ['--test-timeout=600000', '--test-force-exit'];
/** Dozens of tests start processes of the same sources: compiled once, each start costs half as much. */
const compileCache = join(root, '.build', 'compile-cache');
const everyTest = ['tests/**/*.test.ts', 'src/**/*.test.ts'];
const chosen = process.argv.slice(2);
const found = globSync(chosen.length > 0 ? chosen : everyTest, { cwd: root }).map((file) => file.replaceAll('\\', '/'));
// The longest first, so that none of them runs alone at the end; then what starts whole houses, then the rest.
const files = [
  ...longTests.filter((file) => found.includes(file)),
  ...found.filter((file) => !longTests.includes(file)),
];

await mustPass('types', 'node_modules/typescript/bin/tsc', '-b');
await mustPass('browser', 'scripts/unpack-browser.ts');
const beside = [
  run('lint', 'node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings', '.'),
  run('format', 'node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
];
const failures = await Promise.all([...beside, run('tests', '--test', '--test-concurrency=4', ...endings, ...files)]);
for (const name of failures) if (name !== null) process.stderr.write(`✗ ${name}\n`);
process.exitCode = failures.every((name) => name === null) ? 0 : 1;

async function mustPass(name: string, ...args: readonly string[]): Promise<void> {
  if ((await run(name, ...args)) !== null) process.exit(1);
}

/** Null when it ends with 0, else its name. */
function run(name: string, ...args: readonly string[]): Promise<string | null> {
  const startedAt = performance.now();
  const env = { ...process.env, NODE_COMPILE_CACHE: compileCache };
  const node = ['--disable-warning=ExperimentalWarning', ...args];
  const child = spawn(process.execPath, node, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((resolve) =>
    child.on('exit', (code) => {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      // Nothing may follow the summary of the tests.
      if (name !== 'tests') process.stderr.write(`${code === 0 ? '✓' : '✗'} ${name} ${seconds} s\n`);
      resolve(code === 0 ? null : name);
    }),
  );
}
