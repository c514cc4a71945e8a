import { configureEngine, engineInfo } from '@tapegrad/core';
import { batchCount, type TrainTest } from '@tapegrad/datasets';
import { loadModel, readSafetensors, saveModel } from '@tapegrad/nn';
import { failureOf } from '../../worker/protocol.ts';
import { drawnImage } from './digit.ts';
import type { DigitKind } from './digitKinds.ts';
import { drawnDigits } from './drawnDigits.ts';
import { evaluate, isTestDue, pixelsOf, quickAccuracy } from './evaluation.ts';
import { datasetFromFiles } from './files.ts';
import { type GradientSize, gradientSizes, lookAt, type Numbers, numbersOf } from './look.ts';
import { netNames } from './nets.ts';
import type { Order, Progress, Report, Subject } from './protocol.ts';
import { type StepOutcome, Training, type TrainingSettings } from './training.ts';

/** How long the net trains, in milliseconds, before it reports and hears what the page wants. */
const slice = 50;
/** How often there is something new to look at, in milliseconds. */
const lookInterval = 100;

/** What files of images are of. */
const digitClasses = Array.from({ length: 10 }, (_, digit) => String(digit));

/** The most threads that the engine takes. */
const mostThreads = 64;

type Send = (report: Report, transfer?: Transferable[]) => void;

/** Obeys the page: trains in slices, and shows what becomes of the net. */
export class Trainer {
  readonly #send: Send;
  readonly #turn = new MessageChannel();
  #settings: TrainingSettings | undefined;
  #digits: DigitKind = 'hard';
  #drawn: { readonly kind: DigitKind; readonly images: TrainTest } | undefined;
  /** Those of the reader's files, where there are some. */
  #given: TrainTest | undefined;
  #training: Training | undefined;
  #isRunning = false;
  #subject: Subject = { kind: 'test', index: 0 };
  #watched: { sizes: readonly GradientSize[]; filters: Numbers } | undefined;
  #lastLook = 0;
  /** Orders are obeyed one after the other, also those that have to wait for files. */
  #last: Promise<void> = Promise.resolve();

  constructor(send: Send) {
    this.#send = send;
    this.#turn.port1.onmessage = () => this.#attempt('train', () => this.#trainOn());
  }

  /** Does what the page says, once all that it said before is done. */
  obey(order: Order): void {
    this.#last = this.#last.then(() => this.#attempt(order.kind, () => this.#do(order)));
  }

