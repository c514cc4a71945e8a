import { type ComputedRef, computed, type InjectionKey, inject, provide, reactive } from 'vue';
import type { Chapter, Numbers, Piece } from '../chapters/model.ts';

/** A live piece with the reader's numbers, and what the library makes of them. */
export interface LivePiece {
  readonly piece: Piece;
  /** The reader's numbers: changing one computes all others anew. */
  readonly knobs: Record<string, number>;
  readonly results: ComputedRef<Numbers>;
}

interface ChapterState {
  readonly chapter: Chapter;
  readonly pieces: Readonly<Record<string, LivePiece>>;
}

const key: InjectionKey<ChapterState> = Symbol('chapter');

/** Makes a chapter's numbers known to all components of its page. */
export function useChapter(chapter: Chapter): void {
  const pieces = Object.entries(chapter.pieces).map(([name, piece]) => [name, bringToLife(piece)] as const);
  provide(key, { chapter, pieces: Object.fromEntries(pieces) });
}

/** The chapter of the page that a component stands in. */
export function chapterHere(): ChapterState {
  const state = inject(key);
  if (state === undefined) throw new Error('this page names no chapter: its script should call useChapter');
  return state;
}

/** The number of a piece that a name such as `softmax.p1` means: a result, or one that the reader sets. */
export function numberNamed({ pieces }: Pick<ChapterState, 'pieces'>, path: string): ComputedRef<number> {
  const [pieceName, name] = path.split('.');
  const piece = pieces[pieceName];
  const value = (): number | undefined => piece?.results.value[name] ?? piece?.knobs[name];
  if (value() === undefined) throw new Error(`the chapter has no number ${path}`);
  return computed(() => value() as number);
}

function bringToLife(piece: Piece): LivePiece {
  const knobs = reactive(startOf(piece));
  return { piece, knobs, results: computed(() => piece.compute({ ...knobs })) };
}

/** What the knobs of a piece are when the page is opened. */
export const startOf = ({ knobs }: Piece): Record<string, number> =>
  Object.fromEntries(Object.entries(knobs).map(([name, { start }]) => [name, start]));
