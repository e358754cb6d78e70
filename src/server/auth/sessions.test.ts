import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { absoluteMs, idleMs, Sessions } from './sessions.ts';

describe('Sessions', () => {
  let folder: string;
  let now = 1_000_000;
  let serial = 0;
  const opened: Sessions[] = [];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sb-sessions-'));
  });
  after(async () => {
    await Promise.all(opened.map((sessions) => sessions.saved()));
    await rm(folder, { recursive: true });
  });

  const open = (path: string, start = 'one'): Sessions => {
    const sessions = new Sessions({ path, start, now: () => now });
    opened.push(sessions);
    return sessions;
  };
  const newPath = (): string => join(folder, `sessions-${(serial += 1)}.json`);

  it('ends a session 15 minutes after the person was last seen', () => {
    const sessions = open(newPath());
    const id = sessions.begin('open', null);
    now += idleMs - 1;
    sessions.touch(id);
    now += idleMs - 1;
    assert.equal(sessions.find(id)?.level, 'open');

    now += 1;

    assert.equal(sessions.find(id), null);
  });

  it('ends a session 12 hours after the login, however busy the person is', () => {
    const sessions = open(newPath());
    const id = sessions.begin('open', null);
    for (let passed = 0; passed < absoluteMs; passed += idleMs / 2) {
      now += idleMs / 2;
      sessions.touch(id);
    }

    assert.equal(sessions.find(id), null);
  });

  it('gives a new id at every step and forgets the old one', () => {
    const sessions = open(newPath());
    const first = sessions.begin('terminal', null);

    const second = sessions.begin('open', first);

    assert.notEqual(first, second);
    assert.equal(sessions.find(first), null);
    assert.equal(sessions.find(second)?.level, 'open');
  });

  it('keeps sessions over a restart of the process, in a 0600 file without their ids', async () => {
    const path = newPath();
    const sessions = open(path);
    const id = sessions.begin('open', null);
    await sessions.saved();

    const again = open(path);

    assert.equal(again.find(id)?.level, 'open');
    assert.ok(again.terminalProven);
    assert.ok(!(await readFile(path, 'utf8')).includes(id));
    assert.equal((await stat(path)).mode & 0o777, 0o600);
  });

  it('drops sessions of another start of the supervisor', async () => {
    const path = newPath();
    const sessions = open(path);
    const id = sessions.begin('open', null);
    await sessions.saved();

    const other = open(path, 'two');

    assert.equal(other.find(id), null);
    assert.ok(!other.terminalProven);
  });
});
