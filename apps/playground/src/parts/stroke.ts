/** How a line is drawn. Lines beside each other are told apart by their dashes as well as by their colours. */
export interface Stroke {
  readonly colour: string;
  /** As in SVG: the lengths of dashes and gaps. Default: none. */
  readonly dash?: string | undefined;
  /** Default: 2.5. */
  readonly width?: number | undefined;
}
