import type { ReactNode } from 'react';
export function StocksPage(): ReactNode { return null; }
