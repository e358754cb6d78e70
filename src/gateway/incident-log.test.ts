import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RetryLater } from '#domain/errors.ts';
import { IncidentLog } from './incident-log.ts';

const trId = 'FHKST01010100';
const badAnswer = { kind: 'unreadable-answer', trId, detail: 'read answered with not-json, HTTP 200' };
const badAnswerError = new RetryLater(
  'kis.unreadable-answer',
  `Cannot read the answer of ${trId}: field "a" is missing`,
);

function scene() {
  const lines: { level: string; entry: Record<string, unknown> }[] = [];
  const at = { ms: 0 };
  const write = (level: string) => (entry: unknown) => void lines.push({ level, entry: { ...(entry as object) } });
  const log = { warn: write('warn'), info: write('info') };
  return { lines, at, log: new IncidentLog({ log: log as never, elapsedMs: () => at.ms }) };
}

test('IncidentLog writes a bad answer once with its TR id, told by the adapter and by the failing call', () => {
  const { lines, log } = scene();

  for (let times = 0; times < 5; times += 1) {
    log.incident(badAnswer);
    log.fault(badAnswerError);
  }

  assert.equal(lines.length, 1);
  assert.match(JSON.stringify(lines), /FHKST01010100/);
});

test('IncidentLog writes the same failure of another TR, and another failure of the same TR', () => {
  const { lines, log } = scene();

  log.incident(badAnswer);
  log.incident({ ...badAnswer, trId: 'TTTC8434R' });
  log.incident({ ...badAnswer, kind: 'unmapped-code' });

  assert.equal(lines.length, 3);
});

test('IncidentLog says after its window how often a thing came unwritten', () => {
  const { lines, at, log } = scene();
  for (let times = 0; times < 4; times += 1) log.incident(badAnswer);
  at.ms = 600_000;

  log.incident(badAnswer);

  assert.deepEqual(
    lines.map(({ entry }) => entry['repeated']),
    [undefined, 3],
  );
});

test('IncidentLog writes one quiet line for a maintenance, however many calls fail by it', () => {
  const { lines, log } = scene();

  log.incident({ kind: 'maintenance', trId: '', detail: 'KIS is closed for maintenance: ECONNREFUSED' });
  for (const call of ['FHKST01010100', 'TTTC8434R']) {
    log.fault(new RetryLater('kis.maintenance', `Cannot ask KIS for ${call}: it is closed for maintenance`));
  }

  assert.deepEqual(
    lines.map(({ level }) => level),
    ['info'],
  );
});

test('IncidentLog keeps no failure of our own to itself', () => {
  const { lines, log } = scene();

  for (let times = 0; times < 2; times += 1) log.fault(new Error('broken'));
  for (let times = 0; times < 2; times += 1) log.fault(new RetryLater('gateway.testbed', 'Cannot ask: no answer'));

  assert.equal(lines.length, 4);
});

test('IncidentLog remembers at most 500 things', () => {
  const { lines, log } = scene();

  for (let index = 0; index <= 500; index += 1) log.incident({ ...badAnswer, trId: `TR${index}` });
  log.incident({ ...badAnswer, trId: 'TR0' });

  assert.equal(lines.length, 502);
});
