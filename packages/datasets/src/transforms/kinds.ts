/** What stands beyond the edge of a picture: the nearest pixel of it, or a number. */
export type Beyond = 'edge' | number;

/** A change of images by chance. Plain data, so that a transform can be handed to another thread. */
export type Transform =
  | { readonly kind: 'normalise'; readonly mean: readonly number[]; readonly standardDeviation: readonly number[] }
  | { readonly kind: 'shift'; readonly pixels: number; readonly beyond: Beyond }
  | { readonly kind: 'rotate'; readonly from: number; readonly to: number; readonly beyond: Beyond }
  | { readonly kind: 'elastic'; readonly strength: number; readonly smoothness: number; readonly beyond: Beyond }
  | { readonly kind: 'compose'; readonly transforms: readonly Transform[] };
