import { Random } from '@tapegrad/core';
import { batches, builtInDigits, compose, elastic, rotate, shift } from '@tapegrad/datasets';

const { train } = builtInDigits({ train: 100, test: 10 });
const transform = compose(shift({ pixels: 2 }), rotate({ degrees: 10 }), elastic());
const first = () => batches(train, { batchSize: 50, random: new Random(1), transform }).next().value.images;
console.log(
  first().shape,
  first().data.every((number, at) => number === first().data[at]),
);
