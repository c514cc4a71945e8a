import { Presets, SingleBar } from 'cli-progress';

/** Something that shows how far a piece of work has come. */
export interface Progress {
  update(done: number, note: string): void;
  stop(): void;
}

/** How often a line is printed where there is no terminal, in milliseconds. */
const interval = 5000;

/** A bar on a terminal; in a pipe or a file a plain line every few seconds. */
export function progressOf(title: string, total: number, unit: string): Progress {
  return process.stdout.isTTY ? bar(title, total, unit) : lines(title, total, unit);
}

function bar(title: string, total: number, unit: string): Progress {
  const shown = new SingleBar(
    {
      format: `${title} {bar} {value}/{total} ${unit}  {note}`,
      barsize: 24,
      hideCursor: true,
      clearOnComplete: true,
      stopOnComplete: false,
    },
    Presets.shades_classic,
  );
  shown.start(total, 0, { note: '' });
  return { update: (done, note) => shown.update(done, { note }), stop: () => shown.stop() };
}

function lines(title: string, total: number, unit: string): Progress {
  let last = performance.now();
  return {
    update(done, note) {
      if (performance.now() - last < interval) return;
      last = performance.now();
      console.log(`${title} ${done}/${total} ${unit}${note ? `  ${note}` : ''}`);
    },
    stop() {},
  };
}
