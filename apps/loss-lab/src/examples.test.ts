import { describe, expect, test } from 'vitest';
import { inProcess } from '../test/inProcess.ts';

/** What surrounds the derivation; the derivation itself is pinned, with all the rest, by docs/loss-lab.md. */
async function around(line: string): Promise<string> {
  const { out } = await inProcess(...line.split(' '), '--derivation');
  const whole =
    /^The gradients of L = v\d+\n=+\n[\s\S]*^The values$[\s\S]*^The way back$[\s\S]*(?=^The gradients in all)/m;
  expect(out).toMatch(whole);
  return out.replace(whole, '(the derivation)\n\n');
}

describe('the three examples', () => {
  test('softmax cross-entropy', async () => {
    expect(await around('softmax-cross-entropy --logits 3,1,-3 --target 0')).toMatchInlineSnapshot(`
      "Softmax cross-entropy: softmaxCrossEntropy of @tapegrad/nn, in float64
      ======================================================================
      loss = -Σ_c target_c·ln p_c; p = softmax(logits), p_c = e^(logits_c) / Σ_k e^(logits_k)
      ∂loss/∂logits = p - target, for a class index p - 1 at the class and p elsewhere

      Inputs
      ------
      logits             [3]  [3, 1, -3]
      target             []   0
      --ignore-index          -100
      --label-smoothing       0
      --reduction             mean
      --base                  e

      Loss
      ----
      loss  []  0.1291089088298506

      (the derivation)

      The gradients in all digits
      ---------------------------
      logits  [3]  [-0.12112175726784913, 0.11894323591065209, 0.002178521357197023]
      "
    `);
  });

  test('Huber', async () => {
    expect(await around('huber --prediction 2.5 --target 0 --delta 1')).toMatchInlineSnapshot(`
      "Huber loss: huberLoss of @tapegrad/nn, in float64
      =================================================
      loss = d²/2 where |d| ≤ δ, else δ·(|d| - δ/2); d = prediction - target
      ∂loss/∂prediction = d, held between -δ and δ

      Inputs
      ------
      prediction   []  2.5
      target       []  0
      --delta          1
      --reduction      mean

      Loss
      ----
      loss  []  2

      (the derivation)

      The gradients in all digits
      ---------------------------
      prediction  []  1
      "
    `);
  });

  test('Kullback–Leibler', async () => {
    expect(await around('kl --p .7,.2,.1 --q .2,.6,.2 --base 10')).toMatchInlineSnapshot(`
      "Kullback–Leibler divergence of P from Q, D_KL(P‖Q): klDivergence of @tapegrad/nn, in float64
      ============================================================================================
      D_KL(P‖Q) = Σ_c p_c·log(p_c/q_c); P is --of, Q is --from; exchanged, it is D_KL(Q‖P), another number
      ∂D/∂q_c = -p_c/q_c, ∂D/∂p_c = ln(p_c/q_c) + 1, in nats

      Inputs
      ------
      of      [3]  [0.7, 0.2, 0.1]
      from    [3]  [0.2, 0.6, 0.2]
      --base       10

      Loss
      ----
      loss  []  0.2553203805348622

      (the derivation)

      The gradients in all digits
      ---------------------------
      of    [3]  [0.9783625262535272, -0.04282677281641051, 0.13326448623927073]
      from  [3]  [-1.520030686661381, -0.14476482730108395, -0.2171472409516259]
      "
    `);
  });
});

test('the derivation proves that the fused form agrees with the chain that it stands for', async () => {
  for (const format of ['text', 'markdown']) {
    const { out } = await inProcess('softmax-cross-entropy', '--format', format, '--derivation');
    expect(out).toMatch(/The same in elementary steps, by the probabilities p, shifted by the largest logit/);
    expect(out).toMatch(/the same to the last bit/);
  }
  const { out } = await inProcess('softmax-cross-entropy', '--format', 'json');
  const { explanation } = JSON.parse(out);
  expect(explanation.format).toBe('tapegrad-explanation');
  expect(explanation.explanation.steps.some(({ longForms }: { longForms: unknown[] }) => longForms.length > 0)).toBe(
    true,
  );
});
