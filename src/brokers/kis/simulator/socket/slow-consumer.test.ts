import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { describe, it } from 'node:test';

import type { WebSocket } from 'ws';

import { SocketSession } from './socket-session.ts';

/** A connection whose peer has stopped reading: bytes wait and nothing leaves. */
class StuckSocket extends EventEmitter {
  bufferedAmount = 0;
  isTerminated = false;
  readonly sent: string[] = [];

  send(frame: string): void {
    this.sent.push(frame);
    this.bufferedAmount += frame.length;
  }

  terminate(): void {
    this.isTerminated = true;
  }
}

describe('SocketSession with a slow consumer', () => {
  it('skips books above 256 KiB, keeps trades and notices, and cuts the client off above 4 MiB', () => {
    const socket = new StuckSocket();
    const host = {
      environment: 'paper' as const,
      htsId: 'hong',
      appKeyOf: () => null,
      approvalAgentOf: () => '',
      claim: () => true,
    };
    const session = new SocketSession(socket as unknown as WebSocket, host);
    const frame = 'x'.repeat(128 * 1024);

    for (let count = 0; count < 3; count += 1) session.push(frame, false);
    session.push(frame, true);
    const afterBook = socket.sent.length;
    let pushes = 0;
    while (!socket.isTerminated && pushes < 100) {
      session.push(frame, false);
      pushes += 1;
    }

    assert.equal(afterBook, 3);
    assert.ok(socket.isTerminated);
    assert.ok(socket.bufferedAmount <= 4 * 1024 * 1024 + frame.length);
  });
});
