import { createHash } from 'node:crypto';
import { chmod, mkdir, unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { FixConfiguration } from '#domain/errors.ts';

const pathBytesMax = 107;

/**
 * What `net` listens on or connects to for `socketPath`: the path itself, or on Windows a named pipe whose name is
 * made from it. @throws FixConfiguration `link.path-too-long`: a Unix socket path holds 107 bytes
 */
export function socketAddress(socketPath: string): string {
  if (process.platform === 'win32') {
    return `\\\\.\\pipe\\snowball-${createHash('sha256').update(socketPath).digest('hex').slice(0, 32)}`;
  }
  const bytes = Buffer.byteLength(socketPath);
  if (bytes > pathBytesMax) {
    throw new FixConfiguration(
      'link.path-too-long',
      `Cannot use the socket "${socketPath}": its path has ${bytes} bytes, at most ${pathBytesMax}; choose a shorter folder`,
    );
  }
  return socketPath;
}

/**
 * Makes the folder (0700) and removes a socket file that a killed process left, but only if nobody answers on it.
 *
 * @throws FixConfiguration `link.address-in-use` when somebody does
 */
export async function freeSocketPath(socketPath: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = dirname(socketPath);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const state = await probe(socketPath);
  if (state === 'answered') {
    throw new FixConfiguration(
      'link.address-in-use',
      `Cannot listen on "${socketPath}": another process answers there, wanted nobody; is Snowball running already?`,
    );
  }
  if (state === 'stale') await unlink(socketPath);
}

function probe(socketPath: string): Promise<'answered' | 'stale' | 'absent'> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    socket.once('connect', () => {
      socket.destroy();
      resolve('answered');
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'ENOENT' ? 'absent' : 'stale');
    });
  });
}
