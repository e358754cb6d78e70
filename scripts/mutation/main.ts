import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { runCovered, type TestRun } from './coverage.ts';
import { mutantsOf, type Mutant } from './mutants.ts';

/**
 * Mutation testing of a folder or a file: `npm run mutate -- src/guard [--tests 'src/guard/**\/*.test.ts'] [--every 1] [--json FILE]`.
 * Each mutant is judged by those of the folder's tests that run its place, the best first, in a process of its own; a
 * process that takes ten times as long as the unchanged one is stopped and counts as killed. Files that are tables of data
 * or sentences can be left out by `--skip PATTERN`; `--again FILE` tries only what survived in the report that `--json FILE`
 * wrote before.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    tests: { type: 'string', multiple: true },
    skip: { type: 'string', multiple: true, default: [] },
    every: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '2' },
    json: { type: 'string' },
    again: { type: 'string' },
  },
});
const root = join(import.meta.dirname, '..', '..');
const [folder = 'src/guard'] = positionals;
const isSource = (file: string): boolean =>
  !file.endsWith('.test.ts') && !file.includes('/fixtures/') && !values.skip.some((part) => file.includes(part));
const isFile = folder.endsWith('.ts');
const sources = globSync(isFile ? folder : `${folder}/**/*.ts`, { cwd: root })
  .filter(isSource)
  .toSorted();
const tests = globSync(values.tests ?? [isFile ? folder.replace(/\.ts$/, '.test.ts') : `${folder}/**/*.test.ts`], {
  cwd: root,
});
if (sources.length === 0 || tests.length === 0) {
  process.stderr.write(
    `Cannot mutate "${folder}": found ${sources.length} sources and ${tests.length} test files, wanted some of both. Name a folder or a file below src, and its tests with --tests.\n`,
  );
  process.exit(1);
}
const scratch = mkdtempSync(join(tmpdir(), 'snowball-mutants-'));

interface Candidate extends Mutant {
  readonly file: string;
}

const candidates: Candidate[] = sources
  .flatMap((file) => mutantsOf(readFileSync(join(root, file), 'utf8')).map((mutant) => ({ ...mutant, file })))
  .filter(values.again === undefined ? isSampled : survivedIn(values.again));

const judgeArgs = ['--disable-warning=ExperimentalWarning', '--import', './scripts/mutation/load-mutant.ts'];
const runs = tests.map((test, index) => {
  process.stderr.write(`\rcoverage of test file ${index + 1} of ${tests.length}   `);
  return runCovered(test, root, [...judgeArgs, './scripts/mutation/judge.ts']);
});
process.stderr.write('\n');
/** How many mutants of a source each test has killed: whoever killed one will likely kill the next. */
const kills = new Map<string, number>();
const survivors: Candidate[] = [];
let next = 0;
await Promise.all(Array.from({ length: Number(values.jobs) }, (_, job) => work(job)));
rmSync(scratch, { recursive: true, force: true });
report();

function isSampled(_candidate: Candidate, index: number): boolean {
  return index % Number(values.every) === 0;
}

/** By file, line and change: the sources may have moved a little since. */
function survivedIn(report: string): (candidate: Candidate) => boolean {
  const { survivors: before } = JSON.parse(readFileSync(report, 'utf8'));
  const keys = new Set(before.map(keyOf));
  return (candidate) => keys.has(keyOf(candidate));
}

function keyOf({ file, line, before, after }: Omit<Candidate, 'source'>): string {
  return `${file}:${line} ${before} → ${after}`;
}

async function work(job: number): Promise<void> {
  for (let index = next++; index < candidates.length; index = next++) {
    const candidate = candidates[index];
    if (candidate === undefined) return;
    if ((await judge(candidate, job)) === 'alive') {
      survivors.push(candidate);
      process.stderr.write(`\r${candidate.file}:${candidate.line}  ${candidate.before.slice(0, 60)}\n`);
    }
    process.stderr.write(`\r${index + 1} of ${candidates.length}, ${survivors.length} alive   `);
  }
}

/** The two most promising test files first; only what outlives them meets the others. */
async function judge(mutant: Candidate, job: number): Promise<'alive' | 'killed'> {
  const url = pathToFileURL(join(root, mutant.file)).href;
  const killsOf = (test: string): number => kills.get(`${mutant.file} ${test}`) ?? 0;
  const able = runs
    .filter(({ reaches }) => reaches(url, mutant.offset))
    .toSorted((a, b) => killsOf(b.test) - killsOf(a.test) || a.tookMs - b.tookMs);
  for (const group of [able.slice(0, 1), able.slice(1, 3), able.slice(3)]) {
    if (group.length === 0 || (await outlives(mutant, job, url, group))) continue;
    for (const { test } of group) kills.set(`${mutant.file} ${test}`, killsOf(test) + 1 / group.length);
    return 'killed';
  }
  return 'alive';
}

function outlives(mutant: Candidate, job: number, url: string, group: readonly TestRun[]): Promise<boolean> {
  const place = join(scratch, `${job}.mjs`);
  writeFileSync(place, mutant.source);
  const tookMs = group.reduce((sum, run) => sum + run.tookMs, 0);
  const files = group.map(({ test }) => test);
  const child = spawn(process.execPath, [...judgeArgs, './scripts/mutation/judge.ts', ...files], {
    cwd: root,
    env: { ...process.env, MUTANT_OF: url, MUTANT_SOURCE: place },
    stdio: 'ignore',
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), Math.max(5_000, tookMs * 10));
  return new Promise((resolve) =>
    child.on('exit', (code) => {
      clearTimeout(timer);
      resolve(code === 0);
    }),
  );
}

function report(): void {
  const ordered = survivors.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
  process.stdout.write('\n');
  for (const { file, line, before, after } of ordered) {
    process.stdout.write(`${file}:${line}  ${before.slice(0, 60)}  →  ${after === '' ? '(left out)' : after}\n`);
  }
  const killed = candidates.length - survivors.length;
  const score = ((100 * killed) / Math.max(1, candidates.length)).toFixed(1);
  process.stdout.write(`${folder}: ${killed} of ${candidates.length} mutants killed, ${score} %\n`);
  const survivorRows = ordered.map(({ file, line, before, after }) => ({ file, line, before, after }));
  if (values.json !== undefined) {
    writeFileSync(
      values.json,
      `${JSON.stringify({ folder, mutants: candidates.length, killed, survivors: survivorRows }, null, 2)}\n`,
    );
  }
}
