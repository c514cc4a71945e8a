export const valleyNames = ['bowl', 'turned', 'banana', 'saddle', 'kink'] as const;
export type ValleyName = (typeof valleyNames)[number];

/** What is seen of a valley, and where a walk begins. */
export interface Frame {
  readonly x: readonly [from: number, to: number];
  readonly y: readonly [from: number, to: number];
  readonly start: readonly [x: number, y: number];
}

const wide = { x: [-5, 5], y: [-4, 4], start: [-4, 2] } as const;

/** The frame of each valley. */
export const frames: Readonly<Record<ValleyName, Frame>> = {
  bowl: wide,
  turned: { ...wide, start: [-4, 1] },
  banana: { x: [-2, 2], y: [-1, 3], start: [-1.5, 2.5] },
  saddle: { x: [-3, 3], y: [-2, 2], start: [2.5, 0.01] },
  kink: wide,
};
