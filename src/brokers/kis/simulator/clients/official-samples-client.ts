import type { RawAnswer } from '../fixtures/wire-client.ts';
import type { HostCredentials } from '../host/credentials.ts';
import { readAsSamples, type SampleAnswer } from './official-samples-judge.ts';
import { rawCall } from './raw-call.ts';

type Fields = Readonly<Record<string, string>>;

/** The vendor's samples: one set of headers for everything, TR ids of paper by their first letter, `tr_cont` always. */
export class OfficialSamples {
  readonly #host: string;
  readonly #keys: HostCredentials;
  readonly #mode: 'real' | 'paper';
  #base: Fields = {
    'Content-Type': 'application/json',
    Accept: 'text/plain',
    charset: 'UTF-8',
    'User-Agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)',
  };

  constructor(host: string, keys: HostCredentials, mode: 'real' | 'paper') {
    this.#host = host;
    this.#keys = keys;
    this.#mode = mode;
  }

  get account(): Fields {
    return { CANO: this.#keys.account.slice(0, 8), ACNT_PRDT_CD: this.#keys.account.slice(8) };
  }

  /** Token first; its answer becomes a named tuple of which the token and its end are taken. */
  async signIn(): Promise<RawAnswer> {
    const { appKey, appSecret } = this.#keys;
    const body = { grant_type: 'client_credentials', appkey: appKey, appsecret: appSecret };
    const answer = await rawCall({ host: this.#host, path: '/oauth2/tokenP', headers: this.#base, body });
    const authorization = `Bearer ${String(answer.body()['access_token'])}`;
    this.#base = { ...this.#base, authorization, appkey: appKey, appsecret: appSecret };
    return answer;
  }

  async approval(): Promise<string> {
    const { appKey, appSecret } = this.#keys;
    const body = { grant_type: 'client_credentials', appkey: appKey, secretkey: appSecret };
    const answer = await rawCall({ host: this.#host, path: '/oauth2/Approval', headers: this.#base, body });
    return String(answer.body()['approval_key']);
  }

  /** @throws where the samples would */
  async get(path: string, trId: string, query: Fields, continuation = ''): Promise<SampleAnswer> {
    const headers = this.#headers(trId, continuation);
    return readAsSamples(await rawCall({ host: this.#host, path, headers, query }));
  }

  /** @throws where the samples would */
  async post(path: string, trId: string, body: Fields): Promise<SampleAnswer> {
    return readAsSamples(await rawCall({ host: this.#host, path, headers: this.#headers(trId, ''), body }));
  }

  #headers(trId: string, continuation: string): Fields {
    const isRespelt = this.#mode === 'paper' && ['T', 'J', 'C'].includes(trId.charAt(0));
    return { ...this.#base, tr_id: isRespelt ? `V${trId.slice(1)}` : trId, custtype: 'P', tr_cont: continuation };
  }
}
