import { Socket } from 'node:net';

/** The supervisor's end of descriptor 3. */
export interface ParentLine {
  /** The first line that came. */
  readonly line: string;
  /** Writes one line back. */
  write(line: string): void;
  /** Runs once when the parent has closed its end, which is how its death shows. */
  onClosed(then: () => void): void;
  end(): void;
}

const lineMaxBytes = 64 * 1024;

/** Reads the boot line from descriptor 3. @throws {RangeError} when it ends before a line, or the line is too long */
export async function openParentLine(): Promise<ParentLine> {
  const socket = new Socket({ fd: 3, readable: true, writable: true });
  // A parent that dies resets the connection; `close` follows, and that is what we act on.
  socket.on('error', () => socket.destroy());
  const line = await firstLine(socket);
  return {
    line,
    write: (text) => socket.write(`${text}\n`),
    onClosed: (then) => {
      socket.once('close', then);
      socket.once('end', then);
      socket.resume();
    },
    end: () => socket.destroy(),
  };
}

async function firstLine(socket: Socket): Promise<string> {
  return await new Promise((resolve, reject) => {
    let text = '';
    const onData = (chunk: Buffer): void => {
      text += chunk.toString('utf8');
      const end = text.indexOf('\n');
      if (end === -1 && text.length <= lineMaxBytes) return;
      socket.off('data', onData);
      if (end === -1) reject(new RangeError(`Boot line above ${lineMaxBytes} bytes`));
      else resolve(text.slice(0, end));
    };
    socket.on('data', onData);
    socket.once('close', () => reject(new RangeError('Descriptor 3 ended before the boot line')));
  });
}
