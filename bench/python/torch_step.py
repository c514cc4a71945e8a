"""One step of training in PyTorch, measured as measure/stepTimes.ts does; prints one line of JSON.

The net comes as JSON, in the words of nets.ts.
"""

import argparse
import json
import statistics
import time

import torch

CLASSES = 10


def build(layers):
    """The net of those layers, its shapes worked out from an image of 1x28x28."""
    modules, shape = [], [1, 28, 28]
    for layer in layers:
        if layer["kind"] == "conv2d":
            modules.append(torch.nn.Conv2d(shape[0], layer["outChannels"], layer["kernelSize"]))
        elif layer["kind"] == "relu":
            modules.append(torch.nn.ReLU())
        elif layer["kind"] == "maxPool2d":
            modules.append(torch.nn.MaxPool2d(2))
        elif layer["kind"] == "flatten":
            modules.append(torch.nn.Flatten())
        elif layer["kind"] == "dense":
            modules.append(torch.nn.Linear(shape[0], layer["outFeatures"]))
        shape = list(modules[-1](torch.zeros(1, *shape)).shape[1:])
    return torch.nn.Sequential(*modules)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--layers", type=json.loads, required=True)
    parser.add_argument("--learning-rate", type=float, required=True)
    parser.add_argument("--batch", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--warm-up-seconds", type=float, required=True)
    options = parser.parse_args()

    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    model = build(options.layers)
    optimiser = torch.optim.Adam(model.parameters(), lr=options.learning_rate)
    images = torch.rand(options.batch, 1, 28, 28) * 2 - 1
    labels = torch.randint(0, CLASSES, (options.batch,))

    def step():
        start = time.perf_counter()
        optimiser.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(images), labels)
        loss.backward()
        optimiser.step()
        loss.item()
        return (time.perf_counter() - start) * 1000

    end = time.perf_counter() + options.warm_up_seconds
    while time.perf_counter() < end:
        step()
    end = time.perf_counter() + options.seconds
    times = [step()]
    while len(times) < options.steps and time.perf_counter() < end:
        times.append(step())
    times.sort()
    median = statistics.median(times)
    rank = 0.9 * (len(times) - 1)
    low = int(rank)
    high = min(low + 1, len(times) - 1)
    print(
        json.dumps(
            {
                "medianMs": median,
                "minMs": times[0],
                "p90Ms": times[low] + (rank - low) * (times[high] - times[low]),
                "samplesPerSecond": 1000 * options.batch / median,
                "steps": len(times),
            }
        )
    )


if __name__ == "__main__":
    main()
