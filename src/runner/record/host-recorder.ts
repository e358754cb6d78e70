import { instrumentId } from '#domain/instrument.ts';
import type { DecisionJournal } from '../decision-journal.ts';
import type { HostOptions } from '../host-options.ts';
import { unrecordedSentence } from '../waiting/waiting-notes.ts';
import type { WaitingEars } from '../waiting/waiting-options.ts';
import { DayRecorder } from './day-recorder.ts';

/** The recorder of one strategy's day, beside its decision log. */
export function recorderOf(options: HostOptions, requestPrefix: string, journal: DecisionJournal): DayRecorder {
  const { plan, clock, market, folder } = options;
  return new DayRecorder({
    folder,
    strategy: plan.name,
    interval: plan.interval,
    instruments: plan.symbols.map(instrumentId),
    requestPrefix,
    fingerprint: plan.fingerprint ?? '',
    clock,
    market,
    onUnsaved: () => journal.show('', unrecordedSentence),
  });
}

/** What reaches the orders that wait, put on record. */
export function earsOf(recorder: DayRecorder): WaitingEars {
  return {
    resumed: (state, unrecorded) => recorder.resumed(state, unrecorded),
    price: (instrument, price, atMs) => recorder.price(instrument, price, atMs),
    closingAuction: () => recorder.closingAuction(),
    note: (instrument, message) => recorder.note(instrument, message),
  };
}
