import { profileFields, type RecordLayout, type WireProfile } from './wire-profile.ts';

/** Records of one feed and key that go out together, in the newest layout. */
export interface FeedFrame {
  readonly trId: string;
  readonly key: string;
  /** Decides how much an older profile cuts off; null when every profile takes the whole record. */
  readonly layout: RecordLayout | null;
  readonly records: readonly (readonly string[])[];
  /** A later frame says the same better: a slow consumer may miss this one. */
  readonly canSkip: boolean;
}

/** Records of one frame at most; a busier beat takes several frames. */
const recordsMax = 20;

/** The frames on the wire: `0|TR|count|fields`, records one after the other. @see spec §7.4 */
export function feedFrameTexts({ trId, layout, records }: FeedFrame, profile: WireProfile): readonly string[] {
  const width = layout === null ? undefined : profileFields[profile][layout];
  const texts: string[] = [];
  for (let start = 0; start < records.length; start += recordsMax) {
    const part = records.slice(start, start + recordsMax);
    const fields = part.flatMap((record) => record.slice(0, width));
    texts.push(`0|${trId}|${String(part.length).padStart(3, '0')}|${fields.join('^')}`);
  }
  return texts;
}
