import type { Family, Part } from '../cli/options.ts';
import type { BundleSize } from '../measure/bundle.ts';
import type { EpochTime } from '../measure/epochs.ts';
import type { KernelReport } from '../measure/kernels.ts';
import type { KindReport } from '../measure/kinds.ts';
import type { MemoryAt } from '../measure/memory.ts';
import type { OverheadReport } from '../measure/overhead.ts';
import type { NetName } from '../nets.ts';
import type { PanelName } from '../panel/nets.ts';

/** A competitor on a net: medians over the rounds. */
export interface StepResult {
  readonly net: NetName;
  readonly name: string;
  readonly family: Family;
  readonly medianMs: number;
  readonly minMs: number;
  readonly p90Ms: number;
  readonly samplesPerSecond: number;
  readonly gigaflops: number;
  /** The median of each round, and how far they lie apart: (largest − smallest) / median. */
  readonly roundMs: readonly number[];
  readonly spread: number | null;
}

/** How long a net of the panel takes: the best step of all rounds, and the median of the rounds' medians. */
export interface PanelTime {
  readonly minMs: number;
  readonly medianMs: number;
  /** The most memory beside the runtime and its libraries. */
  readonly peakBytes: number;
}

/** A net of the panel: ours on each Node, and PyTorch's at its best. */
export interface PanelResult {
  readonly net: PanelName;
  readonly ours: Readonly<Record<string, PanelTime>>;
  /** `null` where no variant ran. */
  readonly torch: (PanelTime & { readonly variant: string }) | null;
}

export interface Panel {
  readonly threads: number;
  /** By version. */
  readonly engines: Readonly<Record<string, string>>;
  readonly rounds: number;
  readonly nets: readonly PanelResult[];
}

/** A prediction: ours and that of ONNX Runtime Web, the best of all rounds. */
export interface Prediction {
  readonly net: PanelName;
  readonly batch: number;
  readonly ownMs: number;
  readonly onnxMs: number;
}

export interface Predictions {
  readonly threads: number;
  readonly node: string;
  readonly rows: readonly Prediction[];
}

export interface LeftOut {
  readonly part: Part;
  readonly what: string;
  readonly why: string;
}

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  readonly versions: Readonly<Record<string, string>>;
  /** How many processes wanted a core in the minute before the run. */
  readonly loadBefore: number;
}

export interface Noise {
  /** Of the spreads: the middle one and the largest. */
  readonly median: number;
  readonly largest: number;
  readonly verdict: string;
}

export interface Scaling {
  readonly batches: readonly { readonly batch: number; readonly medianMs: number }[];
  /** p of time ≈ a·batchᵖ. */
  readonly batchExponent: number;
  readonly epochs: readonly EpochTime[];
  readonly epochExponent: number;
}

/** A run before, and which of its parts are still among the results. */
export interface EarlierRun {
  readonly command: string;
  readonly date: string;
  readonly node: string;
  readonly parts: readonly Part[];
}

/** Everything a run has found out, and what runs before it have left. What nobody asked for is left out. */
export interface Results {
  readonly command: string;
  readonly date: string;
  readonly machine: Machine;
  readonly batch: number;
  readonly steps?: readonly StepResult[];
  readonly noise?: Noise;
  readonly panel?: Panel;
  readonly predictions?: Predictions;
  readonly leftOut: readonly LeftOut[];
  readonly kernels?: readonly KernelReport[];
  readonly kinds?: readonly KindReport[];
  readonly overhead?: OverheadReport;
  readonly memory?: readonly MemoryAt[];
  /** Of several starts, in milliseconds. */
  readonly firstStepMs?: readonly number[];
  readonly sizes?: readonly BundleSize[];
  readonly scaling?: Scaling;
  readonly earlier?: readonly EarlierRun[];
}
