import type { BarSeries } from '#domain/bar.ts';
import { openBarStore, type Dataset } from '#store/bar-store.ts';

/** The daily bars that a backtest may use, of every instrument the first file that has it. */
export interface BarShelf {
  readonly datasets: readonly Dataset[];
  /** Null when no file has the instrument. */
  series(symbol: string): BarSeries | null;
}

const [firstDay, lastDay] = [0, 99_999_999];

/**
 * Reads the stores in their order: what the person imported stands before the synthetic bars of trial mode.
 *
 * @throws {FixConfiguration} `store.open`, `store.damaged`
 */
export function openBarShelf(files: readonly string[]): BarShelf {
  const datasets = new Map<string, { readonly dataset: Dataset; readonly file: string }>();
  for (const file of files) {
    for (const dataset of withStore(file, (store) => store.datasets())) {
      const isNew = dataset.interval === '1d' && !datasets.has(dataset.symbol);
      if (isNew) datasets.set(dataset.symbol, { dataset, file });
    }
  }
  return {
    datasets: [...datasets.values()].map(({ dataset }) => dataset),
    series(symbol) {
      const place = datasets.get(symbol);
      return place ? withStore(place.file, (store) => store.series(symbol, '1d', firstDay, lastDay)) : null;
    },
  };
}

function withStore<T>(file: string, use: (store: ReturnType<typeof openBarStore>) => T): T {
  const store = openBarStore(file);
  try {
    return use(store);
  } finally {
    store.close();
  }
}
