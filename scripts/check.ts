import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';

/**
 * `npm test`: type check, lint, format, then every test, closing with the runner's own summary. Each step prints its
 * name and its seconds; the first that fails ends the run with its exit code.
 */
const root = join(import.meta.dirname, '..');
/** Dozens of tests start processes of the same sources: compiled once, each start costs half as much. */
const compileCache = join(root, '.build', 'compile-cache');
const bin = (name: string): string => join(root, 'node_modules', name);

const steps: readonly (readonly [name: string, args: readonly string[]])[] = [
  ['types', [bin('typescript/bin/tsc'), '-b']],
  ['lint', [bin('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings', '.']],
  ['browser', [join(root, 'scripts', 'unpack-browser.ts')]],
  ['format', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']],
];

// The long ones, which start whole houses, come first, so that none of them runs alone at the end.
const tests = process.argv.slice(2).length > 0 ? process.argv.slice(2) : ['tests/**/*.test.ts', 'src/**/*.test.ts'];

const [types, ...checks] = steps;
if (types) await step(...types);
await Promise.all(checks.map((check) => step(...check)));
await step('tests', [
  '--test',
  '--test-concurrency=4',
  '--disable-warning=ExperimentalWarning',
  ...globSync(tests, { cwd: root }),
]);

async function step(name: string, args: readonly string[]): Promise<void> {
  const startedAt = performance.now();
  const code = await run(args);
  process.stderr.write(`${code === 0 ? '✓' : '✗'} ${name} ${((performance.now() - startedAt) / 1000).toFixed(1)} s\n`);
  if (code !== 0) process.exit(code);
}

function run(args: readonly string[]): Promise<number> {
  const env = { ...process.env, NODE_COMPILE_CACHE: compileCache };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}
