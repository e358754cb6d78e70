/**
 * What the gateway and pure folders answer, in Korean: they speak English, and a person at a Korean terminal should not have
 * to. A code that is not here is shown as it came.
 */
export const koreanAnswers: Readonly<Record<string, string>> = {
  'gateway.alert-unknown': '그런 번호의 알림이 없어요. "snowball alerts"로 확인해 주세요.',
  'gateway.alerts-open':
    '확인하지 않은 긴급 알림이 있어요. "snowball alerts"로 읽고 "snowball alerts acknowledge 번호"로 하나씩 확인해 주세요.',
  'gateway.approval-role': '이 권한으로는 확인할 수 없는 일이에요. "snowball approve"로 다시 확인해 주세요.',
  'gateway.approval-unknown': '이 번호로 기다리는 요청이 없어요. "snowball approve"로 확인해 주세요.',
  'gateway.busy': '처리할 일이 너무 많이 쌓였어요. 잠시 뒤 다시 해 주세요.',
  'gateway.halt-file': '데이터 폴더에 HALT 파일이 있어요. 이유를 확인하고 지운 뒤 다시 해 주세요.',
  'gateway.not-halted': '매매가 멈춰 있지 않아요. 이미 켜져 있어요.',
  'gateway.other-build': '서로 다른 버전의 프로세스가 섞여 있어요. 스노우볼을 껐다 켜 주세요.',
  'gateway.resolving': '지난 주문과 잔고를 확인하고 있어요. 잠시 뒤 다시 해 주세요.',
  'gateway.resume-code': '확인 번호가 맞지 않거나 지났어요. "snowball resume"으로 새 번호를 받아 주세요.',
  'gateway.resume-proof': '두 번째 확인이 없어요. "snowball resume"부터 다시 하고 금고 암호문을 적어 주세요.',
  'gateway.session-closed': '지금은 장 시간이 아니라서 키를 쓰지 않아요. 장이 열리면 다시 해 주세요.',
  'journal.failed': '디스크가 기록을 거절했어요. 디스크를 확인하고 다시 켜 주세요.',
  'journal.full': '디스크가 가득 차서 새 주문을 받지 않아요. 공간을 비워 주세요. 취소와 멈춤은 그대로 돼요.',
  'limit.loosens': '한도를 늘리는 값이에요. "--loosen"을 붙이면 10분이나 하루 뒤에 적용돼요.',
  'limit.too-many': '이미 정한 한도가 너무 많아요. 쓰지 않는 것을 줄여 주세요.',
  'limit.wrong': '없는 한도나 전략, 종목이에요. "snowball risk limits"로 이름을 확인해 주세요.',
  'link.busy': '요청이 몰렸어요. 잠시 뒤 다시 해 주세요.',
  'link.down': '연결이 끊겼어요. 잠시 뒤 다시 해 주세요.',
  'link.expired': '접근 권한의 기한이 지났어요. 스노우볼을 다시 켜 주세요. "snowball halt"는 그대로 돼요.',
  'link.forbidden': '명령줄에서는 할 수 없는 일이에요.',
  'link.internal': '안에서 오류가 났어요. 계속되면 "snowball doctor"로 확인해 주세요.',
  'link.refused': '접근이 거절됐어요. 스노우볼을 다시 켜 주세요.',
  'link.timeout': '답이 오지 않았어요. "snowball order list"로 주문을 먼저 확인해 주세요.',
  'market.no-quote': '아직 시세가 없어요. 잠시 뒤 다시 해 주세요.',
  'order.in-doubt': '이 주문의 결과를 확인하고 있어요. 잠시 뒤 다시 해 주세요.',
  'order.no-list': '증권사의 주문 목록을 끝까지 읽지 못했어요. 잠시 뒤 다시 해 주세요.',
  'order.not-denied': '막힌 주문만 확인할 수 있어요. "snowball order list"로 상태를 봐 주세요.',
  'order.not-escalated': '사람을 기다리는 주문이 아니에요. "snowball order show"로 확인해 주세요.',
  'order.not-found': '그런 주문이 없어요. "snowball order list"로 번호를 확인해 주세요.',
  'order.settle-refused':
    '증권사 목록과 맞지 않아요. 증권사 화면의 번호를 확인하고, 직접 낸 주문이면 "snowball order declare"로 알려 주세요.',
  'validate.days': '기록이 짧아서 나눌 수 없어요. --from을 앞당기거나 --walk-forward의 날수를 줄여 주세요.',
  'validate.trials': '시험할 조합은 2개에서 5,000개까지예요. --grid를 고쳐 주세요.',
};
