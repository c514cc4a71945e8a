"""Writes the ONNX files of this folder that are by PyTorch's newer exporter (dynamo), and what PyTorch computes with them.

    python makeNewer.py

needs torch, onnx and onnxscript. Inputs are x[i] = sin(i), so that only outputs need to be kept.
"""

import json
import logging
import pathlib
import warnings

import onnx
import torch
from torch import nn

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)
folder = pathlib.Path(__file__).parent
torch.manual_seed(1)


class Viewed(nn.Module):
    """Shapes by hand, which the newer exporter writes with allowzero."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(2, 4, 3, padding="same")
        self.norm = nn.BatchNorm2d(4)
        self.fc = nn.Linear(36, 5)

    def forward(self, x):
        y = nn.functional.max_pool2d(torch.relu(self.norm(self.conv(x))), 2)
        return self.fc(y.view(y.size(0), -1)).log_softmax(1)


class Attention(nn.Module):
    """A class token, and queries, keys and values that one layer makes and that stand in front of the batch."""

    def __init__(self):
        super().__init__()
        self.token = nn.Parameter(torch.randn(1, 1, 8))
        self.norm = nn.LayerNorm(8)
        self.all = nn.Linear(8, 24)
        self.last = nn.Linear(8, 3)

    def forward(self, x):
        x = torch.cat([self.token.expand(x.shape[0], -1, -1), x], 1)
        batch, count, features = x.shape
        q, k, v = self.all(self.norm(x)).reshape(batch, count, 3, 2, 4).permute(2, 0, 3, 1, 4).unbind(0)
        weights = (q @ k.transpose(-2, -1) * 0.5).softmax(-1)
        return self.last(x + (weights @ v).transpose(1, 2).reshape(batch, count, features))[:, 0]


class Cells(nn.Module):
    """Poolings into cells of different sizes, a signal at another size, and a choice: in indices and comparisons."""

    def forward(self, x):
        y = nn.functional.adaptive_avg_pool2d(x, (3, 5))
        z = nn.functional.interpolate(y.mean(2), size=7, mode="linear", align_corners=True)
        return nn.functional.softshrink(z, 0.1)


def waves(*shape):
    return torch.sin(torch.arange(torch.Size(shape).numel(), dtype=torch.float64)).float().reshape(shape)


def bare(path):
    """The file without what the exporter says of its own work."""
    model = onnx.load(path, load_external_data=False)
    del model.metadata_props[:]
    for holder in [model.graph, *model.graph.node, *model.graph.value_info, *model.graph.input, *model.graph.output, *model.graph.initializer]:
        del holder.metadata_props[:]
        holder.doc_string = ""
    del model.graph.metadata_props[:]
    onnx.save(model, path)


expected = {}


def write(name, model, x, external=False):
    model.eval()
    path = folder / f"{name}.onnx"
    sizes = ({0: torch.export.Dim("batch")},)
    torch.onnx.export(model, (x,), path, dynamo=True, dynamic_shapes=sizes, external_data=external, verbose=False)
    bare(path)
    with torch.no_grad():
        expected[name] = {"shape": list(x.shape), "y": model(x).flatten().tolist()}


viewed = Viewed()
with torch.no_grad():
    viewed.norm.running_mean.normal_(0, 0.3)
    viewed.norm.running_var.uniform_(0.5, 2)
write("newer-viewed", viewed, waves(2, 2, 6, 6), external=True)
write("newer-attention", Attention(), waves(2, 4, 8))
write("newer-cells", Cells(), waves(2, 2, 8, 6))
(folder / "newer.json").write_text(json.dumps(expected, indent=1) + "\n")
