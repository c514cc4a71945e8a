"""`npx pnpm cifar` in PyTorch: the net `residual` with the same recipe. Prints a line for each epoch.

    python bench/python/torch_cifar.py --data <archive of train/<class> and test/<class>> --epochs 10 --threads 2
"""

import argparse
import io
import pathlib
import tarfile
import time

import numpy
import torch
from PIL import Image
from torch import nn
from torch.nn import functional

PADDING = 2


def read(path):
    """Pictures of train and test as bytes [count, 3, height, width], and their labels."""
    found = {"train": [], "test": []}
    with tarfile.open(path) as archive:
        for member in archive:
            parts = pathlib.PurePosixPath(member.name).parts
            if member.isfile() and len(parts) >= 3 and parts[-3] in found:
                picture = Image.open(io.BytesIO(archive.extractfile(member).read())).convert("RGB")
                found[parts[-3]].append((parts[-2], numpy.asarray(picture)))
    classes = sorted({name for name, _ in found["train"]})
    return [
        (
            torch.from_numpy(numpy.stack([pixels for _, pixels in some])).permute(0, 3, 1, 2).contiguous(),
            torch.tensor([classes.index(name) for name, _ in some]),
        )
        for some in found.values()
    ]


def block(inside, outside):
    return [nn.Conv2d(inside, outside, 3, padding=1, bias=False), nn.BatchNorm2d(outside), nn.ReLU()]


class Residual(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.body = nn.Sequential(*block(channels, channels), *block(channels, channels))

    def forward(self, x):
        return x + self.body(x)


def build(classes):
    layers = [nn.Conv2d(3, 32, 3, padding=1), nn.ReLU()]
    for inside, outside in ((32, 32), (32, 64), (64, 128)):
        layers += [
            nn.Conv2d(inside, outside, 3, padding=1, bias=False),
            nn.MaxPool2d(2),
            nn.BatchNorm2d(outside),
            nn.ReLU(),
            Residual(outside),
        ]
    return nn.Sequential(*layers, nn.AdaptiveMaxPool2d(1), nn.Flatten(), nn.Linear(128, classes))


@torch.no_grad()
def whiten(layer, images):
    """Filters along the directions in which 3×3 patches of the images differ most, one for each sign; they stay as they are."""
    patches = functional.unfold(images, 3, stride=3).transpose(1, 2).reshape(-1, 27).double()
    values, vectors = torch.linalg.eigh(patches.T @ patches / len(patches))
    count = layer.out_channels // 2
    filters = (vectors / (values + 0.05).sqrt()).T.flip(0)[:count]
    layer.weight.copy_(torch.stack([filters, -filters], 1).view_as(layer.weight))
    layer.bias.zero_()
    layer.weight.requires_grad_(False)


class Muon(torch.optim.Optimizer):
    """As tapegrad's, for filters: torch.optim.Muon takes matrices alone."""

    def __init__(self, parameters, lr, momentum, weight_decay):
        super().__init__(parameters, {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for filters in group["params"]:
                g = filters.grad.flatten(1)
                mean = self.state[filters].setdefault("mean", torch.zeros_like(g))
                mean.lerp_(g, 1 - group["momentum"])
                direction = orthogonalised(g.lerp(mean, group["momentum"]))
                rows, columns = g.shape
                filters.mul_(1 - group["lr"] * group["weight_decay"])
                filters.sub_(group["lr"] * max(1, rows / columns) ** 0.5 * direction.view_as(filters))


def orthogonalised(matrix):
    """Its singular values brought near 1, by five steps of Newton and Schulz."""
    is_tall = matrix.shape[0] > matrix.shape[1]
    x = matrix.T if is_tall else matrix
    x = x / x.norm().clamp(min=1e-7)
    for _ in range(5):
        square = x @ x.T
        x = 3.4445 * x + (-4.775 * square + 2.0315 * square @ square) @ x
    return x.T if is_tall else x


def varied(images):
    """Moved by up to PADDING pixels each way, edges repeated, and mirrored half of the time."""
    count, _, height, width = images.shape
    padded = functional.pad(images, (PADDING,) * 4, mode="replicate")
    rows = torch.arange(height) + torch.randint(0, 2 * PADDING + 1, (count, 1))
    columns = torch.arange(width) + torch.randint(0, 2 * PADDING + 1, (count, 1))
    mirrored = torch.rand(count) < 0.5
    columns[mirrored] = columns[mirrored].flip(1)
    each = torch.arange(count)[:, None, None]
    return padded.permute(0, 2, 3, 1)[each, rows[:, :, None], columns[:, None, :]].permute(0, 3, 1, 2)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--batch-size", type=int, default=128)
    parser.add_argument("--learning-rate", type=float, default=0.06)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--channels-last", action="store_true")
    options = parser.parse_args()

    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    (images, labels), (tests, right) = read(options.data)
    pixels = images.float() / 255
    mean, deviation = (take(pixels, (0, 2, 3)).view(1, 3, 1, 1) for take in (torch.mean, torch.std))
    del pixels
    form = torch.channels_last if options.channels_last else torch.contiguous_format

    def prepared(some):
        return ((some.float() / 255 - mean) / deviation).contiguous(memory_format=form)

    model = build(int(labels.max()) + 1)
    sample = torch.arange(5000) * len(labels) // 5000
    whiten(model[0], ((images[sample].float() / 255 - mean) / deviation))
    model = model.to(memory_format=form)
    _, *hidden = [weight for weight in model.parameters() if weight.dim() == 4]
    rest = [weight for weight in model.parameters() if weight.requires_grad and all(weight is not other for other in hidden)]
    rates = {"muon": options.learning_rate, "adamw": options.learning_rate / 6}
    optimisers = [
        Muon(hidden, lr=rates["muon"], momentum=0.9, weight_decay=0.05),
        torch.optim.AdamW(rest, lr=rates["adamw"], betas=(0.9, 0.99), weight_decay=0.05, fused=True),
    ]
    steps = options.epochs * -(-len(labels) // options.batch_size)
    schedules = [
        torch.optim.lr_scheduler.OneCycleLR(each, rate, total_steps=steps, pct_start=0.25, cycle_momentum=False)
        for each, rate in zip(optimisers, rates.values())
    ]
    loss_of = nn.CrossEntropyLoss(label_smoothing=0.1)
    seconds = 0.0
    for epoch in range(1, options.epochs + 1):
        model.train()
        start = time.perf_counter()
        total = 0.0
        for chosen in torch.randperm(len(labels)).split(options.batch_size):
            model.zero_grad()
            loss = loss_of(model(prepared(varied(images[chosen]))), labels[chosen])
            loss.backward()
            for each in optimisers + schedules:
                each.step()
            total += loss.item() * len(chosen)
        seconds += time.perf_counter() - start
        model.eval()
        with torch.no_grad():
            # Each as it is and mirrored, as the command does.
            both = [(prepared(some), prepared(some.flip(3))) for some in tests.split(500)]
            named = torch.cat([(model(one) + model(other)).argmax(1) for one, other in both])
        share = 100 * (named == right).float().mean().item()
        print(
            f"epoch {epoch}: mean loss {total / len(labels):.4f}, {share:.2f} % of the test pictures, {seconds:.0f} s",
            flush=True,
        )
    print(f"PyTorch {torch.__version__}, {options.threads} threads")


if __name__ == "__main__":
    main()
