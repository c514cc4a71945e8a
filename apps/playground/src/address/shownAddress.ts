import { writeAddress } from './address.ts';
import { Pace } from './pace.ts';

/*
 * The address of the page as it should be: which tab, the state of that tab, and what frames it, whose language and whether
 * the page is embedded in another. Tabs say what their state is; this module writes it.
 */

type Written = Readonly<Record<string, string>>;

let frame: Written = {};
let shown: { readonly tab: string; readonly state: Written } | undefined;

const pace = new Pace((hash: string) => history.replaceState(null, '', hash));

/** Says what stands in every address beside the state of the tab. It is written with the next change. */
export function frameAddress(next: Written): void {
  frame = next;
}

/** Says which tab is shown, and its state. With `isChange` the address follows: at once, or as soon as browsers let it. */
export function showState(tab: string, state: Written, { isChange }: { readonly isChange: boolean }): void {
  shown = { tab, state };
  if (isChange) pace.write(hashNow());
}

/** Writes what waits to be written: before the address is read, copied or left. */
export function writeWaiting(): void {
  pace.flush();
}

/** Forgets what waits to be written: its tab is no longer shown. */
export function dropWaiting(): void {
  pace.drop();
}

/** Writes the whole state into the address, also where nothing was changed yet, and gives the address. */
export function wholeAddress(): string {
  if (!shown) return location.href;
  pace.write(hashNow());
  pace.flush();
  return location.href;
}

/** The address of the same state with another frame, for a link or an iframe. */
export function addressWith(other: Written): string {
  return new URL(hashNow(other), location.href).href;
}

function hashNow(around: Written = frame): string {
  if (!shown) return location.hash;
  return writeAddress(shown.tab, { ...shown.state, ...around });
}
