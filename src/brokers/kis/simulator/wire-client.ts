import { connect } from 'node:net';

import type { BrokerEnvironment } from '#domain/environment.ts';

import type { HostCredentials } from './credentials.ts';

/** An answer as it came over the socket. */
export interface RawAnswer {
  readonly status: number;
  /** Header lines exactly as sent, without the status line. */
  readonly headerLines: readonly string[];
  readonly text: string;
  /** Value of a header by its exact, case-sensitive name. */
  header(name: string): string | null;
  /** A field of the JSON body. */
  body(): Record<string, unknown>;
}

/** A plain client over a bare socket, for looking at a host's bytes: it shares no code with the product's adapter. */
export interface WireClient {
  readonly environment: BrokerEnvironment;
  token: string;
  signIn(): Promise<RawAnswer>;
  get(
    path: string,
    trId: string,
    query?: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<RawAnswer>;
  post(path: string, trId: string, body: Readonly<Record<string, unknown>>): Promise<RawAnswer>;
  /** `CANO` and `ACNT_PRDT_CD`. */
  readonly account: { readonly CANO: string; readonly ACNT_PRDT_CD: string };
}

/** @param host `http://127.0.0.1:port` */
export function wireClient(
  host: string,
  credentials: HostCredentials,
  environment: BrokerEnvironment = 'paper',
): WireClient {
  const { port } = new URL(host);
  const send = (head: string, headers: Readonly<Record<string, string>>, body: string): Promise<RawAnswer> =>
    exchange(Number(port), head, headers, body);
  const client: WireClient = {
    environment,
    token: '',
    account: { CANO: credentials.account.slice(0, 8), ACNT_PRDT_CD: credentials.account.slice(8) },
    async signIn() {
      const body = { grant_type: 'client_credentials', appkey: credentials.appKey, appsecret: credentials.appSecret };
      const answer = await client.post('/oauth2/tokenP', '', body);
      const token = answer.status === 200 ? answer.body()['access_token'] : null;
      client.token = typeof token === 'string' ? token : '';
      return answer;
    },
    get: (path, trId, query = {}, headers = {}) =>
      send(`GET ${path}?${new URLSearchParams(query).toString()}`, { ...signed(trId), ...headers }, ''),
    post: (path, trId, body) => send(`POST ${path}`, signed(trId), JSON.stringify(body)),
  };
  const signed = (trId: string): Record<string, string> => ({
    'content-type': 'application/json; charset=utf-8',
    authorization: `Bearer ${client.token}`,
    appkey: credentials.appKey,
    appsecret: credentials.appSecret,
    tr_id: trId,
    custtype: 'P',
  });
  return client;
}

async function exchange(
  port: number,
  head: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<RawAnswer> {
  const lines = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' });
  const request = [
    `${head} HTTP/1.1`,
    'host: 127.0.0.1',
    ...lines.map(([name, value]) => `${name}: ${value}`),
    '',
    body,
  ];
  const bytes = await new Promise<Buffer>((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(request.join('\r\n')));
    socket.on('data', (chunk) => chunks.push(Buffer.from(chunk)));
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(chunks)));
  });
  return readAnswer(bytes);
}

/** @throws {Error} when the connection ended before a whole header */
function readAnswer(bytes: Buffer): RawAnswer {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) throw new Error(`No answer: the connection ended after ${bytes.length} bytes`);
  const [statusLine = '', ...headerLines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const text = bytes.subarray(end + 4).toString('utf8');
  return {
    status: Number(statusLine.split(' ')[1]),
    headerLines,
    text,
    header: (name) => headerLines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? null,
    body: () => JSON.parse(text) as Record<string, unknown>,
  };
}
