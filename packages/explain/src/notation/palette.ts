/*
 * Two colours of Okabe and Ito, which nearly everybody can tell from each other. What they say is said by words and
 * dashes too.
 */

/** Values, on their way forwards. */
export const valueColour = '#0072B2';

/** Cotangents, on their way back. */
export const cotangentColour = '#D55E00';
