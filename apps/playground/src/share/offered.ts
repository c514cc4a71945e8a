import { useEffect, useRef } from 'preact/hooks';

/** What a tab offers to be taken away beside what everybody can see of it. */
export interface Offered {
  /** A program in TypeScript that computes what the tab shows. */
  readonly code?: () => string | Promise<string>;
  /** Tables that are longer than what is shown, as rows of cells under a title. */
  readonly tables?: () => readonly OfferedTable[];
}

export interface OfferedTable {
  readonly title: string;
  readonly rows: readonly (readonly (string | number)[])[];
}

let offered: () => Offered = () => ({});

/** Offers something for as long as the tab is shown; it is asked when somebody wants it. */
export function useOffer(offer: Offered): void {
  const newest = useRef(offer);
  newest.current = offer;
  useEffect(() => {
    offered = () => newest.current;
    return () => {
      offered = () => ({});
    };
  }, []);
}

/** What the tab that is shown offers. */
export const offeredNow = (): Offered => offered();
