import type { Preparation, PreparedBatch } from '../batches/prepare.ts';
import type { StoredSamples } from '../batches/stored.ts';

/** What a worker is told. */
export type ToWorker =
  | { readonly kind: 'dataset'; readonly stored: StoredSamples }
  | { readonly kind: 'pass'; readonly preparation: Preparation }
  | { readonly kind: 'batch'; readonly request: number; readonly number: number; readonly indices: Uint32Array };

/** What a worker tells. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'batch'; readonly request: number; readonly batch: PreparedBatch }
  /** It could not be done; why comes out when it is tried in place. */
  | { readonly kind: 'failed'; readonly request: number };
