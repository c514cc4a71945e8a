/** How many steps a descent takes. */
export const steps = 400;

/** The part of the last direction that is kept, which brings a line home in tens of steps instead of hundreds. */
export const momentum = 0.9;

/**
 * After how many steps the learning rate is half of what it was. A loss with a kink needs that: its pull does not weaken
 * as the line comes near, so that with a rate that stays the line never comes to rest.
 */
export const halfLife = 25;

/** How far points may lie from the origin, across and up. */
export const reach = { x: 3, y: 6 };
