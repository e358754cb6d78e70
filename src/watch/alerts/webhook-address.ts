import { readFile, stat } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { FixConfiguration } from '#domain/errors.ts';
import { Secret } from '#domain/secret.ts';
import type { WebhookKind } from './webhook-body.ts';

/** Where a webhook goes. Everything but the origin is secret: whoever knows it can write in the person's name. */
export interface WebhookAddress {
  readonly origin: string;
  readonly url: Secret;
  /** Sent as `Authorization: Bearer`. */
  readonly token: Secret | null;
  /** Telegram's `chat_id`. */
  readonly chat: Secret | null;
}

export interface WebhookAddressOptions {
  readonly name: string;
  readonly kind: WebhookKind;
  /** The only host that may be reached; the address in the file must be of it. */
  readonly host: string;
  /** Where the person keeps the files; a systemd credential of the name is taken first. */
  readonly folder: string;
  /** `$CREDENTIALS_DIRECTORY`, where there is one. */
  readonly credentials: string | undefined;
  /** For tests alone: a receiver on this machine, without TLS. */
  readonly mayBeLoopback: boolean;
}

const bytesMax = 4_096;
const linePattern = /^(url|token|chat)=(\S.*)$/;

/**
 * Reads `url=…`, and where needed `token=…` and `chat=…`, one a line, from a file that nobody else can read.
 *
 * @throws FixConfiguration `watch.alert-credential`; the message holds the path and never a value
 */
export async function readWebhookAddress(options: WebhookAddressOptions): Promise<WebhookAddress> {
  const { name, kind, host } = options;
  const [file, text] = await textOf(options);
  const values = new Map<string, string>();
  for (const line of text.split('\n').map((raw) => raw.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const [, key, value] = linePattern.exec(line) ?? [];
    if (key === undefined || value === undefined || values.has(key)) {
      throw unusable(name, file, 'a line is none of url=, token= and chat=, each once');
    }
    values.set(key, value);
  }
  const url = urlOf(values.get('url'), options);
  if (typeof url === 'string') throw unusable(name, file, url);
  if (url.host !== host) throw unusable(name, file, `its url is of another host than "${host}" in the configuration`);
  const chat = values.get('chat') ?? null;
  if (kind === 'telegram' && chat === null) throw unusable(name, file, 'Telegram needs a line chat=');
  const secret = (value: string | null | undefined): Secret | null => (value ? new Secret(value) : null);
  return { origin: url.origin, url: new Secret(url.href), token: secret(values.get('token')), chat: secret(chat) };
}

/** The address, or why it cannot be one. */
function urlOf(text: string | undefined, { mayBeLoopback }: WebhookAddressOptions): URL | string {
  const url = text === undefined ? null : URL.parse(text);
  if (url === null) return 'there is no line url= with an address';
  const name = url.hostname.replace(/^\[|\]$/g, '');
  const isLocal = name === '127.0.0.1' || name === '::1' || name === 'localhost' || name.endsWith('.localhost');
  if (isLocal) return mayBeLoopback ? url : 'its url is of this machine, wanted a host elsewhere';
  if (isIP(name) !== 0) return 'its url has an address of numbers, wanted a name';
  if (url.protocol !== 'https:') return 'its url does not begin with https://';
  return url.username === '' && url.password === '' ? url : 'its url has a password in it, wanted a line token=';
}

async function textOf({ name, folder, credentials }: WebhookAddressOptions): Promise<readonly [string, string]> {
  const places = [...(credentials === undefined ? [] : [join(credentials, `alert-${name}`)]), join(folder, name)];
  for (const file of places) {
    const found = await stat(file).catch(() => null);
    if (found === null) continue;
    // systemd shows its own access list as a group's right to read.
    if (process.platform !== 'win32' && (found.mode & 0o037) !== 0) {
      throw unusable(name, file, `its mode is ${(found.mode & 0o777).toString(8)}, wanted 600. Run chmod 600 on it`);
    }
    if (found.size > bytesMax) throw unusable(name, file, `it has ${found.size} bytes, at most ${bytesMax}`);
    return [file, await readFile(file, 'utf8').catch(() => '')];
  }
  throw unusable(name, places.at(-1) ?? folder, 'it is not there');
}

function unusable(name: string, file: string, found: string): FixConfiguration {
  return new FixConfiguration(
    'watch.alert-credential',
    `Cannot use the alert channel "${name}" with "${file}": ${found}, wanted lines url=https://… (token=…, chat=…), mode 600`,
  );
}
