import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What one test file does to the unchanged sources. */
export interface TestRun {
  readonly test: string;
  readonly tookMs: number;
  /** Says whether the test ran what stands at this place of a source; `url` is its file: URL, `offset` counts UTF-16 units. */
  readonly reaches: (url: string, offset: number) => boolean;
}

interface Range {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly count: number;
}

interface Script {
  readonly url: string;
  readonly functions: readonly { readonly ranges: readonly Range[] }[];
}

/**
 * Runs one test file on the unchanged sources under V8's own coverage, child processes included.
 * @throws Error when the test fails, because it could then kill no mutant
 */
export function runCovered(test: string, root: string, args: readonly string[]): TestRun {
  const place = mkdtempSync(join(tmpdir(), 'snowball-coverage-'));
  try {
    const startedAt = performance.now();
    const env = { ...process.env, NODE_V8_COVERAGE: place };
    const { status } = spawnSync(process.execPath, [...args, test], {
      cwd: root,
      env,
      stdio: 'ignore',
      timeout: 300_000,
    });
    if (status !== 0) throw new Error(`Cannot judge mutants by ${test}: it fails without any change; wanted it green`);
    const ranges = rangesByUrl(place);
    const reaches = (url: string, offset: number): boolean =>
      (ranges.get(url) ?? []).some((spans) => ran(spans, offset));
    return { test, tookMs: performance.now() - startedAt, reaches };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** One list of ranges a process and a source: the same file may have been loaded by several processes. */
function rangesByUrl(place: string): ReadonlyMap<string, readonly (readonly Range[])[]> {
  const found = new Map<string, (readonly Range[])[]>();
  for (const name of readdirSync(place)) {
    const { result }: { result: readonly Script[] } = JSON.parse(readFileSync(join(place, name), 'utf8'));
    for (const { url, functions } of result) {
      if (!url.includes('/src/')) continue;
      found.set(url, [...(found.get(url) ?? []), functions.flatMap(({ ranges }) => ranges)]);
    }
  }
  return found;
}

/** The narrowest range around the place is the one that counts it. */
function ran(ranges: readonly Range[], offset: number): boolean {
  let narrowest: Range | null = null;
  for (const range of ranges) {
    if (range.startOffset > offset || range.endOffset <= offset) continue;
    const width = range.endOffset - range.startOffset;
    if (narrowest === null || width <= narrowest.endOffset - narrowest.startOffset) narrowest = range;
  }
  return narrowest !== null && narrowest.count > 0;
}
