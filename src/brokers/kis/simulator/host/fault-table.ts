/** Layers of the fault matrix. @see threat-model §14 */
const faultLayers = ['connect', 'request', 'response', 'auth', 'inquiry', 'stream', 'market', 'host'] as const;

export type FaultLayer = (typeof faultLayers)[number];

/**
 * Where a fault is drawn: `tls` when a connection to the TLS front arrives, `call` when an HTTP call has passed the
 * gateway, `notice` when an order notice is pushed, `feed` when a frame of trades or books is.
 */
export type FaultPoint = 'tls' | 'call' | 'notice' | 'feed';

/** One row of the matrix: what a person reads about it. */
export interface FaultMeaning {
  readonly layer: FaultLayer;
  readonly at: readonly FaultPoint[];
  readonly korean: string;
  readonly english: string;
}

const row =
  (layer: FaultLayer, ...at: readonly FaultPoint[]) =>
  (korean: string, english: string): FaultMeaning => ({ layer, at, korean, english });

const connect = row('connect', 'call');
const tls = row('connect', 'tls');
const request = row('request', 'call');
const response = row('response', 'call');
const auth = row('auth', 'call');
const inquiry = row('inquiry', 'call');
const notice = row('stream', 'notice');
const push = row('stream', 'notice', 'feed');
const quote = row('market', 'call', 'feed');
const market = row('market', 'call');
const host = row('host', 'call');

/**
 * Every fault that can be switched on, in the order of the matrix. "Done" means that the ledger has acted on the call.
 * Disk, memory and a second gateway are faults of our own machine and not of the broker: `tests/full-disk.test.ts`,
 * `tests/crash.test.ts` and the journal's lock have them; a name that nobody resolves is one of the client's side.
 *
 * @see threat-model §14
 */
