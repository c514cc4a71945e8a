// The chance that the next bit is a 1, learnt on the way, by writer and reader alike. Each context, which is what stands
// around the bit, has a chance of its own, which moves towards every bit that comes there: far at first, less and less later.
// The chances of all contexts are mixed as a logistic regression would do it,
//
//   chance = σ(Σ weightᵢ · logit(chanceᵢ)),   weightᵢ += rate · (bit − chance) · logit(chanceᵢ),
//
// which is gradient descent on the bits that the text costs. Only sums, products and quotients are used, so that every machine
// comes to the same chances.
//
// Source: Mahoney, "Adaptive weighing of context models for lossless data compression", Florida Tech CS-2005-16 (2005).

/** How many contexts are mixed. */
export const mixed: u32 = 6;
/** For the bit that is coded: the contexts' hashes, and the logits of their chances. */
export const contexts = memory.data(4 * 8);
const logits = memory.data(8 * 8);
/** For the byte: the hashes of the contexts in which its bits stand. */
export const hashes = memory.data(4 * 8);

/** σ of the logits from −12 to 12 in 4096 steps, in 65536ths, and the logit of each chance in 4096ths. */
const sigmoid = memory.data(4 * 4096);
const logit = memory.data(8 * 4096);
const step: f64 = 24.0 / 4096.0;

/** How far weights have gone from their first value, in sets of which the caller chooses one. */
const weights = memory.data(8 * 8 * 1024);
const firstWeight: f64 = 0.3;
const rate: f64 = 0.01;

/**
 * The chances of contexts, by a hash of 21 bits: numbers of 12 bits, from −½ to ½, so that memory of zeros holds even chances.
 * The four bits below count what came, up to ten, after which old bits fade. Nothing is certain: a chance ends before both.
 */
const chances = memory.data(2 << 21);
const farthest: i32 = 2039;
const remembered: i32 = 10;

/** Fills the tables. The constants are e^−12 and e^step: each σ is made of the one before. */
export function begin(): void {
  let exponential: f64 = 6.14421235332821e-6;
  let filled: u32 = 0;
  for (let i: u32 = 0; i < 4096; i++) {
    const chance = (exponential / (1.0 + exponential)) * 4096.0;
    store<u32>(sigmoid + 4 * i, <u32>(16.0 * min(max(chance, 1.0), 4095.0)));
    while (f64(filled) <= chance) store<f64>(logit + 8 * filled++, f64(i) * step - 12.0);
    exponential *= 1.0058765649941434;
  }
}

/** The chance of a 1 in the contexts, mixed by one of the sets of weights, in 65536ths. */
export function chanceBy(set: u32): u32 {
  let sum: f64 = 12.0;
  for (let i: u32 = 0; i < mixed; i++) {
    const known = load<f64>(logit + 8 * ((<i32>load<i16>(addressOf(i)) >> 4) + 2048));
    store<f64>(logits + 8 * i, known);
    sum += (firstWeight + load<f64>(weights + 8 * (8 * set + i))) * known;
  }
  return load<u32>(sigmoid + 4 * <u32>min(max(sum / step, 0.0), 4095.0));
}

/** Learns which bit came where this was the chance of a 1. */
export function learn(bit: u32, chance: u32, set: u32): void {
  const error = rate * (f64(bit) - f64(chance) / 65536.0);
  const goal = bit ? farthest : -farthest;
  for (let i: u32 = 0; i < mixed; i++) {
    const weight = weights + 8 * (8 * set + i);
    store<f64>(weight, load<f64>(weight) + error * load<f64>(logits + 8 * i));
    const address = addressOf(i);
    const known = <i32>load<i16>(address);
    const count = known & 15;
    const way = <i32>(f64(goal - (known >> 4)) / (f64(count) + 1.3));
    store<i16>(address, known + (way << 4) + i32(count < remembered));
  }
}

/** The address of the chance in a context. */
function addressOf(i: u32): usize {
  return chances + 2 * (load<u32>(contexts + 4 * i) & 0x1fffff);
}
