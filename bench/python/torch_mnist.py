"""`npx pnpm mnist` in PyTorch: the net `fast` with the same recipe. Prints a line for each seed.

    python bench/python/torch_mnist.py --data <folder with MNIST's files> --seeds 10 --epochs 1 --threads 2
"""

import argparse
import gzip
import pathlib
import time

import numpy
import torch
from torch import nn

MEAN, DEVIATION = 0.1307, 0.3081


def read(folder, name):
    """The bytes of an IDX file, compressed or not, in its shape."""
    for path in (folder / name, folder / f"{name}.gz"):
        if path.exists():
            data = path.read_bytes()
            data = gzip.decompress(data) if path.suffix == ".gz" else data
            axes = data[3]
            shape = numpy.frombuffer(data, ">u4", axes, 4).tolist()
            return torch.from_numpy(numpy.frombuffer(data, numpy.uint8, offset=4 + 4 * axes).copy()).reshape(shape)
    raise SystemExit(f"{folder} has no {name}")


def normalised(images):
    return (images.unsqueeze(1).float() / 255 - MEAN) / DEVIATION


def build():
    return nn.Sequential(
        nn.Conv2d(1, 16, 5),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.BatchNorm2d(32),
        nn.Flatten(),
        nn.Linear(800, 128),
        nn.ReLU(),
        nn.Linear(128, 10),
    )


def train(images, labels, seed, epochs, batch, rate):
    torch.manual_seed(seed)
    model = build()
    steps = epochs * -(-len(labels) // batch)
    optimiser = torch.optim.Adam(model.parameters(), lr=rate, betas=(0.7, 0.9), fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps, cycle_momentum=False)
    loss_of = nn.CrossEntropyLoss(label_smoothing=0.1)
    start = time.perf_counter()
    for _ in range(epochs):
        for chosen in torch.randperm(len(labels)).split(batch):
            optimiser.zero_grad()
            loss = loss_of(model(normalised(images[chosen])), labels[chosen])
            loss.backward()
            optimiser.step()
            schedule.step()
            loss.item()
    return model, time.perf_counter() - start


def accuracy(model, images, labels):
    model.eval()
    with torch.no_grad():
        named = torch.cat([model(normalised(some)).argmax(1) for some in images.split(1000)])
    return (named == labels).float().mean().item()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--batch-size", type=int, default=256)
    parser.add_argument("--learning-rate", type=float, default=0.01)
    options = parser.parse_args()

    torch.set_num_threads(options.threads)
    images, labels = (read(options.data, f"train-{name}") for name in ("images-idx3-ubyte", "labels-idx1-ubyte"))
    tests, right = (read(options.data, f"t10k-{name}") for name in ("images-idx3-ubyte", "labels-idx1-ubyte"))
    labels, right = labels.long(), right.long()
    scores = []
    for seed in range(1, options.seeds + 1):
        model, seconds = train(images, labels, seed, options.epochs, options.batch_size, options.learning_rate)
        scores.append(100 * accuracy(model, tests, right))
        print(f"seed {seed}: {scores[-1]:.2f} % of the test images, {seconds:.1f} s of training", flush=True)
    print(f"mean {sum(scores) / len(scores):.3f} %, PyTorch {torch.__version__}, {options.threads} threads")


if __name__ == "__main__":
    main()
