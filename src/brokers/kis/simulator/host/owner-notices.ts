import type { BrokerEnvironment } from '#domain/environment.ts';

/** What the owner of a key would have been told, oldest first at the console. */
export interface OwnerNotice {
  readonly kind: 'token-issued' | 'token-given-again' | 'key-used';
  readonly environment: BrokerEnvironment;
  /** First characters of the app key. */
  readonly appKey: string;
  /** Epoch milliseconds of sign-in time. */
  readonly at: number;
  /** Where a key is used from for the first time; null on the other kinds. */
  readonly from: { readonly address: string; readonly over: 'rest' | 'websocket' } | null;
  /** The message in both languages. */
  readonly korean: string;
  readonly english: string;
}

type Message = Pick<OwnerNotice, 'korean' | 'english'>;
type Told = Omit<OwnerNotice, 'appKey' | 'korean' | 'english'>;

const noticesMax = 200;
const shownCharacters = 6;
/** Addresses remembered for all keys; a client that comes from more of them is told of again. */
const placesMax = 1000;

/**
 * The messages that KIS sends to its customer's phone when a token is issued, as a list; the last 200. Beside them
 * stands the first use of a key from every address, which KIS does not tell and a person looking for a stolen key wants.
 */
export class OwnerNotices {
  readonly #notices: OwnerNotice[] = [];
  readonly #places = new Set<string>();

  /** The last 200, oldest first. */
  list(): readonly OwnerNotice[] {
    return this.#notices;
  }

  /** A token left the house: a new one, or the one of the last six hours. */
  token(appKey: string, told: Pick<OwnerNotice, 'environment' | 'at'> & { readonly isNew: boolean }): void {
    const { environment, at, isNew } = told;
    this.#add(appKey, { kind: isNew ? 'token-issued' : 'token-given-again', environment, at, from: null });
  }

  /** Told once for every address and way in. */
  used(
    appKey: string,
    told: Pick<OwnerNotice, 'environment' | 'at'> & { readonly from: NonNullable<OwnerNotice['from']> },
  ): void {
    const { address, over } = told.from;
    const place = `${appKey} ${over} ${address}`;
    if (this.#places.has(place)) return;
    if (this.#places.size >= placesMax) this.#places.clear();
    this.#places.add(place);
    this.#add(appKey, { kind: 'key-used', ...told });
  }

  #add(appKey: string, told: Told): void {
    const masked = `${appKey.slice(0, shownCharacters)}…`;
    this.#notices.push({ ...told, appKey: masked, ...messages[told.kind](masked, told.from) });
    if (this.#notices.length > noticesMax) this.#notices.shift();
  }
}

const messages: Readonly<Record<OwnerNotice['kind'], (appKey: string, from: OwnerNotice['from']) => Message>> = {
  'token-issued': (appKey) => ({
    korean: `[가상 KIS] 앱키 ${appKey}로 접근토큰이 발급됐어요. 직접 한 일이 아니면 앱키를 폐기해 주세요.`,
    english: `[Simulated KIS] An access token was issued for app key ${appKey}. If it was not you, withdraw the key.`,
  }),
  'token-given-again': (appKey) => ({
    korean: `[가상 KIS] 앱키 ${appKey}에 쓰던 접근토큰을 다시 드렸어요.`,
    english: `[Simulated KIS] App key ${appKey} was given its access token again.`,
  }),
  'key-used': (appKey, from) => ({
    korean: `[가상 KIS] 앱키 ${appKey}를 ${from?.address ?? ''}에서 처음 썼어요(${from?.over ?? ''}).`,
    english: `[Simulated KIS] App key ${appKey} was first used from ${from?.address ?? ''} (${from?.over ?? ''}).`,
  }),
};