export const faultTable = {
  'connect-refused': connect(
    '연결을 끊고 잠시 포트를 닫아요. 주문은 들어가지 않아요.',
    'Ends the connection and keeps the port closed for delayMs; not done.',
  ),
  'tls-old-version': tls('TLS 1.1까지만 할 줄 알아요.', 'Speaks TLS 1.1 at most.'),
  'tls-wrong-certificate': tls('다른 이름의 인증서를 보여요.', 'Shows a certificate of another name.'),
  'tls-slow-handshake': tls('delayMs 동안 TLS 인사를 미뤄요.', 'Waits delayMs before the TLS handshake.'),
  'refuse-before-acceptance': request('요청을 읽기 전에 끊어요.', 'Resets the connection; not done.'),
  'accept-then-hang': request('처리하고 답하지 않아요.', 'Done, and never answered.'),
  'accept-then-reset': request('처리하고 연결을 끊어요.', 'Done, and the connection is reset.'),
  'accept-late': request('처리하고 delayMs 뒤에 답해요.', 'Done, answered after delayMs.'),
  'accept-twice': request('두 번 처리하고 한 번 답해요.', 'Done twice, answered once: a bug of the broker.'),
  'exchange-refusal': request(
    '접수한 주문을 거래소가 거부해요.',
    'Taken, and then refused by the exchange, told by notice.',
  ),
  '500-before': response('처리하지 않고 500 EGW00301로 답해요.', 'HTTP 500 EGW00301, not done.'),
  '500-after': response('처리하고 500 EGW00301로 답해요.', 'HTTP 500 EGW00301, done.'),
  'html-before': response('처리하지 않고 HTML 오류를 보내요.', 'HTTP 500 with a page of HTML, not done.'),
  'html-after': response('처리하고 HTML 오류를 보내요.', 'HTTP 500 with a page of HTML, done.'),
  'http-429': response('처리하지 않고 429로 답해요.', 'HTTP 429 without a code of the broker, not done.'),
  'rate-storm': response('초당 거래건수 초과로 답해요.', 'HTTP 500 EGW00201, not done.'),
  'ledger-storm': response('원장 거래건수 초과로 답해요.', 'HTTP 500 EGW00215, not done.'),
  'malformed-json': response('처리하고 JSON을 중간에서 잘라요.', 'Done; the JSON is cut, its length fits.'),
  'truncated-body': response('처리하고 본문을 보내다 끊어요.', 'Done; ends before the announced length.'),
  'duplicate-keys': response('처리하고 rt_cd를 두 번 적어요.', 'Done; rt_cd stands twice, first as 1.'),
  'numbers-unquoted': response('숫자 문자열을 숫자로 보내요.', 'Done; number strings come as numbers.'),
  'numbers-quoted': response('숫자를 문자열로 보내요.', 'Done; numbers come as strings.'),
  'numbers-as-words': response('숫자 자리에 글자를 보내요.', 'Done; a word stands where numbers belong.'),
  'missing-order-number': response('처리하고 주문번호를 빼요.', 'Done; the answer has no order number.'),
  'missing-tr-cont': response('tr_cont 헤더를 빼요.', 'Done; the header tr_cont is missing.'),
  'slow-bytes': response('delayMs에 걸쳐 조금씩 보내요.', 'Done; the body drips out over delayMs.'),
  'huge-body': response('처리하고 공백 10 MB를 붙여요.', 'Done; followed by 10 MB of spaces.'),
  redirect: response('처리하지 않고 다른 곳으로 보내요.', 'HTTP 302 to another loopback port, not done.'),
  'wrong-charset': response('처리하고 UTF-16으로 보내요.', 'Done; the text is UTF-16.'),
  'expired-token': auth('만료된 토큰이라고 답해요.', 'HTTP 500 EGW00123, not done.'),
  'revoked-token': auth('쓰던 토큰을 정말로 없애요.', 'The token is withdrawn: EGW00121, not done.'),
  'same-token': auth('예전 토큰을 그대로 다시 줘요.', 'The answer of the issue before, dead or not.'),
  'issue-limit': auth('토큰은 1분에 한 번이라고 답해요.', 'HTTP 403 EGW00133.'),
  'foreign-issue': auth(
    '다른 사람이 같은 키로 토큰을 받아요.',
    'Somebody else is issued a token of this key; then done.',
  ),
  'visibility-delay': inquiry(
    'delayMs보다 젊은 주문이 목록에 없어요.',
    'Orders younger than delayMs do not show in the daily list.',
  ),
  'short-pages': inquiry('한 쪽에 page건만 담아요.', 'Pages hold `page` rows only.'),
  'page-error': inquiry('page쪽부터 오류예요.', 'HTTP 500 EGW00316 from page `page` on.'),
  'stale-page': inquiry('처음 물었을 때의 답을 또 줘요.', 'The answer stays as it was when first asked.'),
  'rows-reordered': inquiry('목록이 거꾸로 와요.', 'The rows of the daily list come in reverse.'),
  'rejected-rows': inquiry(
    '남이 낸 주문이 거부된 채 목록에 있어요.',
    'An order of another screen, refused by the exchange, stands in the list.',
  ),
  'foreign-order': inquiry(
    '다른 화면에서 같은 계좌로 주문해요.',
    'An order of another screen is placed on the account; then done.',
  ),
  'identical-order': inquiry(
    '다른 화면에서 똑같은 주문을 내요.',
    'Another screen places the same order at the same moment.',
  ),
  'notice-duplicate': notice('통보가 두 번 와요.', 'A notice comes twice.'),
  'notice-missing': notice('통보가 오지 않아요.', 'A notice never comes.'),
  'notice-late': notice('통보가 delayMs 늦어요.', 'A notice comes delayMs late.'),
  'notice-reordered': notice('통보 순서가 바뀌어요.', 'A notice waits until the next has gone out.'),
  'fill-before-ack': notice('접수보다 체결 통보가 먼저 와요.', 'The receipt is told after the first fill.'),
  'fill-after-cancel': notice(
    '취소 뒤에 체결 통보가 와요.',
    'A fill is told only after the cancellation of its order.',
  ),
  'partial-then-cancel': row('stream', 'call')(
    '절반만 체결되고 나머지는 취소돼요.',
    'The exchange fills half of the order and cancels the rest.',
  ),
  'fill-bust': row('stream', 'call')('체결 하나가 취소돼요.', 'The last fill of the account is taken back.'),
  'notice-undecryptable': notice('통보를 풀 수 없어요.', 'A notice cannot be decrypted.'),
  'feed-gap': push('delayMs 동안 아무것도 오지 않아요.', 'Nothing is pushed for delayMs; it is lost.'),
  'slow-consumer': push(
    'delayMs 동안 막혔다가 한꺼번에 와요.',
    'The line is stuck for delayMs, then trades and notices come at once; books are skipped.',
  ),
  'second-session': push('다른 접속에 밀려나요.', 'OPSP8996 and the end: another session has the key.'),
  'socket-drop': push('웹소켓이 끊겨요.', 'The websocket ends without a word.'),
  'stale-price': quote('시세가 멈춰요.', 'The quote stays as it was; trades are not pushed.'),
  'zero-price': quote('가격이 0이에요.', 'The price is 0.'),
  'negative-price': quote('가격이 음수예요.', 'The price is negative.'),
  'odd-tick': quote('호가단위에 없는 가격이에요.', 'The price is on no tick.'),
  'limit-up-lock': market('상한가에 잠겨요.', 'The market moves to its upper limit, nobody sells.'),
  'limit-down-lock': market('하한가에 잠겨요.', 'The market moves to its lower limit, nobody buys.'),
  'trading-halt': market('거래가 정지돼요.', 'The quote says halted, and orders are refused.'),
  'volatility-interruption': market('VI가 걸렸다고 해요.', 'The quote says that VI has struck.'),
  'symbol-change': market('종목코드가 사라져요.', 'The code is no longer listed.'),
  'slow-host': host('호스트 전체가 delayMs 동안 굼떠요.', 'The whole host stands still for delayMs.'),
  'clock-step': host('시장 시계가 delayMs 건너뛰어요.', 'Market time jumps delayMs ahead.'),
} as const satisfies Readonly<Record<string, FaultMeaning>>;

export type FaultName = keyof typeof faultTable;

/** A row by its name, typed by the row and not by its literals. */
export function meaningOf(name: FaultName): FaultMeaning {
  return faultTable[name];
}

/** All names, in the order of the matrix. */
export const faultNames = Object.keys(faultTable) as [FaultName, ...FaultName[]];

/** Names of the faults that can be drawn at `point`. */
export function faultsAt(point: FaultPoint): readonly FaultName[] {
  return faultNames.filter((name) => meaningOf(name).at.includes(point));
}
