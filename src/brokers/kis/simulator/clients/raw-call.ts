import { exchange, type RawAnswer } from '../fixtures/wire-client.ts';

/** A request as a client's HTTP library writes it: header and field names in the case that the client chose. */
export interface RawCall {
  /** `http://127.0.0.1:port` */
  readonly host: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Makes the call a POST. */
  readonly body?: Readonly<Record<string, string>>;
}

/** Sends one call on a connection of its own. */
export async function rawCall({ host, path, headers, query, body }: RawCall): Promise<RawAnswer> {
  const fields = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`;
  const head = `${body === undefined ? 'GET' : 'POST'} ${path}${fields}`;
  return await exchange(Number(new URL(host).port), head, headers, body === undefined ? '' : JSON.stringify(body));
}
