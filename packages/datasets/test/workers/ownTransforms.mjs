// The module of a worker that knows a transform of one's own, as a user writes it.
import { ownTransform, servePrefetch } from '@tapegrad/datasets';

export const solarise = ownTransform({
  name: 'solarise',
  change: ({ image, mask, random }, { above }) => {
    const shift = random.uniform();
    for (let at = image.offset; at < image.offset + image.size; at++) {
      if (image.data[at] > above) image.data[at] = shift - image.data[at];
    }
    if (mask) mask.data[mask.offset] = 7;
  },
});

servePrefetch({ transforms: [solarise] });
