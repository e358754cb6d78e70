import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { z } from 'zod';

import { accountCommands } from './account-commands.ts';
import { clockCommands } from './clock-commands.ts';
import { question, type ConsoleCommand, type ConsoleOptions } from './console-command.ts';
import { faultCommands, knownFaults } from './fault-commands.ts';
import { marketCommands } from './market-commands.ts';
import { ownerCommands } from './owner-commands.ts';

export type { ConsoleOptions } from './console-command.ts';

const bodyMaxBytes = 16 * 1024;

/** Commands by `<method> <path>`. Everything acts at once. */
const commands: Readonly<Record<string, ConsoleCommand>> = {
  'GET /': question({ korean: '이 안내를 보여요.', english: 'Shows this list.' }, manual),
  ...clockCommands,
  ...faultCommands,
  ...marketCommands,
  ...accountCommands,
  ...ownerCommands,
};

/** The fault console: JSON over HTTP on loopback, for tests, drills, the command line and the pages of trial mode. */
export function createConsole(options: ConsoleOptions): Server {
  const server = createServer((incoming, outgoing) => {
    run(incoming, options).then(
      (result) => send(outgoing, 200, result),
      (cause: unknown) => send(outgoing, 400, { error: messageOf(cause) }),
    );
  });
  server.maxConnections = 64;
  return server;
}

/** Every command with the shape of its body, and every fault: a person with curl needs nothing else. */
function manual(): unknown {
  return {
    commands: Object.entries(commands).map(([name, { korean, english, body }]) => ({
      command: name,
      korean,
      english,
      body: body === null ? null : z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' }),
    })),
    faults: knownFaults(),
  };
}

async function run(incoming: IncomingMessage, options: ConsoleOptions): Promise<unknown> {
  // A page in a browser can reach loopback: it always names itself, and none of ours does.
  if (incoming.headers.origin !== undefined) throw new RangeError('Not for browsers');
  if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(incoming.headers.host ?? '')) throw new RangeError('Not this host');
  const url = new URL(incoming.url ?? '/', 'http://loopback');
  const name = `${incoming.method ?? ''} ${url.pathname}`;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined)
    throw new RangeError(`No such command: "${name}". There are: ${Object.keys(commands).join(', ')}`);
  const body = await readJson(incoming);
  return command.run(body ?? Object.fromEntries(url.searchParams), options);
}

/** Null when there is no body. */
async function readJson(incoming: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > bodyMaxBytes) throw new RangeError(`A command holds at most ${bodyMaxBytes} bytes`);
    chunks.push(bytes);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return text.trim() === '' ? null : JSON.parse(text);
}

function send(outgoing: ServerResponse, status: number, body: unknown): void {
  outgoing.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  outgoing.end(JSON.stringify(body));
}

function messageOf(cause: unknown): string {
  if (cause instanceof z.ZodError) return z.prettifyError(cause);
  return cause instanceof Error ? cause.message : String(cause);
}
