/** What the output can show. */
export interface Screen {
  /** Characters in a row. */
  readonly width: number;
  /** Bits of colour: 1 is none, 8 are 256 colours, 24 all of them. */
  readonly colourBits: number;
  /** Whether it has more characters than ASCII's. */
  readonly isUnicode: boolean;
}

/** As many characters as a row has where nobody says how many. */
const usualWidth = 80;

/** A stream such as `process.stdout`; one into a pipe or a file lacks what a terminal has. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  getColorDepth?(environment: object): number;
}

/**
 * What an output can show, as far as it and the environment tell. Without a terminal, and with `NO_COLOR`, there are no
 * colours.
 */
export function screenOf(output: Output, environment: NodeJS.ProcessEnv = process.env): Screen {
  const asksForNone = environment.NO_COLOR !== undefined && environment.NO_COLOR !== '';
  return {
    width: Math.max(1, output.columns ?? (Number(environment.COLUMNS) || usualWidth)),
    colourBits: output.isTTY && !asksForNone ? (output.getColorDepth?.(environment) ?? 1) : 1,
    // The console of Linux has no fonts for more; `dumb` is what editors call themselves that show text as it comes.
    isUnicode: !['linux', 'dumb'].includes(environment.TERM ?? ''),
  };
}
