import type { Context } from 'hono';
import type { z } from 'zod';
import { FixConfiguration } from '#domain/errors.ts';

/**
 * The JSON body of a request, read by `schema`.
 *
 * @throws FixConfiguration `request.body` naming the first field that is wrong
 */
export async function bodyOf<S extends z.ZodType>(context: Context, schema: S): Promise<z.infer<S>> {
  let body: unknown;
  try {
    body = await context.req.json();
  } catch (cause) {
    throw new FixConfiguration('request.body', 'Cannot read the request: the body is not JSON', { cause });
  }
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const place = issue === undefined || issue.path.length === 0 ? 'body' : issue.path.join('.');
  throw new FixConfiguration('request.body', `Cannot read the request: ${place}: ${issue?.message ?? 'wrong shape'}`);
}
