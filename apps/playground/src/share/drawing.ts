/** What is drawn so far, and from where positions count. */
export interface Drawing {
  readonly left: number;
  readonly top: number;
  readonly parts: string[];
}
