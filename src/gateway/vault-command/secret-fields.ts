/** One value that a person types. */
export interface SecretField {
  /** Last part of its name, such as `app-key`. */
  readonly type: string;
  readonly ko: string;
  readonly en: string;
  /** May be left empty when everything of a broker is asked for. */
  readonly isOptional: boolean;
  /** The form that is wanted, for the sentence that says it is another. */
  readonly wanted: string;
  /** The value as it is kept, or null when it has another form. */
  readonly read: (text: string) => string | null;
}

const oneWord = (text: string): string | null => (/^\S{8,512}$/.test(text) ? text : null);

/** What each broker needs, in the order in which it is asked. */
export const secretFields: Readonly<Record<string, readonly SecretField[]>> = {
  kis: [
    {
      type: 'app-key',
      ko: '앱키(App Key)',
      en: 'App key',
      isOptional: false,
      wanted: 'one word of 8 to 512 characters',
      read: oneWord,
    },
    {
      type: 'app-secret',
      ko: '앱시크릿(App Secret)',
      en: 'App secret',
      isOptional: false,
      wanted: 'one word of 8 to 512 characters',
      read: oneWord,
    },
    {
      type: 'account',
      ko: '계좌번호(12345678-01)',
      en: 'Account number (12345678-01)',
      isOptional: false,
      wanted: 'eight digits and a product code, such as 12345678-01',
      read: (text) => (/^\d{8}-?\d{2}$/.test(text) ? text.replace('-', '') : null),
    },
    {
      type: 'hts-id',
      ko: 'HTS ID',
      en: 'HTS id',
      isOptional: false,
      wanted: 'one word of at most 40 characters',
      read: (text) => (/^\S{1,40}$/.test(text) ? text : null),
    },
    {
      type: 'key-issued-on',
      ko: '앱키를 발급받은 날(2026-01-31, 모르면 Enter)',
      en: 'Day on which the key was issued (2026-01-31, Enter if unknown)',
      isOptional: true,
      wanted: 'a day such as 2026-01-31',
      read: day,
    },
  ],
};

function day(text: string): string | null {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString();
  } catch {
    // No such day: the caller says which form is wanted.
    return null;
  }
}
