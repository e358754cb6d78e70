import { RetryLater } from '#domain/errors.ts';

const sentence = /^Cannot read the answer of ([0-9A-Z]+): /;

/** What an error or an incomplete inquiry says of an answer that could not be read; null when it says nothing of the kind. */
export function unreadableIn(answer: unknown): { readonly trId: string; readonly detail: string } | null {
  const detail = textOf(answer);
  const trId = detail === null ? null : sentence.exec(detail)?.[1];
  return detail === null || trId === undefined || trId === null ? null : { trId, detail };
}

function textOf(answer: unknown): string | null {
  if (answer instanceof RetryLater) return answer.code === 'kis.unreadable-answer' ? answer.message : null;
  if (typeof answer !== 'object' || answer === null || !('kind' in answer) || !('cause' in answer)) return null;
  return answer.kind === 'incomplete' && typeof answer.cause === 'string' ? answer.cause : null;
}
