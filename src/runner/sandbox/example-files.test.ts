import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, test } from 'node:test';
import { makeSandboxFolder } from './sandbox-folder.ts';
import { sandboxFlags } from './strategy-child.ts';

const folder = mkdtempSync(join(tmpdir(), 'snowball-examples-'));
const root = join(import.meta.dirname, '..', '..', '..');
after(() => rmSync(folder, { recursive: true }));

/** The first line of a host of orders over `file`, from its own folder and behind Node's permissions. */
async function firstLine(file: string, place: number): Promise<string> {
  const own = join(folder, String(place));
  const entry = makeSandboxFolder(own, join(root, file));
  const child = spawn(process.execPath, [...sandboxFlags(own), entry], { env: {}, cwd: own });
  try {
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as readonly unknown[];
    return String(line);
  } finally {
    child.kill('SIGKILL');
  }
}

test('every example starts in the folder that trading gives it, tunable ones too', async () => {
  const files = globSync('examples/*/strategy.ts', { cwd: root });

  const lines = await Promise.all(files.map(firstLine));

  assert.ok(files.length >= 5);
  for (const [place, line] of lines.entries()) assert.match(line, /^\{"kind":"ready",/, files[place]!);
});
