import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { instrumentId } from '#domain/instrument.ts';
import { writeInstrumentList } from '#markets/instrument-list.ts';

const home = mkdtempSync(join(tmpdir(), 'snowball-cli-instruments-'));
const main = fileURLToPath(new URL('../main.ts', import.meta.url));
after(() => rmSync(home, { recursive: true }));

/** Runs the whole program in a process of its own, as a person does. */
function find(text: string, ...more: readonly string[]) {
  const env = { ...process.env, SNOWBALL_HOME: home, SNOWBALL_LANGUAGE: 'en' };
  return spawnSync(process.execPath, [main, 'data', 'instruments', text, ...more], { encoding: 'utf8', env });
}

test('snowball data instruments finds by first consonants, in the stored list once there is one', () => {
  const builtIn = find('ㅅㅅㅈㅈ');
  const designation = 'none' as const;
  const id = instrumentId('000155');
  const entry = { id, symbol: '000155', name: '두산우', market: 'KOSPI', kind: 'stock', designation } as const;
  mkdirSync(join(home, 'trial'));
  const file = join(home, 'trial', 'instruments.json');
  writeFileSync(file, writeInstrumentList({ date: Temporal.PlainDate.from('2026-11-20'), instruments: [entry] }));
  const stored = find('ㄷㅅㅇ', '--json');
  writeFileSync(file, 'damaged');
  const damaged = find('ㄷㅅㅇ');

  assert.match(builtIn.stdout, /005930 +삼성전자 +KOSPI +stock/);
  assert.match(builtIn.stdout, /No stored list/);
  assert.deepEqual(JSON.parse(stored.stdout), [{ symbol: '000155', name: '두산우', market: 'KOSPI', kind: 'stock' }]);
  assert.equal(damaged.status, 1);
  assert.match(damaged.stderr, /\[data\.instrument-list\]/);
});
