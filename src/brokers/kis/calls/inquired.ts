import { SnowballError } from '#domain/errors.ts';

import type { Inquiry } from '../../broker.ts';

/** Turns a failure that is expected of a broker into an answer that says so: a list is whole, or it is incomplete. */
export async function inquired<Row>(read: () => Promise<readonly Row[]>): Promise<Inquiry<Row>> {
  try {
    return { kind: 'complete', rows: await read() };
  } catch (error) {
    if (!(error instanceof SnowballError)) throw error;
    return { kind: 'incomplete', cause: error.message };
  }
}
