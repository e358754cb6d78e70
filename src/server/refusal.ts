import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { FailureAnswer } from './answers.ts';

/** Answers a request that is not carried out, in the one shape the pages know. */
export function refusal(context: Context, status: ContentfulStatusCode, code: string, message: string): Response {
  return context.json({ code, message } satisfies FailureAnswer, status);
}
