#!/usr/bin/python3
"""Exports seeded torchvision models for the golden MAC counts; outside the build.

    apt-get install python3-torch python3-torchvision python3-onnx   (Debian 12: 1.13.1, 0.14.1, 1.12)
    /usr/bin/python3 src/test/scripts/export_torchvision.py OUT [NAME ...]

Writes OUT/NAME.onnx (opset 16) and OUT/NAME.pt (traced), OUT/NAME.scripted.pt and OUT/NAME.frozen.pt
where the architecture can be scripted. Weights are random (seed 0): operations do not depend on
them. Then, in the repository's root:

    mvn -q test -Dtest=TorchvisionMacsTest -Dstagemark.torchvision=OUT

compares every file there with ../shared/flops/golden_macs.csv.
"""
import os
import sys
import warnings

import torch
import torchvision

warnings.filterwarnings("ignore")
SIZES = {
    "efficientnet_b2": 288,
    "efficientnet_b4": 380,
    "efficientnet_v2_s": 384,
    "swin_v2_s": 256,
    "deeplabv3_resnet50": 520,
    "lraspp_mobilenet_v3_large": 520,
    "ssd300_vgg16": 300,
}
FAMILIES = (torchvision.models, torchvision.models.segmentation, torchvision.models.detection)


class Plain(torch.nn.Module):
    """Segmentation models return a dictionary, which a trace cannot; every output is kept."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, x):
        out = self.model(x)
        return tuple(out.values()) if isinstance(out, dict) else out


def zeroed(g, x):
    """swin_v2 zeroes a part of a bias in place, for which this exporter has no word."""
    return g.op("Mul", x, g.op("Constant", value_t=torch.tensor(0.0)))


torch.onnx.register_custom_op_symbolic("aten::zero", zeroed, 9)


def build(name):
    torch.manual_seed(0)
    family = next(f for f in FAMILIES if hasattr(f, name))
    extra = {} if family is torchvision.models else {"weights_backbone": None}
    if name.startswith(("deeplabv3", "fcn")):
        extra["aux_loss"] = True  # as the published weights have it
    return getattr(family, name)(weights=None, **extra).eval()


def main(out, names):
    os.makedirs(out, exist_ok=True)
    for name in names:
        try:
            model = build(name)
            size = SIZES.get(name, 224)
            x = torch.rand(1, 3, size, size)
            detection = hasattr(torchvision.models.detection, name)
            if detection:
                size = SIZES.get(name, 512)
                torch.onnx.export(
                    model, ([torch.rand(3, size, size)],), f"{out}/{name}.onnx",
                    opset_version=16, input_names=["x"])
                print(name, "ok", flush=True)
                continue
            model = Plain(model).eval()
            torch.onnx.export(model, x, f"{out}/{name}.onnx", opset_version=16, input_names=["x"])
            # with gradients on, attention is not folded into one native operator
            traced = torch.jit.trace(model, x, check_trace=False)
            traced.save(f"{out}/{name}.pt")
            try:
                scripted = torch.jit.script(model.model.eval()).eval()
                scripted.save(f"{out}/{name}.scripted.pt")
                torch.jit.freeze(scripted).save(f"{out}/{name}.frozen.pt")
            except Exception as e:  # not every architecture can be scripted
                print(name, "not scripted:", str(e)[:80].replace("\n", " "), flush=True)
            print(name, "ok", flush=True)
        except Exception as e:
            print(name, "FAILED", type(e).__name__, str(e)[:200].replace("\n", " "), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
