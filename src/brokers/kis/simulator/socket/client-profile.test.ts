import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { clientFamily, isPyKis, profileOfClient } from './client-profile.ts';

describe('profileOfClient()', () => {
  it('gives each public client the fields it can read, and everybody else what KIS sends today', () => {
    const of = (approvalAgent: string, openingAgent: string, hasPersonalKey = false): string =>
      profileOfClient({ approvalAgent, openingAgent, hasPersonalKey });

    // pykis opens its socket without a name; mojito sends personalseckey; the samples call themselves a browser on REST.
    assert.equal(of('PyKis/2.1.6', ''), 'legacy');
    assert.equal(of('python-requests/2.32.3', 'Python/3.11 websockets/15.0', true), 'legacy');
    assert.equal(of('Mozilla/5.0 (Windows NT 10.0)', 'Python/3.11 websockets/15.0'), '2025');
    assert.equal(of('python-requests/2.32.3', ''), '2025');
    assert.equal(of('', ''), '2026-09');
    assert.equal(of('Mozilla/5.0 (Windows NT 10.0)', 'Mozilla/5.0 (Windows NT 10.0)'), '2026-09');
  });
});

describe('clientFamily()', () => {
  it('tells libraries of Python from pykis and from the rest', () => {
    const agents = ['PyKis/2.1.6', 'python-requests/2.32.3', 'Python/3.11 websockets/15.0', 'Mozilla/5.0', ''];
    assert.deepEqual(agents.map(clientFamily), ['pykis', 'python', 'python', 'other', 'other']);
  });
});

describe('isPyKis()', () => {
  it('goes by the start of the name', () => {
    assert.deepEqual(['PyKis/2.1.6', 'Mozilla/5.0 PyKis/2', ''].map(isPyKis), [true, false, false]);
  });
});
