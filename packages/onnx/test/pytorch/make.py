"""Writes the ONNX files of this folder with PyTorch's own exporter, and what PyTorch computes with them.

    python make.py

needs torch and onnx. Inputs are x[i] = sin(i), so that only outputs need to be kept.
"""

import json
import pathlib
import warnings

import torch
from torch import nn

warnings.filterwarnings("ignore")
folder = pathlib.Path(__file__).parent
torch.manual_seed(1)


class BasicBlock(nn.Module):
    """The residual block of ResNet-18, as torchvision writes it."""

    def __init__(self, channels_in, channels, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels_in, channels, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        self.downsample = None
        if stride > 1:
            self.downsample = nn.Sequential(nn.Conv2d(channels_in, channels, 1, stride, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        y = self.bn2(self.conv2(self.relu(self.bn1(self.conv1(x)))))
        y += x if self.downsample is None else self.downsample(x)
        return self.relu(y)


class SmallResNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 4, 5, 2, 2, bias=False), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(3, 2, 1))
        self.blocks = nn.Sequential(BasicBlock(4, 4, 1), BasicBlock(4, 6, 2))
        self.fc = nn.Linear(6, 5)

    def forward(self, x):
        return self.fc(torch.flatten(nn.functional.adaptive_avg_pool2d(self.blocks(self.stem(x)), 1), 1))


class View(nn.Module):
    """Flattens by hand, so that the file works a shape out; takes means by hand."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, groups=1)
        self.norm = nn.BatchNorm2d(4)
        self.fc = nn.Linear(4 * 7 * 7, 6)
        self.last = nn.Linear(6, 5, bias=False)

    def forward(self, x):
        x = torch.relu(self.norm(self.conv(x)))
        x = nn.functional.avg_pool2d(x, 2)
        x = x.view(x.size(0), -1)
        return torch.log_softmax(self.last(nn.functional.dropout(self.fc(x), training=self.training)), 1)


activations = nn.Sequential(
    nn.Conv2d(3, 4, 3),
    *[nn.SiLU(), nn.GELU(), nn.Mish(), nn.GroupNorm(2, 4), nn.GroupNorm(4, 4, affine=False), nn.Hardsigmoid(), nn.LeakyReLU(0.1), nn.ELU(0.5), nn.SELU()],
    *[nn.GELU(approximate="tanh"), nn.InstanceNorm2d(4, affine=True), nn.Softplus(), nn.LayerNorm([14, 14]), nn.Tanh()],
    *[nn.AvgPool2d(3, 2, 1, ceil_mode=True), nn.MaxPool2d(2, 3), nn.Flatten(), nn.Linear(36, 5), nn.Softmax(1)],
)

signals = nn.Sequential(
    *[nn.Conv1d(4, 6, 5, 2, 2, groups=2), nn.ReLU(), nn.ConvTranspose1d(6, 4, 3, 2, 1, 1), nn.AvgPool1d(2), nn.MaxPool1d(3, 1)],
    *[nn.Flatten(), nn.Linear(32, 5), nn.LayerNorm(5)],
)


def waves(*shape):
    return torch.sin(torch.arange(torch.Size(shape).numel(), dtype=torch.float64)).float().reshape(shape)


expected = {}


def write(name, model, x, **options):
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            with torch.no_grad():
                module.running_mean.normal_(0, 0.3)
                module.running_var.uniform_(0.5, 2)
                module.weight.uniform_(0.5, 1.5)
                module.bias.normal_(0, 0.3)
    model.eval()
    axes = {"input": {0: "batch"}, "output": {0: "batch"}}
    names = {"input_names": ["input"], "output_names": ["output"], "dynamic_axes": axes}
    torch.onnx.export(model, x, folder / f"{name}.onnx", dynamo=False, **names, **options)
    with torch.no_grad():
        expected[name] = {"shape": list(x.shape), "y": model(x).flatten().tolist()}


training = {"training": torch.onnx.TrainingMode.PRESERVE, "do_constant_folding": False}
write("resnet", SmallResNet(), waves(2, 3, 32, 32), opset_version=17)
write("resnet-not-folded", SmallResNet(), waves(2, 3, 32, 32), opset_version=13, **training)
write("view", View(), waves(2, 3, 16, 16), opset_version=17)
write("activations-11", activations, waves(2, 3, 16, 16), opset_version=11)
write("activations-17", activations, waves(2, 3, 16, 16), opset_version=17)
write("activations-20", activations, waves(2, 3, 16, 16), opset_version=20)
write("signals", signals, waves(2, 4, 20), opset_version=17)
(folder / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
