import type { FailureAnswer, GetAnswers, PostAnswers } from '../../src/server/answers.ts';

/** An answer of the server that is not the one hoped for. `status` 0 means that the server could not be reached. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly code: string;
  readonly waitMs: number;

  constructor(status: number, answer: FailureAnswer) {
    super(answer.message);
    this.name = 'ApiFailure';
    this.status = status;
    this.code = answer.code;
    this.waitMs = answer.waitMs ?? 0;
  }
}

type Fill = Readonly<Record<string, string>>;

/** @throws ApiFailure */
export function get<P extends keyof GetAnswers>(path: P, fill: Fill = {}, query = ''): Promise<GetAnswers[P]> {
  return send(filled(path, fill) + query, {}) as Promise<GetAnswers[P]>;
}

/** @throws ApiFailure */
export function post<P extends keyof PostAnswers>(path: P, body: unknown, fill: Fill = {}): Promise<PostAnswers[P]> {
  const init = { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  return send(filled(path, fill), init) as Promise<PostAnswers[P]>;
}

function filled(path: string, fill: Fill): string {
  return path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(fill[name] ?? ''));
}

/** The shape is not checked again here: our own server has read every answer by its schema before passing it on. */
async function send(path: string, init: RequestInit): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, credentials: 'same-origin', cache: 'no-store' });
  } catch {
    throw new ApiFailure(0, { code: 'server.unreachable', message: 'The server does not answer' });
  }
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body;
  throw new ApiFailure(response.status, failureOf(body, response.status));
}

function failureOf(body: unknown, status: number): FailureAnswer {
  if (typeof body === 'object' && body !== null && 'code' in body && 'message' in body) return body as FailureAnswer;
  return { code: 'server.answer', message: `The server answered ${status}` };
}
