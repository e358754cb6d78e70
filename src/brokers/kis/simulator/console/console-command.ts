import type { z } from 'zod';

import type { Faults } from '../host/faults.ts';
import type { Broker } from '../host/route.ts';
import type { SocketServer } from '../socket/socket-server.ts';

/** What the console works on. */
export interface ConsoleOptions {
  readonly broker: Broker;
  readonly faults: Faults;
  readonly sockets: readonly Pick<SocketServer, 'chooseProfile' | 'dropAll'>[];
}

/** One command of the console: what it is for, what its body holds, what it does. */
export interface ConsoleCommand {
  readonly korean: string;
  readonly english: string;
  /** Fields of the JSON body, or of the query where there is none. */
  readonly body: z.ZodType | null;
  /** @throws {RangeError} with a sentence, when what is asked cannot be */
  readonly run: (body: unknown, options: ConsoleOptions) => unknown;
}

/** A command whose body is read by `schema` before `run` sees it. */
export function command<Schema extends z.ZodType>(
  words: { readonly korean: string; readonly english: string },
  schema: Schema,
  run: (body: z.infer<Schema>, options: ConsoleOptions) => unknown,
): ConsoleCommand {
  return { ...words, body: schema, run: (body, options) => run(schema.parse(body), options) };
}

/** A command without a body. */
export function question(
  words: { readonly korean: string; readonly english: string },
  run: (options: ConsoleOptions) => unknown,
): ConsoleCommand {
  return { ...words, body: null, run: (_body, options) => run(options) };
}
