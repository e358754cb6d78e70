import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { SocketListener } from '../fixtures/socket-listener.ts';
import { aSimulator } from '../fixtures/wire-test-kit.ts';
import { readAsSamples, readColumns, readControlAsSamples } from './official-samples-judge.ts';

describe("the vendor's samples and the heartbeat", () => {
  it('answers with a pong of the same text and stays', async () => {
    const simulator = await aSimulator({ profile: 'auto', pingSeconds: 0.05 });
    const listener = new SocketListener(`${simulator.hosts.webSocket}/tryitout`);
    for (let pings = 0; pings < 5; pings += 1) {
      const frame = await listener.nextOf('{');
      assert.equal(readControlAsSamples(frame).isPing, true);
      listener.socket.pong(frame);
    }
    listener.socket.terminate();
    await simulator.close();
  });
});

describe('readAsSamples()', () => {
  it('raises on a lower-case standard header and on a body without a message', () => {
    const answer = (headerLines: string[], body: Readonly<Record<string, string>>) => ({
      status: 200,
      headerLines,
      text: '',
      header: () => null,
      body: () => body,
    });
    assert.throws(() => readAsSamples(answer(['content-type: x'], { msg_cd: '', msg1: '' })), /named tuple/);
    assert.throws(() => readAsSamples(answer(['Content-Type: x'], { msg_cd: '' })), /msg1/);
    assert.throws(() => readColumns(['a', 'b'], ['A']), /2 fields for 1/);
  });
});
