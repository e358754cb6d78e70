import { subscribe } from 'node:diagnostics_channel';
import { writeSync } from 'node:fs';
import { Socket } from 'node:net';

/**
 * Preloaded into a process, it reports every connection that is asked for to anything but loopback or a local socket,
 * before it is made, on standard error.
 */
const local = new Set(['127.0.0.1', '::1', 'localhost', '::ffff:127.0.0.1']);

const connect = Reflect.get(Socket.prototype, 'connect') as (...args: unknown[]) => Socket;
Reflect.set(Socket.prototype, 'connect', function watched(this: Socket, ...args: unknown[]): Socket {
  const options: unknown = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (typeof options === 'object' && options !== null && !('path' in options && options.path)) {
    const host = 'host' in options && typeof options.host === 'string' ? options.host : 'localhost';
    if (!local.has(host)) writeSync(2, `left-loopback ${host}\n`);
  }
  return Reflect.apply(connect, this, args);
});

subscribe('udp.socket', () => writeSync(2, 'left-loopback a datagram socket was opened\n'));
writeSync(2, `witness-loaded ${process.pid}\n`);
