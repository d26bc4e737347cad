package io.stagemark.flops.torchscript.operator;

import static io.stagemark.flops.torchscript.operator.Operator.checked;

import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.value.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Operators that resize and sample images. */
final class ResizeOps {
  private ResizeOps() {}

  static void register(OperatorTable<Operator> ops) {
    for (int d = 1; d <= 3; d++) {
      ops.put("upsample_nearest" + d + "d", resizing(d, "nearest", 2));
      ops.put("_upsample_nearest_exact" + d + "d", resizing(d, "nearest", 2));
    }
    ops.put("upsample_linear1d", resizing(1, "linear", 3));
    ops.put("upsample_trilinear3d", resizing(3, "linear", 3));
    List.of("upsample_bilinear2d", "_upsample_bilinear2d_aa")
        .forEach(name -> ops.put(name, resizing(2, "linear", 3)));
    List.of("upsample_bicubic2d", "_upsample_bicubic2d_aa")
        .forEach(name -> ops.put(name, resizing(2, "cubic", 3)));
    List.of("grid_sampler", "grid_sampler_2d", "grid_sampler_3d")
        .forEach(name -> ops.put(name, checked(ConvolutionChecks::grid, ResizeOps::gridSample)));
    ops.put("affine_grid_generator", checked(ConvolutionChecks::affine, ResizeOps::affineGrid));
  }

  private static Operator resizing(int axes, String mode, int scales) {
    return checked(a -> ConvolutionChecks.resize(a, axes, scales), a -> resize(a, mode, scales));
  }

  /** input, output_size, [align_corners,] scale_factors (as one list, or one by one). */
  private static Object resize(Arguments a, String mode, int scales) {
    Value x = a.tensor(0);
    List<Long> shape = new ArrayList<>(x.shape().subList(0, 2));
    int rank = x.rank() - 2;
    if (a.get(1, "output_size") != null) {
      shape.addAll(a.integers(1, "output_size", rank, 0));
    } else if (a.get(scales, "scale_factors") instanceof List<?> factors) {
      for (int i = 0; i < rank; i++) {
        Object factor = factors.get(i);
        if (!(factor instanceof Double real)) {
          throw a.needsData("a scale depends on what a tensor holds");
        }
        shape.add((Long) PrimOps.whole(Math.floor(x.extent(i + 2) * real)));
      }
    } else {
      throw a.misfit("a size or scales", null);
    }
    Map<String, Object> attributes =
        Map.of("mode", mode, "antialias", a.operator().endsWith("_aa") ? 1L : 0L);
    long[] sizes = shape.stream().mapToLong(Long::longValue).toArray();
    return a.apply(
        "Resize", List.of(x, Value.ABSENT, Value.ABSENT, Value.integers(sizes)), attributes);
  }

  private static Object gridSample(Arguments a) {
    String mode = List.of("linear", "nearest", "cubic").get((int) a.integer(2, "mode", 0));
    return a.apply("GridSample", List.of(a.tensor(0), a.tensor(1)), Map.of("mode", mode));
  }

  private static Object affineGrid(Arguments a) {
    long[] size = a.integers(1, "size").stream().mapToLong(Long::longValue).toArray();
    return a.apply("AffineGrid", a.tensor(0), Value.integers(size));
  }
}
