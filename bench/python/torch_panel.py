"""One step of training a net of the panel in PyTorch, as fast as it goes; prints one line of JSON.

The net comes as JSON, in the words of panel/layers.ts.
"""

import argparse
import json
import resource
import statistics
import time

import torch
from torch import nn

CONVOLUTIONS = {1: nn.Conv1d, 2: nn.Conv2d, 3: nn.Conv3d}
TRANSPOSED = {1: nn.ConvTranspose1d, 2: nn.ConvTranspose2d, 3: nn.ConvTranspose3d}
MAX_POOLINGS = {1: nn.MaxPool1d, 2: nn.MaxPool2d}
AVERAGE_POOLINGS = {1: nn.AvgPool1d, 2: nn.AvgPool2d}
GLOBAL_POOLINGS = {1: nn.AdaptiveAvgPool1d, 2: nn.AdaptiveAvgPool2d}
BATCH_NORMS = {2: nn.BatchNorm1d, 3: nn.BatchNorm1d, 4: nn.BatchNorm2d, 5: nn.BatchNorm3d}
PLAIN = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "gelu": nn.GELU, "flatten": nn.Flatten}


class Residual(nn.Module):
    def __init__(self, body, shortcut):
        super().__init__()
        self.body, self.shortcut = body, shortcut

    def forward(self, x):
        return self.body(x) + self.shortcut(x)


def module_of(layer, shape):
    """One layer, for inputs of that shape with the batch axis."""
    kind = layer["kind"]
    if kind == "conv":
        options = {key: layer[key] for key in ("stride", "padding", "dilation", "groups", "bias") if key in layer}
        return CONVOLUTIONS[layer["axes"]](shape[1], layer["outChannels"], layer["kernelSize"], **options)
    if kind == "convTranspose":
        options = {key: layer[key] for key in ("stride", "padding", "dilation", "groups", "bias") if key in layer}
        options["output_padding"] = layer.get("outputPadding", 0)
        return TRANSPOSED[layer["axes"]](shape[1], layer["outChannels"], layer["kernelSize"], **options)
    if kind in ("maxPool", "avgPool"):
        poolings = MAX_POOLINGS if kind == "maxPool" else AVERAGE_POOLINGS
        return poolings[layer["axes"]](layer["kernelSize"], layer.get("stride"))
    if kind == "dense":
        return nn.Linear(shape[1], layer["outFeatures"])
    if kind == "batchNorm":
        return BATCH_NORMS[len(shape)](shape[1])
    if kind == "groupNorm":
        return nn.GroupNorm(layer["groups"], shape[1])
    if kind == "dropout":
        return nn.Dropout(layer["rate"])
    if kind == "globalAvgPool":
        return GLOBAL_POOLINGS[layer["axes"]](1)
    if kind == "residual":
        shortcut = build(layer["shortcut"], shape) if "shortcut" in layer else nn.Identity()
        return Residual(build(layer["body"], shape), shortcut)
    return PLAIN[kind]()


def build(layers, shape):
    """The layers one after the other, each made for the shape that the one before it gives."""
    modules = []
    for layer in layers:
        modules.append(module_of(layer, shape))
        shape = list(modules[-1](torch.zeros(*shape)).shape)
    return nn.Sequential(*modules)


def loss_of(net, x):
    """The loss of the outputs, as a function of them."""
    target, batch = net["target"], net["batch"]
    if target["kind"] == "input":
        return lambda outputs: nn.functional.mse_loss(outputs, x)
    if target["kind"] == "value":
        values = torch.rand(batch, 1)
        return lambda outputs: nn.functional.mse_loss(outputs, values)
    shape = [batch] if target["kind"] == "classes" else [batch, *net["input"][1:]]
    labels = (torch.arange(torch.Size(shape).numel()) * 7 % target["count"]).reshape(shape)
    return lambda outputs: nn.functional.cross_entropy(outputs, labels)


def peak_bytes():
    return 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--net", type=json.loads, required=True)
    parser.add_argument("--variant", choices=["eager", "channels_last", "compile"], required=True)
    parser.add_argument("--learning-rate", type=float, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--warm-up-seconds", type=float, required=True)
    options = parser.parse_args()

    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    net = options.net
    loaded = peak_bytes()
    model = build(net["layers"], [net["batch"], *net["input"]])
    x = torch.rand(net["batch"], *net["input"]) * 2 - 1
    if options.variant == "channels_last":
        if x.dim() != 4:
            raise SystemExit("channels_last is for images alone")
        model, x = model.to(memory_format=torch.channels_last), x.to(memory_format=torch.channels_last)
    loss_from = loss_of(net, x)
    optimiser = torch.optim.Adam(model.parameters(), lr=options.learning_rate, fused=True)
    forward = torch.compile(model) if options.variant == "compile" else model

    def step():
        start = time.perf_counter()
        optimiser.zero_grad(set_to_none=True)
        loss = loss_from(forward(x))
        loss.backward()
        optimiser.step()
        loss.item()
        return (time.perf_counter() - start) * 1000

    step()
    end = time.perf_counter() + options.warm_up_seconds
    while time.perf_counter() < end:
        step()
    end = time.perf_counter() + options.seconds
    times = [step()]
    while time.perf_counter() < end:
        times.append(step())
    print(json.dumps({"minMs": min(times), "medianMs": statistics.median(times), "peakBytes": peak_bytes() - loaded}))


if __name__ == "__main__":
    main()
