import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgePromotion } from '../validation/promotion-gate.ts';
import { fanCard } from './fan-chart.ts';
import { foldCard } from './fold-card.ts';
import { gateCard } from './gate-card.ts';
import { halvesChart } from './halves-chart.ts';
import { panelTexts } from './panel-texts.ts';
import { parameterMap } from './parameter-map.ts';
import type { ReportInput, ReportValidation } from './report-input.ts';
import { reportTexts } from './report-texts.ts';

function anInput(validation: Omit<ReportValidation, 'trials'>): ReportInput {
  return {
    result: {
      strategy: 'mine',
      symbols: [],
      from: 20200102,
      to: 20201230,
      initialCash: 10_000_000,
      metrics: {
        finalValue: 10_000_000,
        totalReturn: 0,
        annualReturn: null,
        maximumDrawdown: 0,
        sharpe: null,
        volatility: null,
        roundTrips: 0,
        winRate: null,
        profitFactor: null,
        exposure: 0,
        turnover: 0,
        fees: 0,
        tax: 0,
        benchmarkReturn: null,
        deniedOrders: 0,
      },
      equity: [],
      trades: [],
      orders: [],
      benchmark: [],
      decisionLogSha256: '',
    },
    options: { language: 'ko', names: new Map(), validation: { trials: 4, ...validation } },
    minutes: [],
    texts: reportTexts.ko,
    panel: panelTexts.ko,
    nameOf: (symbol) => symbol,
  };
}

test('gateCard() says of every line of the gate what was found and wanted, and that a refusal needs a reason', () => {
  const gate = judgePromotion({
    'overfit-probability': 0.2723,
    'deflated-sharpe': 0.97,
    'round-trips': 89,
    'neighbour-stability': null,
    'worst-neighbour': 0.2,
    'walk-forward-folds': 62,
    'walk-forward-efficiency': 0.6,
    'winning-folds': 0.7,
  });

  const html = gateCard(anInput({ gate }));

  assert.match(html, /기준 8개 중 6개만 통과했어요\. 그래도 모의로 보내려면 이유를 적어야 해요\./);
  assert.match(
    html,
    /class="no"><i role="img" aria-label="미달">✕<\/i><b>손해 본 과최적화 \(CSCV\)<\/b><span>0\.2723 · 기준 0\.2 이하/,
  );
  assert.match(html, /재지 못했어요 · 기준 0\.7 이상/);
  assert.equal(html.match(/class="yes"/g)?.length, 6);
  assert.equal(gateCard(anInput({})), '');
});

test('parameterMap() shows each score of the grid, tells the chosen one in words too, and leaves out one too large', () => {
  const axis = (name: string, count: number) => ({
    name,
    values: Array.from({ length: count }, (_, place) => place + 1),
  });
  const heatMap = {
    x: axis('fast', 2),
    y: axis('slow', 2),
    scores: [
      [0.4, null],
      [-0.2, 0.001],
    ],
    optimum: { x: 0, y: 0 },
  };
  const wide = { ...heatMap, x: axis('fast', 60), y: axis('slow', 60) };

  const html = parameterMap(anInput({ heatMap }));

  assert.match(html, /가로 fast, 세로 slow/);
  assert.match(
    html,
    /<td class="hm hm-r5 chosen">0\.40<span class="vh"> 고른 값<\/span><\/td><td><span class="vh">돌리지 않음/,
  );
  assert.match(html, /<td class="hm hm-f3">−0\.20<\/td><td class="hm hm-0">0\.00<\/td>/);
  assert.equal(parameterMap(anInput({ heatMap: wide })), '');
});

test('fanCard() names where the worst, the middle and the best histories end, and needs bands', () => {
  const bands = [
    { step: 0, values: [1, 1, 1, 1, 1] },
    { step: 504, values: [0.8, 0.95, 1.1, 1.3, 1.6] },
  ];
  const histories = { runs: 2_000, returns: [], drawdowns: [] };

  const html = fanCard(anInput({ histories: { ...histories, bands } }));

  assert.match(
    html,
    /aria-label="[^"]*2,000번 돌린 자산\. 마지막에 나쁜 5%는 −20%, 가운데는 \+10%, 좋은 5%는 \+60%\."/,
  );
  assert.match(html, />2년<\/text>/);
  assert.doesNotMatch(html, /NaN/);
  assert.equal(fanCard(anInput({ histories })), '');
});

test('halvesChart() counts what came out below the middle, and draws nothing beyond its frame', () => {
  const html = halvesChart([1, 2, 4, 1], 'en');

  assert.match(html, /aria-label="8 ways of cutting .* in 38% of them\."/);
  assert.equal(html.match(/class="g3"/g)?.length, 2);
});

test('foldCard() shows the newest six stretches, folds the others away and counts those that made money', () => {
  const folds = Array.from({ length: 9 }, (_, year) => ({
    from: 20100104 + year * 10_000,
    to: 20101230 + year * 10_000,
    inSampleAnnual: 0.1,
    outOfSampleAnnual: 0.02,
    outOfSampleReturn: (year - 4) / 100,
  }));

  const html = foldCard(anInput({ folds }));
  const [shown = ''] = html.split('<details');

  assert.match(html, /처음 보는 기간 9개 가운데 4개에서 벌었어요\. 가장 나쁠 때 −4\.0%, 가장 좋을 때 \+4\.0%\./);
  assert.equal(shown.match(/<th scope="row">/g)?.length, 6);
  assert.match(shown, /<th scope="row">18\.01\.04/, 'the newest first');
  assert.match(html, /앞선 기간 3개 더 보기/);
});
