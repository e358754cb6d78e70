/** `critical`: a person must act now; sent again until acknowledged. `warning`: soon. `notice`: for the record. */
export type AlertClass = 'critical' | 'warning' | 'notice';

export interface AlertCode {
  readonly class: AlertClass;
  /** The whole text that leaves this machine: no name, number or amount of the account stands in it. */
  readonly ko: string;
  readonly en: string;
}

/**
 * Everything that may be told to a person outside the console. A message is made of this table alone, so that whoever
 * reads along at a messenger learns nothing of the account (threat-model §9: the ceiling of the alert webhook is 0).
 */
export const alertCodes = {
  // Of the gateway's record.
  halted: { class: 'critical', ko: '매매를 멈췄어요. 이유를 확인해 주세요.', en: 'Ordering was stopped. See why.' },
  'halted-by-person': { class: 'notice', ko: '직접 매매를 멈췄어요.', en: 'You stopped ordering.' },
  'strategy-halted': {
    class: 'warning',
    ko: '전략 하나를 멈췄어요. 안전 화면을 확인해 주세요.',
    en: 'One strategy was stopped. See the safety page.',
  },
  'foreign-order': {
    class: 'critical',
    ko: '스노우볼이 내지 않은 주문이 증권사에 있어요. 직접 낸 주문이 아니면 증권사에 알려 주세요.',
    en: 'There is an order at the broker that Snowball did not make. If it is not yours, call the broker.',
  },
  'books-differ': {
    class: 'critical',
    ko: '증권사의 잔고가 우리 기록과 달라요.',
    en: "The broker's books differ from our record.",
  },
  'fill-excess': {
    class: 'critical',
    ko: '주문한 것보다 많이 체결됐어요.',
    en: 'More shares filled than were ordered.',
  },
  'fill-missing': {
    class: 'warning',
    ko: '통보받은 체결이 증권사 목록에 없어요.',
    en: "A fill that was told is not in the broker's list.",
  },
  'order-escalated': {
    class: 'critical',
    ko: '어느 것이 우리 주문인지 알 수 없어요. 직접 정해 주세요.',
    en: 'It cannot be told which order is ours. You must decide.',
  },
  'order-vanished': {
    class: 'critical',
    ko: '접수된 주문이 증권사 목록에서 사라졌어요.',
    en: "An accepted order is not in the broker's list any more.",
  },
  'cancel-failed': {
    class: 'critical',
    ko: '취소하려던 주문이 아직 살아 있어요.',
    en: 'An order that was to be cancelled is still open.',
  },
  'outside-session': {
    class: 'critical',
    ko: '장 시간이 아닐 때 키를 쓰려고 해서 막았어요.',
    en: 'The key was asked for outside the session, and refused.',
  },
  'visibility-slow': {
    class: 'warning',
    ko: '증권사 목록이 늦게 바뀌고 있어요.',
    en: "The broker's list is slow to change.",
  },
  'clock-error': { class: 'warning', ko: '컴퓨터 시계가 맞지 않아요.', en: 'The clock of this machine is wrong.' },
  'journal-buffered': {
    class: 'warning',
    ko: '디스크가 가득 찼거나 답하지 않아요.',
    en: 'The disk is full or does not answer.',
  },
  incident: { class: 'warning', ko: '살펴볼 일이 생겼어요.', en: 'Something happened that you should see.' },
  'policy-changed': {
    class: 'notice',
    ko: '한도나 종목 목록이 바뀌었어요. 직접 바꾼 게 아니면 확인해 주세요.',
    en: 'A limit or the list of stocks was changed. If that was not you, look at it.',
  },
  'login-locked': {
    class: 'warning',
    ko: '로그인을 여러 번 틀려서 잠갔어요.',
    en: 'Wrong logins locked the console.',
  },
  'journal-head': {
    class: 'notice',
    ko: '오늘의 기록 머리예요. 지우지 말고 두세요.',
    en: 'The head of the record for today. Keep this message.',
  },
  test: { class: 'notice', ko: '시험으로 보낸 알림이에요.', en: 'This alert is a test.' },
  // Of the watchdog itself.
  'gateway-lost': {
    class: 'critical',
    ko: '게이트웨이가 답하지 않아요. 열린 주문을 취소하고 있어요.',
    en: 'The gateway does not answer. Open orders are being cancelled.',
  },
  'orders-left': {
    class: 'critical',
    ko: '게이트웨이가 없고 주문이 모두 취소됐는지 알 수 없어요. 증권사 앱에서 확인해 주세요.',
    en: "The gateway is gone and it is not certain that all orders are cancelled. Look in the broker's app.",
  },
  'standby-lost': {
    class: 'warning',
    ko: '비상 취소기가 답하지 않아요.',
    en: 'The emergency canceller does not answer.',
  },
  'server-lost': { class: 'warning', ko: '화면 서버가 답하지 않아요.', en: 'The web server does not answer.' },
  'data-silent': {
    class: 'warning',
    ko: '시세가 끊겨서 열린 주문을 취소했어요.',
    en: 'Prices stopped coming, so open orders were cancelled.',
  },
  'audit-broken': {
    class: 'critical',
    ko: '기록이 바뀌었어요. 파일을 그대로 두고 확인해 주세요.',
    en: 'The record was changed. Keep the files and check them.',
  },
  'anchor-late': {
    class: 'critical',
    ko: '기록 머리가 하루 넘게 밖으로 나가지 않았어요.',
    en: 'No head of the record has gone outside for more than a day.',
  },
  'channel-down': {
    class: 'warning',
    ko: '알림을 보내지 못하는 길이 있어요. 알림 설정을 확인해 주세요.',
    en: 'One way of sending alerts does not work. Look at its settings.',
  },
  'alerts-dropped': {
    class: 'critical',
    ko: '알림이 너무 많아서 보내지 못한 긴급 알림이 있어요. 기록을 확인해 주세요.',
    en: 'There were too many alerts, and a critical one was not sent. Look at the record.',
  },
} as const satisfies Readonly<Record<string, AlertCode>>;

export type AlertCodeName = keyof typeof alertCodes;

/** The row of `code`; for a code that this build does not know, the one that says only that something happened. */
export function alertCode(code: string): AlertCode {
  return isAlertCode(code) ? alertCodes[code] : alertCodes.incident;
}

/** Whether the table has a row of this name. */
export function isAlertCode(code: string): code is AlertCodeName {
  return Object.hasOwn(alertCodes, code);
}
