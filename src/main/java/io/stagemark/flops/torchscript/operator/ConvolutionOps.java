package io.stagemark.flops.torchscript.operator;

import static io.stagemark.flops.torchscript.operator.Operator.checked;

import io.stagemark.flops.OperatorTable;
import io.stagemark.flops.onnx.value.Shapes;
import io.stagemark.flops.onnx.value.Value;
import io.stagemark.flops.torchscript.script.ScriptFault;
import io.stagemark.flops.torchscript.value.Arguments;
import io.stagemark.flops.torchscript.value.ScriptTuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Convolutions and pooling. */
final class ConvolutionOps {
  private ConvolutionOps() {}

  static void register(OperatorTable<Operator> ops) {
    for (int d = 1; d <= 3; d++) {
      int axes = d;
      Consumer<Arguments> maximum = a -> ConvolutionChecks.pool(a, axes, true);
      Consumer<Arguments> average = a -> ConvolutionChecks.pool(a, axes, false);
      Consumer<Arguments> adaptive = a -> ConvolutionChecks.adaptive(a, axes);
      Map.of(
              "conv%dd",
              checked(a -> ConvolutionChecks.plain(a, axes), ConvolutionOps::plain),
              "conv_transpose%dd",
              checked(a -> ConvolutionChecks.turned(a, axes), ConvolutionOps::transposed),
              "max_pool%dd",
              checked(maximum, a -> maxPool(a).get(0)),
              "max_pool%dd_with_indices",
              checked(maximum, a -> ScriptTuple.of(new ArrayList<>(maxPool(a)))),
              "avg_pool%dd",
              checked(average, ConvolutionOps::averagePool),
              "adaptive_avg_pool%dd",
              checked(adaptive, a -> adaptive(a, "AveragePool")),
              "adaptive_max_pool%dd",
              checked(adaptive, ConvolutionOps::adaptiveMax))
          .forEach((name, operator) -> ops.put(name.formatted(axes), operator));
    }
    List.of("_convolution", "convolution", "convolution_overrideable")
        .forEach(
            name -> ops.put(name, checked(ConvolutionChecks::general, ConvolutionOps::general)));
    ops.put(
        "_convolution_mode",
        checked(a -> ConvolutionChecks.plain(a, a.tensor(1).rank() - 2), ConvolutionOps::plain));
  }

  private static Object plain(Arguments a) {
    int rank = a.tensor(1).rank() - 2;
    Map<String, Object> attributes = window(a, rank, 3, 5);
    attributes.put("group", a.integer(6, "groups", 1));
    if (a.get(4, "padding") instanceof String text) {
      attributes.put("auto_pad", text.equals("same") ? "SAME_UPPER" : "VALID");
    } else {
      attributes.put("pads", pads(a.integers(4, "padding", rank, 0)));
    }
    return convolve(a, "Conv", attributes);
  }

  private static Object transposed(Arguments a) {
    int rank = a.tensor(1).rank() - 2;
    Map<String, Object> attributes = window(a, rank, 3, 7);
    attributes.put("pads", pads(a.integers(4, "padding", rank, 0)));
    attributes.put("output_padding", a.integers(5, "output_padding", rank, 0));
    attributes.put("group", a.integer(6, "groups", 1));
    return convolve(a, "ConvTranspose", attributes);
  }

  /** input, weight, bias, stride, padding, dilation, transposed, output_padding, groups. */
  private static Object general(Arguments a) {
    int rank = a.tensor(1).rank() - 2;
    Map<String, Object> attributes = window(a, rank, 3, 5);
    attributes.put("pads", pads(a.integers(4, "padding", rank, 0)));
    attributes.put("group", a.integer(8, "groups", 1));
    if (a.flag(6, "transposed", false)) {
      attributes.put("output_padding", a.integers(7, "output_padding", rank, 0));
      return convolve(a, "ConvTranspose", attributes);
    }
    return convolve(a, "Conv", attributes);
  }

  private static Map<String, Object> window(Arguments a, int rank, int stride, int dilation) {
    Map<String, Object> attributes = new HashMap<>();
    attributes.put("strides", a.integers(stride, "stride", rank, 1));
    attributes.put("dilations", a.integers(dilation, "dilation", rank, 1));
    return attributes;
  }

  private static List<Long> pads(List<Long> padding) {
    return Shapes.concat(padding, padding);
  }

