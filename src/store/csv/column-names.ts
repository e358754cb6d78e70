/** How the columns of a file of bars are called, and how its days are written. */
export interface ColumnNames {
  readonly date: string;
  /** Of minute bars in CSV, beside the date. */
  readonly time: string;
  /** Of minute bars in Parquet, day and time in one. */
  readonly moment: string;
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  readonly volume: string;
  readonly code: string;
  readonly name: string;
  /** Between year, month and day. */
  readonly separator: string;
}

export type ColumnDialect = 'snowball' | 'krx' | 'pykrx' | 'fdr';

/** As the tools of the field write them; code and name stand there in each, so that a file says what it is of. */
export const columnDialects: Readonly<Record<ColumnDialect, ColumnNames>> = {
  snowball: {
    date: 'date',
    time: 'time',
    moment: 'timestamp',
    open: 'open',
    high: 'high',
    low: 'low',
    close: 'close',
    volume: 'volume',
    code: 'code',
    name: 'name',
    separator: '',
  },
  krx: {
    date: '일자',
    time: '시간',
    moment: '일시',
    open: '시가',
    high: '고가',
    low: '저가',
    close: '종가',
    volume: '거래량',
    code: '종목코드',
    name: '종목명',
    separator: '/',
  },
  pykrx: {
    date: '날짜',
    time: '시간',
    moment: '일시',
    open: '시가',
    high: '고가',
    low: '저가',
    close: '종가',
    volume: '거래량',
    code: '티커',
    name: '종목명',
    separator: '-',
  },
  fdr: {
    date: 'Date',
    time: 'Time',
    moment: 'Datetime',
    open: 'Open',
    high: 'High',
    low: 'Low',
    close: 'Close',
    volume: 'Volume',
    code: 'Code',
    name: 'Name',
    separator: '-',
  },
};
