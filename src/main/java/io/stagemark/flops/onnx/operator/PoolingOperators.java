package io.stagemark.flops.onnx.operator;

import static io.stagemark.flops.onnx.operator.ConvolutionShapes.spatial;
import static io.stagemark.flops.onnx.operator.OnnxOperator.join;
import static io.stagemark.flops.onnx.operator.OnnxOperator.standard;
import static io.stagemark.flops.onnx.operator.OnnxOperator.uncounted;
import static io.stagemark.flops.onnx.operator.OnnxOperator.unshaped;

import io.stagemark.flops.onnx.value.Call;
import io.stagemark.flops.onnx.value.Cost;
import io.stagemark.flops.onnx.value.CostRule;
import io.stagemark.flops.onnx.value.GraphFault;
import io.stagemark.flops.onnx.value.Node;
import io.stagemark.flops.onnx.value.OnnxType;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.UnknownShape;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.onnx.value.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Pooling, and regions of interest. */
final class PoolingOperators {
  private static final CostRule MAX =
      call -> Cost.of(0, 0, Shapes.multiply(call.y(), taps(call) - 1));
  private static final CostRule GLOBAL_MAX = call -> Cost.of(0, 0, call.count(0) - call.y());
  private static final CostRule ADDED = call -> Cost.of(call.count(0), 0, 0);

  private PoolingOperators() {}

  static List<OnnxOperator> all() {
    return join(windowed(), global(), blocked());
  }

  private static List<OnnxOperator> windowed() {
    return List.of(
        standard("MaxPool", PoolingOperators::pool, MAX),
        standard("AveragePool", PoolingOperators::pool, PoolingOperators::average),
        standard(
            "LpPool",
            PoolingOperators::pool,
            call -> Cost.of(Shapes.multiply(call.y(), 2 * taps(call) - 1), call.y(), 0)),
        standard("MaxUnpool", PoolingOperators::unpool, CostRule.NOTHING),
        standard("Col2Im", PoolingOperators::columnsToImage, ADDED),
        standard("RoiAlign", PoolingOperators::alignedRegions, PoolingOperators::roiAlign),
        uncounted("MaxRoiPool", PoolingOperators::pooledRegions));
  }

  private static List<OnnxOperator> global() {
    return List.of(
        standard("GlobalAveragePool", PoolingOperators::globalShape, ADDED),
        standard("GlobalMaxPool", PoolingOperators::globalShape, GLOBAL_MAX),
        standard(
            "GlobalLpPool",
            PoolingOperators::globalShape,
            call -> Cost.of(2 * call.count(0) - call.y(), call.y(), 0)));
  }

  /** Blocked layout: channels are padded to a multiple of 8 or 16, and the padding is computed. */
  private static List<OnnxOperator> blocked() {
    return List.of(
        unshaped(ConvolutionOperators.BLOCKED, "MaxPool", MAX),
        unshaped(ConvolutionOperators.BLOCKED, "AveragePool", PoolingOperators::average),
        unshaped(ConvolutionOperators.BLOCKED, "GlobalAveragePool", ADDED),
        unshaped(ConvolutionOperators.BLOCKED, "GlobalMaxPool", GLOBAL_MAX));
  }

  private static Window window(Call call) {
    List<Long> kernel =
        call.node()
            .integers("kernel_shape")
            .orElseThrow(
                () ->
                    new GraphFault(
                        call.node().path(), "no kernel_shape", "a kernel_shape", "export again"));
    return Window.of(call.node(), kernel, spatial(call.shape(0)));
  }

  static List<Value> pool(Call call) {
    List<Long> x = call.shape(0);
    List<Long> out = Shapes.concat(x.subList(0, 2), window(call).over(spatial(x)));
    return List.of(Value.of(call.type(0), out), Value.of(OnnxType.INT64, out));
  }

  private static List<Value> globalShape(Call call) {
    List<Long> x = call.shape(0);
    List<Long> ones = Collections.nCopies(spatial(x).size(), 1L);
    return call.like(Shapes.concat(x.subList(0, 2), ones));
  }

  private static List<Value> unpool(Call call) {
    if (call.has(2)) {
      return call.like(Shapes.of(call.in(2).integers()));
    }
    List<Long> x = call.shape(0);
    Window window = window(call);
    List<Long> out = new ArrayList<>(x.subList(0, 2));
    for (int i = 0; i < x.size() - 2; i++) {
      out.add(
          (x.get(i + 2) - 1) * window.stride().get(i)
              - window.begin().get(i)
              - window.end().get(i)
              + window.kernel().get(i));
    }
    return call.like(out);
  }

  private static List<Value> columnsToImage(Call call) {
    long[] image = call.in(1).integers();
    long block = Shapes.multiply(call.in(2).integers());
    List<Long> x = call.shape(0);
    return call.like(Shapes.concat(List.of(x.get(0), x.get(1) / block), Shapes.of(image)));
  }

  private static List<Value> alignedRegions(Call call) {
    Node node = call.node();
    return call.like(
        List.of(
            call.shape(1).get(0),
            call.shape(0).get(1),
            node.integer("output_height", 1),
            node.integer("output_width", 1)));
  }

  private static List<Value> pooledRegions(Call call) {
    List<Long> regions = List.of(call.shape(1).get(0), call.shape(0).get(1));
    return call.like(Shapes.concat(regions, call.node().integers("pooled_shape", List.of())));
  }

  /** Returns Πk, the elements of the kernel. */
  static long taps(Call call) {
    return Shapes.product(call.node().integers("kernel_shape", List.of()));
  }

  /** Πk for each output (k − 1 additions, one division); only real taps if padding is left out. */
  static Cost average(Call call) {
    if (call.node().flag("count_include_pad", false)) {
      return Cost.of(Shapes.multiply(call.y(), taps(call)), 0, 0);
    }
    List<Long> y = call.out(0).shape();
    long valid = window(call).validTaps(spatial(call.shape(0)), spatial(y));
    return Cost.of(Shapes.multiply(y.get(0), y.get(1), valid), 0, 0);
  }

  /** sampling_ratio² bilinear samples of 7 operations and an addition, and one division. */
  private static Cost roiAlign(Call call) {
    long ratio = call.node().integer("sampling_ratio", 0);
    if (ratio <= 0) {
      throw new UnknownShape("sampling_ratio 0: the samples depend on the boxes");
    }
    return Cost.of(Shapes.multiply(call.y(), Shapes.multiply(8, ratio, ratio) + 1), 0, 0);
  }
}