  /** An input without a batch gets one and loses it again. */
  private static Object convolve(Arguments a, String onnx, Map<String, Object> attributes) {
    Value w = a.tensor(1);
    int rank = w.rank() - 2;
    Value y = a.apply(onnx, List.of(batched(a, rank), w, a.optional(2, "bias")), attributes);
    return a.tensor(0).rank() == rank + 1 ? unbatched(y) : y;
  }

  private static Value batched(Arguments a, int rank) {
    Value x = a.tensor(0);
    return x.rank() == rank + 1 ? x.viewedAs(Shapes.concat(List.of(1L), x.shape())) : x;
  }

  private static Value unbatched(Value y) {
    return y.viewedAs(y.shape().subList(1, y.rank()));
  }

  private static int spatialRank(Arguments a) {
    for (int d = 1; d <= 3; d++) {
      if (a.operator().contains(d + "d")) {
        return d;
      }
    }
    return 2;
  }

  private static List<Value> maxPool(Arguments a) {
    int rank = spatialRank(a);
    Map<String, Object> attributes = poolWindow(a, rank, 5);
    attributes.put("dilations", a.integers(4, "dilation", rank, 1));
    List<Value> both =
        a.tape().apply("MaxPool", a.where(), List.of(batched(a, rank)), attributes, 2);
    boolean single = a.tensor(0).rank() == rank + 1;
    return single ? both.stream().map(ConvolutionOps::unbatched).toList() : both;
  }

  private static Object averagePool(Arguments a) {
    int rank = spatialRank(a);
    Map<String, Object> attributes = poolWindow(a, rank, 4);
    attributes.put("count_include_pad", a.flag(5, "count_include_pad", true) ? 1L : 0L);
    Value y = a.apply("AveragePool", List.of(batched(a, rank)), attributes);
    return a.tensor(0).rank() == rank + 1 ? unbatched(y) : y;
  }

  private static Map<String, Object> poolWindow(Arguments a, int rank, int ceilMode) {
    List<Long> kernel = a.integers(1, "kernel_size", rank, 1);
    Map<String, Object> attributes = new HashMap<>();
    attributes.put("kernel_shape", kernel);
    boolean own = !a.integers(2, "stride").isEmpty();
    attributes.put("strides", own ? a.integers(2, "stride", rank, 1) : kernel);
    attributes.put("pads", pads(a.integers(3, "padding", rank, 0)));
    attributes.put("ceil_mode", a.flag(ceilMode, "ceil_mode", false) ? 1L : 0L);
    return attributes;
  }

  /** Window i of n outputs over m inputs is ⌊i·m/n⌋ to ⌈(i+1)·m/n⌉. */
  private static Value adaptive(Arguments a, String onnx) {
    Value x = a.tensor(0);
    int rank = spatialRank(a);
    int first = x.rank() - rank;
    List<Long> asked = outputSize(a, x, rank, first);
    if (Collections.frequency(asked, 1L) == rank) {
      Value y = a.apply("Global" + onnx, batched(a, rank));
      return first == 2 ? y : unbatched(y);
    }
    long taps = 1;
    List<Long> shape = new ArrayList<>(x.shape().subList(0, first));
    for (int d = 0; d < rank; d++) {
      taps = Math.multiplyExact(taps, windows(x.extent(first + d), asked.get(d)));
      shape.add(asked.get(d));
    }
    for (int i = 0; i < first; i++) {
      taps = Math.multiplyExact(taps, x.extent(i));
    }
    return AdaptivePool.apply(a, x, shape, taps, onnx);
  }

  private static List<Long> outputSize(Arguments a, Value x, int rank, int first) {
    List<Long> asked = new ArrayList<>();
    Object given = a.get(1, "output_size");
    List<?> list =
        given instanceof List<?> l ? l : given instanceof ScriptTuple t ? t.items() : null;
    for (int d = 0; d < rank; d++) {
      Object one = list == null ? given : list.get(list.size() == 1 ? 0 : d);
      asked.add(one instanceof Long whole ? whole : Long.valueOf(x.extent(first + d)));
    }
    return asked;
  }

  private static long windows(long in, long out) {
    if (out > 1 << 20) {
      throw new ScriptFault("adaptive pooling", out + " outputs along one axis");
    }
    long taps = 0;
    for (long i = 0; i < out; i++) {
      long begin = i * in / out;
      long end = ((i + 1) * in + out - 1) / out;
      taps += end - begin;
    }
    return taps;
  }

  private static Object adaptiveMax(Arguments a) {
    Value y = adaptive(a, "MaxPool");
    return ScriptTuple.of(List.of(y, y));
  }
}
