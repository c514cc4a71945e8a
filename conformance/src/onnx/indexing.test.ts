import { describe, expect, it } from 'vitest';
import { casesOf } from '../folder.ts';
import { missingImages } from '../golden/trainingImages.ts';
import { runCase } from '../run.ts';

const t = (data: readonly (number | string)[], shape: readonly number[] = [data.length], dtype = 'float32') => ({
  name: 'x',
  shape,
  dtype,
  data,
});
const whole = (data: readonly number[], shape?: readonly number[]) => t(data, shape, 'int64');

function run(op: string, attributes: object, inputs: readonly unknown[], output: unknown) {
  const written = { name: 'one', suite: 'node', op, opset: 13, attributes, inputs, outputs: [output] };
  const [one] = casesOf(JSON.stringify([written]), 'test.json');
  return runCase({ ...one, file: 'test.json' }, { trainingImages: missingImages(new Error('no images')) }).outcome;
}

const passed = { kind: 'passed' };
const x = t([1, 2, 3, 4, 5, 6], [2, 3]);

describe('ONNX operators on indices', () => {
  it('ArgMax and ArgMin, the first or the last of equals', () => {
    const ties = t([2, 2, 1, 1], [2, 2]);
    expect(run('ArgMax', {}, [ties], whole([0, 0], [1, 2]))).toEqual(passed);
    expect(run('ArgMax', { axis: 1, keepdims: 0 }, [ties], whole([0, 0]))).toEqual(passed);
    expect(run('ArgMax', { axis: -1, select_last_index: 1 }, [ties], whole([1, 1], [2, 1]))).toEqual(passed);
    expect(run('ArgMin', { axis: 0, keepdims: 0 }, [ties], whole([1, 1]))).toEqual(passed);
    expect(run('ArgMin', { axis: 1, select_last_index: 1, keepdims: 0 }, [ties], whole([1, 1]))).toEqual(passed);
    expect(run('ArgMax', { keepdims: 0 }, [t([7], [])], whole([0], []))).toEqual(passed);
    expect(run('ArgMin', {}, [whole([3, 1, 2])], whole([1]))).toEqual(passed);
  });

  it('CumSum, in its four ways', () => {
    const sums = (attributes: object, y: readonly number[]) =>
      run('CumSum', attributes, [x, t([1], [], 'int32')], t(y, [2, 3]));
    expect(sums({}, [1, 3, 6, 4, 9, 15])).toEqual(passed);
    expect(sums({ exclusive: 1 }, [0, 1, 3, 0, 4, 9])).toEqual(passed);
    expect(sums({ reverse: 1 }, [6, 5, 3, 15, 11, 6])).toEqual(passed);
    expect(sums({ exclusive: 1, reverse: 1 }, [5, 3, 0, 11, 6, 0])).toEqual(passed);
    expect(run('CumSum', {}, [whole([1, 2, 3]), t([-1], [], 'int32')], whole([1, 3, 6]))).toEqual(passed);
  });

  it('Gather, with negative indices and indices of any shape', () => {
    expect(run('Gather', {}, [x, whole([-1, 0])], t([4, 5, 6, 1, 2, 3], [2, 3]))).toEqual(passed);
    const indices = whole([0, 2], [1, 2]);
    expect(run('Gather', { axis: 1 }, [x, indices], t([1, 3, 4, 6], [2, 1, 2]))).toEqual(passed);
    expect(run('Gather', { axis: -1 }, [x, whole([1], [])], t([2, 5]))).toEqual(passed);
    expect(run('Gather', {}, [x, whole([2])], t([1, 2, 3], [1, 3]))).toMatchObject({ kind: 'failed' });
  });

  it('GatherElements', () => {
    const indices = whole([0, 0, -1, 0], [2, 2]);
    expect(run('GatherElements', { axis: 1 }, [x, indices], t([1, 1, 6, 4], [2, 2]))).toEqual(passed);
  });

  it('OneHot: from the end, out of range, along any axis', () => {
    const [depth, values] = [t([3], [], 'float32'), t([5, 2])];
    expect(run('OneHot', {}, [whole([0, -1]), depth, values], t([2, 5, 5, 5, 5, 2], [2, 3]))).toEqual(passed);
    expect(run('OneHot', {}, [whole([3, -4]), depth, values], t([5, 5, 5, 5, 5, 5], [2, 3]))).toEqual(passed);
    const columns = t([2, 5, 5, 5, 5, 2], [3, 2]);
    expect(run('OneHot', { axis: 0 }, [whole([0, 2]), depth, values], columns)).toEqual(passed);
    expect(run('OneHot', { axis: 1 }, [whole([1]), depth, whole([0, 1])], whole([0, 1, 0], [1, 3]))).toEqual(passed);
  });

  it('ReduceProd and ReduceSumSquare', () => {
    expect(run('ReduceProd', { axes: [1], keepdims: 0 }, [x], t([6, 120]))).toEqual(passed);
    expect(run('ReduceProd', {}, [whole([2, 3, 4])], whole([24]))).toEqual(passed);
    expect(run('ReduceSumSquare', { axes: [0], keepdims: 0 }, [x], t([17, 29, 45]))).toEqual(passed);
  });
});