  async #attempt(during: Order['kind'], work: () => void | Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#isRunning = false;
      this.#send({ kind: 'failed', during, failure: failureOf(error) });
    }
  }

  async #do(order: Order): Promise<void> {
    switch (order.kind) {
      case 'begin':
        configureEngine({ threads: order.threads ?? Math.min(navigator.hardwareConcurrency, mostThreads) });
        this.#settings = order.settings;
        this.#digits = order.digits;
        return this.#begin();
      case 'images':
        this.#given = await this.#imagesFrom(order.files);
        return this.#begin();
      case 'load':
        return this.#load(order.file);
      case 'learningRate':
        if (this.#settings) this.#settings = { ...this.#settings, learningRate: order.rate };
        if (this.#training) this.#training.optimiser.learningRate = order.rate;
        return;
      case 'train':
        if (this.#isRunning) return;
        this.#isRunning = true;
        return this.#nextTurn();
      case 'pause':
        if (!this.#isRunning) return;
        this.#isRunning = false;
        this.#report([]);
        this.#look();
        return this.#test();
      case 'step':
        this.#isRunning = false;
        return this.#takeSteps(() => false);
      case 'test':
        return this.#test();
      case 'look':
        this.#subject = order.subject;
        return this.#look();
      case 'weights':
        return this.#sendWeights();
    }
  }

  get #images(): TrainTest {
    if (this.#given) return this.#given;
    if (this.#drawn?.kind !== this.#digits) this.#drawn = { kind: this.#digits, images: drawnDigits(this.#digits) };
    return this.#drawn.images;
  }

  async #imagesFrom(files: readonly File[]): Promise<TrainTest | undefined> {
    if (files.length === 0) return undefined;
    const given = await Promise.all(
      files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
    );
    return datasetFromFiles(given, digitClasses);
  }

  /** Builds the net that a file is of, and gives it the weights; a file that does not fit changes nothing. */
  async #load(file: File): Promise<void> {
    if (!this.#settings) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    const said = readSafetensors(bytes, { name: file.name }).metadata.get('net');
    const net = netNames.find((name) => name === said) ?? this.#settings.net;
    const settings = { ...this.#settings, net };
    const training = new Training(this.#images.train, settings);
    loadModel(training.model, bytes, { name: file.name });
    this.#settings = settings;
    this.#begin(training);
  }

  #begin(loaded?: Training): void {
    if (!this.#settings) return;
    const { train, test, origin, builtIn } = this.#images;
    this.#isRunning = false;
    this.#watched = undefined;
    this.#training = loaded ?? new Training(train, this.#settings);
    const { engine, threads, sharedMemory, notes } = engineInfo();
    this.#send({
      kind: 'begun',
      net: this.#settings.net,
      isLoaded: loaded !== undefined,
      images: { trainCount: train.labels.size, testCount: test.labels.size, isBuiltIn: builtIn, origin },
      engine: { engine, threads, sharedMemory, notes },
      parameterCount: this.#training.model.parameters.reduce((count, { size }) => count + size, 0),
      stepsInEpoch: batchCount(train, { batchSize: this.#settings.batchSize }),
    });
    this.#report([]);
    this.#look();
    this.#test();
  }

  /** Goes on after the page had its turn. A port has no shortest wait, which a timer has. */
  #nextTurn(): void {
    this.#turn.port2.postMessage(null);
  }

  #trainOn(): void {
    if (!this.#isRunning) return;
    const end = performance.now() + slice;
    this.#takeSteps(() => performance.now() < end);
    this.#nextTurn();
  }

  /** Takes a step, and more while `goesOn` says so, then reports. */
  #takeSteps(goesOn: () => boolean): void {
    const training = this.#training;
    if (!training) return;
    const isLooking = !this.#isRunning || performance.now() - this.#lastLook > lookInterval;
    const { epoch } = training;
    const outcomes: StepOutcome[] = [];
    try {
      do outcomes.push(training.takeStep(isLooking && outcomes.length === 0 ? this.#watch : undefined));
      while (goesOn() && !isTestDue(training.step));
    } finally {
      this.#report(outcomes);
    }
    if (isLooking) this.#look();
    if (training.epoch > epoch) this.#test();
  }

  /** Keeps what is shown of the gradients of a step; they end with its tape. */
  readonly #watch: NonNullable<Parameters<Training['takeStep']>[0]> = (gradients) => {
    if (!this.#training) return;
    const { model } = this.#training;
    const [filters] = model.parameters;
    this.#watched = {
      sizes: gradientSizes(model, gradients),
      filters: numbersOf(filters.name, gradients.get(filters)),
    };
  };

  #report(outcomes: readonly StepOutcome[]): void {
    const training = this.#training;
    if (!training) return;
    const { step, epoch } = training;
    const isDue = isTestDue(step) && (outcomes.length > 0 || step === 0);
    const tests: Progress['tests'] = isDue
      ? [{ step, accuracy: quickAccuracy(training.model, this.#images.test) }]
      : [];
    this.#send({
      kind: 'progress',

      isRunning: this.#isRunning,
      step,
      epoch,
      losses: outcomes.map(({ loss }) => loss),
      accuracies: outcomes.map(({ accuracy }) => accuracy),
      milliseconds: outcomes.map(({ milliseconds }) => milliseconds),
      tests,
    });
  }

  #look(): void {
    const training = this.#training;
    if (!training) return;
    this.#lastLook = performance.now();
    const { test } = this.#images;
    const subject = this.#subject;
    const index = subject.kind === 'test' ? subject.index % test.labels.size : undefined;
    const pixels = subject.kind === 'drawn' ? drawnImage(subject.strokes) : pixelsOf(test, index ?? 0);
    const [filters] = training.model.parameters;
    this.#send({
      kind: 'view',

      step: training.step,
      filters: numbersOf(filters.name, filters),
      filterGradients: this.#watched?.filters,
      gradientSizes: this.#watched?.sizes,
      subject,
      pixels,
      label: index === undefined ? undefined : test.labels.get(index),
      sight: lookAt(training.model, pixels),
    });
  }

  #test(): void {
    if (!this.#training) return;
    const { model, step } = this.#training;
    this.#send({ kind: 'tested', step, evaluation: evaluate(model, this.#images.test) });
  }

  #sendWeights(): void {
    if (!this.#training || !this.#settings) return;
    const { model, step } = this.#training;
    const { net, seed } = this.#settings;
    const bytes = saveModel(model, { metadata: Object.entries({ net, seed: String(seed), step: String(step) }) });
    this.#send({ kind: 'weights', name: `tapegrad-${net}-step-${step}.safetensors`, bytes }, [bytes.buffer]);
  }
}
