import type { ReactNode } from 'react';
export function StockPage(_: { readonly symbol: string }): ReactNode { return null; }
